// Letter case of protocol words, whatever the locale says.
#pragma once

#include <algorithm>
#include <string>

namespace regtrail::fetch {

[[nodiscard]] constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string ascii_lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return ascii_lower(c); });
  return text;
}

} // namespace regtrail::fetch
