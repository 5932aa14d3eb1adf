// Citations in the forms in which people type and copy them.
#include "model/citation_reader.hpp"
#include "model/supplement.hpp"
#include "model/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace regtrail {
namespace citation_detail {
namespace {

/// Characters of a Japanese keyboard as those of ASCII: full width, the blank, stop and comma.
std::string narrowed(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    constexpr char32_t first_wide = 0xFF01;
    constexpr char32_t last_wide = 0xFF5E;
    constexpr char32_t blank = 0x3000;
    constexpr char32_t comma = 0x3001;
    constexpr char32_t stop = 0x3002;
    constexpr char32_t long_vowel = 0x30FC;                                 // typed for a dash
    constexpr std::array<char32_t, 3> numbering = {0x7B2C, 0x6761, 0x90E8}; // number, section, part
    constexpr char32_t note = 0x6CE8;
    if (c.valid && c.value >= first_wide && c.value <= last_wide) {
      out.push_back(static_cast<char>(c.value - first_wide + '!'));
    } else if (c.valid && c.value == blank) {
      out.push_back(' ');
    } else if (c.valid && c.value == comma) {
      out.push_back(',');
    } else if (c.valid && c.value == stop) {
      out.push_back('.');
    } else if (c.valid && c.value == long_vowel) {
      out.push_back('-');
    } else if (c.valid && c.value == note) {
      out += "note";
    } else if (!c.valid ||
               std::find(numbering.begin(), numbering.end(), c.value) == numbering.end()) {
      out.append(text.substr(at, c.length));
    }
    at += c.length;
  }
  return out;
}

/// "%28a%29" is "(a)".
std::string percent_decoded(std::string_view text) {
  const auto hex = [](char c) {
    return is_digit(c)                                ? c - '0'
           : to_lower(c) >= 'a' && to_lower(c) <= 'f' ? to_lower(c) - 'a' + 10
                                                      : -1;
  };
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size() && hex(text[at + 1]) >= 0 &&
        hex(text[at + 2]) >= 0) {
      out.push_back(static_cast<char>(hex(text[at + 1]) * 16 + hex(text[at + 2])));
      at += 2;
    } else {
      out.push_back(text[at]);
    }
  }
  return out;
}

std::vector<std::string> pieces_of(std::string_view path) {
  std::vector<std::string> pieces;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (slash > 0) {
      pieces.push_back(percent_decoded(path.substr(0, slash)));
    }
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return pieces;
}

/// "/current/title-15/part-744/section-744.23", "#p-744.23(a)(2)"; "/on/2026-09-01/..." alike.
std::string from_ecfr(const std::vector<std::string>& path, std::string_view fragment) {
  std::string title;
  std::string place;
  for (const std::string& piece : path) {
    if (piece.starts_with("title-")) {
      title = piece.substr(6);
    } else if (piece.starts_with("part-")) {
      place = "Part " + piece.substr(5);
    } else if (piece.starts_with("section-")) {
      place = piece.substr(8);
    } else if (piece.starts_with("appendix-")) {
      place = piece.substr(9);
    }
  }
  if (fragment.starts_with("p-") && fragment.size() > 2 && is_digit(fragment[2])) {
    place = percent_decoded(fragment.substr(2));
  }
  return title.empty() || place.empty() ? std::string() : fmt::format("{} CFR {}", title, place);
}

/// "/documents/2026/09/01/2026-16628/slug", "/d/2026-16628", "/citation/91-FR-52501".
std::string from_federal_register(const std::vector<std::string>& path) {
  if (path.size() >= 2 && path[0] == "citation") {
    std::string page = path[1];
    std::replace(page.begin(), page.end(), '-', ' ');
    return page;
  }
  if (path.size() >= 2 && path[0] == "d") {
    return path[1];
  }
  return path.size() >= 5 && path[0] == "documents" ? path[4] : std::string();
}

/// "/cfr/text/15/744.23", "/cfr/text/15/part-744".
std::string from_cornell(const std::vector<std::string>& path) {
  if (path.size() < 4 || path[0] != "cfr" || path[1] != "text") {
    return {};
  }
  const std::string& place = path[3];
  return fmt::format(
      "{} CFR {}", path[2], place.starts_with("part-") ? "Part " + place.substr(5) : place);
}

