#include "ear/entity_cell.hpp"

#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>

namespace regtrail::ear {

namespace {

using Words = std::string_view;

constexpr Words aka_marks = "a.k.a.|a.k.a|f.k.a.|f.k.a|d.b.a.|d.b.a|formerly known as|"
                            "also known as|n.k.a.|a.k.a.,|o.k.a.|t/a";

// A segment after the name that still belongs to it.
constexpr Words suffixes =
    "ltd|inc|llc|l.l.c|co|corp|corporation|company|limited|k.k|kk|pte|pvt|sdn|bhd|ooo|gmbh|s.a|sa|"
    "sarl|s.r.l|srl|ag|b.v|n.v|plc|llp|jsc|cjsc|ojsc|fze|fzc|fzco|fz-llc|private|s.l";

constexpr Words units_of_a_body =
    "institute|institution|academy|university|department|faculty|laboratory|division|branch|group|"
    "center|centre|bureau|school|college|company|corporation|subsidiary|association|bank|ministry|"
    "factory|agency|organization";

constexpr Words address_openers = "room|rm|floor|building|bldg|unit|suite|flat|p.o|po box|block|"
                                  "office|c/o|level|shop|no.|number|apt|house|ground|street|villa|"
                                  "plot|tower|lot|zone|warehouse|second|first|third|1st";

constexpr Words address_words = "street|st|road|rd|avenue|ave|district|square|lane|highway|"
                                "boulevard|blvd|plaza|drive|ulitsa|ul|prospekt|sok";

bool contains_word(std::string_view text, std::string_view word) {
  return find_word(text, word) != std::string_view::npos;
}

bool is_suffix(std::string_view segment) {
  const auto words = lowered(trimmed(segment, ".;"));
  return any_phrase(suffixes, [&words](Words suffix) {
    return words == suffix || (words.size() > suffix.size() && has_word_at(words, 0, suffix) &&
                               (words[suffix.size()] == '.' || words[suffix.size()] == ' ') &&
                               words.size() <= suffix.size() + 6);
  });
}

/// The period of "Co., Ltd." is the name's, that of "Example LLC." the list's.
bool ends_abbreviated(std::string_view name) {
  const auto last = lowered(trimmed(name.substr(name.rfind(' ') + 1)));
  constexpr Words abbreviations = "ltd.|inc.|co.|corp.|bhd.|pte.|k.k.|s.a.|l.l.c.";
  return is_one_of(last, abbreviations);
}

bool names_a_unit(std::string_view segment) {
  return std::none_of(segment.begin(), segment.end(), is_digit) &&
         any_phrase(units_of_a_body, [&](Words word) { return contains_word(segment, word); });
}

bool looks_like_address(std::string_view segment) {
  const auto plain = trimmed(segment);
  if (plain.empty() || is_digit(plain.front()) || plain.front() == '#') {
    return !plain.empty();
  }
  return any_phrase(address_openers, [&](Words word) { return has_word_at(plain, 0, word); }) ||
         any_phrase(address_words, [&](Words word) { return contains_word(plain, word); });
}

/// Where the name that begins `text` ends: at a line break, a semicolon, or the comma before the
/// first segment that is neither a corporate suffix nor a unit of the body.
std::size_t end_of_name(std::string_view text) {
  std::size_t comma = text.find_first_of(",;\n");
  while (comma != std::string_view::npos && text[comma] == ',') {
    if (text.substr(comma + 1).find_first_not_of(" \t") != std::string_view::npos &&
        text[text.find_first_not_of(" \t", comma + 1)] == '\n') {
      return comma;
    }
    const std::size_t next = text.find_first_of(",;\n", comma + 1);
    const auto segment = trimmed(
        text.substr(comma + 1, (next == std::string_view::npos ? text.size() : next) - comma - 1));
    if (!is_suffix(segment) && (looks_like_address(segment) || !names_a_unit(segment))) {
      return comma;
    }
    comma = next;
  }
  return comma == std::string_view::npos ? text.size() : comma;
}

struct AkaMark {
  std::size_t begin;
  std::size_t end;
  bool is_list; ///< "the following two aliases:"
};

/// "the following two aliases:" at `pos`; the position behind the colon, npos if it is not there.
std::size_t alias_list_at(std::string_view text, std::size_t pos) {
  if (!has_word_at(text, pos, "the following")) {
    return std::string_view::npos;
  }
  constexpr std::size_t longest = 80;
  const auto near = text.substr(pos, longest);
  const std::size_t colon = near.find(':');
  return colon != std::string_view::npos && near.find("alias") < colon ? pos + colon + 1
                                                                       : std::string_view::npos;
}

AkaMark next_mark(std::string_view text, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    if (i > 0 && is_alnum(text[i - 1])) {
      continue;
    }
    if (const std::size_t end = alias_list_at(text, i); end != std::string_view::npos) {
      return {i, end, true};
    }
    std::size_t end = i;
    if (any_phrase(aka_marks, [&](Words mark) {
          end = has_word_at(text, i, mark) ? i + mark.size() : i;
          return end != i;
        })) {
      end = std::min(text.find_first_not_of(", .", end), text.size());
      const std::size_t list = alias_list_at(text, end);
      return {i, list == std::string_view::npos ? end : list, list != std::string_view::npos};
    }
  }
  return {text.size(), text.size(), false};
}

constexpr Words em_dash = "\u2014";
constexpr Words en_dash = "\u2013";

std::size_t dash_at(std::string_view text, std::size_t i) {
  return text.substr(i, 3) == em_dash || text.substr(i, 3) == en_dash              ? 3U
         : text[i] == '-' && (i == 0 || text[i - 1] == '\n' || text[i - 1] == ' ') ? 1U
                                                                                   : 0U;
}

std::string_view without_separator(std::string_view alias) {
  auto plain = trimmed(alias);
  for (const Words separator : {"; and", ", and", " and"}) {
    if (plain.size() > separator.size() &&
        has_at(plain, plain.size() - separator.size(), separator)) {
      plain = trimmed(plain.substr(0, plain.size() - separator.size()));
      break;
    }
  }
  return trimmed(plain, ";,");
}

/// The last alias of a list printed in one line runs into the address: "—X Co., Ltd. Floor 10,
/// ...".
std::size_t end_of_inline_alias(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const bool period = text[i] == '.' && text[i + 1] == ' ';
    const bool line = text[i] == '\n';
    if (line || (period && looks_like_address(text.substr(i + 2, 24)))) {
      return i + 1;
    }
  }
  return text.size();
}

