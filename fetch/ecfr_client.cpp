#include "fetch/ecfr_client.hpp"

#include "fetch/url.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace regtrail::fetch {

namespace {

constexpr std::string_view versioner = "https://www.ecfr.gov/api/versioner/v1";
constexpr std::string_view admin = "https://www.ecfr.gov/api/admin/v1";

} // namespace

std::string ecfr_titles_url() {
  return fmt::format("{}/titles.json", versioner);
}

std::string ecfr_versions_url(const EcfrScope& scope, std::optional<Date> from, int page) {
  if (page < 1) {
    throw std::logic_error("pages of eCFR versions count from 1");
  }
  // before the service's first rows: it requires an issue_date
  const Date first_of_all(2016, 1, 1);
  QueryPairs pairs{{"issue_date[gte]", from.value_or(first_of_all).to_string()}};
  if (!scope.part.empty()) {
    pairs.emplace_back("part", scope.part);
  }
  if (page > 1) {
    pairs.emplace_back("page", std::to_string(page));
  }
  return fmt::format("{}/versions/title-{}.json?{}", versioner, scope.title, to_query(pairs));
}

std::string ecfr_full_url(const EcfrScope& scope, Date date) {
  return fmt::format("{}/full/{}/title-{}.xml{}",
                     versioner,
                     date.to_string(),
                     scope.title,
                     scope.part.empty() ? "" : '?' + to_query({{"part", scope.part}}));
}

std::string ecfr_structure_url(int title, Date date) {
  return fmt::format("{}/structure/{}/title-{}.json", versioner, date.to_string(), title);
}

std::string ecfr_corrections_url(int title) {
  return fmt::format("{}/corrections/title/{}.json", admin, title);
}

Result<Response> EcfrClient::titles() {
  return m_transport.get({ecfr_titles_url(), Accept::json, {}});
}

Result<Response> EcfrClient::versions(const EcfrScope& scope, std::optional<Date> from, int page) {
  return m_transport.get({ecfr_versions_url(scope, from, page), Accept::json, {}});
}

Result<Response> EcfrClient::full(const EcfrScope& scope, Date date, NotFound not_found) {
  return m_transport.get({ecfr_full_url(scope, date), Accept::xml, {}, not_found});
}

Result<Response> EcfrClient::structure(int title, Date date) {
  return m_transport.get({ecfr_structure_url(title, date), Accept::json, {}});
}

Result<Response> EcfrClient::corrections(int title) {
  return m_transport.get({ecfr_corrections_url(title), Accept::json, {}});
}

} // namespace regtrail::fetch
