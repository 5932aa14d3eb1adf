// Countries: their codes, the names that the EAR has for them, and their Japanese names.
#pragma once

#include <span>
#include <string_view>

namespace regtrail {

struct Country {
  std::string_view code; ///< ISO 3166 alpha-2
  /// As the law prints them, '|' between them, the usual one first: those of the Country Chart, the
  /// Country Groups and the lists of part 744, those of running text, and the adjectives. Hong Kong
  /// is also named by "China", under which the law holds it.
  std::string_view names;
  std::string_view ja;
};

/// All of them, by code.
[[nodiscard]] std::span<const Country> countries();

} // namespace regtrail
