// `doc --json`.
#include "notify/render/document.hpp"
#include "notify/render/json_internal.hpp"

#include <utility>

namespace regtrail::render {

namespace {

Json number_or_null(int number) {
  return number == 0 ? Json(nullptr) : Json(number);
}

Json operation_json(const Operation& operation) {
  const auto& targets = operation.targets;
  return {{"verb", to_string(operation.verb)},
          {"targets", list(targets, [](const Target& each) { return each.at.to_string(); })},
          {"extents", list(targets, [](const Target& each) { return to_string(each.extent); })},
          {"to", strings(operation.to)},
          {"old_words", text_or_null(operation.old_words)},
          {"new_words", text_or_null(operation.new_words)},
          {"note", text_or_null(operation.note)}};
}

Json set_out_json(const SetOutText& text) {
  return {{"unit", text.unit.to_string()}, {"text", subtree_text(text.root)}};
}

Json instruction_json(const Instruction& instruction) {
  return {{"ordinal", instruction.ordinal},
          {"text", instruction.text},
          {"understood", instruction.understood},
          {"effective", to_json(instruction.effective)},
          {"until", to_json(instruction.until)},
          {"indefinite", instruction.indefinite},
          {"operations", list(instruction.operations, operation_json)},
          {"reason", text_or_null(instruction.reason)},
          {"page", number_or_null(instruction.page)},
          {"set_out", list(instruction.set_out, set_out_json)}};
}

Json relation_json(const Relation& relation) {
  return {{"kind", to_string(relation.kind)},
          {"target", relation.target.to_string()},
          {"in_part", relation.in_part},
          {"source", relation.source},
          {"words", text_or_null(relation.words)}};
}

Json clause_json(const DatedClause& clause, const Document& document) {
  return {{"kind", to_string(clause.kind)},
          {"date", clause.date.to_string()},
          {"instruction", text_or_null(clause.instruction)},
          {"words", clause.words},
          {"computed", is_computed(clause, document)}};
}

Json unread_json(const UnreadDate& unread) {
  return {{"kind", to_string(unread.kind)}, {"words", unread.words}};
}

Json deadline_json(const Deadline& deadline) {
  return {{"days", deadline.days}, {"date", deadline.date.to_string()}, {"text", deadline.text}};
}

/// The title as a number wherever it is one.
Json part_json(const CfrPart& part) {
  const bool number = !part.title.empty() && part.title.size() <= 4 &&
                      part.title.find_first_not_of("0123456789") == std::string::npos;
  return {{"title", number ? Json(std::stoi(part.title)) : Json(part.title)}, {"part", part.part}};
}

Json whole_json(const Document& document) {
  Json clauses = Json::array();
  std::vector<UnreadDate> unread = document.unread_dates;
  for (const DatedClause& clause : document.clauses) {
    clauses.push_back(clause_json(clause, document));
    std::erase(unread, UnreadDate{clause.kind, clause.words});
  }
  Json dates{{"published", to_json(document.published)},
             {"filed", to_json(document.filed)},
             {"signed", to_json(document.signed_on)},
             {"effective", strings(document.effective)},
             {"compliance", strings(document.compliance)},
             {"applicable", strings(document.applicable)},
             {"comments_close", to_json(document.comments_close)},
             {"text", text_or_null(document.dates_text)},
             {"clauses", std::move(clauses)},
             {"unread", list(unread, unread_json)}};
  return {{"schema", 1},
          {"document_number", document.number},
          {"citation", text_or_null(fr_citation_of(document))},
          {"type", to_string(document.type)},
          {"subtype", text_or_null(document.subtype)},
          {"executive_order", text_or_null(document.executive_order)},
          {"title", document.title},
          {"action", text_or_null(document.action)},
          {"abstract", text_or_null(document.abstract)},
          {"agencies", document.agencies},
          {"dates", std::move(dates)},
          {"pages",
           {{"start", number_or_null(document.start_page)},
            {"end", number_or_null(document.end_page)}}},
          {"rins", document.rins},
          {"dockets", document.dockets},
          {"cfr", list(document.cfr, part_json)},
          {"instructions", list(document.instructions, instruction_json)},
          {"relations", list(document.relations, relation_json)},
          {"deadlines", list(document.deadlines, deadline_json)},
          {"editorial_notes", document.editorial_notes},
          {"not_understood", document.not_understood},
          {"on_inspection", document.on_inspection},
          {"withdrawn", document.withdrawn},
          {"has_text", document.has_text},
          {"text_url", text_or_null(document.text_url)},
          {"raw_text_url", text_or_null(document.raw_text_url)}};
}

} // namespace

std::string document_json(const Document& document) {
  return print(whole_json(document));
}

std::string documents_json(const std::vector<Document>& documents) {
  return print(list(documents, whole_json));
}

} // namespace regtrail::render
