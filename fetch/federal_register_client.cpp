#include "fetch/federal_register_client.hpp"

#include "fetch/server_words_internal.hpp"
#include "fetch/url_internal.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace regtrail::fetch {

namespace {

constexpr std::string_view site = "https://www.federalregister.gov";
constexpr std::string_view govinfo = "https://www.govinfo.gov";
constexpr int page_size = 1000;

void add_fields(QueryPairs& pairs) {
  for (const std::string_view field : fr_document_fields())
    pairs.emplace_back("fields[]", field);
}

void add_bounds(QueryPairs& pairs, std::string_view name, const DateBounds& bounds) {
  if (bounds.from)
    pairs.emplace_back(fmt::format("conditions[{}][gte]", name), bounds.from->to_string());
  if (bounds.until)
    pairs.emplace_back(fmt::format("conditions[{}][lte]", name), bounds.until->to_string());
}

void add_all(QueryPairs& pairs, std::string_view name, const std::vector<std::string>& values) {
  for (const std::string& value : values)
    pairs.emplace_back(fmt::format("conditions[{}][]", name), value);
}

std::string type_code(DocumentType type) {
  switch (type) {
  case DocumentType::rule:
    return "RULE";
  case DocumentType::proposed_rule:
    return "PRORULE";
  case DocumentType::notice:
    return "NOTICE";
  case DocumentType::presidential:
    return "PRESDOCU";
  default:
    throw std::logic_error(
        fmt::format("the Federal Register cannot be searched for type '{}'", to_string(type)));
  }
}

QueryPairs conditions(const FrSearch& search) {
  if (!search.cfr_parts.empty() && search.cfr_title.empty())
    throw std::logic_error("a search names CFR parts without their title");
  QueryPairs pairs;
  add_all(pairs, "agencies", search.agencies);
  if (!search.cfr_title.empty())
    pairs.emplace_back("conditions[cfr][title]", search.cfr_title);
  if (!search.cfr_parts.empty())
    pairs.emplace_back("conditions[cfr][part]", search.cfr_parts);
  for (const DocumentType type : search.types)
    pairs.emplace_back("conditions[type][]", type_code(type));
  add_all(pairs, "presidential_document_type", search.presidential_types);
  add_bounds(pairs, "publication_date", search.published);
  add_bounds(pairs, "effective_date", search.effective);
  add_bounds(pairs, "signing_date", search.signed_on);
  add_all(pairs, "document_numbers", search.document_numbers);
  add_all(pairs, "executive_order_numbers", search.executive_orders);
  add_all(pairs, "citing_document_numbers", search.citing);
  if (!search.rin.empty())
    pairs.emplace_back("conditions[regulation_id_number]", search.rin);
  if (!search.docket.empty())
    pairs.emplace_back("conditions[docket_id]", search.docket);
  return pairs;
}

/// "2026/02/24/2026-03111"
std::string dated_path(const std::string& number, Date published) {
  std::string day = published.to_string();
  std::replace(day.begin(), day.end(), '-', '/');
  return day + '/' + percent_encode(number);
}

/// What an answer names as the address of a text is asked only where texts are published.
Result<Response> published_text(Transport& transport, const std::string& url, Accept accept) {
  const auto parsed = Url::parse(url);
  if (!parsed)
    return tl::unexpected(parsed.error());
  const std::string host = parsed->host();
  if (parsed->scheme() != "https" ||
      (host != "www.federalregister.gov" && host != "www.govinfo.gov"))
    return fail(ErrorKind::blocked,
                fmt::format("cannot get '{}': not an address of the Federal Register or of govinfo",
                            printable(url)));
  return transport.get({url, accept, {}});
}

tl::unexpected<Error> no_page(const std::string& url, const Response& answer) {
  return fail(ErrorKind::not_found,
              fmt::format("cannot get '{}': the service has no such document (it leads to '{}')",
                          printable(url),
                          printable(answer.final_url)));
}

} // namespace

const std::vector<std::string_view>& fr_document_fields() {
  static const std::vector<std::string_view> fields = {
      "abstract",
      "action",
      "agencies",
      "cfr_references",
      "citation",
      "comments_close_on",
      "correction_of",
      "corrections",
      "dates",
      "disposition_notes",
      "docket_ids",
      "document_number",
      "effective_on",
      "end_page",
      "executive_order_notes",
      "executive_order_number",
      "full_text_xml_url",
      "html_url",
      "not_received_for_publication",
      "pdf_url",
      "presidential_document_number",
      "proclamation_number",
      "publication_date",
      "raw_text_url",
      "regulation_id_numbers",
      "signing_date",
      "start_page",
      "subtype",
      "title",
      "toc_doc",
      "toc_subject",
      "topics",
      "type",
      "volume",
  };
  return fields;
}

std::string fr_search_url(const FrSearch& search, int page) {
  if (page < 1 || page > 10)
    throw std::logic_error("a search of the Federal Register has pages 1 to 10");
  QueryPairs pairs = conditions(search);
  add_fields(pairs);
  pairs.emplace_back("order", "oldest");
  if (page > 1)
    pairs.emplace_back("page", std::to_string(page));
  pairs.emplace_back("per_page", std::to_string(page_size));
  return fmt::format("{}/api/v1/documents.json?{}", site, to_query(pairs));
}

std::string fr_document_url(const std::string& number, std::optional<Date> published) {
  QueryPairs pairs;
  if (published)
    pairs.emplace_back("publication_date", published->to_string());
  add_fields(pairs);
  return fmt::format(
      "{}/api/v1/documents/{}.json?{}", site, percent_encode(number), to_query(pairs));
}

