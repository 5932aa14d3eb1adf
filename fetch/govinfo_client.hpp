// govinfo's bulk data and packages of the annual CFR (docs/sources.md, govinfo), without a key.
#pragma once

#include "fetch/transport.hpp"
#include "model/date.hpp"

#include <string>

namespace regtrail::fetch {

/// One printed volume of one year's edition of a title.
struct CfrVolume {
  int year = 0;
  int title = 15;
  int volume = 1; ///< some titles have a volume 0
};

/// `transport` must outlive the client.
class GovinfoClient {
public:
  explicit GovinfoClient(Transport& transport) : m_transport(transport) {}

  /// Which years there are; parse::parse_bulk_listing reads this answer and the next.
  Result<Response> cfr_years();

  /// Which volumes a year's edition of a title has.
  Result<Response> cfr_volumes(int year, int title);

  /// A whole volume, ten to twenty megabytes.
  Result<Response> cfr_volume(const CfrVolume& volume);

  /// One part out of a volume; not_found where that volume does not hold it, which the service
  /// answers with a redirect to an error page.
  Result<Response> cfr_part(const CfrVolume& volume, const std::string& part);

private:
  Transport& m_transport;
};

/// The URLs that the client asks, which raw records are filed under.
[[nodiscard]] std::string govinfo_cfr_years_url();
[[nodiscard]] std::string govinfo_cfr_volumes_url(int year, int title);
[[nodiscard]] std::string govinfo_cfr_volume_url(const CfrVolume& volume);
[[nodiscard]] std::string govinfo_cfr_part_url(const CfrVolume& volume, const std::string& part);

/// The day as of which a year's edition of a title is revised: January 1 for titles 1 to 16, April
/// 1 to 27, July 1 to 41, October 1 to 50. Throws std::logic_error for other titles.
[[nodiscard]] Date cfr_revision_date(int year, int title);

} // namespace regtrail::fetch
