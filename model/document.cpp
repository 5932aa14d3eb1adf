#include "model/document.hpp"

#include "model/agency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace regtrail {

namespace {

template<typename Value>
void unite(std::vector<Value>& into, const std::vector<Value>& from) {
  for (const auto& value : from) {
    if (std::find(into.begin(), into.end(), value) == into.end()) {
      into.push_back(value);
    }
  }
}

template<typename Value>
void unite_sorted(std::vector<Value>& into, const std::vector<Value>& from) {
  unite(into, from);
  std::sort(into.begin(), into.end());
}

void fill(std::string& into, const std::string& from) {
  if (into.empty()) {
    into = from;
  }
}

template<typename Value>
void fill(std::optional<Value>& into, const std::optional<Value>& from) {
  if (!into) {
    into = from;
  }
}

void fill(int& into, int from) {
  if (into == 0) {
    into = from;
  }
}

} // namespace

RelationKind inverse(RelationKind kind) {
  if (kind == RelationKind::same_rulemaking || kind == RelationKind::companion) {
    return kind;
  }
  const auto place = static_cast<unsigned>(kind);
  return static_cast<RelationKind>(place % 2 == 0 ? place + 1 : place - 1);
}

std::string fr_citation_of(const Document& document) {
  if (document.volume == 0 || document.start_page == 0) {
    return {};
  }
  return fmt::format("{} FR {}", document.volume, document.start_page);
}

std::optional<Date> effective_date(const Document& document, const Instruction& instruction) {
  if (instruction.indefinite) {
    return std::nullopt;
  }
  if (instruction.effective) {
    return instruction.effective;
  }
  if (document.effective.empty()) {
    return std::nullopt;
  }
  return document.effective.front();
}

Document merge(const Document& metadata, const Document& text) {
  if (!metadata.number.empty() && !text.number.empty() && metadata.number != text.number) {
    throw std::logic_error("merging documents of different numbers");
  }
  Document joined = metadata;
  fill(joined.number, text.number);
  if (joined.type == DocumentType::other) {
    joined.type = text.type;
  }
  fill(joined.subtype, text.subtype);
  fill(joined.action, text.action);
  fill(joined.title, text.title);
  fill(joined.abstract, text.abstract);
  fill(joined.dates_text, text.dates_text);
  fill(joined.executive_order, text.executive_order);
  fill(joined.order_notes, text.order_notes);
  fill(joined.text_url, text.text_url);
  fill(joined.raw_text_url, text.raw_text_url);
  fill(joined.volume, text.volume);
  fill(joined.start_page, text.start_page);
  fill(joined.end_page, text.end_page);
  fill(joined.published, text.published);
  fill(joined.filed, text.filed);
  fill(joined.signed_on, text.signed_on);
  fill(joined.comments_close, text.comments_close);
  unite_agencies(joined.agencies, text.agencies);
  // The service extracts one effective date, and not always the right one (docs/sources.md, Federal
  // Register: traps).
  if (!text.effective.empty()) {
    joined.effective = text.effective;
  }
  unite_sorted(joined.compliance, text.compliance);
  unite_sorted(joined.applicable, text.applicable);
  if (!text.dates_text.empty()) { // of one and the same paragraph
    joined.clauses = text.clauses;
    joined.unread_dates = text.unread_dates;
  }
  unite(joined.rins, text.rins);
  unite(joined.dockets, text.dockets);
  unite_sorted(joined.cfr, text.cfr);
  if (text.has_text) {
    joined.instructions = text.instructions;
  }
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
