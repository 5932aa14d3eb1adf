#include "ear/party_name_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

namespace regtrail::ear {

namespace {

using Words = std::string_view;

constexpr auto npos = std::string_view::npos;

/// Bounds the work on texts that are no names; the longest name of the Entity List has 400 bytes.
constexpr std::size_t longest_name = 4000;

// Sorted lists of words, lower case.

// Without their full stops.
constexpr std::array<Words, 86> legal_forms{
    "ab",   "ad",     "ag",      "ao",   "aps",         "as",  "bhd",          "bv",  "bvba",
    "cjsc", "co",     "company", "corp", "corporation", "dd",  "dmcc",         "doo", "ead",
    "ek",   "eood",   "fgbu",    "fgup", "fsue",        "fz",  "fz-llc",       "fzc", "fzco",
    "fze",  "fzo",    "gk",      "gmbh", "gup",         "inc", "incorporated", "jsc", "kft",
    "kg",   "kgaa",   "kk",      "lda",  "limited",     "llc", "llp",          "lp",  "ltd",
    "ltda", "ltdsti", "mbh",     "nao",  "nv",          "oao", "ojsc",         "ood", "ooo",
    "ou",   "oy",     "oyj",     "pao",  "pjsc",        "plc", "private",      "psc", "pt",
    "pte",  "pty",    "pvt",     "rup",  "sa",          "sal", "sarl",         "sas", "sdn",
    "sia",  "sl",     "slu",     "spa",  "srl",         "sro", "sti",          "tbk", "too",
    "uab",  "wll",    "zao",     "zrt",  "şti"};

// What only says what kind of enterprise it is, before the name proper.
constexpr std::array<Words, 13> words_of_a_form{"budgetary",
                                                "closed",
                                                "enterprise",
                                                "federal",
                                                "joint",
                                                "joint-stock",
                                                "liability",
                                                "open",
                                                "public",
                                                "state",
                                                "stock",
                                                "the",
                                                "unitary"};

// Legal forms behind which no part of the body is named.
constexpr std::array<Words, 27> closing_forms{
    "ag",  "bhd",          "bv",      "co",  "eood", "fzc",  "fzco", "fze", "gmbh",
    "inc", "incorporated", "limited", "llc", "llp",  "ltd",  "nv",   "ood", "ooo",
    "oy",  "plc",          "pte",     "pty", "sa",   "sarl", "srl",  "sti", "şti"};

// A name with one of these names a body that has parts.
constexpr std::array<Words, 28> bodies{
    "academy",     "administration", "agency",      "association", "bureau",       "center",
    "centre",      "college",        "commission",  "committee",   "company",      "concern",
    "corporation", "department",     "directorate", "enterprise",  "factory",      "group",
    "institute",   "institution",    "laboratory",  "ministry",    "organisation", "organization",
    "plant",       "school",         "service",     "university"};

// A segment with one of these names a part of a body.
constexpr std::array<Words, 18> parts_of_a_body{"academy",
                                                "agency",
                                                "association",
                                                "branch",
                                                "bureau",
                                                "college",
                                                "department",
                                                "division",
                                                "factory",
                                                "faculty",
                                                "institute",
                                                "institution",
                                                "lab",
                                                "laboratories",
                                                "laboratory",
                                                "ministry",
                                                "plant",
                                                "school"};

// "Research Center", "Design Office" name a part of a body as well.
constexpr std::array<Words, 7> kinds_of_center{
    "design", "research", "scientific", "service", "technical", "test", "training"};

// A segment that begins with one of these names a part of a body.
constexpr Words openings_of_a_part = "joint stock company|joint-stock company|public joint stock|"
                                     "open joint stock|jsc|pjsc|ojsc|ao|npo|npp|kb|okb|concern|"
                                     "fsue|branch of|key laboratory|center for|centre for";

// "811 Research Institute", "123 Aviation Repair Plant", "No. 7 Factory".
constexpr std::array<Words, 21> numbered_bodies{
    "academy",    "arsenal",    "base",     "brigade", "bureau",   "center",    "centre",
    "company",    "department", "design",   "factory", "hospital", "institute", "institution",
    "laboratory", "plant",      "shipyard", "unit",    "uptk",     "works",     "zavod"};

constexpr Words trade_words = "importers|exporters|consultants|contractors|suppliers|traders|"
                              "manufacturers|and|&";

constexpr Words regions =
    "hong kong|hk|china|macau|taiwan|singapore|japan|asia|asia pacific|international|uk|usa";

constexpr std::array<Words, 36> places_with_a_number{
    "apartment", "apt",       "area",     "bldg", "blk",    "block",  "box",   "building",
    "dom",       "door",      "entrance", "flat", "floor",  "hangar", "house", "km",
    "level",     "lot",       "no",       "nos",  "number", "office", "plot",  "rm",
    "room",      "rooms",     "sector",   "shop", "suite",  "tower",  "unit",  "units",
    "villa",     "warehouse", "workshop", "zone"};

// Of those, the ones that are no part of a name even in the middle of a line.
constexpr std::array<Words, 9> places_in_running_text{
    "apt", "flat", "floor", "office", "rm", "room", "shop", "suite", "warehouse"};

constexpr std::array<Words, 28> street_words{
    "ave",      "avenue",   "bldg",       "blvd",   "boulevard", "building", "cad",
    "caddesi",  "drive",    "embankment", "floor",  "highway",   "lane",     "mah",
    "prospect", "prospekt", "rd",         "road",   "shosse",    "sok",      "sokak",
    "square",   "st",       "str",        "street", "tower",     "ul",       "ulitsa"};

/// The key of a word: lower case, without full stops, commas and quotes, and without the mark of a
/// footnote; "S.A.R.L.," is "sarl". Longer words than any in the lists are cut.
class Key {
public:
  explicit Key(std::string_view word) {
    for (const char c : word.substr(0, word.find('^'))) {
      if (c != '.' && c != ',' && c != '"' && c != '\'' && m_size < m_bytes.size()) {
        m_bytes[m_size++] = to_lower(c);
      }
    }
  }

