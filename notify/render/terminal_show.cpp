// `show` in a terminal: the text as published, indented by level; CCL and list entries as records.
#include "notify/render/layout_internal.hpp"
#include "notify/render/show_internal.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::render {

namespace {

constexpr int indent_step = 2;
constexpr int deepest_indent = 24; ///< deeper levels stay there, or nothing is left of the line
constexpr std::size_t one_line_row = 240; ///< bytes

class NodePrinter {
public:
  NodePrinter(std::string& out, const TerminalStyle& style) : m_out(out), m_style(style) {}

  /// The node and everything below it, without recursion.
  void print(const Node& root, int depth) {
    std::vector<std::pair<const Node*, int>> todo{{&root, depth}};
    while (!todo.empty()) {
      const auto [node, level] = todo.back();
      todo.pop_back();
      if (node->kind == NodeKind::row && is_short_row(*node)) {
        print_row(*node, level);
        continue;
      }
      const bool wrote = print_line(*node, level);
      for (auto child = node->children.rbegin(); child != node->children.rend(); ++child) {
        todo.emplace_back(&*child, wrote ? level + 1 : level);
      }
    }
  }

private:
  static bool is_short_row(const Node& row) {
    std::size_t size = row.text.size();
    for (const Node& cell : row.children) {
      if (cell.kind != NodeKind::cell || !cell.children.empty()) {
        return false;
      }
      size += cell.designator.size() + cell.text.size();
    }
    return size <= one_line_row;
  }

  [[nodiscard]] Flow line(int level) const {
    const int indent = std::min(level * indent_step, deepest_indent);
    return Flow(m_style, indent, indent + 2 * indent_step);
  }

  void print_row(const Node& row, int level) {
    Flow flow = line(level);
    flow.add(Mark::bold, row.text.empty() ? row.designator : row.text);
    bool first = true;
    for (const Node& cell : row.children) {
      if (cell.text.empty()) {
        continue;
      }
      if (first) {
        flow.gap();
      } else {
        flow.add(Mark::plain, "; ");
      }
      flow.add(Mark::dim, cell.designator.empty() ? "" : cell.designator + ": ");
      flow.add(Mark::plain, cell.text);
      first = false;
    }
    m_out += flow.finish();
  }

  /// False when the node has nothing of its own to show.
  bool print_line(const Node& node, int level) {
    Flow flow = line(level);
    if (node.kind == NodeKind::heading) {
      flow.add(Mark::bold, shown_text(node));
    } else if (!node.label.empty()) {
      flow.add(Mark::plain, shown_text(node));
    } else if (!node.designator.empty() &&
               (node.text.empty() || node.kind == NodeKind::cell || node.kind == NodeKind::note)) {
      const bool alone = node.text.empty();
      flow.add(alone ? Mark::bold : Mark::dim, node.designator + (alone ? "" : ": "));
      flow.add(Mark::plain, node.text);
    } else {
      flow.add(Mark::plain, node.text);
    }
    const std::string text = flow.finish();
    m_out += text;
    return !text.empty();
  }

