#include "store/document_records_internal.hpp"
#include "store/pack_internal.hpp"
#include "store/records_internal.hpp"

#include <array>
#include <optional>

namespace regtrail::store {

namespace {

/// The plain texts of a document in the order in which they are packed.
template<typename AnyDocument>
auto texts_of(AnyDocument& document) {
  return std::array{&document.subtype,
                    &document.action,
                    &document.title,
                    &document.abstract,
                    &document.dates_text,
                    &document.executive_order,
                    &document.order_notes,
                    &document.text_url};
}

template<typename Value, typename Write>
void write_list(Writer& out, const std::vector<Value>& values, const Write& write_one) {
  out.varint(values.size());
  for (const Value& value : values) {
    write_one(value);
  }
}

template<typename Value, typename Read>
void read_list(Reader& in, std::vector<Value>& values, const Read& read_one) {
  values.resize(in.count());
  for (Value& value : values) {
    read_one(value);
  }
}

Date read_day(Reader& in) {
  return read_date(in).value_or(Date());
}

void write_dates(Writer& out, const std::vector<Date>& dates) {
  write_list(out, dates, [&](Date date) { write(out, std::optional(date)); });
}

void read_dates(Reader& in, std::vector<Date>& dates) {
  read_list(in, dates, [&](Date& date) { date = read_day(in); });
}

bool read_flag(Reader& in) {
  return in.byte() != 0;
}

void write_flag(Writer& out, bool flag) {
  out.byte(flag ? 1 : 0);
}

void write_number(Writer& out, int number) {
  out.zigzag(number);
}

int read_number(Reader& in) {
  return static_cast<int>(in.zigzag());
}

void write_clauses(Writer& out, const std::vector<DatedClause>& clauses) {
  write_list(out, clauses, [&](const DatedClause& clause) {
    write_enum(out, clause.kind);
    write(out, std::optional(clause.date));
    out.string(clause.instruction);
    out.string(clause.words);
  });
}

void read_clauses(Reader& in, std::vector<DatedClause>& clauses) {
  read_list(in, clauses, [&](DatedClause& clause) {
    clause.kind = read_enum(in, DatedClause::Kind::other);
    clause.date = read_day(in);
    clause.instruction = in.string();
    clause.words = in.string();
  });
}

void write_relations(Writer& out, const std::vector<Relation>& relations) {
  write_list(out, relations, [&](const Relation& relation) {
    write_enum(out, relation.kind);
    write(out, relation.target);
    write_flag(out, relation.in_part);
    out.string(relation.source);
    out.string(relation.words);
  });
}

void read_relations(Reader& in, std::vector<Relation>& relations) {
  read_list(in, relations, [&](Relation& relation) {
    relation.kind = read_enum(in, RelationKind::cited_by);
    relation.target = read_citation(in);
    relation.in_part = read_flag(in);
    relation.source = in.string();
    relation.words = in.string();
  });
}

void write_citations(Writer& out, const std::vector<Citation>& citations) {
  write_list(out, citations, [&](const Citation& citation) { write(out, citation); });
}

void read_citations(Reader& in, std::vector<Citation>& citations) {
  read_list(in, citations, [&](Citation& citation) { citation = read_citation(in); });
}

void write_operation(Writer& out, const Operation& operation) {
  write_enum(out, operation.verb);
  write_list(out, operation.targets, [&](const Target& target) {
    write_enum(out, target.extent);
    write(out, target.at);
  });
  write_citations(out, operation.to);
  out.string(operation.old_words);
  out.string(operation.new_words);
  out.string(operation.note);
}

void read_operation(Reader& in, Operation& operation) {
  operation.verb = read_enum(in, Verb::confirm);
  read_list(in, operation.targets, [&](Target& target) {
    target.extent = read_enum(in, TargetExtent::own_text);
    target.at = read_citation(in);
  });
  read_citations(in, operation.to);
  operation.old_words = in.string();
  operation.new_words = in.string();
  operation.note = in.string();
}

/// The tree without its hashes, which follow from it.
void write_tree(Writer& out, const Node& root) {
  flatten(out, root);
}

void read_tree(Reader& in, Node& node, int depth) {
  if (depth > depth_limit) {
    throw Damage("a text that is nested too deeply");
  }
  node.kind = read_enum(in, NodeKind::figure);
  node.designator = in.string();
  node.label = in.string();
  node.text = in.string();
  node.ordinal = static_cast<std::uint32_t>(in.varint());
  node.children.resize(in.count());
  for (Node& child : node.children) {
    read_tree(in, child, depth + 1);
  }
}

void write_instruction(Writer& out, const Instruction& instruction) {
  out.string(instruction.ordinal);
  out.string(instruction.text);
  write_number(out, instruction.page);
  out.string(instruction.title);
  out.string(instruction.part);
  write_flag(out, instruction.understood);
  out.string(instruction.reason);
  write_list(out, instruction.operations, [&](const Operation& operation) {
    write_operation(out, operation);
  });
  write(out, instruction.effective);
  write(out, instruction.until);
  write_flag(out, instruction.indefinite);
  write_list(out, instruction.set_out, [&](const SetOutText& text) {
    write(out, text.unit);
    write_tree(out, text.root);
  });
}

void read_instruction(Reader& in, Instruction& instruction) {
  instruction.ordinal = in.string();
  instruction.text = in.string();
  instruction.page = read_number(in);
  instruction.title = in.string();
  instruction.part = in.string();
  instruction.understood = read_flag(in);
  instruction.reason = in.string();
  read_list(
      in, instruction.operations, [&](Operation& operation) { read_operation(in, operation); });
  instruction.effective = read_date(in);
  instruction.until = read_date(in);
  instruction.indefinite = read_flag(in);
  read_list(in, instruction.set_out, [&](SetOutText& text) {
    text.unit = read_citation(in);
    read_tree(in, text.root, 0);
    rehash(text.root);
  });
}

} // namespace

std::string pack_document_detail(const Document& document) {
  Writer out;
  out.string(document.number);
  write_enum(out, document.type);
  for (const std::string* text : texts_of(document)) {
    out.string(*text);
  }
  write(out, document.agencies);
  write_number(out, document.volume);
  write_number(out, document.start_page);
  write_number(out, document.end_page);
  write(out, document.published);
  write(out, document.filed);
  write(out, document.signed_on);
  write_dates(out, document.effective);
  write_dates(out, document.compliance);
  write(out, document.comments_close);
  write_clauses(out, document.clauses);
  write(out, document.rins);
  write(out, document.dockets);
  write_list(out, document.cfr, [&](const CfrPart& part) {
    out.string(part.title);
    out.string(part.part);
  });
  write_relations(out, document.relations);
  write_list(out, document.deadlines, [&](const Deadline& deadline) {
    write_number(out, deadline.days);
    write(out, std::optional(deadline.date));
    out.string(deadline.text);
  });
  write(out, document.editorial_notes);
  write(out, document.not_understood);
  write_flag(out, document.on_inspection);
  write_flag(out, document.has_text);
  return out.take();
}

Document unpack_document_detail(std::string_view bytes) {
  Reader in(bytes);
  Document document;
  document.number = in.string();
  document.type = read_enum(in, DocumentType::other);
  for (std::string* text : texts_of(document)) {
    *text = in.string();
  }
  document.agencies = read_strings(in);
  document.volume = read_number(in);
  document.start_page = read_number(in);
  document.end_page = read_number(in);
  document.published = read_date(in);
  document.filed = read_date(in);
  document.signed_on = read_date(in);
  read_dates(in, document.effective);
  read_dates(in, document.compliance);
  document.comments_close = read_date(in);
  read_clauses(in, document.clauses);
  document.rins = read_strings(in);
  document.dockets = read_strings(in);
  read_list(in, document.cfr, [&](CfrPart& part) {
    part.title = in.string();
    part.part = in.string();
  });
  read_relations(in, document.relations);
  read_list(in, document.deadlines, [&](Deadline& deadline) {
    deadline.days = read_number(in);
    deadline.date = read_day(in);
    deadline.text = in.string();
  });
  document.editorial_notes = read_strings(in);
  document.not_understood = read_strings(in);
  document.on_inspection = read_flag(in);
  document.has_text = read_flag(in);
  return document;
}

std::string pack_document_content(const Document& document) {
  Writer out;
  write_list(out, document.instructions, [&](const Instruction& instruction) {
    write_instruction(out, instruction);
  });
  out.string(document.body);
  return out.take();
}

void unpack_document_content(std::string_view bytes, Document& document) {
  Reader in(bytes);
  read_list(in, document.instructions, [&](Instruction& instruction) {
    read_instruction(in, instruction);
  });
  document.body = in.string();
}

} // namespace regtrail::store
