#include "ear/alias_mark_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace regtrail::ear {

namespace {

using Words = std::string_view;

constexpr auto npos = std::string_view::npos;
constexpr Words em_dash = "\u2014";
constexpr Words en_dash = "\u2013";

bool begins_word(std::string_view text, std::size_t at) {
  return at == 0 || !is_alnum(text[at - 1]);
}

/// "a.k.a.", "aka", "f/k/a", "d.b.a" at `at`: where it ends, `at` if it is none.
std::size_t end_of_initials(std::string_view text, std::size_t at) {
  constexpr std::array<Words, 6> all{"aka", "fka", "nka", "oka", "dba", "t/a"};
  for (const Words initials : all) {
    std::size_t i = at;
    bool dotted = initials == "t/a";
    bool upper = false;
    std::size_t letter = 0;
    for (; letter < initials.size() && i < text.size(); ++letter) {
      if (to_lower(text[i]) != initials[letter]) {
        break;
      }
      upper = upper || is_upper(text[i]);
      ++i;
      if (i < text.size() && (text[i] == '.' || (text[i] == '/' && letter + 1 < initials.size() &&
                                                 initials[letter + 1] != '/'))) {
        dotted = true;
        ++i;
      }
    }
    const bool whole = letter == initials.size() && (i >= text.size() || !is_alnum(text[i]));
    if (whole && (dotted || !upper)) {
      return i;
    }
  }
  return at;
}

/// "the following two aliases:", "and the three following aliases" before a line break, at `at`:
/// where the list begins, npos if there is none.
std::size_t begin_of_list(std::string_view text, std::size_t at, bool after_initials) {
  constexpr std::size_t longest = 120;
  const auto near = text.substr(at, longest);
  const std::size_t end = std::min(near.find_first_of(":\n"), near.find(em_dash));
  if (end == npos) {
    return npos;
  }
  const std::string head = lowered(near.substr(0, end));
  const auto lead = std::string_view(head).substr(0, head.find("follow"));
  const bool names = head.find("alias") != npos || head.find("aliaes") != npos;
  static constexpr Words leading_words = "the|and|as|including|two|three|four|five|six|seven|eight";
  const auto words = split(lead, ' ');
  const bool leads = lead.size() < head.size() &&
                     std::all_of(words.begin(), words.end(), [](std::string_view word) {
                       return is_one_of(word, leading_words);
                     });
  const bool one = after_initials && names && head.starts_with("the "); // "the one alias:"
  if ((!leads && !one) || (!names && !after_initials)) {
    return npos;
  }
  return at + end + (near[end] == ':' ? 1 : 0);
}

std::size_t end_of_phrase(std::string_view text, std::size_t at) {
  constexpr Words phrases = "also known as|formerly known as|formally known as|doing business as|"
                            "trading as|now known as";
  std::size_t end = at;
  if (any_phrase(phrases, [&](Words phrase) {
        end = has_word_at(text, at, phrase) ? at + phrase.size() : at;
        return end != at;
      })) {
    return end;
  }
  const bool in_bracket = at > 0 && text[at - 1] == '(';
  return in_bracket && has_word_at(text, at, "formerly") ? at + Words("formerly").size() : at;
}

/// A first look at two letters: most words are no marks.
bool may_begin_mark(std::string_view text, std::size_t at) {
  constexpr std::array<std::pair<char, Words>, 6> pairs{
      {{'a', "./kl"}, {'d', "./bo"}, {'f', "./ko"}, {'n', "./ko"}, {'o', "./k"}, {'t', "/hr"}}};
  const char first = to_lower(text[at]);
  const char second = at + 1 < text.size() ? to_lower(text[at + 1]) : ' ';
  return begins_word(text, at) &&
         std::any_of(pairs.begin(), pairs.end(), [first, second](const auto& pair) {
           return pair.first == first && pair.second.find(second) != npos;
         });
}

/// The mark at `at`, if one begins there.
std::optional<Mark> mark_at(std::string_view text, std::size_t at) {
  if (!may_begin_mark(text, at)) {
    return std::nullopt;
  }
  std::size_t end = end_of_initials(text, at);
  if (end == at) {
    end = end_of_phrase(text, at);
  }
  if (end != at) {
    end = std::min(text.find_first_not_of(", .", end), text.size());
    const std::size_t list = begin_of_list(text, end, true);
    if (list != npos) {
      return Mark{at, list, true};
    }
    const std::size_t next = skip_space(text, end);
    return Mark{at, next, next < text.size() && dash_at(text, next) != 0};
  }
  if (has_word_at(text, at, "the") || has_word_at(text, at, "following")) {
    const std::size_t list = begin_of_list(text, at, false);
    if (list != npos) {
      return Mark{at, list, true};
    }
  }
  return std::nullopt;
}

} // namespace

std::size_t skip_space(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \n\t", at), text.size());
}

std::size_t dash_at(std::string_view text, std::size_t at) {
  const auto here = text.substr(at, em_dash.size());
  if (here == em_dash || here == en_dash) {
    return here.size();
  }
  const bool hyphen = !here.empty() && here.front() == '-';
  return hyphen && (at == 0 || is_blank(text[at - 1])) ? 1 : 0;
}

Mark next_mark(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (const auto mark = mark_at(text, at)) {
      return *mark;
    }
  }
  return {text.size(), text.size(), false};
}

std::size_t number_of_aliases(std::string_view mark) {
  constexpr std::array<Words, 20> numbers{"one",     "two",       "three",    "four",     "five",
                                          "six",     "seven",     "eight",    "nine",     "ten",
                                          "eleven",  "twelve",    "thirteen", "fourteen", "fifteen",
                                          "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
  const std::size_t at = find_word(mark, "following");
  for (std::size_t i = 0; at != npos && i < numbers.size(); ++i) {
    if (has_word_at(mark, at + Words("following ").size(), numbers[i])) {
      return i + 1;
    }
  }
  return 0;
}

} // namespace regtrail::ear
