// ASCII classes and the small scans that every grammar needs. Bytes of other characters belong to
// no class and are never altered.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace regtrail {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

[[nodiscard]] constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

[[nodiscard]] constexpr bool is_alpha(char c) {
  return is_lower(c) || is_upper(c);
}

[[nodiscard]] constexpr bool is_alnum(char c) {
  return is_alpha(c) || is_digit(c);
}

/// White space of XML and of command lines: blank, tab, line feed, carriage return.
[[nodiscard]] constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

[[nodiscard]] constexpr char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), to_lower);
  return result;
}

[[nodiscard]] inline bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Without white space and the characters of `marks` on either side.
[[nodiscard]] inline std::string_view trimmed(std::string_view text, std::string_view marks = {}) {
  const auto goes = [&](char c) { return is_blank(c) || marks.find(c) != std::string_view::npos; };
  while (!text.empty() && goes(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && goes(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

/// True when `text` begins with `prefix` (lower case), whatever the case of its letters.
[[nodiscard]] inline bool starts_with_ignoring_case(std::string_view text,
                                                    std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [](char left, char right) {
           return left == to_lower(right);
         });
}

} // namespace regtrail
