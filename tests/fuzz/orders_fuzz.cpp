// Words about executive orders and earlier documents: notes, texts, deadlines, acts, identifiers.
#include "federal_register/document_identifier.hpp"
#include "federal_register/document_relations.hpp"
#include "federal_register/order_notes.hpp"
#include "federal_register/order_text.hpp"
#include "tests/fuzz/laws.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

constexpr std::size_t longest_excerpt = 300;

void check_relations(const std::vector<Relation>& relations, std::string_view own) {
  std::set<std::string> said;
  for (const Relation& relation : relations) {
    const auto target = Citation::parse(relation.target.to_string());
    require(target && *target == relation.target, "an order parses back", relation.words);
    require(relation.target.name() != own, "nothing is related to itself", relation.words);
    require(said.insert(std::string(to_string(relation.kind)) + relation.target.to_string()).second,
            "each kind and target is said once",
            relation.words);
  }
}

void check_order(std::string_view text) {
  const std::string_view own = "14999";
  check_relations(federal_register::read_order_notes(text, own).relations, own);
  const auto relations = federal_register::find_order_relations(text, own);
  check_relations(relations, own);
  for (const Relation& relation : relations) {
    require(relation.words.size() <= longest_excerpt, "a sentence is cut", relation.words);
  }
  const Date signed_on(2025, 1, 23);
  for (const Deadline& deadline : federal_register::find_deadlines(text, signed_on)) {
    require(deadline.date > signed_on &&
                deadline.date - signed_on == std::chrono::days(deadline.days),
            "a deadline is its days behind the signing",
            deadline.text);
    require(deadline.text.size() <= longest_excerpt, "a sentence is cut", deadline.text);
  }
}

/// A small register of documents made of the lines of the text: what one says of another, the
/// other knows.
void check_register(std::string_view text) {
  std::vector<Document> documents;
  const std::size_t most = 8;
  while (!text.empty() && documents.size() < most) {
    const std::size_t line = std::min(text.find('\n'), text.size());
    const auto i = static_cast<int>(documents.size());
    Document document;
    document.number = "2026-1000" + std::to_string(i);
    document.type = DocumentType::rule;
    document.volume = 91;
    document.start_page = 100 * (i + 1);
    document.end_page = document.start_page + 99;
    document.published = Date(2026, 1, 1) + std::chrono::days(i / 2);
    document.action = std::string(text.substr(0, line));
    document.title = document.action;
    document.abstract = std::string(text);
    document.cfr = {{"15", "744"}};
    documents.push_back(std::move(document));
    text.remove_prefix(std::min(line + 1, text.size()));
  }
  const auto relations = federal_register::relate(documents);
  require(relations.size() == documents.size(), "every document has its relations");
  for (std::size_t i = 0; i < documents.size(); ++i) {
    for (const Relation& relation : relations[i]) {
      for (std::size_t j = 0; j < documents.size(); ++j) {
        if (relation.target == Citation::fr_document(documents[j].number)) {
          const auto back = [&](const Relation& other) {
            return other.kind == inverse(relation.kind) &&
                   other.target == Citation::fr_document(documents[i].number);
          };
          require(i != j, "nothing is related to itself", relation.words);
          require(std::any_of(relations[j].begin(), relations[j].end(), back),
                  "what one says of another, the other knows",
                  relation.words);
        }
      }
    }
  }
}

void check_identifier(std::string_view text) {
  if (const auto identifier = federal_register::read_document_identifier(text)) {
    require(identifier->citation.empty() != identifier->dcpd.empty(),
            "a document is named in one way",
            text);
    const auto printed = Citation::parse(identifier->citation.to_string());
    require(identifier->citation.empty() || (printed && *printed == identifier->citation),
            "a document named parses back",
            text);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_order(text);
  check_register(text);
  check_identifier(text.substr(0, text.find('\n')));
  return 0;
}
