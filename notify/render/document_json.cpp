#include "notify/render/document.hpp"
#include "notify/render/json_internal.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::render {

namespace {

using render::to_json;

Json dates_json(const std::vector<Date>& dates) {
  Json out = Json::array();
  for (const Date& date : dates) {
    out.push_back(date.to_string());
  }
  return out;
}

/// null for "".
Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json number_or_null(int number) {
  return number == 0 ? Json(nullptr) : Json(number);
}

std::string_view extent_word(TargetExtent extent) {
  switch (extent) {
  case TargetExtent::introductory_text:
    return "introductory text";
  case TargetExtent::own_text:
    return "own text";
  case TargetExtent::whole:
    break;
  }
  return "whole";
}

std::string_view clause_word(DatedClause::Kind kind) {
  switch (kind) {
  case DatedClause::Kind::effective:
    return "effective";
  case DatedClause::Kind::compliance:
    return "compliance";
  case DatedClause::Kind::comments_close:
    return "comments_close";
  case DatedClause::Kind::expires:
    return "expires";
  case DatedClause::Kind::other:
    break;
  }
  return "other";
}

Json operation_json(const Operation& operation) {
  Json targets = Json::array();
  Json extents = Json::array();
  for (const Target& target : operation.targets) {
    targets.push_back(target.at.to_string());
    extents.push_back(extent_word(target.extent));
  }
  Json to = Json::array();
  for (const Citation& citation : operation.to) {
    to.push_back(citation.to_string());
  }
  Json out;
  out["verb"] = to_string(operation.verb);
  out["targets"] = std::move(targets);
  out["extents"] = std::move(extents);
  out["to"] = std::move(to);
  out["old_words"] = text_or_null(operation.old_words);
  out["new_words"] = text_or_null(operation.new_words);
  out["note"] = text_or_null(operation.note);
  return out;
}

Json instruction_json(const Instruction& instruction) {
  Json operations = Json::array();
  for (const Operation& operation : instruction.operations) {
    operations.push_back(operation_json(operation));
  }
  Json set_out = Json::array();
  for (const SetOutText& text : instruction.set_out) {
    Json one;
    one["unit"] = text.unit.to_string();
    one["text"] = subtree_text(text.root);
    set_out.push_back(std::move(one));
  }
  Json out;
  out["ordinal"] = instruction.ordinal;
  out["text"] = instruction.text;
  out["understood"] = instruction.understood;
  out["effective"] = to_json(instruction.effective);
  out["until"] = to_json(instruction.until);
  out["indefinite"] = instruction.indefinite;
  out["operations"] = std::move(operations);
  out["reason"] = text_or_null(instruction.reason);
  out["page"] = number_or_null(instruction.page);
  out["set_out"] = std::move(set_out);
  return out;
}

Json relation_json(const Relation& relation) {
  Json out;
  out["kind"] = to_string(relation.kind);
  out["target"] = relation.target.to_string();
  out["in_part"] = relation.in_part;
  out["source"] = relation.source;
  out["words"] = text_or_null(relation.words);
  return out;
}

Json clause_json(const DatedClause& clause) {
  Json out;
  out["kind"] = clause_word(clause.kind);
  out["date"] = clause.date.to_string();
  out["instruction"] = text_or_null(clause.instruction);
  out["words"] = clause.words;
  return out;
}

Json deadline_json(const Deadline& deadline) {
  Json out;
  out["days"] = deadline.days;
  out["date"] = deadline.date.to_string();
  out["text"] = deadline.text;
  return out;
}

template<typename Value, typename Write>
Json list(const std::vector<Value>& values, Write write) {
  Json out = Json::array();
  for (const Value& value : values) {
    out.push_back(write(value));
  }
  return out;
}

Json dates_object(const Document& document) {
  Json dates;
  dates["published"] = to_json(document.published);
  dates["filed"] = to_json(document.filed);
  dates["signed"] = to_json(document.signed_on);
  dates["effective"] = dates_json(document.effective);
  dates["compliance"] = dates_json(document.compliance);
  dates["comments_close"] = to_json(document.comments_close);
  dates["text"] = text_or_null(document.dates_text);
  dates["clauses"] = list(document.clauses, clause_json);
  return dates;
}

Json to_json(const Document& document) {
  Json pages;
  pages["start"] = number_or_null(document.start_page);
  pages["end"] = number_or_null(document.end_page);
  Json out;
  out["schema"] = 1;
  out["document_number"] = document.number;
  out["citation"] = text_or_null(fr_citation_of(document));
  out["type"] = to_string(document.type);
  out["subtype"] = text_or_null(document.subtype);
  out["executive_order"] = text_or_null(document.executive_order);
  out["title"] = document.title;
  out["action"] = text_or_null(document.action);
  out["abstract"] = text_or_null(document.abstract);
  out["agencies"] = document.agencies;
  out["dates"] = dates_object(document);
  out["pages"] = std::move(pages);
  out["rins"] = document.rins;
  out["dockets"] = document.dockets;
  out["cfr"] = list(document.cfr, [](const CfrPart& part) {
    Json one;
    one["title"] = part.title.empty() || part.title.size() > 4 ||
                           part.title.find_first_not_of("0123456789") != std::string::npos
                       ? Json(part.title)
                       : Json(std::stoi(part.title));
    one["part"] = part.part;
    return one;
  });
  out["instructions"] = list(document.instructions, instruction_json);
  out["relations"] = list(document.relations, relation_json);
  out["deadlines"] = list(document.deadlines, deadline_json);
  out["editorial_notes"] = document.editorial_notes;
  out["not_understood"] = document.not_understood;
  out["on_inspection"] = document.on_inspection;
  out["has_text"] = document.has_text;
  out["text_url"] = text_or_null(document.text_url);
  return out;
}

} // namespace

std::string document_json(const Document& document) {
  return print(to_json(document));
}

std::string documents_json(const std::vector<Document>& documents) {
  return print(list(documents, [](const Document& document) { return to_json(document); }));
}

} // namespace regtrail::render
