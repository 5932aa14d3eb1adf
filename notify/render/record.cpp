#include "notify/render/record_internal.hpp"

#include <algorithm>

namespace regtrail::render {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

char lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    return lower(a) == lower(b);
  });
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) {
    return false;
  }
  text.remove_prefix(prefix.size());
  return true;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (text.size() < suffix.size() || text.substr(text.size() - suffix.size()) != suffix) {
    return false;
  }
  text.remove_suffix(suffix.size());
  return true;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view word = trim(text.substr(0, comma));
    take_prefix(word, "and ");
    while (!word.empty() && word.back() == '.') {
      word.remove_suffix(1);
    }
    if (!word.empty()) {
      out.emplace_back(word);
    }
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

// --- paths of license rows ------------------------------------------------------------------

/// "3B001.c.1.a", ".c", "c.1": the path without ECCN and dot; "" when `word` is none.
std::string_view as_path(std::string_view word) {
  if (word.size() > 5 && is_eccn(word.substr(0, 5)) && word[5] == '.') {
    word.remove_prefix(5);
  }
  take_prefix(word, ".");
  take_suffix(word, ".");
  std::string_view rest = word;
  while (!rest.empty()) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    const std::string_view step = rest.substr(0, dot);
    const bool letter = step.size() == 1 && is_lower(step[0]);
    const bool number =
        (step.size() == 1 || step.size() == 2) && std::all_of(step.begin(), step.end(), is_digit);
    if (!letter && !number) {
      return {};
    }
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  return word;
}

int number_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    value = value * 10 + (c - '0');
  }
  return value;
}

/// Appends what follows `first` up to `last`, both paths with the same parent; `last` alone where
/// they are not.
void append_range(std::vector<std::string>& out, const std::string& first, std::string_view last) {
  const std::size_t cut = first.rfind('.') == std::string::npos ? 0 : first.rfind('.') + 1;
  const std::size_t last_cut = last.rfind('.') == std::string_view::npos ? 0 : last.rfind('.') + 1;
  const std::string parent = first.substr(0, cut);
  const std::string_view from = std::string_view(first).substr(cut);
  const std::string_view to = last.substr(last_cut);
  const bool same_parent = last_cut == 0 || last.substr(0, last_cut) == parent;
  if (same_parent && is_lower(from[0]) && is_lower(to[0])) {
    for (int letter = from[0] + 1; letter <= to[0]; ++letter) {
      out.push_back(parent + static_cast<char>(letter));
    }
  } else if (same_parent && is_digit(from[0]) && is_digit(to[0])) {
    for (int number = number_of(from) + 1; number <= number_of(to); ++number) {
      out.push_back(parent + std::to_string(number));
    }
  } else {
    out.emplace_back(last);
  }
}

// --- CCL entries ----------------------------------------------------------------------------

bool is_exception_symbol(std::string_view designator) {
  return designator.size() >= 2 && designator.size() <= 4 &&
         std::all_of(designator.begin(), designator.end(), is_upper);
}

LicenseRow license_row(const Node& row) {
  LicenseRow out;
  out.control = row.text;
  for (const Node& cell : row.children) {
    if (out.control.empty()) {
      out.control = cell.text;
    } else {
      out.chart += (out.chart.empty() ? "" : " ") + cell.text;
    }
  }
  const std::string_view key = row.designator;
  const std::size_t colon = key.find(':');
  std::string_view paths;
  if (colon != std::string_view::npos) {
    out.reason = std::string(key.substr(0, colon));
    paths = trim(key.substr(colon + 1));
  } else {
    const std::size_t end = static_cast<std::size_t>(
        std::find_if_not(out.control.begin(), out.control.end(), is_upper) - out.control.begin());
    out.reason = out.control.substr(0, end);
  }
  constexpr std::string_view applies = "applies to ";
  const std::size_t at = out.control.find(applies);
  if (at != std::string::npos) {
    paths = trim(std::string_view(out.control).substr(at + applies.size()));
  }
  take_suffix(paths, ".");
  take_prefix(paths, "the ");
  take_prefix(paths, "paragraphs ");
  take_prefix(paths, "paragraph ");
  constexpr std::string_view entire =
      "entire entry"; // also "entire entry except 0A501.y": control says so
  if (!same_word(paths.substr(0, entire.size()), entire)) {
    out.paths = expand_paths(paths);
  }
  return out;
}

class EccnReader {
public:
  explicit EccnReader(EccnRecord& out) : m_out(out) {}

  void read(const Citation& at, const Node& parent, const std::string& path) {
    const std::vector<Step> steps = child_steps(parent);
    for (std::size_t i = 0; i < parent.children.size(); ++i) {
      read_child(at.child(steps[i]), parent.children[i], path);
    }
  }

private:
  void read_child(const Citation& at, const Node& node, const std::string& path) {
    switch (node.kind) {
    case NodeKind::heading:
      if (m_out.heading.empty() && node.designator == "heading") {
        m_out.heading = node.text;
      }
      read(at, node, path); // a block's label holds its lines: "License Requirements" its rows
      return;
    case NodeKind::note:
      m_out.notes.emplace_back(at, subtree_text(node));
      return;
    case NodeKind::row:
      m_out.license_requirements.push_back(license_row(node));
      return;
    case NodeKind::item: {
      const std::string own = path.empty() ? node.designator : path + "." + node.designator;
      m_out.items.emplace_back(own, node.text);
      read(at, node, own);
      return;
    }
    default:
      read_labelled(at, node, path);
      return;
    }
  }

