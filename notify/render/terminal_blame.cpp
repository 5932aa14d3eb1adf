// `blame` in a terminal: one line a paragraph, newest first.
#include "model/text.hpp"
#include "notify/render/layout_internal.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace regtrail::render {

namespace {

constexpr int narrowest_place = 24;
constexpr int narrowest_text = 16;
constexpr std::size_t longest_text = 2000; ///< bytes looked at: a line shows fewer

struct Row {
  std::string since;
  std::string cause;
  std::string place;
  std::string was;
  std::string text;
};

/// Within an entry of the CCL without the number of the entry.
std::string place_of(const Citation& at, const Citation& citation) {
  if (citation.kind() == CitationKind::eccn && at.kind() == CitationKind::eccn) {
    const std::string entry = "ECCN " + citation.name();
    std::string place = place_within(at, entry);
    if (place.starts_with(entry + ".")) {
      place.erase(0, entry.size() + 1);
    }
    return printable(place);
  }
  return printable(place_within(at, citation.unit().to_string()));
}

/// "(was (a)(2))"; of what came from elsewhere under the same name, only from where.
std::string former_name(const BlameLine& line, const Citation& citation) {
  if (!line.was) {
    return {};
  }
  const Citation unit = line.was->unit();
  if (!(unit == line.at.unit()) && line.was->steps() == line.at.steps()) {
    return printable(" (was in " + unit.to_string() + ")");
  }
  return " (was " + place_of(*line.was, citation) + ")";
}

} // namespace

std::string blame_text(const Blame& blame, const TerminalStyle& style) {
  std::vector<const BlameLine*> lines;
  for (const BlameLine& line : blame.lines) {
    lines.push_back(&line);
  }
  std::stable_sort(lines.begin(), lines.end(), [](const BlameLine* left, const BlameLine* right) {
    return left->since > right->since;
  });
  std::vector<Row> rows;
  rows.reserve(lines.size());
  const int widest_place = style.width > 0 ? std::max(narrowest_place, style.width * 2 / 5) : 1000;
  int cause_width = 0;
  int place_width = 0;
  for (const BlameLine* line : lines) {
    Row row{line->since.to_string(),
            line->cause      ? printable(cause_name(*line->cause))
            : line->baseline ? "baseline"
                             : "cause unknown",
            cut_front_to_width(place_of(line->at, blame.citation), widest_place),
            former_name(*line, blame.citation),
            one_line(first_bytes(line->text, longest_text))};
    cause_width = std::max(cause_width, display_width(row.cause));
    place_width = std::max(place_width, display_width(row.place));
    rows.push_back(std::move(row));
  }
  Flow title(style, 0, 4);
  title.add(Mark::bold, blame.citation.to_string());
  title.gap();
  title.add(Mark::dim, "on " + blame.on.to_string());
  std::string out = title.finish();
  const int before_text = 10 + 2 + cause_width + 2 + place_width + 2;
  for (const Row& row : rows) {
    out += row.since + "  ";
    out += styled(style, Mark::dim, padded(row.cause, cause_width + 1)) + " ";
    out += styled(style, Mark::bold, row.place);
    std::string text = row.text;
    if (style.width > 0) {
      const int room = std::max(narrowest_text, style.width - before_text);
      text = cut_to_width(text, std::max(narrowest_text, room - display_width(row.was)));
    }
    text += row.was;
    if (!text.empty()) {
      out.append(static_cast<std::size_t>(place_width - display_width(row.place) + 2), ' ');
      out += text;
    }
    out += '\n';
  }
  if (rows.empty()) {
    out += "no text\n";
  }
  return out;
}

} // namespace regtrail::render