  std::string& m_out;
  const TerminalStyle& m_style;
};

void add_title(std::string& out,
               const Citation& citation,
               std::optional<Date> on,
               const std::string& heading,
               const TerminalStyle& style) {
  Flow flow(style, 0, 4);
  flow.add(Mark::bold, citation.to_string());
  if (!heading.empty()) {
    flow.gap();
    flow.add(Mark::plain, heading);
  }
  if (on) {
    flow.gap();
    flow.add(Mark::dim, "on " + on->to_string());
  }
  out += flow.finish();
}

/// "  LVS   $500": a label in a column and text that hangs beside it.
void add_field(std::string& out,
               std::string_view label,
               std::string_view text,
               int column,
               const TerminalStyle& style) {
  if (text.empty()) {
    return;
  }
  Flow flow(style, 2 + column, 2 + column);
  flow.add(Mark::plain, text);
  out += "  " + labelled(style, Mark::dim, cut_to_width(label, column - 1), column, flow);
}

/// Control and chart cells as published, side by side where there is room.
void add_license_table(std::string& out, const EccnRecord& record, const TerminalStyle& style) {
  if (record.license_requirements.empty()) {
    return;
  }
  out += "\n" + styled(style, Mark::bold, "License requirements") + "\n";
  const int room = style.width > 0 ? style.width - 4 : 96;
  int control = 0;
  for (const LicenseRowRecord& row : record.license_requirements) {
    control = std::max(control, display_width(row.control));
  }
  control = std::min(control, room / 2);
  for (const LicenseRowRecord& row : record.license_requirements) {
    out += side_by_side(style, 2, {{row.control, control}, {row.chart, room - control}});
  }
}

void add_eccn(std::string& out,
              const EccnRecord& record,
              const Node& entry,
              const TerminalStyle& style) {
  add_field(out, "Reason for control", joined(record.reasons), 24, style);
  add_license_table(out, record, style);
  if (!record.exceptions.empty()) {
    out += "\n" + styled(style, Mark::bold, "List-based license exceptions") + "\n";
    for (const auto& [symbol, text] : record.exceptions) {
      add_field(out, symbol, text, 6, style);
    }
  }
  out += "\n" + styled(style, Mark::bold, "List of items controlled") + "\n";
  add_field(out, "Related controls", record.related_controls, 24, style);
  add_field(out, "Related definitions", record.related_definitions, 24, style);
  NodePrinter printer(out, style);
  for (const Node& child : entry.children) {
    if (child.kind == NodeKind::item || child.kind == NodeKind::note) {
      printer.print(child, 1);
    }
  }
}

void add_entity(std::string& out, const EntityRecord& record, const TerminalStyle& style) {
  constexpr int column = 24;
  add_field(out, "List", record.list + ", " + record.country, column, style);
  add_field(out, "Name", record.name, column, style);
  add_field(out, "Subordinate to", record.subordinate_to, column, style);
  add_field(out, "Aliases", joined(record.aliases, "\n"), column, style);
  add_field(out, "Addresses", joined(record.addresses, "\n"), column, style);
  add_field(out, "Remark", record.remark, column, style);
  add_field(out, "License requirement", record.license_requirement, column, style);
  add_field(out, "Footnotes", joined(record.footnotes), column, style);
  add_field(out, "License review policy", record.review_policy, column, style);
  add_field(out, "Citations", joined(record.citations), column, style);
}

void add_veu(std::string& out, const VeuRecord& record, const TerminalStyle& style) {
  constexpr int column = 24;
  add_field(out, "List", "Validated End-User List, " + record.country, column, style);
  add_field(out, "Name", record.name, column, style);
  add_field(out, "Eligible items", record.eligible_items, column, style);
  add_field(
      out, "Eligible destinations", joined(record.eligible_destinations, "\n"), column, style);
  add_field(out, "Citations", joined(record.citations), column, style);
}

void add_chart(std::string& out, const ChartRecord& record, const TerminalStyle& style) {
  constexpr int column = 24;
  add_field(out, "Country", record.country, column, style);
  add_field(out,
            "Marked columns",
            record.marks.empty() && record.pointer.empty() ? "none" : joined(record.marks),
            column,
            style);
  add_field(out, "Instead of marks", record.pointer, column, style);
  add_field(out, "Footnotes", joined(record.footnotes), column, style);
}

/// From when the text shown is, and what it does not show.
std::vector<std::string> remarks_on(const TextOnDay& day) {
  std::vector<std::string> remarks;
  if (day.known_through) {
    remarks.push_back("text of " + day.known_through->to_string() + ", the newest known");
  }
  const std::string by =
      day.cause && !day.cause->citation.empty() ? " by " + cause_name(*day.cause) : "";
  if (day.from && day.baseline) {
    remarks.push_back("unchanged since " + day.from->to_string() + ", the oldest version held");
  } else if (day.from && day.in_force_from) {
    remarks.push_back(fmt::format("in force since {}{}; in the eCFR since {}",
                                  day.in_force_from->to_string(),
                                  by,
                                  day.from->to_string()));
  } else if (day.from) {
    remarks.push_back("in the eCFR since " + day.from->to_string() +
                      "; since when it is in force is not known");
  }
  if (!day.in_force_not_shown.empty()) {
    remarks.push_back("in force and not yet shown by the eCFR: " +
                      pending_documents(day.in_force_not_shown));
  }
  if ((day.pending && !day.pending->empty()) || day.known_through) {
    remarks.push_back("pending: " + pending_documents(day.pending));
  }
  return remarks;
}

} // namespace

std::string show_text(const Citation& citation,
                      const TextOnDay& day,
                      const Unit& unit,
                      const std::vector<const Node*>& nodes,
                      const Record& record,
                      const TerminalStyle& style) {
  std::string out;
  const auto* eccn = std::get_if<EccnRecord>(&record);
  const bool whole_unit = nodes.size() == 1 && nodes.front()->kind == NodeKind::unit;
  add_title(out,
            citation,
            day.asked,
            eccn != nullptr ? eccn->heading
            : whole_unit    ? ""
                            : heading_of(unit.root),
            style);
  for (const std::string& remark : remarks_on(day)) {
    out += paragraph(style, 2, 4, Mark::dim, remark);
  }
  if (eccn != nullptr) {
    add_eccn(out, *eccn, *nodes.front(), style);
  } else if (const auto* entity = std::get_if<EntityRecord>(&record)) {
    add_entity(out, *entity, style);
  } else if (const auto* veu = std::get_if<VeuRecord>(&record)) {
    add_veu(out, *veu, style);
  } else if (const auto* chart = std::get_if<ChartRecord>(&record)) {
    add_chart(out, *chart, style);
  } else {
    NodePrinter printer(out, style);
    for (const Node* node : nodes) {
      printer.print(*node, 0);
    }
  }
  for (const UnitNote& note : unit.notes) {
    out +=
        paragraph(style, 0, 4, Mark::dim, field_word(note.field, Language::en) + ": " + note.text);
  }
  return out;
}

} // namespace regtrail::render
