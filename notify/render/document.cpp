#include "notify/render/document.hpp"

#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/text.hpp"
#include "notify/render/layout_internal.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace regtrail::render {

namespace {

constexpr std::string_view no_break_space = "\u00a0";
constexpr int ordinal_column = 10;
constexpr int verb_column = 18;

class DocumentPrinter {
public:
  DocumentPrinter(const Document& document, const TerminalStyle& style)
      : m_document(document),
        m_style(style) {}

  std::string run() {
    head();
    dates();
    instructions();
    relations();
    lists();
    for (auto at = m_out.find(no_break_space); at != std::string::npos;
         at = m_out.find(no_break_space, at)) {
      m_out.replace(at, no_break_space.size(), " ");
    }
    return std::move(m_out);
  }

private:
  void field(std::string_view name, std::string_view text) {
    if (text.empty()) {
      return;
    }
    constexpr int column = 14;
    Flow flow(m_style, column, column);
    flow.add(Mark::plain, text);
    m_out += labelled(m_style, Mark::dim, name, column, flow);
  }

  void head() {
    Flow flow(m_style, 0, 4);
    const std::string citation = fr_citation_of(m_document);
    flow.add(Mark::bold, citation.empty() ? m_document.number : citation);
    if (!citation.empty() && !m_document.number.empty()) {
      flow.gap();
      flow.add(Mark::bold, m_document.number);
    }
    if (!m_document.executive_order.empty()) {
      flow.gap();
      flow.add(Mark::bold, "EO " + m_document.executive_order);
    }
    flow.gap();
    flow.add(Mark::dim,
             m_document.subtype.empty() ? std::string(to_string(m_document.type))
                                        : m_document.subtype);
    flow.gap();
    flow.add(Mark::plain, m_document.title);
    m_out += flow.finish();
    field("agency", joined(m_document.agencies, "; "));
    field("action", m_document.action);
    field("pages", pages());
    field("amends", parts());
    field("RIN", joined(m_document.rins));
    field("docket", joined(m_document.dockets, "; "));
  }

  [[nodiscard]] std::string pages() const {
    if (m_document.start_page == 0) {
      return {};
    }
    return m_document.end_page > m_document.start_page
               ? fmt::format("{}-{}", m_document.start_page, m_document.end_page)
               : std::to_string(m_document.start_page);
  }

  /// "15 CFR 734, 740; 22 CFR 120"
  [[nodiscard]] std::string parts() const {
    std::string out;
    std::string_view title;
    for (const CfrPart& part : m_document.cfr) {
      if (part.title == title) {
        out += ", " + part.part;
      } else {
        out += fmt::format("{}{} CFR {}", out.empty() ? "" : "; ", part.title, part.part);
        title = part.title;
      }
    }
    return out;
  }

  static std::string listed(const std::vector<Date>& days) {
    std::string out;
    for (const Date& day : days) {
      out += (out.empty() ? "" : ", ") + day.to_string();
    }
    return out;
  }

  static std::string shown(const std::optional<Date>& date) {
    return date ? date->to_string() : std::string();
  }

  void dates() {
    field("signed", shown(m_document.signed_on));
    field("filed", shown(m_document.filed));
    field("withdrawn", m_document.withdrawn ? "before publication, from public inspection" : "");
    field("published", shown(m_document.published));
    field("effective", listed(m_document.effective));
    field("applicable", listed(m_document.applicable));
    field("compliance", listed(m_document.compliance));
    field("comments", shown(m_document.comments_close));
    for (const DatedClause& clause : m_document.clauses) {
      if (clause.kind == DatedClause::Kind::expires) {
        field("expires", clause.date.to_string());
      }
    }
    for (const UnreadDate& unread : m_document.unread_dates) {
      field(clause_label(unread.kind), shown(unread));
    }
    for (const std::string_view paragraph : split(m_document.dates_text, '\n')) {
      field("dates", paragraph); // as printed
    }
    for (const Deadline& deadline : m_document.deadlines) {
      field(
          "due",
          fmt::format("{} ({} days): {}", deadline.date.to_string(), deadline.days, deadline.text));
    }
  }

  static std::string_view clause_label(DatedClause::Kind kind) {
    return kind == DatedClause::Kind::comments_close ? "comments" : to_string(kind);
  }

  /// "30 days after publication"; a day of the calendar that does not exist is "not read".
  [[nodiscard]] std::string shown(const UnreadDate& unread) const {
    for (const DatedClause& clause : m_document.clauses) {
      if (clause.kind == unread.kind && clause.words == unread.words) {
        return fmt::format("{}: computed as {}", unread.words, clause.date.to_string());
      }
    }
    return names_year(unread.words) ? "not read: " + unread.words : unread.words;
  }

  static bool names_year(std::string_view words) {
    std::size_t digits = 0;
    for (const char c : words) {
      digits = is_digit(c) ? digits + 1 : 0;
      if (digits == 4) {
        return true;
      }
    }
    return false;
  }

  void instructions() {
    if (m_document.instructions.empty()) {
      return;
    }
    const auto understood = std::count_if(m_document.instructions.begin(),
                                          m_document.instructions.end(),
                                          [](const Instruction& one) { return one.understood; });
    m_out +=
        "\n" +
        styled(m_style,
               Mark::bold,
               fmt::format(
                   "{} instructions, {} understood", m_document.instructions.size(), understood)) +
        "\n";
    for (const Instruction& instruction : m_document.instructions) {
      one(instruction);
    }
  }