  [[nodiscard]] std::string_view text() const { return {m_bytes.data(), m_size}; }

private:
  std::array<char, 24> m_bytes{};
  std::size_t m_size = 0;
};

bool is_in(std::span<const Words> sorted, std::string_view word) {
  return std::binary_search(sorted.begin(), sorted.end(), Key(word).text());
}

bool is_of_token(char c) {
  return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80U;
}

/// Calls `holds` for each run of letters and digits until it says true.
template<typename Predicate>
bool any_token(std::string_view text, Predicate holds) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_of_token(text[end])) {
      ++end;
    }
    if (end > at && holds(text.substr(at, end - at))) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

bool contains_one_of(std::string_view text, std::span<const Words> sorted) {
  return any_token(text, [sorted](std::string_view token) { return is_in(sorted, token); });
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit);
}

bool is_legal_form(std::string_view word) {
  return is_in(legal_forms, word);
}

/// The end of the word at `at`, of the whole bracket if it begins with one.
std::size_t end_of_word(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '(') {
    const std::size_t close = text.find(')', at);
    return close == npos ? text.size() : std::min(text.find(' ', close), text.size());
  }
  return std::min(text.find(' ', at), text.size());
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = skip_blanks(text, 0); at < text.size();) {
    const std::size_t end = end_of_word(text, at);
    words.push_back(text.substr(at, end - at));
    at = skip_blanks(text, end);
  }
  return words;
}

std::string_view last_word(std::string_view text) {
  const auto plain = trimmed(text);
  return plain.substr(plain.rfind(' ') + 1);
}

std::string_view first_segment(std::string_view text) {
  return text.substr(0, find_outside_brackets(text, ",;\n"));
}

/// Length of the legal forms that `segment` begins with, brackets between them included: all of
/// " (HK) Ltd.", " Ltd." of " Ltd. Flat 7022". 0 if it begins with something else.
std::size_t length_of_forms(std::string_view segment) {
  std::size_t length = 0;
  bool found = false;
  for (std::size_t at = skip_blanks(segment, 0); at < segment.size();) {
    const std::size_t end = end_of_word(segment, at);
    const auto word = segment.substr(at, end - at);
    const bool form = is_legal_form(word);
    if (!form && word.front() != '(' && !(found && word == "&")) {
      break;
    }
    found = found || form;
    length = end;
    at = skip_blanks(segment, end);
  }
  return found ? length : 0;
}

