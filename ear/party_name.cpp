#include "ear/party_name_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace regtrail::ear {

namespace {

using Words = std::string_view;

constexpr auto npos = std::string_view::npos;

// Without their full stops.
constexpr Words legal_forms =
    "co|corp|corporation|company|limited|ltd|inc|incorporated|llc|llp|lp|plc|jsc|cjsc|ojsc|pjsc|"
    "oao|ao|zao|pao|ooo|nao|too|fsue|fgup|fgbu|gup|rup|uab|sia|ou|ood|eood|ad|ead|doo|dd|gmbh|"
    "mbh|ag|kg|kgaa|ek|bv|nv|bvba|sa|sarl|sas|sal|srl|sro|spa|sl|slu|ltda|lda|bhd|sdn|pte|pty|"
    "pvt|private|pt|tbk|kk|gk|ab|as|aps|oy|oyj|kft|zrt|fze|fzc|fzco|fzo|fz|fz-llc|dmcc|wll|psc|"
    "sti|şti|ltdsti";

// What only says what kind of enterprise it is, before the name proper.
constexpr Words words_of_a_form = "joint|joint-stock|stock|open|public|closed|liability|federal|"
                                  "state|unitary|enterprise|budgetary|the";

// Legal forms behind which no part of the body is named.
constexpr Words closing_forms = "co|limited|ltd|inc|incorporated|llc|llp|gmbh|ag|bv|nv|sa|sarl|srl|"
                                "pte|pty|bhd|fze|fzc|fzco|sti|şti|oy|plc|ood|eood|ooo";

// A name with one of these names a body that has parts.
constexpr Words bodies = "academy|institute|institution|university|college|ministry|department|"
                         "corporation|bureau|center|centre|laboratory|factory|plant|school|agency|"
                         "commission|committee|administration|enterprise|association|organization|"
                         "organisation|directorate|concern|group|company|service";

// A segment with one of these names a part of a body.
constexpr Words parts_of_a_body =
    "institute|institution|academy|department|faculty|laboratory|division|branch|bureau|school|"
    "college|ministry|factory|plant|agency|association|design office|research center|"
    "research centre|scientific center|service center|test center|technical center|"
    "training center|laboratories|lab";

// A segment that begins with one of these names a part of a body.
constexpr Words openings_of_a_part = "joint stock company|joint-stock company|public joint stock|"
                                     "open joint stock|jsc|pjsc|ojsc|ao|npo|npp|kb|okb|concern|"
                                     "fsue|branch of|key laboratory|center for|centre for";

// "811 Research Institute", "123 Aviation Repair Plant", "No. 7 Factory".
constexpr Words numbered_bodies = "institute|academy|factory|plant|arsenal|shipyard|bureau|center|"
                                  "centre|department|zavod|company|institution|laboratory|base|"
                                  "hospital|uptk|brigade|unit|design|works";

constexpr Words trade_words = "importers|exporters|consultants|contractors|suppliers|traders|"
                              "manufacturers|and|&";

constexpr Words regions =
    "hong kong|hk|china|macau|taiwan|singapore|japan|asia|asia pacific|international|uk|usa";

constexpr Words places_with_a_number =
    "no|nos|number|room|rooms|rm|unit|units|flat|floor|suite|block|blk|building|bldg|box|office|"
    "level|shop|house|apt|apartment|villa|plot|lot|warehouse|workshop|zone|area|sector|dom|km|"
    "entrance|tower|hangar|door|post box";

// Of those, the ones that are no part of a name even in the middle of a line.
constexpr Words places_in_running_text = "room|rm|flat|suite|floor|office|shop|warehouse|apt";

constexpr Words street_words =
    "street|st|str|road|rd|avenue|ave|lane|highway|boulevard|blvd|drive|ulitsa|ul|prospekt|"
    "prospect|shosse|square|embankment|mah|cad|sok|sokak|caddesi|building|bldg|floor|tower";

bool contains_word(std::string_view text, std::string_view word) {
  return find_word(text, word) != npos;
}

bool contains_one_of(std::string_view text, Words words) {
  return any_phrase(words, [text](Words word) { return contains_word(text, word); });
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit);
}

/// "S.A.R.L.," -> "sarl"
std::string key_of(std::string_view word) {
  std::string key;
  for (const char c : word.substr(0, word.find('^'))) { // without the mark of a footnote
    if (c != '.' && c != ',' && c != '"' && c != '\'') {
      key.push_back(to_lower(c));
    }
  }
  return key;
}

bool is_legal_form(std::string_view word) {
  return is_one_of(key_of(word), legal_forms);
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
  return contains_one_of(plain, parts_of_a_body) && (!has_digit(plain) || is_numbered_body(plain));
}

