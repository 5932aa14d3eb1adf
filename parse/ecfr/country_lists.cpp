// Entity List, Unverified List, Military End-User List, Validated End-Users: rows by country and
// name.
#include "model/characters.hpp"
#include "parse/ecfr/tables.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace regtrail::parse {
namespace {

/// Length of the words at the front of `segment` that follow a comma but belong to the name:
/// "Ltd.", "Inc", " Ltd. (Hong Kong)". Of "Ltd. Flat 7022" only the first word does.
std::size_t corporate_suffix_length(std::string_view segment) {
  static constexpr std::array<std::string_view, 46> suffixes = {
      "ab",     "ag",      "a.s.",   "as",    "b.v.",   "bv",       "bhd",  "co",
      "co.",    "company", "corp",   "corp.", "d.o.o.", "fze",      "fzc",  "fzco",
      "fz-llc", "gmbh",    "inc",    "inc.",  "jsc",    "k.k.",     "kg",   "limited",
      "l.l.c.", "llc",     "llp",    "ltd",   "ltd.",   "ltd.sti.", "n.v.", "nv",
      "ooo",    "oy",      "pjsc",   "plc",   "pte",    "pte.",     "pty",  "s.a.",
      "s.a.l.", "s.l.",    "s.r.l.", "sa",    "sarl",   "sdn"};
  const std::string text = lowered(segment);
  std::size_t length = 0;
  for (std::size_t at = text.find_first_not_of(' '); at < text.size();
       at = text.find_first_not_of(' ', length)) {
    std::size_t end = std::min(text.find(' ', at), text.size());
    if (text[at] == '(' && length != 0) {
      end = std::min(text.find(')', at), text.size() - 1) + 1;
    } else if (std::find(suffixes.begin(), suffixes.end(), text.substr(at, end - at)) ==
               suffixes.end()) {
      break;
    }
    length = end;
  }
  return length;
}

/// "Institute of Computing": a part of the organisation named before it.
bool is_sub_unit(std::string_view segment) {
  static constexpr std::array<std::string_view, 14> words = {"institute",
                                                             "university",
                                                             "academy",
                                                             "department",
                                                             "faculty",
                                                             "laboratory",
                                                             "college",
                                                             "school of",
                                                             "research center",
                                                             "research centre",
                                                             "bureau",
                                                             "design office",
                                                             "branch",
                                                             "division"};
  if (segment.find_first_of("0123456789") != std::string_view::npos) {
    return false;
  }
  const std::string text = lowered(segment);
  return text.find(" road") == std::string::npos && text.find(" street") == std::string::npos &&
         std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return text.find(word) != std::string::npos;
         });
}

/// Where aliases begin, npos for none.
std::size_t alias_begin(std::string_view text) {
  static constexpr std::array<std::string_view, 6> words = {
      "a.k.a", "f.k.a", "d.b.a", "n.k.a", "A.k.a", "also known as"};
  std::size_t first = std::string_view::npos;
  for (const std::string_view word : words) {
    first = std::min(first, text.find(word));
  }
  return first;
}

/// The end of the comma-separated segment that begins at `from`; commas in brackets do not count.
std::size_t segment_end(std::string_view text, std::size_t from) {
  int depth = 0;
  for (std::size_t i = from; i < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if ((text[i] == ',' && depth <= 0) || text[i] == ';') {
      return i;
    }
  }
  return text.size();
}

/// "Address 13": an entry that lists an address and no party; the number alone names nothing.
bool is_numbered_address(std::string_view name) {
  constexpr std::string_view word = "Address ";
  return name.starts_with(word) && name.size() > word.size() &&
         name.find_first_not_of("0123456789", word.size()) == std::string_view::npos;
}

bool is_label(std::string_view text) {
  return text.size() < 40 && text.ends_with(':');
}

} // namespace

bool is_country_list(const std::vector<std::string>& columns) {
  if (columns.size() < 3) {
    return false;
  }
  const std::string second = lowered(columns[1]);
  return lowered(columns[0]) == "country" && (second.find("entity") != std::string::npos ||
                                              second.find("person") != std::string::npos ||
                                              second.find("end-user") != std::string::npos);
}

void add_country_list(TreeBuilder& tree,
                      int parent,
                      std::vector<GridRow>& rows,
                      const std::vector<std::string>& columns) {
  std::map<std::string, int, std::less<>> countries;
  int country = parent;
  std::string label;
  for (GridRow& row : rows) {
    if (const std::string name = as_designator(without_footnote_marks(row[0].text));
        !name.empty()) {
      const auto [known, added] = countries.try_emplace(name, -1);
      if (added) {
        known->second = tree.add(parent, NodeKind::table, name, {}, std::move(row[0].text));
      }
      country = known->second;
      label.clear();
    }
    const std::string_view cell = trimmed(row[1].text);
    const bool alone = std::all_of(row.begin() + 2, row.end(), [](const GridCell& other) {
      return trimmed(other.text).empty();
    });
    if (cell.empty() && alone) {
      continue;
    }
    if (alone && is_label(cell)) {
      label = (label.empty() ? "" : label + " ") + std::string(cell);
      continue;
    }
    if (alone && cell.ends_with(':')) {
      tree.add(country, NodeKind::heading, as_designator(cell), {}, std::string(cell));
      continue;
    }
    const int entry = tree.add(
        country, NodeKind::entry, as_designator(entity_name(cell)), label, std::string(cell));
    label.clear();
    for (std::size_t column = 2; column < row.size(); ++column) {
      if (!row[column].covered && !(alone && row[column].text.empty())) {
        tree.add(entry, NodeKind::cell, columns[column], {}, std::move(row[column].text));
      }
    }
  }
  if (!label.empty()) {
    tree.add(country, NodeKind::heading, as_designator(label), {}, label);
  }
}

std::string entity_name(std::string_view cell) {
  std::string_view text = cell.substr(0, cell.find('\n'));
  if (const std::size_t alias = alias_begin(text); alias != std::string_view::npos && alias > 0) {
    text = text.substr(0, alias);
  }
  std::size_t end = segment_end(text, 0);
  while (end < text.size() && text[end] == ',') {
    const std::size_t next = segment_end(text, end + 1);
    const std::string_view segment = text.substr(end + 1, next - end - 1);
    const std::size_t suffix = corporate_suffix_length(segment);
    if (suffix != 0 && suffix < trimmed(segment).size()) {
      end += 1 + suffix;
      break;
    }
    if (suffix == 0 && !is_sub_unit(segment)) {
      break;
    }
    end = next;
  }
  if (is_numbered_address(trimmed(text.substr(0, end))) && end < text.size()) {
    end = segment_end(text, end + 1);
  }
  std::string name = without_footnote_marks(trimmed(text.substr(0, end)));
  while (name.ends_with(',') || name.ends_with(' ')) {
    name.pop_back();
  }
  return name;
}

} // namespace regtrail::parse
