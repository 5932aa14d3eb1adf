#include "parse/fr_json.hpp"

#include "parse/fr/json_document.hpp"
#include "parse/json_answer.hpp"

#include <fmt/format.h>

#include <functional>

namespace regtrail::parse {

using nlohmann::json;

namespace {

using Reader = std::function<Result<Document>(const json&)>;

std::optional<int> small_number(const json& object, const char* key) {
  const auto number = number_of(object, key);
  return number && *number >= 0 && *number <= 1'000'000'000
             ? std::optional(static_cast<int>(*number))
             : std::nullopt;
}

std::vector<std::string> numbers_not_found(const json& root) {
  std::vector<std::string> numbers;
  const auto errors = root.find("errors");
  if (errors == root.end() || !errors->is_object()) {
    return numbers;
  }
  const auto missing = errors->find("not_found");
  if (missing == errors->end() || !missing->is_array()) {
    return numbers;
  }
  for (const json& number : *missing) {
    if (number.is_string()) {
      numbers.push_back(number.get<std::string>());
    }
  }
  return numbers;
}

Result<FrPage>
read_page(std::string_view text, std::string_view source_name, const Reader& read_one) {
  TRY_ASSIGN(const JsonAnswer answer, JsonAnswer::read(text, source_name));
  const json& root = answer.root();
  FrPage page;
  if (root.is_object()) {
    page.count = small_number(root, "count");
    page.total_pages = small_number(root, "total_pages");
    page.next_page_url = text_of(root, "next_page_url");
    page.not_found = numbers_not_found(root);
    // Without a result the service leaves `results` out.
    const bool nothing = page.count == 0 || (!page.count && !page.not_found.empty());
    if (nothing && !root.contains("results")) {
      return page;
    }
  }
  TRY_ASSIGN(const json* const rows, answer.array("results"));
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const json& row = (*rows)[i];
    if (!row.is_object()) {
      page.unreadable.push_back(fmt::format("result {} is {}", i + 1, row.type_name()));
      continue;
    }
    auto document = read_one(row);
    if (document) {
      page.documents.push_back(std::move(*document));
    } else {
      page.unreadable.push_back(fmt::format("result {}: {}", i + 1, document.error().message));
    }
  }
  if (page.documents.empty() && !page.unreadable.empty()) {
    return answer.bad(page.unreadable.front());
  }
  return page;
}

} // namespace

Result<FrPage> parse_fr_documents(std::string_view text, std::string_view source_name) {
  return read_page(text, source_name, fr_document_of);
}

Result<FrPage> parse_fr_public_inspection(std::string_view text, std::string_view source_name) {
  TRY_ASSIGN(auto page, read_page(text, source_name, fr_inspection_document_of));
  const std::size_t given = page.documents.size() + page.unreadable.size();
  if (page.count && static_cast<std::size_t>(*page.count) != given && page.next_page_url.empty()) {
    return fail(ErrorKind::malformed,
                fmt::format("'{}' announced {} documents and gave {}; the next sync asks again",
                            source_name,
                            *page.count,
                            given));
  }
  return page;
}

Result<Document> parse_fr_document(std::string_view text, std::string_view source_name) {
  TRY_ASSIGN(const JsonAnswer answer, JsonAnswer::read(text, source_name));
  if (!answer.root().is_object()) {
    return answer.bad(fmt::format("expected a document, got {}", answer.root().type_name()));
  }
  if (const std::string words = answer.complaint();
      !words.empty() && !answer.root().contains("document_number")) {
    return answer.bad(fmt::format("the service says '{}'", words));
  }
  auto document = fr_document_of(answer.root());
  return document ? std::move(document) : answer.bad(document.error().message);
}

Result<std::vector<FrAgency>> parse_fr_agencies(std::string_view text,
                                                std::string_view source_name) {
  TRY_ASSIGN(const JsonAnswer answer, JsonAnswer::read(text, source_name));
  if (!answer.root().is_array()) {
    const std::string words = answer.complaint();
    return answer.bad(words.empty() ? fmt::format("expected an array of agencies, got {}",
                                                  answer.root().type_name())
                                    : fmt::format("the service says '{}'", words));
  }
  std::vector<FrAgency> agencies;
  for (const json& row : answer.root()) {
    if (!row.is_object() || text_of(row, "slug").empty()) {
      return answer.bad(fmt::format("agency {} has no slug", agencies.size() + 1));
    }
    agencies.push_back({number_of(row, "id").value_or(0),
                        trimmed(text_of(row, "name")),
                        text_of(row, "slug"),
                        number_of(row, "parent_id")});
  }
  return agencies;
}

} // namespace regtrail::parse
