#include "fetch/govinfo_client.hpp"

#include "fetch/url.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <string_view>

namespace regtrail::fetch {

namespace {

constexpr std::string_view site = "https://www.govinfo.gov";

/// "CFR-2025-title15-vol2"
std::string package(const CfrVolume& volume) {
  return fmt::format("CFR-{}-title{}-vol{}", volume.year, volume.title, volume.volume);
}

} // namespace

std::string govinfo_cfr_years_url() {
  return fmt::format("{}/bulkdata/json/CFR", site);
}

std::string govinfo_cfr_volumes_url(int year, int title) {
  return fmt::format("{}/bulkdata/json/CFR/{}/title-{}", site, year, title);
}

std::string govinfo_cfr_volume_url(const CfrVolume& volume) {
  return fmt::format(
      "{}/bulkdata/CFR/{}/title-{}/{}.xml", site, volume.year, volume.title, package(volume));
}

std::string govinfo_cfr_part_url(const CfrVolume& volume, const std::string& part) {
  const std::string name = package(volume);
  return fmt::format("{}/content/pkg/{}/xml/{}-part{}.xml", site, name, name, percent_encode(part));
}

Date cfr_revision_date(int year, int title) {
  if (title < 1 || title > 50) {
    throw std::logic_error(fmt::format("there is no title {} of the CFR", title));
  }
  const unsigned quarter = title <= 16 ? 0 : title <= 27 ? 1 : title <= 41 ? 2 : 3;
  return Date(year, 1 + 3 * quarter, 1);
}

Result<Response> GovinfoClient::cfr_years() {
  return m_transport.get({govinfo_cfr_years_url(), Accept::json, {}});
}

Result<Response> GovinfoClient::cfr_volumes(int year, int title) {
  return m_transport.get({govinfo_cfr_volumes_url(year, title), Accept::json, {}});
}

Result<Response> GovinfoClient::cfr_volume(const CfrVolume& volume) {
  return m_transport.get({govinfo_cfr_volume_url(volume), Accept::xml, {}});
}

Result<Response> GovinfoClient::cfr_part(const CfrVolume& volume, const std::string& part) {
  const std::string url = govinfo_cfr_part_url(volume, part);
  // Asked for as XML, the error page for "no such part" would be taken for a block page and
  // retried.
  auto answer = m_transport.get({url, Accept::any, {}});
  if (!answer || answer->not_modified()) {
    return answer;
  }
  const Request as_xml{url, Accept::xml, {}};
  // a mirror answers from another host, but under the same path
  const std::string_view path = std::string_view(url).substr(site.size());
  if (is_block_page(*answer, as_xml) && !std::string_view(answer->final_url).ends_with(path)) {
    return fail(ErrorKind::not_found,
                fmt::format("cannot get '{}': the service has no such part of that volume "
                            "(it leads to '{}')",
                            printable(url),
                            printable(answer->final_url)));
  }
  return judge(std::move(*answer), as_xml);
}

} // namespace regtrail::fetch
