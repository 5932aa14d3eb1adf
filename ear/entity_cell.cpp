#include "ear/entity_cell.hpp"

#include "ear/alias_mark_internal.hpp"
#include "ear/party_name_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace regtrail::ear {

namespace {

using Words = std::string_view;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t longest_list_of_names = 2000; ///< in one bracket

std::string on_one_line(std::string_view text) {
  std::string line(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

/// Without "^4" behind a name.
std::string_view without_footnote(std::string_view name) {
  const std::size_t mark = name.find_last_not_of("0123456789 ,");
  return mark != npos && name[mark] == '^' && mark + 1 < name.size() ? trimmed(name.substr(0, mark))
                                                                     : name;
}

/// "X; and" -> "X"
std::string_view without_separator(std::string_view text) {
  auto plain = trimmed(text, ";,");
  for (const Words word : {" and", ";and", ",and"}) {
    if (plain.size() > word.size() && plain.ends_with(word)) {
      plain = trimmed(plain.substr(0, plain.size() - word.size()), ";,");
    }
  }
  if (has_word_at(plain, 0, "and")) {
    plain = trimmed(plain.substr(3), ";,");
  }
  return plain;
}

std::string_view without_stray_bracket(std::string_view text) {
  const auto open = std::count(text.begin(), text.end(), '(');
  const auto close = std::count(text.begin(), text.end(), ')');
  if (close > open && text.ends_with(')')) {
    text.remove_suffix(1);
  }
  if (open > close && text.ends_with('(')) {
    text.remove_suffix(1);
  }
  return trimmed(text, ",;");
}

std::string_view without_full_stop(std::string_view name) {
  return ends_in_abbreviated_form(name) ? name : trimmed(name, ".");
}

// --- the reader -----------------------------------------------------------------------------

class CellReader {
public:
  explicit CellReader(std::string_view printed) : m_text(without_remarks(printed)) {}

  EntityCell read() {
    std::string_view rest = read_name();
    if (has_word_at(trimmed(rest, ","), 0, "including")) {
      rest = read_inclusion(trimmed(rest, ","));
    }
    read_addresses(read_all_aliases(rest));
    return std::move(m_cell);
  }

  std::vector<std::string> addresses() {
    read_addresses(m_text);
    return std::move(m_cell.addresses);
  }

  std::string name() {
    read_name();
    return std::move(m_cell.name);
  }

private:
  /// Takes "(See alternate address under Pakistan)" out, wherever it stands.
  std::string without_remarks(std::string_view printed) {
    std::string text;
    constexpr Words remarks = "(see |(for alternate";
    std::size_t copied = 0;
    for (std::size_t at = printed.find('('); at != npos; at = printed.find('(', at + 1)) {
      const std::size_t close =
          any_phrase(remarks, [&](Words remark) { return has_at(printed, at, remark); })
              ? printed.find(')', at)
              : npos;
      if (close != npos) {
        add_remark(printed.substr(at + 1, close - at - 1));
        text += printed.substr(copied, at - copied);
        text.resize(text.find_last_not_of(' ') + 1);
        copied = close + 1;
        at = close;
      }
    }
    return text += printed.substr(copied);
  }

  void add_remark(std::string_view remark) {
    const auto plain = trimmed(remark, ".;,");
    if (!plain.empty()) {
      m_cell.remark += (m_cell.remark.empty() ? "" : "; ") + on_one_line(plain);
    }
  }

  /// What follows the name.
  std::string_view read_name() {
    std::string_view text = m_text;
    text.remove_prefix(skip_space(text, 0));
    text.remove_prefix(text.empty() ? 0 : dash_at(text, 0));
    if (const std::size_t number = end_of_numbered_address(text); number != 0) {
      m_cell.address_only = true;
      m_cell.name = text.substr(0, number);
      return text.substr(number);
    }
    std::string prefix;
    if (const std::size_t own = begin_of_subordinate(text); own != 0) {
      prefix = std::string(trimmed(text.substr(0, own))) + " ";
      text.remove_prefix(own);
      text.remove_prefix(std::min(skip_space(text, 0) + dash_at(text, skip_space(text, 0)), //
                                  text.size()));
    }
    const Mark mark = next_mark(text);
    std::size_t end = mark.begin;
    auto name = text.substr(0, end);
    if (end == text.size()) {
      end = names_facilities(text) ? text.size() : end_of_name(text);
      name = text.substr(0, end);
    } else {
      for (const Words word : {"and", "as", "including"}) { // "a.k.a." may be left out
        const auto plain = trimmed(name, ",;(");
        if (plain.size() > word.size() && plain.ends_with(word) &&
            is_blank(plain[plain.size() - word.size() - 1])) {
          name = plain.substr(0, plain.size() - word.size());
        }
      }
    }
    const bool comma = end < text.size() && text[end] == ',';
    name = without_footnote(trimmed(without_separator(name), ":"));
    name = trimmed(name.substr(0, name.find_last_not_of('(') + 1), ",;");
    m_cell.name = prefix + on_one_line(comma ? name : without_full_stop(name));
    m_cell.name = trimmed(m_cell.name);
    constexpr std::array<Words, 2> subordinate{"(a subordinate institute of ",
                                               "(a subordinate institution of "};
    for (const Words words : subordinate) {
      const std::size_t at = m_cell.name.find(words);
      if (at != npos) {
        m_cell.subordinate_to =
            trimmed(std::string_view(m_cell.name).substr(at + words.size()), ")");
      }
    }
    const std::size_t last = end == 0 ? npos : text.find_last_not_of(' ', end - 1);
    return text.substr(last != npos && text[last] == '(' ? last : end);
  }

  /// Length of "Address 13" at the front of `text`: an entry that lists an address and no party.
  static std::size_t end_of_numbered_address(std::string_view text) {
    constexpr Words word = "Address ";
    if (!text.starts_with(word)) {
      return 0;
    }
    const std::size_t end = std::min(text.find_first_not_of("0123456789", word.size()), //
                                     text.size());
    return end > word.size() && (end == text.size() || !is_alnum(text[end])) ? end : 0;
  }

  /// "Fuel reprocessing facilities, heavy water plants; and": a class of places, without an
  /// address.
  static bool names_facilities(std::string_view text) {
    return text.find("facilities") != npos && !names_street(text) &&
           std::none_of(text.begin(), text.end(), is_digit);
  }

  /// Where "Y" of "X subordinate institution: Y" begins, 0 in other texts.
  std::size_t begin_of_subordinate(std::string_view text) {
    constexpr Words words = " subordinate institution:";
    const std::size_t at = text.find(words);
    if (at == npos || text.substr(0, at).find('\n') != npos || next_mark(text).begin < at) {
      return 0;
    }
    m_cell.subordinate_to = trimmed(text.substr(0, at), ",");
    return at + words.size();
  }

  /// "including the armed forces ..., wherever located. All addresses located in Belarus."
  std::string_view read_inclusion(std::string_view text) {
    const std::size_t addresses = std::min(text.find("All address"), text.size());
    add_remark(text.substr(0, addresses));
    return text.substr(addresses);
  }

  /// What follows the aliases at the front of `text`.
  std::string_view read_all_aliases(std::string_view text) {
    constexpr int most = 200; // of one cell; the Entity List has 15
    Mark mark = next_mark(text);
    while (m_marks < most && mark.begin < text.size() &&
           trimmed(text.substr(0, mark.begin), ",;(").empty()) {
      ++m_marks;
      text = read_aliases(text, mark);
      mark = next_mark(text);
    }
    return text;
  }

  /// What follows the aliases of `mark`.
  std::string_view read_aliases(std::string_view text, const Mark& mark) {
    auto before = text.substr(0, mark.begin);
    before = before.substr(0, before.find_last_not_of(' ') + 1);
    if (mark.is_list) {
      return read_list(text.substr(mark.end),
                       number_of_aliases(text.substr(mark.begin, mark.end - mark.begin)));
    }
    if (before.ends_with('(')) {
      const std::size_t close = find_close(text, mark.begin);
      if (close != npos) {
        read_bracket(text.substr(before.size() - 1, close - before.size() + 1));
        return text.substr(close + 1);
      }
    }
    const std::size_t next = next_mark(text, mark.end).begin;
    const auto rest = read_names(text.substr(mark.end, next - mark.end), true);
    return text.substr(static_cast<std::size_t>(rest.data() - text.data()));
  }

  /// The bracket that closes the one open at `from`.
  static std::size_t find_close(std::string_view text, std::size_t from) {
    int depth = 1;
    for (std::size_t at = from; at < text.size(); ++at) {
      depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    return npos;
  }

  /// "a.k.a. X; a.k.a. Y; f.k.a. Z" or "a.k.a. Lin Rongnan, Steven Lim and Yong Nam Lim".
  void read_bracket(std::string_view text) {
    const Mark first = next_mark(text);
    const Mark second = next_mark(text, first.end);
    const auto only = text.substr(first.end);
    if (second.begin == text.size() && only.find(';') == npos &&
        only.size() < longest_list_of_names) {
      add_listed_names(only);
      return;
    }
    for (Mark mark = first; mark.begin < text.size();) {
      const Mark next = next_mark(text, mark.end);
      for (const auto piece : split(text.substr(mark.end, next.begin - mark.end), ';')) {
        add_alias(piece);
      }
      mark = next;
    }
  }

  /// "X, Y and Z" are three names, "X and Y" two where they are forms of one name.
  void add_listed_names(std::string_view text) {
    std::vector<std::string_view> names;
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = from + end_of_name(text.substr(from));
      names.push_back(text.substr(from, end - from));
      from = std::min(end + 1, text.size());
    }
    const std::size_t conjunction = names.empty() ? npos : names.back().find(" and ");
    if (conjunction != npos) {
      const auto left = names.back().substr(0, conjunction);
      const auto right = names.back().substr(conjunction + Words(" and ").size());
      if (names.size() > 1 || is_form_of(left, right)) {
        names.back() = left;
        names.push_back(right);
      }
    }
    for (const auto name : names) {
      add_alias(name);
    }
  }

  /// True when two names have half of their words in common.
  static bool is_form_of(std::string_view left, std::string_view right) {
    const auto words = split(left, ' ');
    const auto others = split(right, ' ');
    const auto common = std::count_if(words.begin(), words.end(), [&](std::string_view word) {
      return std::find(others.begin(), others.end(), word) != others.end();
    });
    return 2 * static_cast<std::size_t>(common) >= std::max(words.size(), others.size());
  }

  /// Aliases behind "—", a line each or in one line; what follows them.
  std::string_view read_list(std::string_view text, std::size_t announced) {
    std::vector<std::string_view> items;
    std::size_t at = skip_space(text, 0);
    while (at < text.size()) {
      const std::size_t dash = dash_at(text, at);
      const bool goes_on = items.empty() || ends_in_separator(items.back());
      if (dash == 0 && (!goes_on || (!items.empty() && begins_address(text.substr(at))))) {
        break;
      }
      const std::size_t begin = at + dash;
      const std::size_t end = end_of_item(text, begin);
      items.push_back(text.substr(begin, end - begin));
      at = skip_space(text, end);
    }
    const auto rest = text.substr(std::min(at, text.size()));
    for (std::size_t i = 0; i < items.size(); ++i) {
      const bool last = i + 1 == items.size();
      const auto address =
          read_names(items[i], last && rest.empty(), items.size() == 1 ? announced : 1);
      if (last && rest.empty()) {
        return address;
      }
      read_addresses(address);
    }
    return rest;
  }

  static bool ends_in_separator(std::string_view item) {
    const auto plain = trimmed(item);
    return plain.ends_with(';') || plain.ends_with(" and") || plain.ends_with(";and");
  }

  /// An item ends with its line, and before a dash that follows a separator.
  static std::size_t end_of_item(std::string_view text, std::size_t begin) {
    for (std::size_t at = begin; at < text.size(); ++at) {
      if (text[at] == '\n') {
        return at;
      }
      if (at > begin && dash_at(text, at) != 0) {
        const auto before = trimmed(text.substr(begin, at - begin));
        if (before.ends_with(';') || before.ends_with(',') || before.ends_with(" and")) {
          return at;
        }
      }
    }
    return text.size();
  }

  /// One name, or several with semicolons between them, `announced` of them for certain. Returns
  /// what follows: the address.
  std::string_view read_names(std::string_view text, bool alone, std::size_t announced = 1) {
    for (std::size_t read = 1;; ++read) {
      if (const std::size_t address = text.find("(Address:"); address != npos) {
        return read_bracketed_address(text, address);
      }
      if (const std::size_t inclusion = text.find("to include the following"); inclusion != npos) {
        add_alias(text.substr(0, inclusion));
        const std::size_t stop = text.find_first_of(".:", inclusion);
        return text.substr(stop == npos ? text.size() : stop + 1);
      }
      const std::size_t end = end_of_alias(text, alone);
      add_alias(text.substr(0, end));
      const auto rest = text.substr(end);
      if (!rest.starts_with(';')) {
        return rest;
      }
      const auto next = rest.substr(1);
      const auto plain = without_separator(next);
      if (has_word_at(plain, 0, "any") || plain.starts_with("(all ")) {
        add_remark(trimmed(plain, "()"));
        return rest.substr(rest.size());
      }
      const std::size_t stop = end_of_alias(plain, alone);
      if (plain.empty() || begins_address(plain) ||
          (alone && read >= announced && stop < plain.size() && plain[stop] == ',')) {
        return next;
      }
      text = plain;
    }
  }

  /// "Arzamas-16, (Address: 37 Mira Ave.); and any centers located in Sarov."
  std::string_view read_bracketed_address(std::string_view text, std::size_t open) {
    add_alias(text.substr(0, open));
    const std::size_t close = std::min(find_close(text, open + 1), text.size());
    read_addresses(text.substr(open + 1, close - open - 1));
    add_remark(without_separator(text.substr(std::min(close + 1, text.size()))));
    return text.substr(text.size());
  }

  void add_alias(std::string_view text) {
    auto plain = without_separator(text);
    const Mark mark = next_mark(plain);
    constexpr int deepest = 4; // aliases within aliases
    if (mark.begin < plain.size() && m_depth < deepest) {
      ++m_depth;
      push_alias(plain.substr(0, plain.substr(0, mark.begin).find_last_not_of(" ,;(") + 1));
      const auto before = plain.substr(0, mark.begin);
      const auto bracket = before.find_last_not_of(' ');
      const bool in_bracket = bracket != npos && before[bracket] == '(';
      read_addresses(read_all_aliases(plain.substr(in_bracket ? bracket : mark.begin)));
      --m_depth;
      return;
    }
    if (has_word_at(plain, 0, "dba")) {
      plain = trimmed(plain.substr(3));
    }
    push_alias(plain);
  }

  void push_alias(std::string_view text) {
    const auto plain = without_stray_bracket(without_full_stop(without_stray_bracket(text)));
    if (!plain.empty()) {
      m_cell.aliases.push_back(on_one_line(without_footnote(plain)));
    }
  }

  // --- addresses ----------------------------------------------------------------------------

  void read_addresses(std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
      if (at == text.size() || text[at] == ';' ||
          (is_blank(text[at]) && has_at(text, at + 1, "alt address:")) ||
          (text[at] == '\n' && ends_address(text.substr(begin, at - begin)))) {
        const auto piece = text.substr(begin, at - begin);
        add_address(piece, country_of(piece));
        begin = at + 1;
      }
    }
  }

  /// A line ends an address unless it breaks off in the middle.
  static bool ends_address(std::string_view line) {
    const auto plain = trimmed(line);
    return plain.empty() || plain.ends_with('.') || plain.ends_with(':') || plain.ends_with(')') ||
           plain.ends_with(" and");
  }

  /// The last word that is no number: "China", "Kong"; empty if it is one of streets.
  static std::string_view country_of(std::string_view text) {
    auto plain = trimmed(text, ".,");
    while (!plain.empty()) {
      const auto word = trimmed(plain.substr(plain.rfind(' ') + 1), ".,");
      if (!word.empty() && std::none_of(word.begin(), word.end(), is_digit)) {
        return is_upper(word.front()) && word.size() > 2 && !names_street(word)
                   ? word
                   : std::string_view();
      }
      plain.remove_suffix(plain.size() - std::min(plain.rfind(' '), plain.size()));
      if (plain.find(' ') == npos) {
        break;
      }
      plain = trimmed(plain, ".,");
    }
    return {};
  }

  /// "1 Road, Kabul, Afghanistan, and 2 Road, Herat, Afghanistan" are two.
  void add_address(std::string_view text, std::string_view country) {
    std::size_t begin = 0;
    for (std::size_t at = country.empty() ? npos : text.find(country); at != npos;
         at = text.find(country, at + 1)) {
      const std::size_t end = at + country.size();
      const std::size_t next = std::min(text.find_first_not_of(".,\n 0123456789", end), //
                                        text.size());
      if (next > end && has_word_at(text, next, "and")) {
        push_address(text.substr(begin, next - begin));
        begin = next + 3;
      }
    }
    // "Dongguan, 523808, and No. 62, Second Avenue"
    const auto last = text.substr(begin);
    const std::size_t conjunction = last.find(", and ");
    constexpr std::size_t postal_code = 5;
    if (conjunction != npos && conjunction >= postal_code &&
        all_digits(last.substr(conjunction - postal_code, postal_code)) &&
        begins_address(last.substr(conjunction + Words(", and ").size()))) {
      push_address(last.substr(0, conjunction));
      begin += conjunction + 1;
    }
    push_address(text.substr(begin));
  }

  void push_address(std::string_view text) {
    auto plain = trimmed(text, ",;.");
    while (true) {
      const std::size_t dash = plain.empty() ? 0 : dash_at(plain, 0);
      if (dash != 0) {
        plain = trimmed(plain.substr(dash), ",;.");
      } else if (plain.starts_with("and") &&
                 (plain.size() == 3 || !is_lower(plain[3]))) { // "andHouse 5"
        plain = trimmed(plain.substr(3), ",;.");
      } else if ((starts_with_ignoring_case(plain, "address") ||
                  starts_with_ignoring_case(plain, "alt address")) &&
                 plain.find(':') != npos && plain.find(':') < plain.find_first_of("0123456789")) {
        plain = trimmed(plain.substr(plain.find(':') + 1), ",;.");
      } else {
        break;
      }
    }
    plain = without_stray_bracket(plain);
    if (!plain.empty()) {
      m_cell.addresses.push_back(on_one_line(plain));
    }
  }

  EntityCell m_cell;
  std::string m_text;
  int m_depth = 0; ///< of aliases within aliases
  int m_marks = 0; ///< read so far
};

} // namespace

EntityCell parse_entity_cell(std::string_view text) {
  EntityCell cell = CellReader(text).read();
  if (!cell.name.empty() || !cell.aliases.empty()) {
    return cell;
  }
  if (cell.addresses.empty()) {
    cell.name = trimmed(text);
  } else {
    cell.name = std::move(cell.addresses.front());
    cell.addresses.erase(cell.addresses.begin());
  }
  return cell;
}

std::string entity_name(std::string_view text) {
  std::string name = CellReader(text).name();
  return name.empty() ? parse_entity_cell(text).name : name;
}

std::vector<std::string> parse_addresses(std::string_view text) {
  return CellReader(text).addresses();
}

std::string party_key(std::string_view text) {
  const Folded folded(text);
  std::string key;
  for (const char c : folded.text()) {
    if (is_alnum(c) || static_cast<unsigned char>(c) >= 0x80U || c == '&') {
      key.push_back(to_lower(c));
    } else if (!key.empty() && key.back() != ' ') {
      key.push_back(' ');
    }
  }
  return std::string(trimmed(key));
}

} // namespace regtrail::ear
