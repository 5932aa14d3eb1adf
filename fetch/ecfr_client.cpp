#include "fetch/ecfr_client.hpp"

#include "fetch/url_internal.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace regtrail::fetch {

namespace {

constexpr std::string_view versioner = "https://www.ecfr.gov/api/versioner/v1";
constexpr std::string_view admin = "https://www.ecfr.gov/api/admin/v1";

QueryPairs scope_pairs(const EcfrScope& scope) {
  const bool has_unit = !scope.section.empty() || !scope.appendix.empty();
  if (has_unit && scope.part.empty())
    throw std::logic_error("an eCFR scope names a section or an appendix without its part");
  if (!scope.section.empty() && !scope.appendix.empty())
    throw std::logic_error("an eCFR scope names both a section and an appendix");
  QueryPairs pairs;
  if (!scope.part.empty())
    pairs.emplace_back("part", scope.part);
  if (!scope.section.empty())
    pairs.emplace_back("section", scope.section);
  if (!scope.appendix.empty())
    pairs.emplace_back("appendix", scope.appendix);
  return pairs;
}

std::string with_query(std::string url, const QueryPairs& pairs) {
  return pairs.empty() ? url : url + '?' + to_query(pairs);
}

} // namespace

std::string ecfr_titles_url() {
  return fmt::format("{}/titles.json", versioner);
}

std::string ecfr_versions_url(const EcfrScope& scope,
                              std::optional<Date> from,
                              std::optional<Date> to,
                              int page) {
  if (page < 1)
    throw std::logic_error("pages of eCFR versions count from 1");
  // a little before the service's first rows: an issue_date is required (sources.md 1.3)
  const Date first_of_all(2016, 12, 1);
  QueryPairs pairs{{"issue_date[gte]", from.value_or(first_of_all).to_string()}};
  if (to)
    pairs.emplace_back("issue_date[lte]", to->to_string());
  for (auto& pair : scope_pairs(scope))
    pairs.push_back(std::move(pair));
  if (page > 1)
    pairs.emplace_back("page", std::to_string(page));
  return with_query(fmt::format("{}/versions/title-{}.json", versioner, scope.title), pairs);
}

std::string ecfr_full_url(const EcfrScope& scope, Date date) {
  return with_query(
      fmt::format("{}/full/{}/title-{}.xml", versioner, date.to_string(), scope.title),
      scope_pairs(scope));
}

std::string ecfr_structure_url(int title, Date date) {
  return fmt::format("{}/structure/{}/title-{}.json", versioner, date.to_string(), title);
}

std::string ecfr_corrections_url(int title, std::optional<Date> error_corrected) {
  if (!error_corrected)
    return fmt::format("{}/corrections/title/{}.json", admin, title);
  return with_query(
      fmt::format("{}/corrections.json", admin),
      {{"title", std::to_string(title)}, {"error_corrected_date", error_corrected->to_string()}});
}

Result<Response> EcfrClient::titles(const Validators& validators) {
  return m_transport.get({ecfr_titles_url(), Accept::json, validators});
}

Result<Response> EcfrClient::versions(const EcfrScope& scope,
                                      std::optional<Date> from,
                                      std::optional<Date> to,
                                      int page) {
  return m_transport.get({ecfr_versions_url(scope, from, to, page), Accept::json, {}});
}

Result<Response> EcfrClient::full(const EcfrScope& scope, Date date) {
  return m_transport.get({ecfr_full_url(scope, date), Accept::xml, {}});
}

Result<Response> EcfrClient::structure(int title, Date date) {
  return m_transport.get({ecfr_structure_url(title, date), Accept::json, {}});
}

Result<Response> EcfrClient::corrections(int title) {
  return m_transport.get({ecfr_corrections_url(title, std::nullopt), Accept::json, {}});
}

Result<Response> EcfrClient::corrections_on(int title, Date error_corrected) {
  return m_transport.get({ecfr_corrections_url(title, error_corrected), Accept::json, {}});
}

} // namespace regtrail::fetch