/// "811 Research Institute", "48th Central Scientific Research Institute".
bool is_numbered_body(std::string_view segment) {
  return contains_one_of(segment, numbered_bodies) && !names_street(segment);
}

bool names_a_part(std::string_view segment) {
  const auto plain = trimmed(segment, "\"“");
  if (names_street(plain)) {
    return false;
  }
  if (any_phrase(openings_of_a_part,
                 [plain](Words opening) { return has_word_at(plain, 0, opening); })) {
    return true;
  }
  bool of_kind = false;
  const bool center = any_token(plain, [&of_kind](std::string_view token) {
    const bool found = of_kind && is_one_of(Key(token).text(), "center|centre|office");
    of_kind = is_in(kinds_of_center, token);
    return found;
  });
  return (center || contains_one_of(plain, parts_of_a_body)) &&
         (!has_digit(plain) || is_numbered_body(plain));
}

/// True when `name` says more than what kind of enterprise it is.
bool has_proper_word(std::string_view name) {
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return !is_legal_form(word) && !is_in(words_of_a_form, word);
  });
}

/// "5", "D", "M-2", "G-22": what a place is numbered with.
bool is_number_of_a_place(std::string_view word) {
  const auto plain = trimmed(word, ",.#");
  return has_digit(plain) || (!plain.empty() && plain.size() <= 2 && is_upper(plain.front()));
}

/// Whether `text` begins with one of `places` and its number: "Room 5", "Flat/Rm 7022".
bool begins_numbered_place(std::string_view text, std::span<const Words> places) {
  const std::size_t begin = skip_blanks(text, 0);
  const std::size_t end = end_of_word(text, begin);
  const auto first = text.substr(begin, end - begin);
  if (first.ends_with(',') || !is_in(places, first.substr(0, first.find('/')))) {
    return false;
  }
  const std::size_t next = skip_blanks(text, end);
  const auto second = text.substr(next, end_of_word(text, next) - next);
  return !second.empty() && (is_number_of_a_place(second) || is_in(places_with_a_number, second));
}

/// "Std. Parts No. 355, Baiyun Road": the number is that of a house; "Zavod No. 9, ..." and "No. 11
/// Research Institute" are names. `text` begins at "No.".
bool is_house_number(std::string_view before, std::string_view text) {
  if (!has_at(text, 0, "no")) {
    return false;
  }
  const auto segment = first_segment(text);
  const auto words = words_of(segment);
  if (words.size() != 2 || !is_one_of(Key(words[0]).text(), "no|nos") || !has_digit(words[1]) ||
      is_in(numbered_bodies, last_word(before)) || segment.size() >= text.size()) {
    return false;
  }
  const auto next = first_segment(text.substr(segment.size() + 1));
  return names_street(next) && !has_digit(next);
}

/// "Example Finance 6 Lothbury, London, EC2R 7HH": a number and one word, and no other street
/// before the postal code.
bool is_bare_house(std::string_view before, std::string_view text) {
  if (text.empty() || !is_digit(text.front())) {
    return false;
  }
  const auto segment = first_segment(text);
  const auto words = words_of(segment);
  const auto rest = text.substr(segment.size());
  return words.size() == 2 && all_digits(words[0]) && words[0].size() <= 4 &&
         is_upper(words[1].front()) && words[1].size() > 3 && !is_legal_form(words[1]) &&
         !is_numbered_body(segment) && !contains_one_of(last_word(before), numbered_bodies) &&
         has_digit(rest) && !names_street(rest);
}

/// Whether an address begins at the blank behind `before` in one segment. `text` follows the blank.
bool address_follows(std::string_view before, std::string_view text) {
  const auto last = last_word(before);
  const bool form = is_legal_form(last);
  if ((form || last.ends_with('.') || last.ends_with(')')) && begins_address(text)) {
    return true;
  }
  if (begins_numbered_place(text, places_in_running_text) || is_house_number(before, text) ||
      is_bare_house(before, text)) {
    return true;
  }
  if (!form) {
    return false;
  }
  const auto segment = first_segment(text);
  if (length_of_forms(segment) == 0 && has_digit(segment) && names_street(segment) &&
      !is_numbered_body(segment)) {
    return true; // "Biota Company Al Thuraya Tower 1, ..."
  }
  // Nothing but "& Co. KG" follows "GmbH" in a name.
  return Key(last).text() == "gmbh" && words_of(segment).size() > 1 && segment.front() != '&' &&
         segment.front() != '(';
}