  void one(const Instruction& instruction) {
    std::string ordinal = "  " + instruction.ordinal;
    if (!instruction.understood || instruction.operations.empty()) {
      Flow flow(m_style, ordinal_column, ordinal_column);
      flow.add(Mark::removed, instruction.understood ? "" : "not understood:");
      flow.add(Mark::plain, " " + instruction.text);
      m_out += labelled(m_style, Mark::bold, ordinal, ordinal_column, flow);
    }
    for (const Operation& operation : instruction.operations) {
      add(operation, ordinal);
      ordinal.clear();
    }
    details(instruction);
  }

  void add(const Operation& operation, const std::string& ordinal) {
    const int column = ordinal_column + verb_column;
    Flow flow(m_style, column, column);
    for (std::size_t i = 0; i < operation.targets.size(); ++i) {
      flow.add(Mark::plain, i == 0 ? "" : ", ");
      target(flow, operation, i);
    }
    if (!operation.old_words.empty()) {
      flow.gap();
      flow.add(Mark::removed, operation.old_words);
    }
    if (!operation.new_words.empty()) {
      flow.gap();
      flow.add(Mark::added, operation.new_words);
    }
    if (!operation.note.empty()) {
      flow.gap();
      flow.add(Mark::dim, operation.note);
    }
    const std::string front =
        padded(ordinal, ordinal_column) + std::string(to_string(operation.verb));
    m_out += labelled(m_style, Mark::plain, front, column, flow);
  }

  /// Kept on one line: its blanks do not break until run() has ended.
  static std::string whole(const Citation& citation) {
    std::string text = citation.to_string();
    for (auto at = text.find(' '); at != std::string::npos; at = text.find(' ', at)) {
      text.replace(at, 1, no_break_space);
    }
    return text;
  }

  static void target(Flow& flow, const Operation& operation, std::size_t i) {
    const Target& target = operation.targets[i];
    flow.add(Mark::plain, whole(target.at));
    if (target.extent == TargetExtent::introductory_text) {
      flow.add(Mark::dim, " introductory text");
    } else if (target.extent == TargetExtent::own_text) {
      flow.add(Mark::dim, " own text");
    }
    if (i < operation.to.size()) {
      flow.add(Mark::plain, " -> " + whole(operation.to[i]));
    }
  }

  /// Dates of its own, text set out, what was repaired or why it was not understood.
  void details(const Instruction& instruction) {
    const int indent = ordinal_column + 2;
    std::string when;
    if (instruction.indefinite) {
      when = "delayed indefinitely";
    } else if (instruction.effective) {
      when = "effective " + instruction.effective->to_string();
    }
    if (instruction.until) {
      when += (when.empty() ? "until " : " until ") + instruction.until->to_string();
    }
    std::string text;
    for (const SetOutText& set_out : instruction.set_out) {
      text += (text.empty() ? "sets out " : ", ") + set_out.unit.to_string();
    }
    for (const std::string& detail : {when, text, instruction.reason}) {
      if (!detail.empty()) {
        m_out += paragraph(m_style, indent, indent + 2, Mark::dim, detail);
      }
    }
  }

  void relations() {
    if (m_document.relations.empty()) {
      return;
    }
    m_out += "\n" + styled(m_style, Mark::bold, "Relations") + "\n";
    for (const Relation& relation : m_document.relations) {
      Flow flow(m_style, 2, 4);
      flow.add(Mark::plain,
               fmt::format("{} {}{}",
                           to_string(relation.kind),
                           relation.target.to_string(),
                           relation.in_part ? ", in part" : ""));
      flow.gap();
      flow.add(Mark::dim, relation.source);
      m_out += flow.finish();
    }
  }

  void lists() {
    list("Editorial notes", m_document.editorial_notes);
    list("Not understood", m_document.not_understood);
  }

  void list(std::string_view title, const std::vector<std::string>& texts) {
    if (texts.empty()) {
      return;
    }
    m_out += "\n" + styled(m_style, Mark::bold, title) + "\n";
    for (const std::string& text : texts) {
      m_out += paragraph(m_style, 2, 4, Mark::plain, text);
    }
  }

  const Document& m_document;
  const TerminalStyle& m_style;
  std::string m_out;
};

} // namespace

bool is_computed(const DatedClause& clause, const Document& document) {
  return std::any_of(
      document.unread_dates.begin(), document.unread_dates.end(), [&](const UnreadDate& unread) {
        return unread.kind == clause.kind && unread.words == clause.words;
      });
}

std::string document_text(const Document& document, const TerminalStyle& style) {
  return DocumentPrinter(document, style).run();
}

std::string document_line(const Document& document, const TerminalStyle& style) {
  constexpr int number_column = 12;
  constexpr int type_column = 22;
  constexpr int column = number_column + type_column;
  Flow flow(style, column, column);
  flow.add(Mark::plain, document.title);
  if (!document.instructions.empty()) {
    const auto open = std::count_if(document.instructions.begin(),
                                    document.instructions.end(),
                                    [](const Instruction& one) { return !one.understood; });
    flow.gap();
    flow.add(Mark::dim,
             open == 0 ? fmt::format("{} instructions", document.instructions.size())
                       : fmt::format("{} instructions, {} not understood",
                                     document.instructions.size(),
                                     open));
  }
  const std::string text = flow.finish();
  const std::string_view type =
      document.subtype.empty() ? to_string(document.type) : std::string_view(document.subtype);
  return styled(style,
                Mark::bold,
                padded(document.number.empty() ? "no number" : printable(document.number),
                       number_column)) +
         styled(style, Mark::dim, padded(printable(type), type_column)) +
         (text.size() > column ? text.substr(column) : "\n");
}

} // namespace regtrail::render