/// What the address of a page cites; nullopt for what is no address.
std::optional<std::string> from_address(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (starts_with_ignoring_case(text, scheme)) {
      text.remove_prefix(scheme.size());
    }
  }
  if (starts_with_ignoring_case(text, "www.")) {
    text.remove_prefix(4);
  }
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || text.find(' ') < slash) {
    return std::nullopt;
  }
  const std::string host = lowered(text.substr(0, slash));
  const std::size_t hash = std::min(text.find('#'), text.size());
  const std::size_t query = std::min(text.find('?'), hash);
  const std::vector<std::string> path = pieces_of(text.substr(slash, query - slash));
  if (host == "ecfr.gov") {
    return from_ecfr(path, hash < text.size() ? text.substr(hash + 1) : std::string_view());
  }
  if (host == "federalregister.gov") {
    return from_federal_register(path);
  }
  if (host == "law.cornell.edu") {
    return from_cornell(path);
  }
  return std::nullopt;
}

/// What is read of a citation, in the order of its canonical form.
struct Typed {
  std::string title;
  std::string place;    ///< "744.23", "Part 744", "Supplement No. 4 to Part 744", "ECCN 3B001"
  std::string category; ///< of the U.S. Munitions List: "Category VIII"
  std::string paragraphs;
  std::string note;

  [[nodiscard]] std::string citation() const {
    const bool titled = !title.empty() && !place.starts_with("ECCN");
    std::string out = titled ? title + " CFR " + place : place;
    if (!category.empty()) {
      out += fmt::format("{}{}{}", separator, category, paragraphs.empty() ? "" : separator);
    }
    out += paragraphs;
    return note.empty() ? out : fmt::format("{}{}{}", out, separator, note);
  }
};

/// Regulations that people call by their names, and their titles.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> regulations = {
    {{"ear", "15"},
     {"export administration regulations", "15"},
     {"itar", "22"},
     {"international traffic in arms regulations", "22"},
     {"dfars", "48"},
     {"far", "48"},
     {"federal acquisition regulation", "48"}}};

bool take_any(Reader& reader, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return word.ends_with('.') ? reader.take_start(word) : reader.take_word(word);
  });
}

void take_comma(Reader& reader) {
  reader.skip_blanks();
  reader.take(",");
  reader.skip_blanks();
}

/// "(a) (2)"; appended.
void take_paragraphs(Reader& reader, std::string& paragraphs) {
  while (true) {
    Reader ahead = reader;
    ahead.skip_blanks();
    const std::string_view rest = ahead.rest();
    const std::size_t close = std::min(rest.find(')'), rest.size());
    std::string name(rest.substr(0, std::min(close + 1, rest.size())));
    name.erase(std::remove(name.begin(), name.end(), ' '), name.end());
    if (!is_paragraph_name(name)) {
      return;
    }
    paragraphs += name;
    ahead.skip(close + 1);
    reader = ahead;
  }
}

bool take_cfr(Reader& reader) {
  return reader.take_start("cfr") || reader.take_start("c.f.r.") || reader.take_start("c.f.r") ||
         reader.take_start("code of federal regulations");
}

/// "15 CFR", "Title 15 CFR", "title 15 of the Code of Federal Regulations", "the EAR".
bool take_title(Reader& reader, std::string& title) {
  Reader ahead = reader;
  ahead.take_word("the");
  for (const auto& [name, number] : regulations) {
    if (ahead.take_word(name)) {
      title = number;
      reader = ahead;
      take_comma(reader);
      return true;
    }
  }
  const bool named = ahead.take_word("title");
  const std::string digits(ahead.take_while(is_digit));
  ahead.skip_blanks();
  if (digits.empty() || digits.size() > 2) {
    return false;
  }
  Reader behind = ahead;
  take_comma(behind);
  behind.take_word("of");
  behind.take_word("the");
  if (take_cfr(behind)) {
    ahead = behind;
  } else if (!named) {
    return false;
  }
  title = digits;
  reader = ahead;
  take_comma(reader);
  return true;
}

/// "744.23", without the stop that ends a sentence.
std::string take_section_number(Reader& reader) {
  Reader ahead = reader;
  std::string_view number =
      ahead.take_while([](char c) { return is_alnum(c) || c == '.' || c == '-'; });
  while (!number.empty() && !is_alnum(number.back())) {
    number.remove_suffix(1);
  }
  const std::size_t dot = number.find('.');
  if (number.empty() || !is_digit(number[0]) || dot == std::string_view::npos) {
    return {};
  }
  reader.skip(number.size());
  return std::string(number);
}

bool take_section_words(Reader& reader) {
  bool taken = false;
  while (reader.take("\u00a7") || take_any(reader,
                                           {"sections",
                                            "section",
                                            "secs.",
                                            "sec.",
                                            "sec",
                                            "sect.",
                                            "parts",
                                            "part",
                                            "clause",
                                            "provision"})) {
    taken = true;
    reader.skip_blanks();
  }
  return taken;
}

