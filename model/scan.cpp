#include "model/scan.hpp"

#include <algorithm>
#include <array>

namespace regtrail {

namespace {

struct Fold {
  std::string_view from;
  std::string_view to;
};

// Characters outside ASCII that the services print in place of plain ones, sorted.
constexpr std::array folds = {
    Fold{"\u00a0", " "},  Fold{"\u00ad", ""},   Fold{"\u00b2", "^2"}, Fold{"\u00b3", "^3"},
    Fold{"\u00b5", "u"},  Fold{"\u00d7", "*"},  Fold{"\u03bc", "u"},  Fold{"\u2002", " "},
    Fold{"\u2003", " "},  Fold{"\u2004", " "},  Fold{"\u2005", " "},  Fold{"\u2006", " "},
    Fold{"\u2007", " "},  Fold{"\u2008", " "},  Fold{"\u2009", " "},  Fold{"\u200a", " "},
    Fold{"\u200b", ""},   Fold{"\u200c", ""},   Fold{"\u200d", ""},   Fold{"\u2010", "-"},
    Fold{"\u2011", "-"},  Fold{"\u2012", "-"},  Fold{"\u2013", "-"},  Fold{"\u2014", "-"},
    Fold{"\u2015", "-"},  Fold{"\u2018", "'"},  Fold{"\u2019", "'"},  Fold{"\u201a", "'"},
    Fold{"\u201b", "'"},  Fold{"\u201c", "\""}, Fold{"\u201d", "\""}, Fold{"\u201e", "\""},
    Fold{"\u201f", "\""}, Fold{"\u202f", " "},  Fold{"\u2126", "Ω"},  Fold{"\u2212", "-"},
    Fold{"\u2264", "<="}, Fold{"\u2265", ">="}, Fold{"\u3000", " "},  Fold{"\ufeff", ""},
};

std::size_t utf8_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0xc0U ? 1 : byte < 0xe0U ? 2 : byte < 0xf0U ? 3 : 4;
}

std::string_view folded_character(std::string_view character) {
  const auto fold = std::lower_bound(
      folds.begin(), folds.end(), character, [](const Fold& each, std::string_view wanted) {
        return each.from < wanted;
      });
  return fold != folds.end() && fold->from == character ? fold->to : character;
}

/// Where the first byte at or after `from` stands that is no printable ASCII; the size for none.
std::size_t end_of_plain(std::string_view text, std::size_t from) {
  while (from < text.size() && static_cast<signed char>(text[from]) >= ' ') {
    ++from;
  }
  return from;
}

static_assert(std::is_sorted(folds.begin(), folds.end(), [](const Fold& left, const Fold& right) {
  return left.from < right.from;
}));

} // namespace

Folded::Folded(std::string_view original) : m_original_size(original.size()) {
  m_text.reserve(original.size());
  for (std::size_t i = 0; i < original.size();) {
    const std::size_t end = end_of_plain(original, i);
    m_text.append(original, i, end - i);
    i = end;
    if (i == original.size()) {
      break;
    }
    const char c = original[i];
    if (static_cast<unsigned char>(c) < 0x80U) {
      m_text.push_back(c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
      ++i;
      continue;
    }
    const auto character = original.substr(i, utf8_length(c));
    const auto begin = m_text.size();
    m_text.append(folded_character(character));
    m_replaced.push_back({begin, m_text.size(), i, i + character.size()});
    i += character.size();
  }
}

const Folded::Replaced* Folded::last_before_or_at(std::size_t i) const {
  const auto after = std::upper_bound(
      m_replaced.begin(), m_replaced.end(), i, [](std::size_t place, const Replaced& one) {
        return place < one.begin;
      });
  return after == m_replaced.begin() ? nullptr : &*(after - 1);
}

std::size_t Folded::original_begin(std::size_t i) const {
  if (i >= m_text.size()) {
    return m_original_size;
  }
  const auto* replaced = last_before_or_at(i);
  if (replaced == nullptr) {
    return i;
  }
  return i < replaced->end ? replaced->original_begin
                           : replaced->original_end + (i - replaced->end);
}

std::size_t Folded::original_end(std::size_t end) const {
  if (end == 0) {
    return 0;
  }
  const auto* replaced = last_before_or_at(end - 1);
  if (replaced == nullptr) {
    return end;
  }
  return end <= replaced->end ? replaced->original_end
                              : replaced->original_end + (end - replaced->end);
}

bool has_at(std::string_view text, std::size_t pos, std::string_view word) {
  if (pos > text.size() || text.size() - pos < word.size()) {
    return false;
  }
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (to_lower(text[pos + i]) != word[i]) {
      return false;
    }
  }
  return true;
}