/// Aliases behind "—"; returns where they end.
std::size_t read_alias_list(std::string_view text, std::size_t pos, EntityCell& cell) {
  while (true) {
    std::size_t at = pos;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) {
      ++at;
    }
    const std::size_t dash = at < text.size() ? dash_at(text, at) : 0;
    if (dash == 0) {
      return at;
    }
    at += dash;
    std::size_t end = at;
    while (end < text.size() && text[end] != '\n' && (dash_at(text, end) != 3U)) {
      ++end;
    }
    if (end < text.size() && text[end] != '\n') {
      pos = end; // the next dash in the same line
    } else {
      pos = at + end_of_inline_alias(text.substr(at, end - at));
      end = pos;
    }
    const auto alias = without_separator(text.substr(at, end - at));
    cell.aliases.emplace_back(trimmed(alias, ends_abbreviated(alias) ? "" : "."));
  }
}

std::size_t read_inline_alias(std::string_view text, const AkaMark& mark, EntityCell& cell) {
  const std::size_t next = next_mark(text, mark.end).begin;
  const auto rest = text.substr(mark.end, next - mark.end);
  const std::size_t end = end_of_name(rest);
  cell.aliases.emplace_back(without_separator(rest.substr(0, end)));
  return mark.end + end;
}

void read_remark(std::string_view& text, EntityCell& cell) {
  const std::size_t see = text.rfind("(See ");
  if (see == std::string_view::npos) {
    return;
  }
  cell.remark = trimmed(text.substr(see), "().");
  text = text.substr(0, see);
}