/// "supp. no. 4"; its number.
std::string take_supplement(Reader& reader) {
  if (!take_any(reader, {"supplement", "suppl.", "supp.", "supp"})) {
    return {};
  }
  reader.take(".");
  reader.skip_blanks();
  if (take_any(reader, {"number", "no"})) {
    reader.take(".");
    reader.skip_blanks();
  }
  return std::string(reader.take_while(is_digit));
}

/// "part 744", "part 744, supplement no. 4", "supplement no. 4, part 744".
bool take_part_or_supplement(Reader& reader, const std::string& title, std::string& place) {
  Reader ahead = reader;
  std::string supplement = take_supplement(ahead);
  if (!supplement.empty()) {
    take_comma(ahead);
    take_any(ahead, {"to", "of"});
  }
  const bool named = take_any(ahead, {"parts", "part"});
  const std::string part(ahead.take_while(is_digit));
  if (part.empty() || part.size() > 4 || is_alnum(ahead.peek()) ||
      (!named && title.empty() && supplement.empty())) {
    return false;
  }
  if (supplement.empty()) {
    Reader behind = ahead;
    take_comma(behind);
    supplement = take_supplement(behind);
    ahead = supplement.empty() ? ahead : behind;
  }
  place = supplement.empty() ? "Part " + part : supplement_name(supplement, part);
  reader = ahead;
  return true;
}

