// A Federal Register in memory: documents answered like the real service, with faults on demand.
#pragma once

#include "fetch/federal_register_client.hpp"
#include "fetch/transport.hpp"
#include "model/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::testing {

/// What the fake knows of a document; `metadata` are further members of its JSON object, such as
/// `"dates":"Effective March 2, 2026.","cfr_references":[{"title":15,"part":744}]`.
struct FakeFrDocument {
  std::string number;
  std::string type = "Rule"; ///< as the service says it: "Rule", "Presidential Document"
  std::string title = "A Rule";
  Date published;
  int volume = 91;
  int start_page = 0; ///< 0: has no page yet
  int end_page = 0;
  std::vector<std::string> agencies; ///< slugs of which a question must name one; none: any does
  std::string executive_order;       ///< its number; makes the subtype "Executive Order"
  std::string metadata;
  std::string xml;          ///< "" = full_text_xml_url is null
  bool xml_is_late = false; ///< full_text_xml_url is named also without `xml`, and answers 404
  std::string raw_text;     ///< what the service prints, wrapped in HTML by the fake
  bool inspection = false;  ///< only on file; `published` is when it is to be published
};

/// The address that the service gives for the XML of a document.
inline std::string fr_full_text_url(const std::string& number, Date published) {
  std::string day = published.to_string();
  std::replace(day.begin(), day.end(), '-', '/');
  return fmt::format(
      "https://www.federalregister.gov/documents/full_text/xml/{}/{}.xml", day, number);
}

/// JSON of a document in the form of the service.
inline std::string fake_fr_json(const FakeFrDocument& document) {
  const auto quoted = [](const std::string& text) {
    return text.empty() ? std::string("null") : '"' + text + '"';
  };
  const std::string citation =
      document.start_page == 0 ? "" : fmt::format("{} FR {}", document.volume, document.start_page);
  std::string json = fmt::format(
      R"({{"document_number":"{}","type":"{}","title":"{}","publication_date":"{}")"
      R"(,"volume":{},"start_page":{},"end_page":{},"citation":{},"executive_order_number":{})"
      R"(,"subtype":{},"full_text_xml_url":{},"raw_text_url":"{}")",
      document.number,
      document.type,
      document.title,
      document.published.to_string(),
      document.volume,
      document.start_page,
      document.end_page,
      quoted(citation),
      quoted(document.executive_order),
      document.executive_order.empty() ? "null" : R"("Executive Order")",
      quoted(document.xml.empty() && !document.xml_is_late
                 ? ""
                 : fr_full_text_url(document.number, document.published)),
      fetch::fr_raw_text_url(document.number, document.published));
  return json + (document.metadata.empty() ? "" : "," + document.metadata) + "}";
}

class FakeFederalRegister : public fetch::Transport {
public:
  std::vector<FakeFrDocument> documents;
  std::map<std::string, std::string> links;     ///< URL of the link service -> where it leads
  std::optional<std::string> search_body;       ///< instead of the true answer to a search
  std::optional<std::string> inspection_body;   ///< instead of the true list of what is on file
  std::map<std::string, std::string> elsewhere; ///< what further addresses answer
  /// Asked before every answer with its ordinal from 1; an Error is answered instead.
  std::function<std::optional<Error>(int, const std::string&)> fault;

  std::vector<std::string> asked; ///< every URL in order

  Result<fetch::Response> get(const fetch::Request& request) override {
    asked.push_back(request.url);
    if (fault) {
      if (auto error = fault(static_cast<int>(asked.size()), request.url)) {
        return tl::unexpected(*error);
      }
    }
    const auto link = links.find(request.url);
    const auto body = link == links.end() ? answer(request.url) : "<html><pre>text</pre></html>";
    if (!body) {
      return fail(ErrorKind::not_found, request.url + " does not exist");
    }
    fetch::Response response;
    response.status = 200;
    response.body = *body;
    response.final_url = link == links.end() ? request.url : link->second;
    response.wire_bytes = body->size();
    return response;
  }

  [[nodiscard]] int count(const std::string& fragment) const {
    return static_cast<int>(std::count_if(asked.begin(), asked.end(), [&](const auto& url) {
      return url.find(fragment) != std::string::npos;
    }));
  }

private:
  using Wanted = std::function<bool(const FakeFrDocument&)>;

  [[nodiscard]] std::optional<std::string> answer(const std::string& url) const {
    if (url.find("/api/v1/documents.json?") != std::string::npos) {
      return search_body ? search_body : list(searched(url));
    }
    if (const auto found = elsewhere.find(url); found != elsewhere.end()) {
      return found->second;
    }
    if (url == fetch::fr_public_inspection_current_url()) {
      return inspection_body ? inspection_body
                             : list([](const auto& document) { return document.inspection; });
    }
    for (const auto& document : documents) {
      if (document.inspection) {
        continue;
      }
      if (!document.xml.empty() && url == fr_full_text_url(document.number, document.published)) {
        return document.xml;
      }
      if (!document.raw_text.empty() &&
          url == fetch::fr_raw_text_url(document.number, document.published)) {
        return "<html><body><pre>\n" + document.raw_text + "</pre></body></html>";
      }
      for (int page = document.start_page; page <= document.end_page && page > 0; ++page) {
        if (url == fetch::fr_citation_url(document.volume, page)) {
          return list([&](const auto& other) {
            return !other.inspection && other.volume == document.volume &&
                   other.start_page <= page && page <= other.end_page;
          });
        }
      }
    }
    return std::nullopt;
  }

  /// By the dates, types and agencies of the question; other conditions are taken to be met.
  static Wanted searched(const std::string& url) {
    const auto value = [&](const std::string& key) {
      const auto at = url.find(key + '=');
      return at == std::string::npos
                 ? std::string()
                 : url.substr(at + key.size() + 1, url.find('&', at) - at - key.size() - 1);
    };
    const std::string from = value("publication_date%5D%5Bgte%5D");
    const std::string until = value("publication_date%5D%5Blte%5D");
    const bool presidential = url.find("type%5D%5B%5D=PRESDOCU") != std::string::npos;
    const bool orders = url.find("=executive_order&") != std::string::npos;
    return [=](const FakeFrDocument& document) {
      const bool of_agency =
          document.agencies.empty() || url.find("agencies%5D") == std::string::npos ||
          std::any_of(
              document.agencies.begin(), document.agencies.end(), [&](const std::string& slug) {
                return url.find("agencies%5D%5B%5D=" + slug + '&') != std::string::npos;
              });
      const std::string day = document.published.to_string();
      return !document.inspection && of_agency && (from.empty() || from <= day) &&
             (until.empty() || day <= until) &&
             presidential == (document.type == "Presidential Document") &&
             (!orders || !document.executive_order.empty());
    };
  }

  [[nodiscard]] std::string list(const Wanted& wanted) const {
    std::vector<FakeFrDocument> found;
    std::copy_if(documents.begin(), documents.end(), std::back_inserter(found), wanted);
    std::stable_sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
      return left.published < right.published;
    });
    std::string results;
    for (const auto& document : found) {
      results += (results.empty() ? "" : ",") + fake_fr_json(document);
    }
    if (found.empty()) {
      return R"({"description":"Documents","count":0})"; // as the service does: no `results`
    }
    return fmt::format(R"({{"description":"Documents","count":{},"total_pages":1,"results":[{}]}})",
                       found.size(),
                       results);
  }
};

} // namespace regtrail::testing
