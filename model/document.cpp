#include "model/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace regtrail {

namespace {

template<typename Enum, std::size_t Size>
using Words = std::array<std::pair<Enum, std::string_view>, Size>;

template<typename Enum, std::size_t Size>
std::string_view word_of(const Words<Enum, Size>& words, Enum value) {
  const auto* found = std::find_if(
      words.begin(), words.end(), [&](const auto& pair) { return pair.first == value; });
  if (found == words.end())
    throw std::logic_error("an enumerator without a word");
  return found->second;
}

template<typename Enum, std::size_t Size>
Result<Enum>
value_of(const Words<Enum, Size>& words, std::string_view word, std::string_view subject) {
  const auto* found = std::find_if(
      words.begin(), words.end(), [&](const auto& pair) { return pair.second == word; });
  if (found == words.end())
    return fail(ErrorKind::malformed, fmt::format("'{}' is no {}", word, subject));
  return found->first;
}

constexpr Words<DocumentType, 7> document_types = {{
    {DocumentType::rule, "rule"},
    {DocumentType::proposed_rule, "proposed rule"},
    {DocumentType::notice, "notice"},
    {DocumentType::presidential, "presidential document"},
    {DocumentType::correction, "correction"},
    {DocumentType::measure, "measure"},
    {DocumentType::other, "other"},
}};

constexpr Words<Verb, 20> verbs = {{
    {Verb::revise, "revise"},
    {Verb::add, "add"},
    {Verb::remove, "remove"},
    {Verb::redesignate, "redesignate"},
    {Verb::reserve, "reserve"},
    {Verb::republish, "republish"},
    {Verb::revise_and_republish, "revise and republish"},
    {Verb::correct, "correct"},
    {Verb::designate, "designate"},
    {Verb::transfer, "transfer"},
    {Verb::replace_words, "replace words"},
    {Verb::remove_words, "remove words"},
    {Verb::add_words, "add words"},
    {Verb::continue_to_read, "continue to read"},
    {Verb::amend, "amend"},
    {Verb::stay, "stay"},
    {Verb::lift, "lift"},
    {Verb::delay, "delay"},
    {Verb::withdraw, "withdraw"},
    {Verb::confirm, "confirm"},
}};

// Pairs of a relation and its inverse stand together.
constexpr Words<RelationKind, 32> relation_kinds = {{
    {RelationKind::corrects, "corrects"},
    {RelationKind::corrected_by, "corrected by"},
    {RelationKind::delays, "delays"},
    {RelationKind::delayed_by, "delayed by"},
    {RelationKind::withdraws, "withdraws"},
    {RelationKind::withdrawn_by, "withdrawn by"},
    {RelationKind::stays, "stays"},
    {RelationKind::stayed_by, "stayed by"},
    {RelationKind::extends, "extends"},
    {RelationKind::extended_by, "extended by"},
    {RelationKind::confirms, "confirms"},
    {RelationKind::confirmed_by, "confirmed by"},
    {RelationKind::same_rulemaking, "same rulemaking"},
    {RelationKind::companion, "companion"},
    {RelationKind::amends, "amends"},
    {RelationKind::amended_by, "amended by"},
    {RelationKind::revokes, "revokes"},
    {RelationKind::revoked_by, "revoked by"},
    {RelationKind::supersedes, "supersedes"},
    {RelationKind::superseded_by, "superseded by"},
    {RelationKind::continues, "continues"},
    {RelationKind::continued_by, "continued by"},
    {RelationKind::suspends, "suspends"},
    {RelationKind::suspended_by, "suspended by"},
    {RelationKind::terminates, "terminates"},
    {RelationKind::terminated_by, "terminated by"},
    {RelationKind::modifies, "modifies"},
    {RelationKind::modified_by, "modified by"},
    {RelationKind::implements, "implements"},
    {RelationKind::implemented_by, "implemented by"},
    {RelationKind::cites, "cites"},
    {RelationKind::cited_by, "cited by"},
}};

template<typename Value>
void unite(std::vector<Value>& into, const std::vector<Value>& from) {
  for (const auto& value : from)
    if (std::find(into.begin(), into.end(), value) == into.end())
      into.push_back(value);
}

template<typename Value>
void unite_sorted(std::vector<Value>& into, const std::vector<Value>& from) {
  unite(into, from);
  std::sort(into.begin(), into.end());
}

void fill(std::string& into, const std::string& from) {
  if (into.empty())
    into = from;
}

template<typename Value>
void fill(std::optional<Value>& into, const std::optional<Value>& from) {
  if (!into)
    into = from;
}

void fill(int& into, int from) {
  if (into == 0)
    into = from;
}

} // namespace

