#include "diff/typed/tokens_internal.hpp"
#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/text.hpp"
#include "model/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace regtrail::diff::typed {

namespace {

/// Of the characters outside ASCII, U+0080 to U+00BF, × and ÷ and U+2000 to U+2FFF are signs.
bool is_sign(char32_t c) {
  return (c >= 0x80 && c < 0xC0) || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c < 0x3000);
}

/// The length of the letter or digit at `at`; 0 for anything else.
std::size_t letter_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) {
    return 0;
  }
  if (static_cast<unsigned char>(text[at]) < 0x80U) {
    return is_alnum(text[at]) ? 1 : 0;
  }
  const CodePoint point = decode_utf8(text, at);
  return point.valid && !is_sign(point.value) ? point.length : 0;
}

/// Marks that join letters or digits to one word.
bool joins(std::string_view text, std::size_t at) {
  const char mark = text[at];
  const char left = text[at - 1];
  const char right = at + 1 < text.size() ? text[at + 1] : '\0';
  if (mark == '.' || mark == ',') {
    return is_digit(left) && is_digit(right);
  }
  return (mark == '\'' && is_alpha(left) && is_alpha(right)) ||
         ((mark == '^' || mark == '_') && is_alnum(right));
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
  for (std::size_t length = letter_at(text, at); length > 0; length = letter_at(text, at)) {
    at += length;
    if (at < text.size() && joins(text, at)) {
      ++at;
    }
  }
  return at;
}

/// Gives "§", "§§", "Sec." and "section" in front of a number one key.
Tokens with_section_signs(Tokens tokens) {
  Tokens result;
  result.reserve(tokens.size());
  for (std::size_t i = 0; i < tokens.size();) {
    std::size_t end = i + 1;
    if (tokens[i].key == section_key) {
      while (end < tokens.size() && tokens[end].key == section_key) {
        ++end;
      }
    } else if (is_one_of(tokens[i].key, "section|sections|sec|secs") && end < tokens.size() &&
               tokens[end].key == "." && tokens[end].is_glued) {
      ++end;
    }
    const bool numbered =
        end < tokens.size() && is_digit(tokens[end].key.front()) &&
        (tokens[i].key == section_key || is_one_of(tokens[i].key, "section|sections|sec|secs"));
    if (!numbered) {
      result.push_back(std::move(tokens[i++]));
      continue;
    }
    const bool is_glued = tokens[i].is_glued;
    result.push_back({std::string(section_key), printed(tokens, i, end), false, is_glued});
    tokens[end].is_glued = false;
    i = end;
  }
  return result;
}

} // namespace

Tokens tokens_of(std::string_view text) {
  const std::string folded = normalise(text);
  Tokens tokens;
  bool is_glued = false;
  for (std::size_t i = 0; i < folded.size();) {
    if (folded[i] == ' ') {
      is_glued = false;
      ++i;
      continue;
    }
    std::size_t end = end_of_word(folded, i);
    const bool is_word = end > i;
    if (!is_word) {
      end = i + decode_utf8(folded, i).length;
    }
    const std::string printed = folded.substr(i, end - i);
    tokens.push_back({lowered(printed), printed, is_word, is_glued});
    is_glued = true;
    i = end;
  }
  return with_section_signs(std::move(tokens));
}

std::string printed(const Tokens& tokens, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    text += i == begin || tokens[i].is_glued ? "" : " ";
    text += tokens[i].printed;
  }
  return text;
}

std::optional<std::vector<Edit>> edits_between(const Tokens& before, const Tokens& after) {
  std::size_t head = 0;
  while (head < before.size() && head < after.size() && before[head].key == after[head].key) {
    ++head;
  }
  std::size_t tail = 0;
  while (tail < before.size() - head && tail < after.size() - head &&
         before[before.size() - 1 - tail].key == after[after.size() - 1 - tail].key) {
    ++tail;
  }
  const std::size_t n = before.size() - head - tail;
  const std::size_t m = after.size() - head - tail;
  constexpr std::size_t max_cells = 250'000;
  if ((n + 1) * (m + 1) > max_cells) {
    return std::nullopt;
  }
  // The longest common sequence of what follows each pair of places.
  std::vector<std::uint32_t> common((n + 1) * (m + 1), 0);
  const auto cell = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
    return common[i * (m + 1) + j];
  };
  const auto equal = [&](std::size_t i, std::size_t j) {
    return before[head + i].key == after[head + j].key;
  };
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = m; j-- > 0;) {
      cell(i, j) = equal(i, j) ? cell(i + 1, j + 1) + 1 : std::max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  std::vector<Edit> edits;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < n || j < m) {
    if (i < n && j < m && equal(i, j)) {
      ++i;
      ++j;
      continue;
    }
    Edit edit{head + i, head + i, head + j, head + j};
    while ((i < n || j < m) && !(i < n && j < m && equal(i, j))) {
      if (j == m || (i < n && cell(i + 1, j) >= cell(i, j + 1))) {
        ++i;
      } else {
        ++j;
      }
    }
    edit.before_end = head + i;
    edit.after_end = head + j;
    edits.push_back(edit);
  }
  return edits;
}

} // namespace regtrail::diff::typed
