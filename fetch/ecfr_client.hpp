// The eCFR's versioner and admin services (sources.md section 1): URLs in, bytes out.
#pragma once

#include "fetch/transport.hpp"
#include "model/date.hpp"

#include <optional>
#include <string>

namespace regtrail::fetch {

/// What of a title to ask for; the deepest one given decides.
struct EcfrScope {
  int title = 15;
  std::string part;     ///< "" = whole title
  std::string section;  ///< "744.23"; needs part
  std::string appendix; ///< "Supplement No. 4 to Part 744"; needs part
};

/// `transport` must outlive the client.
class EcfrClient {
public:
  explicit EcfrClient(Transport& transport) : m_transport(transport) {}

  Result<Response> titles(const Validators& validators = {});

  /// `page` from 1. At least one date bound is always sent (`from`, default 2016-12-01).
  Result<Response>
  versions(const EcfrScope& scope, std::optional<Date> from, std::optional<Date> to, int page);

  Result<Response> full(const EcfrScope& scope, Date date);
  Result<Response> structure(int title, Date date);
  Result<Response> corrections(int title);
  Result<Response> corrections_on(int title, Date error_corrected);

private:
  Transport& m_transport;
};

/// The URLs that the client asks; public because raw records are filed by them.
[[nodiscard]] std::string ecfr_titles_url();
[[nodiscard]] std::string ecfr_versions_url(const EcfrScope& scope,
                                            std::optional<Date> from,
                                            std::optional<Date> to,
                                            int page);
[[nodiscard]] std::string ecfr_full_url(const EcfrScope& scope, Date date);
[[nodiscard]] std::string ecfr_structure_url(int title, Date date);
[[nodiscard]] std::string ecfr_corrections_url(int title, std::optional<Date> error_corrected);

} // namespace regtrail::fetch