/// "Asemek San.Sit." in front of a house number is the name of an estate: where it begins, else the
/// end of `before`.
std::size_t begin_of_estate(std::string_view before) {
  const auto last = last_word(before);
  if (!is_one_of(Key(last).text(), "sansit|sit|mah|mh|sok|sk|cad|cd")) {
    return before.size();
  }
  const auto rest = trimmed(before.substr(0, before.size() - last.size()));
  const std::size_t blank = rest.rfind(' ');
  return blank == npos ? before.size() : blank;
}

/// Where an address begins within the first segment, npos if it does not.
std::size_t find_address(std::string_view text, std::size_t end) {
  text = text.substr(0, longest_name);
  end = std::min(end, text.size());
  for (std::size_t at = 0; at < end; ++at) {
    at = find_outside_brackets(text, " ", at);
    if (at >= end) {
      break;
    }
    const auto before = text.substr(0, at);
    if (address_follows(before, text.substr(at + 1)) && has_proper_word(before)) {
      return begin_of_estate(before);
    }
  }
  return npos;
}

/// How much of the `segment` behind a comma belongs to `name`; `following` stands behind it.
std::size_t
length_in_name(std::string_view name, std::string_view segment, std::string_view following) {
  const auto plain = trimmed(segment, ".");
  if (plain.empty()) {
    return 0;
  }
  if (const std::size_t forms = length_of_forms(segment); forms != 0) {
    const auto rest = trimmed(segment.substr(forms));
    const bool goes_on = rest.empty() || has_word_at(rest, 0, "of") || rest.front() == '&' ||
                         (names_a_part(rest) && !begins_address(rest)) ||
                         (rest.size() <= 4 && std::all_of(rest.begin(), rest.end(), is_upper));
    // "G.K. Dianabad" is no Godo Kaisha
    const bool plain_form = is_in(closing_forms, last_word(segment.substr(0, forms)));
    return goes_on ? segment.size() : plain_form || begins_address(rest) ? forms : 0;
  }
  const auto words = words_of(plain);
  const bool bracket = words.size() == 1 && plain.front() == '(';
  const bool trade = std::all_of(words.begin(), words.end(), [](std::string_view word) {
    return is_one_of(Key(word).text(), trade_words);
  });
  if (bracket || trade) {
    return segment.size();
  }
  // "Example Technology, Hong Kong Co., Ltd."
  if (is_legal_form(words.back()) && length_of_forms(first_segment(following)) != 0 &&
      is_one_of(lowered(trimmed(plain.substr(0, plain.size() - words.back().size()))), regions)) {
    return segment.size();
  }
  const bool may_have_parts =
      contains_one_of(name, bodies) && !is_in(closing_forms, last_word(name));
  return may_have_parts && names_a_part(plain) && !begins_address(plain) ? segment.size() : 0;
}

/// The line or the part of it before a semicolon; "'Zvezda;' and" has none.
std::string_view first_part(std::string_view text) {
  std::size_t end = find_outside_brackets(text, ";\n");
  while (end + 1 < text.size() && text[end] == ';' &&
         (text[end + 1] == '\'' || text[end + 1] == '"')) {
    end = find_outside_brackets(text, ";\n", end + 1);
  }
  return text.substr(0, end);
}

