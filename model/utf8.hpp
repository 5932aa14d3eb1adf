// Decoding UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace regtrail {

struct CodePoint {
  char32_t value = 0; ///< undefined where not valid
  std::size_t length = 1;
  bool valid = false;
};

/// The character at `text[at]`; a byte that begins none is one code point of length 1.
[[nodiscard]] CodePoint decode_utf8(std::string_view text, std::size_t at);

} // namespace regtrail