std::string_view to_string(DocumentType type) {
  return word_of(document_types, type);
}

Result<DocumentType> parse_document_type(std::string_view word) {
  return value_of(document_types, word, "type of document");
}

std::string_view to_string(Verb verb) {
  return word_of(verbs, verb);
}

Result<Verb> parse_verb(std::string_view word) {
  return value_of(verbs, word, "verb of an instruction");
}

std::string_view to_string(RelationKind kind) {
  return word_of(relation_kinds, kind);
}

Result<RelationKind> parse_relation_kind(std::string_view word) {
  return value_of(relation_kinds, word, "relation between documents");
}

RelationKind inverse(RelationKind kind) {
  if (kind == RelationKind::same_rulemaking || kind == RelationKind::companion)
    return kind;
  const auto* found = std::find_if(relation_kinds.begin(),
                                   relation_kinds.end(),
                                   [&](const auto& pair) { return pair.first == kind; });
  const auto place = found - relation_kinds.begin();
  return relation_kinds[static_cast<std::size_t>(place % 2 == 0 ? place + 1 : place - 1)].first;
}

std::string fr_citation_of(const Document& document) {
  if (document.volume == 0 || document.start_page == 0)
    return {};
  return fmt::format("{} FR {}", document.volume, document.start_page);
}

std::optional<Date> effective_date(const Document& document, const Instruction& instruction) {
  if (instruction.indefinite)
    return std::nullopt;
  if (instruction.effective)
    return instruction.effective;
  if (document.effective.empty())
    return std::nullopt;
  return document.effective.front();
}

Document merge(const Document& metadata, const Document& text) {
  if (!metadata.number.empty() && !text.number.empty() && metadata.number != text.number)
    throw std::logic_error("merging documents of different numbers");
  Document joined = metadata;
  fill(joined.number, text.number);
  if (joined.type == DocumentType::other)
    joined.type = text.type;
  fill(joined.subtype, text.subtype);
  fill(joined.action, text.action);
  fill(joined.title, text.title);
  fill(joined.abstract, text.abstract);
  fill(joined.dates_text, text.dates_text);
  fill(joined.executive_order, text.executive_order);
  fill(joined.order_notes, text.order_notes);
  fill(joined.text_url, text.text_url);
  fill(joined.volume, text.volume);
  fill(joined.start_page, text.start_page);
  fill(joined.end_page, text.end_page);
  fill(joined.published, text.published);
  fill(joined.filed, text.filed);
  fill(joined.signed_on, text.signed_on);
  fill(joined.comments_close, text.comments_close);
  unite(joined.agencies, text.agencies);
  // The service extracts one effective date, and not always the right one (docs/sources.md, Federal
  // Register: traps).
  if (!text.effective.empty())
    joined.effective = text.effective;
  unite_sorted(joined.compliance, text.compliance);
  unite(joined.clauses, text.clauses);
  unite(joined.rins, text.rins);
  unite(joined.dockets, text.dockets);
  unite_sorted(joined.cfr, text.cfr);
  if (text.has_text)
    joined.instructions = text.instructions;
  unite(joined.relations, text.relations);
  unite(joined.deadlines, text.deadlines);
  unite(joined.editorial_notes, text.editorial_notes);
  unite(joined.not_understood, text.not_understood);
  fill(joined.body, text.body);
  joined.has_text = metadata.has_text || text.has_text;
  joined.on_inspection = metadata.on_inspection && text.on_inspection;
  return joined;
}

} // namespace regtrail