  void read_labelled(const Citation& at, const Node& node, const std::string& path) {
    if (node.designator == "Reason for Control") {
      m_out.reasons = split_list(node.text);
    } else if (node.designator == "Related Controls") {
      m_out.related_controls = subtree_text_without_label(node);
    } else if (node.designator == "Related Definitions") {
      m_out.related_definitions = subtree_text_without_label(node);
    } else if (path.empty() && is_exception_symbol(node.designator)) {
      add_exception(node.designator, subtree_text_without_label(node));
    } else {
      read(at, node, path);
    }
  }

  static std::string subtree_text_without_label(const Node& node) {
    std::string out = node.text;
    for (const Node& child : node.children) {
      out += (out.empty() ? "" : "\n") + subtree_text(child);
    }
    return out;
  }

  void add_exception(const std::string& symbol, std::string text) {
    for (auto& [known, value] : m_out.exceptions) {
      if (known == symbol) {
        value += "\n" + text;
        return;
      }
    }
    m_out.exceptions.emplace_back(symbol, std::move(text));
  }

  EccnRecord& m_out;
};

// --- list entries ---------------------------------------------------------------------------

/// What follows a comma within a company's name: "Example Co., Ltd.".
bool is_corporate_suffix(std::string_view word) {
  constexpr std::string_view suffixes[] = {
      "Ltd",  "Ltd.", "Inc",   "Inc.", "Co.",     "Co",  "LLC",  "L.L.C.", "LLP", "GmbH",
      "S.A.", "K.K.", "Corp.", "Corp", "Limited", "Pte", "Pte.", "Sdn",    "OOO", "OAO",
      "AO",   "JSC",  "FZE",   "FZC",  "FZCO",    "PLC", "B.V.", "Pvt."};
  return std::find(std::begin(suffixes), std::end(suffixes), word) != std::end(suffixes);
}

/// The end of a name that starts `text`: the first comma that no corporate suffix follows.
std::size_t name_end(std::string_view text) {
  for (std::size_t comma = text.find(','); comma != std::string_view::npos;
       comma = text.find(',', comma + 1)) {
    const std::string_view rest = trim(text.substr(comma + 1));
    const std::string_view word = rest.substr(0, std::min(rest.find_first_of(" ,;"), rest.size()));
    if (!is_corporate_suffix(word)) {
      return comma;
    }
  }
  return std::min(text.find(';'), text.size());
}

std::string clean(std::string_view text) {
  text = trim(text);
  while (take_suffix(text, ";") || take_suffix(text, ",") || take_suffix(text, "; and") ||
         take_suffix(text, ", and")) {
    text = trim(text);
  }
  take_prefix(text, "and ");
  return std::string(trim(text));
}

/// Dashes that open a line of an alias list.
bool take_dash(std::string_view& line) {
  line = trim(line);
  return take_prefix(line, "\xE2\x80\x94") || take_prefix(line, "\xE2\x80\x93") ||
         take_prefix(line, "-");
}

void add_addresses(std::vector<std::string>& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t semicolon = std::min(text.find(';'), text.size());
    std::string address = clean(text.substr(0, semicolon));
    std::replace(address.begin(), address.end(), '\n', ' ');
    address.erase(
        std::min(address.find(" (See "), address.size())); // "(See alternate addresses ...)"
    if (!address.empty() && address.back() == '.') {
      address.pop_back();
    }
    if (!address.empty()) {
      out.push_back(std::move(address));
    }
    text.remove_prefix(std::min(semicolon + 1, text.size()));
  }
}

struct AliasMark {
  std::size_t begin = std::string_view::npos;
  std::size_t end = 0;
};

AliasMark find_alias_mark(std::string_view text) {
  AliasMark first;
  for (const std::string_view mark : {"a.k.a", "f.k.a", "d.b.a"}) {
    const std::size_t at = text.find(mark);
    if (at < first.begin) {
      first = {at, at + mark.size()};
    }
  }
  return first;
}

/// Lines that begin with a dash are aliases; what follows the last of them are addresses.
bool read_alias_lines(EntityRecord& out, std::string_view text) {
  std::size_t rest = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (take_dash(line)) {
      std::string alias = clean(line);
      const bool last = line.find(';') == std::string_view::npos;
      if (last && !alias.empty() && alias.back() == '.' &&
          !is_corporate_suffix(alias.substr(std::min(alias.rfind(' ') + 1, alias.size())))) {
        alias.pop_back();
      }
      out.aliases.push_back(std::move(alias));
      rest = end;
    }
    begin = end + 1;
  }
  if (out.aliases.empty()) {
    return false;
  }
  add_addresses(out.addresses, text.substr(rest));
  return true;
}