void read_addresses(std::string_view text, EntityCell& cell) {
  read_remark(text, cell);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(";\n"), text.size());
    auto address = trimmed(text.substr(0, end), ",;.");
    if (has_word_at(address, 0, "and")) {
      address = trimmed(address.substr(3));
    }
    if (!address.empty()) {
      cell.addresses.emplace_back(address);
    }
    text.remove_prefix(std::min(text.size(), end + 1));
  }
}

EntityCell read_cell(std::string_view text) {
  EntityCell cell;
  AkaMark mark = next_mark(text, 0);
  if (mark.begin == text.size()) {
    const std::size_t end = end_of_name(text);
    cell.name = trimmed(text.substr(0, end), ",;");
    read_addresses(text.substr(end), cell);
    return cell;
  }
  cell.name = trimmed(text.substr(0, mark.begin), ",;");
  std::size_t pos = mark.begin;
  while (mark.begin < text.size()) {
    pos =
        mark.is_list ? read_alias_list(text, mark.end, cell) : read_inline_alias(text, mark, cell);
    mark = next_mark(text, std::max(pos, mark.end));
    // "a.k.a." further on belongs to an address or a second party, not to this run of aliases.
    if (mark.begin - std::min(pos, mark.begin) > 3) {
      break;
    }
  }
  read_addresses(text.substr(std::min(pos, text.size())), cell);
  return cell;
}

} // namespace

EntityCell parse_entity_cell(std::string_view text) {
  EntityCell cell = read_cell(text);
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

LicenseRequirement parse_license_requirement(std::string_view text) {
  const Folded folded(text);
  const auto plain = folded.text();
  LicenseRequirement requirement;
  if (find_word(plain, "all items subject to the ear") != std::string_view::npos) {
    requirement.scope = LicenseRequirement::Class::all;
  } else if (find_word(plain, "items") != std::string_view::npos ||
             find_word(plain, "item") != std::string_view::npos) {
    requirement.scope = LicenseRequirement::Class::scoped;
  }
  for (std::size_t i = 1; i < plain.size(); ++i) {
    if (!is_digit(plain[i]) || is_digit(plain[i - 1])) {
      continue;
    }
    // A superscript, or a digit glued to what a footnote mark can stand behind.
    const bool superscript = plain[i - 1] == '^';
    const bool after_ear = i >= 3 && plain.substr(i - 3, 3) == "EAR";
    const bool glued =
        after_ear || plain[i - 1] == ')' || (plain[i - 1] == ',' && i >= 2 && plain[i - 2] == ')');
    std::size_t end = i;
    while (end < plain.size() && is_digit(plain[end])) {
      ++end;
    }
    const bool ear99 = after_ear && plain.substr(i, end - i) == "99";
    if ((superscript || glued) && !ear99 && folded.at(end) != '(' &&
        !(folded.at(end) == '.' && is_digit(folded.at(end + 1)))) {
      for (std::size_t digit = i; digit < end; ++digit) {
        requirement.footnotes.insert(plain[digit] - '0');
      }
    }
    i = end;
  }
  return requirement;
}

std::string to_string(const LicenseRequirement& requirement) {
  std::string text = requirement.scope == LicenseRequirement::Class::all      ? "all items"
                     : requirement.scope == LicenseRequirement::Class::scoped ? "some items"
                                                                              : "unknown scope";
  std::string_view separator = requirement.footnotes.size() == 1 ? ", footnote " : ", footnotes ";
  for (const int footnote : requirement.footnotes) {
    text += std::string(separator) + std::to_string(footnote);
    separator = " and ";
  }
  return text;
}

} // namespace regtrail::ear