bool has_word_at(std::string_view text, std::size_t pos, std::string_view word) {
  if (!has_at(text, pos, word)) {
    return false;
  }
  const std::size_t end = pos + word.size();
  return (pos == 0 || !is_alnum(text[pos - 1]) || !is_alnum(word.front())) &&
         (end >= text.size() || !is_alnum(text[end]) || !is_alnum(word.back()));
}

std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  for (std::size_t i = from; i + word.size() <= text.size(); ++i) {
    if (to_lower(text[i]) == word.front() && has_word_at(text, i, word)) {
      return i;
    }
  }
  return std::string_view::npos;
}

std::size_t skip_blanks(std::string_view text, std::size_t pos) {
  while (pos < text.size() && text[pos] == ' ') {
    ++pos;
  }
  return pos;
}

std::optional<int> read_int(std::string_view text, std::size_t& pos) {
  int value = 0;
  std::size_t end = pos;
  while (end < text.size() && is_digit(text[end])) {
    if (end - pos == 9) {
      return std::nullopt;
    }
    value = value * 10 + (text[end] - '0');
    ++end;
  }
  if (end == pos) {
    return std::nullopt;
  }
  pos = end;
  return value;
}

std::vector<std::string> read_designators(std::string_view text, std::size_t& pos) {
  std::vector<std::string> steps;
  while (pos < text.size() && text[pos] == '(') {
    std::size_t end = pos + 1;
    while (end < text.size() && is_alnum(text[end])) {
      ++end;
    }
    const std::size_t length = end - pos - 1;
    const bool digits = length > 0 && is_digit(text[pos + 1]);
    if (length == 0 || length > (digits ? 3U : 5U) || end >= text.size() || text[end] != ')') {
      break;
    }
    steps.emplace_back(text.substr(pos, end + 1 - pos));
    pos = end + 1;
  }
  return steps;
}

std::string read_path(std::string_view text, std::size_t& pos, LeadingDot lead) {
  std::string path;
  std::size_t at = pos;
  bool want_letter = true;
  while (true) {
    std::size_t step = at;
    const bool dot = step < text.size() && text[step] == '.';
    if (dot) {
      ++step;
    } else if (!path.empty() || lead == LeadingDot::required) {
      break;
    }
    std::size_t end = step;
    if (want_letter) {
      end += end < text.size() && is_lower(text[end]) ? 1U : 0U;
    } else {
      while (end < text.size() && is_digit(text[end]) && end - step < 2) {
        ++end;
      }
    }
    if (end == step || (end < text.size() && is_alnum(text[end]))) {
      break;
    }
    path += path.empty() ? "" : ".";
    path += text.substr(step, end - step);
    want_letter = !want_letter;
    at = end;
  }
  if (!path.empty()) {
    pos = at;
  }
  return path;
}

bool has_eccn_at(std::string_view text, std::size_t pos) {
  return pos + 5 <= text.size() && is_digit(text[pos]) && text[pos + 1] >= 'A' &&
         text[pos + 1] <= 'E' && is_digit(text[pos + 2]) && is_digit(text[pos + 3]) &&
         is_digit(text[pos + 4]) && (pos == 0 || !is_alnum(text[pos - 1])) &&
         (pos + 5 == text.size() || !is_alnum(text[pos + 5]));
}

} // namespace regtrail