/// Grammar: name [", a.k.a." aliases] ["," or ";" or line end] addresses separated by ";"
/// (ear-domain.md 1.3). A cell that does not follow it keeps its remainder as one address.
void read_entity_cell(EntityRecord& out, std::string_view text) {
  const AliasMark mark = find_alias_mark(text);
  if (mark.begin == std::string_view::npos) {
    const bool named = !out.name.empty() && text.substr(0, out.name.size()) == out.name;
    std::size_t end = named ? out.name.size() : name_end(text);
    if (out.name.empty()) {
      out.name = clean(text.substr(0, end));
    }
    while (end < text.size() &&
           std::string_view(",; \n").find(text[end]) != std::string_view::npos) {
      ++end;
    }
    add_addresses(out.addresses, text.substr(end));
    return;
  }
  if (out.name.empty()) {
    out.name = clean(text.substr(0, mark.begin));
  }
  std::string_view rest = text.substr(mark.end);
  take_prefix(rest, "."); // some entries print "a.k.a,"
  if (read_alias_lines(out, rest)) {
    return;
  }
  take_prefix(rest, ",");
  rest = trim(rest);
  const std::size_t end = std::min(name_end(rest), rest.find('\n'));
  out.aliases.push_back(clean(rest.substr(0, end)));
  add_addresses(out.addresses, rest.substr(std::min(end + 1, rest.size())));
}

/// Superscripts are shown as ^: "^4" and "^45" are footnotes 4, and 4 and 5 (there are five).
void add_footnotes(std::vector<int>& out, std::string_view text) {
  for (std::size_t i = text.find('^'); i != std::string_view::npos; i = text.find('^', i + 1)) {
    for (std::size_t j = i + 1; j < text.size() && (is_digit(text[j]) || text[j] == ' '); ++j) {
      const int footnote = text[j] == ' ' ? 0 : text[j] - '0';
      if (footnote > 0 && std::find(out.begin(), out.end(), footnote) == out.end()) {
        out.push_back(footnote);
      }
    }
  }
  std::sort(out.begin(), out.end());
}

std::vector<std::string> fr_citations(std::string_view text) {
  std::vector<std::string> out;
  constexpr std::string_view mark = " FR ";
  for (std::size_t at = text.find(mark); at != std::string_view::npos;
       at = text.find(mark, at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_digit(text[begin - 1])) {
      --begin;
    }
    const std::size_t page = at + mark.size();
    std::size_t end = page;
    while (end < text.size() && is_digit(text[end])) {
      ++end;
    }
    if (begin < at && page < end) {
      out.emplace_back(text.substr(begin, end - begin));
    }
  }
  return out;
}

std::string_view list_name(const std::string& unit) {
  if (unit == "Supplement No. 4 to Part 744") {
    return "Entity List";
  }
  if (unit == "Supplement No. 6 to Part 744") {
    return "Unverified List";
  }
  if (unit == "Supplement No. 7 to Part 744") {
    return "Military End-User List";
  }
  return {};
}

} // namespace

std::vector<std::string> expand_paths(std::string_view text) {
  std::vector<std::string> out;
  bool range = false;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find_first_not_of(" ,;\n"), text.size());
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(" ,;\n"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    if (word == "and" || word == "or" || word.empty()) {
      continue;
    }
    if (word == "to" || word == "through") {
      range = !out.empty();
      continue;
    }
    const std::string_view path = as_path(word);
    if (path.empty()) {
      break;
    }
    if (range) {
      const std::string first = out.back();
      append_range(out, first, path);
    } else {
      out.emplace_back(path);
    }
    range = false;
  }
  return out;
}

std::string heading_of(const Node& node) {
  if (node.kind == NodeKind::heading) {
    return shown_text(node);
  }
  for (const Node& child : node.children) {
    if (child.kind == NodeKind::heading) {
      return shown_text(child);
    }
  }
  return {};
}

std::optional<EccnRecord> eccn_record(const Citation& citation, const Node& node) {
  if (citation.kind() != CitationKind::eccn || !citation.steps().empty() ||
      node.kind != NodeKind::entry) {
    return std::nullopt;
  }
  EccnRecord out;
  out.eccn = citation.name();
  EccnReader(out).read(citation, node, "");
  return out;
}

std::optional<EntityRecord> entity_record(const Citation& citation, const Node& node) {
  const std::string_view list = list_name(citation.name());
  if (list.empty() || citation.steps().empty() || node.kind != NodeKind::entry) {
    return std::nullopt;
  }
  EntityRecord out;
  out.list = std::string(list);
  const Citation country = citation.parent();
  if (!country.empty() && !country.steps().empty()) {
    out.country = country.steps().back().name;
  }
  out.name = node.designator;
  read_entity_cell(out, node.text);
  for (const Node& cell : node.children) {
    if (cell.designator == "License requirement") {
      out.license_requirement = cell.text;
      add_footnotes(out.footnotes, cell.text);
    } else if (cell.designator == "License review policy") {
      out.review_policy = cell.text;
    } else if (cell.designator == "Federal Register citation") {
      out.citations = fr_citations(cell.text);
    }
  }
  return out;
}

} // namespace regtrail::render