/// True when `name` says more than what kind of enterprise it is.
bool has_proper_word(std::string_view name) {
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return !is_legal_form(word) && !is_one_of(key_of(word), words_of_a_form);
  });
}

/// "5", "D", "M-2", "G-22": what a place is numbered with.
bool is_number_of_a_place(std::string_view word) {
  const auto plain = trimmed(word, ",.#");
  return has_digit(plain) || (!plain.empty() && plain.size() <= 2 && is_upper(plain.front()));
}

/// Whether `text` begins with one of `places` and its number: "Room 5", "Flat/Rm 7022".
bool begins_numbered_place(std::string_view text, Words places) {
  const auto words = words_of(text.substr(0, 60));
  if (words.size() < 2) {
    return false;
  }
  const auto first = key_of(words[0]);
  const auto head = std::string_view(first).substr(0, first.find('/'));
  return !words[0].ends_with(',') && is_one_of(head, places) &&
         (is_number_of_a_place(words[1]) || is_one_of(key_of(words[1]), places_with_a_number));
}

/// "Std. Parts No. 355, Baiyun Road": the number is that of a house; "Zavod No. 9, ..." and "No. 11
/// Research Institute" are names. `text` begins at "No.".
bool is_house_number(std::string_view before, std::string_view text) {
  const auto segment = first_segment(text);
  const auto words = words_of(segment);
  if (words.size() != 2 || (key_of(words[0]) != "no" && key_of(words[0]) != "nos") ||
      !has_digit(words[1]) || is_one_of(key_of(last_word(before)), numbered_bodies) ||
      segment.size() >= text.size()) {
    return false;
  }
  const auto next = first_segment(text.substr(segment.size() + 1));
  return names_street(next) && !has_digit(next);
}

/// "Example Finance 6 Lothbury, London, EC2R 7HH": a number and one word, and no other street
/// before the postal code.
bool is_bare_house(std::string_view before, std::string_view text) {
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
  const bool closed = is_legal_form(last) || last.ends_with('.') || last.ends_with(')');
  if (closed && begins_address(text)) {
    return true;
  }
  if (begins_numbered_place(text, places_in_running_text) || is_house_number(before, text) ||
      is_bare_house(before, text)) {
    return true;
  }
  const auto segment = first_segment(text);
  if (is_legal_form(last) && length_of_forms(segment) == 0 && has_digit(segment) &&
      names_street(segment) && !is_numbered_body(segment)) {
    return true; // "Biota Company Al Thuraya Tower 1, ..."
  }
  // Nothing but "& Co. KG" follows "GmbH" in a name.
  return key_of(last) == "gmbh" && words_of(segment).size() > 1 && segment.front() != '&' &&
         segment.front() != '(';
}

/// "Asemek San.Sit." in front of a house number is the name of an estate: where it begins, else the
/// end of `before`.
std::size_t begin_of_estate(std::string_view before) {
  const auto last = last_word(before);
  if (!is_one_of(key_of(last), "sansit|sit|mah|mh|sok|sk|cad|cd")) {
    return before.size();
  }
  const auto rest = trimmed(before.substr(0, before.size() - last.size()));
  const std::size_t blank = rest.rfind(' ');
  return blank == npos ? before.size() : blank;
}

/// Where an address begins within the first segment, npos if it does not.
std::size_t find_address(std::string_view text, std::size_t end) {
  for (std::size_t at = 0; at < end; ++at) {
    at = find_outside_brackets(text, " ", at);
    if (at >= end) {
      break;
    }
    const auto before = text.substr(0, at);
    if (has_proper_word(before) && address_follows(before, text.substr(at + 1))) {
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
    const bool plain_form = is_one_of(key_of(last_word(segment.substr(0, forms))), closing_forms);
    return goes_on ? segment.size() : plain_form || begins_address(rest) ? forms : 0;
  }
  const auto words = words_of(plain);
  const bool bracket = words.size() == 1 && plain.front() == '(';
  const bool trade = std::all_of(words.begin(), words.end(), [](std::string_view word) {
    return is_one_of(key_of(word), trade_words);
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
      contains_one_of(name, bodies) && !is_one_of(key_of(last_word(name)), closing_forms);
  return may_have_parts && names_a_part(plain) && !begins_address(plain) ? segment.size() : 0;
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
         (is_one_of(key_of(last), abbreviations) || (dots > 1 && is_legal_form(last)));
}

std::size_t end_of_name(std::string_view text) {
  const auto line = text.substr(0, find_outside_brackets(text, ";\n"));
  std::size_t end = find_outside_brackets(line, ",");
  if (const std::size_t address = find_address(line, end); address != npos) {
    return address;
  }
  while (end < line.size()) {
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

} // namespace regtrail::ear