std::string fr_batch_url(const std::vector<std::string>& numbers) {
  if (numbers.size() < 2 || numbers.size() > fr_batch_limit)
    throw std::logic_error("a batch has from two to 250 documents; one alone is answered bare");
  std::string list;
  for (const std::string& number : numbers)
    list += (list.empty() ? "" : ",") + percent_encode(number);
  QueryPairs pairs;
  add_fields(pairs);
  return fmt::format("{}/api/v1/documents/{}.json?{}", site, list, to_query(pairs));
}

std::string fr_citation_url(int volume, int page) {
  QueryPairs pairs;
  add_fields(pairs);
  return fmt::format(
      "{}/api/v1/documents/{}%20FR%20{}.json?{}", site, volume, page, to_query(pairs));
}

std::string fr_full_text_url(const std::string& number, Date published) {
  return fmt::format("{}/documents/full_text/xml/{}.xml", site, dated_path(number, published));
}

std::string fr_raw_text_url(const std::string& number, Date published) {
  return fmt::format("{}/documents/full_text/text/{}.txt", site, dated_path(number, published));
}

std::string fr_public_inspection_current_url() {
  return fmt::format("{}/api/v1/public-inspection-documents/current.json", site);
}

std::string fr_public_inspection_url(Date available_on) {
  return fmt::format("{}/api/v1/public-inspection-documents.json?{}",
                     site,
                     to_query({{"conditions[available_on]", available_on.to_string()},
                               {"per_page", std::to_string(page_size)}}));
}

std::string fr_agencies_url() {
  return fmt::format("{}/api/v1/agencies.json", site);
}

std::string govinfo_fr_issue_url(Date date) {
  const std::string day = date.to_string();
  return fmt::format(
      "{}/bulkdata/FR/{}/{}/FR-{}.xml", govinfo, day.substr(0, 4), day.substr(5, 2), day);
}

std::string govinfo_dcpd_link_url(const std::string& dcpd) {
  constexpr std::string_view prefix = "DCPD-";
  constexpr std::size_t digits = 9; // four of the year, five of the document
  if (dcpd.size() != prefix.size() + digits || !dcpd.starts_with(prefix) ||
      dcpd.find_first_not_of("0123456789", prefix.size()) != std::string::npos)
    throw std::logic_error(fmt::format("'{}' is no number of the Daily Compilation", dcpd));
  return fmt::format("{}/link/cpd/{}?dcpdnumber={}&link-type=html",
                     govinfo,
                     dcpd.substr(prefix.size(), 4),
                     dcpd.substr(prefix.size() + 4));
}

std::string govinfo_order_link_url(const std::string& executive_order) {
  return fmt::format(
      "{}/link/cpd/executiveorder/{}?link-type=html", govinfo, percent_encode(executive_order));
}

Result<Response> FederalRegisterClient::documents(const std::string& url,
                                                  const Validators& validators) {
  return m_transport.get({url, Accept::json, validators});
}

Result<Response> FederalRegisterClient::document(const std::string& number,
                                                 std::optional<Date> published) {
  return m_transport.get({fr_document_url(number, published), Accept::json, {}});
}

Result<Response> FederalRegisterClient::batch(const std::vector<std::string>& numbers) {
  return m_transport.get({fr_batch_url(numbers), Accept::json, {}});
}

Result<Response> FederalRegisterClient::by_citation(int volume, int page) {
  return m_transport.get({fr_citation_url(volume, page), Accept::json, {}});
}

Result<Response> FederalRegisterClient::full_text(const std::string& url) {
  return published_text(m_transport, url, Accept::xml);
}

Result<Response> FederalRegisterClient::raw_text(const std::string& url) {
  auto answer = published_text(m_transport, url, Accept::any);
  if (!answer)
    return answer;
  // The text comes as HTML around one <pre>; a page for people has none.
  const Request as_text{url, Accept::xml, {}};
  if (answer->body.empty() ||
      (is_block_page(*answer, as_text) && answer->body.find("<pre>") == std::string::npos))
    return judge(std::move(*answer), as_text);
  return answer;
}

Result<Response> FederalRegisterClient::issue(Date date) {
  const std::string url = govinfo_fr_issue_url(date);
  auto answer = m_transport.get({url, Accept::any, {}});
  if (!answer)
    return answer;
  const Request as_xml{url, Accept::xml, {}};
  const std::string_view path = std::string_view(url).substr(govinfo.size());
  if (is_block_page(*answer, as_xml) && !std::string_view(answer->final_url).ends_with(path))
    return no_page(url, *answer);
  return judge(std::move(*answer), as_xml);
}

Result<Response> FederalRegisterClient::public_inspection_current(const Validators& validators) {
  return m_transport.get({fr_public_inspection_current_url(), Accept::json, validators});
}

Result<Response> FederalRegisterClient::public_inspection_on(Date date) {
  return m_transport.get({fr_public_inspection_url(date), Accept::json, {}});
}

Result<Response> FederalRegisterClient::agencies() {
  return m_transport.get({fr_agencies_url(), Accept::json, {}});
}

Result<Response> FederalRegisterClient::link(const std::string& url) {
  auto answer = m_transport.get({url, Accept::any, {}});
  // It leads to the document; where it knows none, or more than one, it shows a page of its own.
  if (answer && begins_like_html(answer->body)) {
    const std::string words = server_words(answer->body);
    for (const std::string_view refusal : {"No Results", "Multiple", "Validation Failed"})
      if (words.find(refusal) != std::string::npos)
        return no_page(url, *answer);
  }
  return answer;
}

} // namespace regtrail::fetch
