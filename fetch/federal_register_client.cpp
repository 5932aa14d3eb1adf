#include "fetch/federal_register_client.hpp"

#include "fetch/server_message_internal.hpp"
#include "fetch/url.hpp"
#include "model/characters.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace regtrail::fetch {

namespace {

constexpr std::string_view site = "https://www.federalregister.gov";
constexpr std::string_view govinfo = "https://www.govinfo.gov";
constexpr int page_size = 1000;

/// Always asked for by name: a list without them lacks even effective dates. The service refuses
/// the whole request for one name that it does not know.
constexpr std::string_view document_fields[] = {
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

void add_fields(QueryPairs& pairs) {
  for (const std::string_view field : document_fields) {
    pairs.emplace_back("fields[]", field);
  }
}

/// The same for a search, which knows only types with a code.
std::string searched_code(DocumentType type) {
  const std::string_view code = type_code(type);
  if (code.empty()) {
    throw std::logic_error(
        fmt::format("the Federal Register cannot be searched for type '{}'", to_string(type)));
  }
  return std::string(code);
}

/// "\"data center\"|\"large load\"": phrases are quoted, and a bar is "or" (docs/sources.md,
/// Federal Register: search). What would end a phrase is left out of it.
std::string any_of_phrases(const std::vector<std::string>& terms) {
  std::string text;
  for (const std::string& term : terms) {
    std::string phrase = term;
    std::erase_if(phrase, [](char c) { return c == '"' || c == '\\'; });
    text += fmt::format("{}\"{}\"", text.empty() ? "" : "|", trimmed(phrase));
  }
  return text;
}

/// "850", "730-774".
std::string parts_of(const FrCfr& cfr) {
  return cfr.first_part == cfr.last_part ? std::to_string(cfr.first_part)
                                         : fmt::format("{}-{}", cfr.first_part, cfr.last_part);
}

QueryPairs conditions(const FrSearch& search, Date from, Date until) {
  QueryPairs pairs;
  for (const std::string& agency : search.agencies) {
    pairs.emplace_back("conditions[agencies][]", agency);
  }
  for (const DocumentType type : search.types) {
    pairs.emplace_back("conditions[type][]", searched_code(type));
  }
  for (const std::string& type : search.presidential_types) {
    pairs.emplace_back("conditions[presidential_document_type][]", type);
  }
  if (!search.terms.empty()) {
    pairs.emplace_back("conditions[term]", any_of_phrases(search.terms));
  }
  if (search.cfr) {
    pairs.emplace_back("conditions[cfr][title]", std::to_string(search.cfr->title));
    if (search.cfr->first_part != 0) {
      pairs.emplace_back("conditions[cfr][part]", parts_of(*search.cfr));
    }
  }
  pairs.emplace_back("conditions[publication_date][gte]", from.to_string());
  pairs.emplace_back("conditions[publication_date][lte]", until.to_string());
  return pairs;
}

/// Answers name the addresses of texts: only those where texts are published are asked.
Result<Response> published_text(Transport& transport, const std::string& url, Accept accept) {
  TRY_ASSIGN(const Url parsed, Url::parse(url));
  const std::string host = parsed.host();
  if (parsed.scheme() != "https" ||
      (host != "www.federalregister.gov" && host != "www.govinfo.gov")) {
    return fail(ErrorKind::blocked,
                fmt::format("cannot get '{}': not an address of the Federal Register or of govinfo",
                            printable(url)));
  }
  return transport.get({url, accept, {}});
}

} // namespace

std::string_view type_code(DocumentType type) {
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
    return {};
  }
}

std::string fr_search_url(const FrSearch& search, Date from, Date until, int page) {
  if (page < 1 || page > 10) {
    throw std::logic_error("a search of the Federal Register has pages 1 to 10");
  }
  QueryPairs pairs = conditions(search, from, until);
  add_fields(pairs);
  pairs.emplace_back("order", "oldest");
  if (page > 1) {
    pairs.emplace_back("page", std::to_string(page));
  }
  pairs.emplace_back("per_page", std::to_string(page_size));
  return fmt::format("{}/api/v1/documents.json?{}", site, to_query(pairs));
}

std::string fr_citation_url(int volume, int page) {
  QueryPairs pairs;
  add_fields(pairs);
  return fmt::format(
      "{}/api/v1/documents/{}%20FR%20{}.json?{}", site, volume, page, to_query(pairs));
}

std::string fr_raw_text_url(const std::string& number, Date published) {
  std::string day = published.to_string();
  std::replace(day.begin(), day.end(), '-', '/');
  return fmt::format("{}/documents/full_text/text/{}/{}.txt", site, day, percent_encode(number));
}

std::string fr_public_inspection_current_url() {
  return fmt::format("{}/api/v1/public-inspection-documents/current.json", site);
}

std::string govinfo_order_link_url(const std::string& executive_order) {
  return fmt::format(
      "{}/link/cpd/executiveorder/{}?link-type=html", govinfo, percent_encode(executive_order));
}

Result<Response> FederalRegisterClient::documents(const std::string& url) {
  Request request{url, Accept::json, {}};
  request.refused = ErrorKind::usage;
  return m_transport.get(request);
}

Result<Response> FederalRegisterClient::by_citation(int volume, int page) {
  return m_transport.get({fr_citation_url(volume, page), Accept::json, {}});
}

Result<Response> FederalRegisterClient::full_text(const std::string& url) {
  return published_text(m_transport, url, Accept::xml);
}

Result<Response> FederalRegisterClient::raw_text(const std::string& url) {
  auto answer = published_text(m_transport, url, Accept::any);
  if (!answer || answer->not_modified()) {
    return answer;
  }
  // The text comes as HTML around one <pre>; an error page has none.
  const Request as_text{url, Accept::xml, {}};
  if (answer->body.empty() ||
      (is_block_page(*answer, as_text) && answer->body.find("<pre>") == std::string::npos)) {
    return judge(std::move(*answer), as_text);
  }
  return answer;
}

Result<Response> FederalRegisterClient::public_inspection_current() {
  return m_transport.get({fr_public_inspection_current_url(), Accept::json, {}});
}

Result<Response> FederalRegisterClient::link(const std::string& url) {
  auto answer = m_transport.get({url, Accept::any, {}});
  if (!answer || !begins_like_html(answer->body)) {
    return answer;
  }
  // It leads to the document; where it knows none, or more than one, it shows an error page.
  const std::string message = server_message(answer->body);
  for (const std::string_view refusal : {"No Results", "Multiple", "Validation Failed"}) {
    if (message.find(refusal) != std::string::npos) {
      return fail(ErrorKind::not_found,
                  fmt::format("cannot get '{}': the service has no such document (it leads to "
                              "'{}')",
                              printable(url),
                              printable(answer->final_url)));
    }
  }
  return answer;
}

} // namespace regtrail::fetch