/// Whether the full stop at `stop` parts an alias from an address without a number in front:
/// "Leihua. Wuxi, China", "Mako Holding. Bohdan Avenue, Building 102".
bool ends_sentence(std::string_view line, std::size_t stop) {
  const std::size_t behind = line.find_first_not_of("'\"", stop + 1);
  if (behind == npos || (!is_blank(line[behind]) && !is_digit(line[behind]))) {
    return false;
  }
  const auto next = trimmed(line.substr(behind));
  if (next.empty()) {
    return false;
  }
  const auto before = trimmed(line.substr(0, stop), "'\"");
  const auto word = before.substr(before.rfind(' ') + 1);
  constexpr std::size_t shortest = 5; // shorter ones are abbreviations: "Tech.", "Inst."
  const bool plain_word = word.size() >= shortest && is_lower(word.back());
  const std::size_t comma = find_outside_brackets(next, ",");
  const auto words = next.substr(0, comma);
  const bool place_only =
      comma == next.size() || !begins_address(next.substr(std::min(comma + 1, next.size())));
  if (ends_in_legal_form(before)) {
    const bool one_place =
        place_only && !ends_in_legal_form(words) && words.find(' ') == npos && comma < next.size();
    return !ends_in_abbreviated_form(line.substr(0, stop + 1)) || names_street(words) || one_place;
  }
  return plain_word && (place_only || names_street(words) || is_digit(next.front()));
}

} // namespace

std::size_t find_outside_brackets(std::string_view text, std::string_view marks, std::size_t from) {
  int depth = 0;
  std::size_t opened = npos;
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '(' && depth++ == 0) {
      opened = i;
    } else if (text[i] == ')' && depth > 0) {
      --depth;
    } else if (depth == 0 && marks.find(text[i]) != npos) {
      return i;
    }
  }
  return depth == 0 ? text.size() : std::min(text.find_first_of(marks, opened), text.size());
}

bool names_street(std::string_view text) {
  return contains_one_of(text, street_words);
}

bool begins_address(std::string_view text) {
  const auto plain = trimmed(text);
  if (plain.empty()) {
    return false;
  }
  if (is_digit(plain.front())) {
    return !is_numbered_body(first_segment(plain));
  }
  if (plain.front() == '#' || begins_numbered_place(plain, places_with_a_number)) {
    return true;
  }
  constexpr Words openings = "p.o.|p.o|po box|p o box|box no.|c/o|g/f|ground floor|first floor|"
                             "second floor|third floor|address:|ulitsa|ul.|d.|post office box";
  return any_phrase(openings, [plain](Words opening) { return has_at(plain, 0, opening); });
}

bool ends_in_legal_form(std::string_view name) {
  return is_legal_form(last_word(name));
}

bool ends_in_abbreviated_form(std::string_view name) {
  const auto last = last_word(name);
  constexpr Words abbreviations = "co|corp|ltd|inc|bhd|pte|pty|pvt|sti|şti|ltdsti|mfg|intl";
  const auto dots = std::count(last.begin(), last.end(), '.');
  return last.ends_with('.') &&
         (is_one_of(Key(last).text(), abbreviations) || (dots > 1 && is_legal_form(last)));
}

std::size_t end_of_name(std::string_view text) {
  const auto line = text.substr(0, find_outside_brackets(text, ";\n"));
  std::size_t end = find_outside_brackets(line, ",");
  if (const std::size_t address = find_address(line, end); address != npos) {
    return address;
  }
  while (end < std::min(line.size(), longest_name)) {
    const std::size_t next = find_outside_brackets(line, ",", end + 1);
    const auto segment = line.substr(end + 1, next - end - 1);
    const std::size_t length =
        length_in_name(line.substr(0, end), segment, line.substr(std::min(next + 1, line.size())));
    if (length < segment.size() || segment.empty()) {
      return length == 0 ? end : end + 1 + length;
    }
    end = next;
  }
  return end;
}

std::size_t end_of_alias(std::string_view text, bool alone) {
  const auto line = first_part(text);
  std::size_t end = line.size();
  if (alone) {
    end = end_of_name(line);
  } else {
    for (std::size_t comma = find_outside_brackets(line, ","); comma < line.size();
         comma = find_outside_brackets(line, ",", comma + 1)) {
      if (begins_address(line.substr(comma + 1))) {
        end = comma;
        break;
      }
    }
  }
  const auto near = line.substr(0, longest_name);
  for (std::size_t stop = near.find('.'); alone && stop < end; stop = near.find('.', stop + 1)) {
    if (ends_sentence(near, stop)) {
      return stop + 1;
    }
  }
  return end;
}

} // namespace regtrail::ear
