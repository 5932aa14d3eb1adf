// The eCFR's versioner and admin services (docs/sources.md, eCFR): URLs in, bytes out.
#pragma once

#include "fetch/transport.hpp"
#include "model/date.hpp"

#include <optional>
#include <string>

namespace regtrail::fetch {

/// A title or one of its parts.
struct EcfrScope {
  int title = 15;
  std::string part; ///< "" = whole title
};

/// `transport` must outlive the client.
class EcfrClient {
public:
  explicit EcfrClient(Transport& transport) : m_transport(transport) {}

  Result<Response> titles();
  /// Rows with an issue date on or after `from` (default 2016-01-01), in pages from 1.
  Result<Response> versions(const EcfrScope& scope, std::optional<Date> from, int page);
  Result<Response> full(const EcfrScope& scope, Date date, NotFound not_found = NotFound::error);
  Result<Response> structure(int title, Date date);
  Result<Response> corrections(int title);

private:
  Transport& m_transport;
};

/// The URLs that the client asks, which raw records are filed under. `page` below 1 throws
/// std::logic_error.
[[nodiscard]] std::string ecfr_titles_url();
[[nodiscard]] std::string
ecfr_versions_url(const EcfrScope& scope, std::optional<Date> from, int page);
[[nodiscard]] std::string ecfr_full_url(const EcfrScope& scope, Date date);
[[nodiscard]] std::string ecfr_structure_url(int title, Date date);
[[nodiscard]] std::string ecfr_corrections_url(int title);

} // namespace regtrail::fetch