/// "Category VIII", "Cat. VIII", "VIII" of the U.S. Munitions List.
bool take_category(Reader& reader, bool named, std::string& category) {
  Reader ahead = reader;
  take_comma(ahead);
  if (!take_any(ahead, {"category", "cat.", "cat"}) && named) {
    return false;
  }
  std::string number(ahead.take_while(is_alpha));
  std::transform(number.begin(), number.end(), number.begin(), [](char c) {
    return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (number.empty() || number.find_first_not_of("IVX") != std::string::npos) {
    return false;
  }
  category = "Category " + number;
  reader = ahead;
  return true;
}

bool take_munitions_list(Reader& reader) {
  Reader ahead = reader;
  ahead.take_word("the");
  if (!take_any(
          ahead,
          {"usml", "u.s. munitions list", "united states munitions list", "munitions list"})) {
    return false;
  }
  reader = ahead;
  return true;
}

bool take_eccn(Reader& reader, std::string& place) {
  Reader ahead = reader;
  take_any(ahead, {"ccl", "commerce control list"});
  if (ahead.take_start("eccn")) {
    ahead.take(":");
    ahead.skip_blanks();
  }
  std::string eccn(ahead.take_while([](char c) { return is_alnum(c) || c == '.'; }));
  while (eccn.ends_with('.')) {
    eccn.pop_back();
  }
  if (eccn.size() < 5 || (eccn.size() > 5 && eccn[5] != '.')) {
    return false;
  }
  eccn[1] = is_lower(eccn[1]) ? static_cast<char>(eccn[1] - 'a' + 'A') : eccn[1];
  if (!is_eccn(std::string_view(eccn).substr(0, 5))) {
    return false;
  }
  place = "ECCN " + eccn;
  reader = ahead;
  return true;
}

/// "paragraph (a)(2) of", "note 1 to paragraph (a)(2) of", in front of the section.
void take_inner_place(Reader& reader, Typed& typed) {
  Reader ahead = reader;
  Typed found;
  if (ahead.take_word("note")) {
    const std::string number(ahead.take_while(is_digit));
    found.note = number.empty() ? "Note" : "Note " + number;
    ahead.skip_blanks();
    if (!take_any(ahead, {"to", "of"})) {
      return;
    }
    reader = ahead;
    typed.note = found.note;
  }
  take_any(ahead, {"paragraphs", "paragraph", "para.", "para", "subparagraph", "clause"});
  take_paragraphs(ahead, found.paragraphs);
  ahead.skip_blanks();
  if (!found.paragraphs.empty() && take_any(ahead, {"of", "in", "to"})) {
    typed.paragraphs = found.paragraphs;
    reader = ahead;
  }
}

/// ", note", "of title 15", "of the EAR", "et seq.", a full stop.
void take_tail(Reader& reader, Typed& typed) {
  for (std::size_t left = reader.rest().size() + 1; left != reader.rest().size();) {
    left = reader.rest().size();
    take_comma(reader);
    Reader ahead = reader;
    if (take_any(ahead, {"of", "in"}) &&
        (take_title(ahead, typed.title) || take_munitions_list(ahead) ||
         take_any(ahead, {"the ccl", "the commerce control list"}) ||
         (ahead.take_word("the") && take_cfr(ahead)))) {
      reader = ahead;
    } else if (take_any(reader, {"notes", "note", "et seq.", "et seq"})) {
      const std::string number(reader.take_while(is_digit));
      typed.note = number.empty() ? typed.note : "Note " + number;
    } else if (reader.rest() == "." || reader.rest() == ";") {
      reader.skip(1);
    }
  }
}

std::string read_typed(std::string_view text) {
  Reader reader(text);
  Typed typed;
  take_inner_place(reader, typed);
  take_title(reader, typed.title);
  if (take_munitions_list(reader)) {
    typed.title = "22";
    typed.place = "121.1";
    if (!take_category(reader, false, typed.category)) {
      return {};
    }
  } else if (Reader ahead = reader; take_category(ahead, true, typed.category)) {
    take_paragraphs(ahead, typed.paragraphs);
    ahead.skip_blanks();
    if (!take_any(ahead, {"of"}) || !take_munitions_list(ahead)) {
      return {};
    }
    reader = ahead;
    typed.title = "22";
    typed.place = "121.1";
  } else if (!take_eccn(reader, typed.place)) {
    ahead = reader;
    take_section_words(ahead);
    typed.place = take_section_number(ahead);
    if (!typed.place.empty()) {
      reader = ahead;
      take_category(reader, true, typed.category);
    } else if (!take_part_or_supplement(reader, typed.title, typed.place)) {
      return {};
    } else if (typed.title == "22" && typed.place == "Part 121" &&
               take_category(reader, true, typed.category)) {
      typed.place = "121.1";
    }
  }
  if (typed.paragraphs.empty()) {
    Reader ahead = reader;
    take_comma(ahead);
    take_any(ahead, {"paragraphs", "paragraph", "para.", "para"});
    take_paragraphs(ahead, typed.paragraphs);
    reader = typed.paragraphs.empty() ? reader : ahead;
  }
  take_tail(reader, typed);
  reader.skip_blanks();
  if (typed.title.empty() && !typed.category.empty() && typed.place == "121.1") {
    typed.title = "22";
  }
  return reader.done() ? typed.citation() : std::string();
}

/// "91 FR 52501" of "91FR52501" and "91 F.R. 52501", "EO 14320" of "EO14320".
std::string read_document(std::string_view text) {
  Reader reader(text);
  if (reader.take_start("executive order") || reader.take_start("exec. order") ||
      reader.take_start("e.o.") || reader.take_start("eo")) {
    return reader.take_start("no.") || is_digit(reader.peek())
               ? fmt::format("EO {}", trimmed(reader.rest(), "."))
               : std::string();
  }
  if (reader.take_start("fr doc")) {
    reader.take(".");
    reader.skip_blanks();
    reader.take_start("no.");
    return std::string(trimmed(reader.rest(), "."));
  }
  const std::string volume(reader.take_while(is_digit));
  reader.skip_blanks();
  if (!volume.empty() && (reader.take_start("fr") || reader.take_start("f.r.") ||
                          reader.take_start("fed. reg.") || reader.take_start("fed reg"))) {
    return fmt::format("{} FR {}", volume, trimmed(reader.rest(), "."));
  }
  return {};
}

} // namespace

std::string as_typed(std::string_view text) {
  constexpr std::size_t longest = 400; // nobody types more
  if (text.size() > longest) {
    return {};
  }
  const std::size_t cut = std::min(text.find(separator), text.size());
  const std::string head = narrowed(text.substr(0, cut));
  std::string whole(trimmed(head, "\"'<>"));
  whole.erase(whole.find_last_not_of(" .,;") + 1);
  if (auto cited = from_address(whole)) {
    return *cited;
  }
  std::string read = read_typed(whole);
  if (read.empty()) {
    read = read_document(whole);
  }
  if (read.empty() && whole != text) {
    read = whole; // the characters alone were in the way
  }
  return read.empty() ? read : read.append(text.substr(cut));
}

std::string nearest_form(std::string_view text) {
  std::string plain;
  for (const char c : narrowed(trimmed(text))) {
    plain.push_back(is_lower(c) && plain.size() == 1 ? static_cast<char>(c - 'a' + 'A') : c);
  }
  constexpr std::size_t category_and_group = 2;
  if (plain.size() > category_and_group &&
      std::string_view(". -").find(plain[category_and_group]) != std::string_view::npos) {
    plain.erase(category_and_group, 1);
    if (is_eccn(std::string_view(plain).substr(0, 5)) && (plain.size() == 5 || plain[5] == '.')) {
      return "ECCN " + plain;
    }
    return {};
  }
  const std::size_t mark = plain.find_first_not_of("0123456789");
  constexpr std::size_t part = 3;
  if (mark == part && std::string_view(",-/:").find(plain[mark]) != std::string_view::npos &&
      all_digits(std::string_view(plain).substr(mark + 1))) {
    plain[mark] = '.';
    return plain;
  }
  return {};
}

} // namespace citation_detail
} // namespace regtrail
