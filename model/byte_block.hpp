// Sixteen bytes of text looked at in one step, for scanners that run over every byte of a document.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace regtrail {

/// Comparing blocks gives a block: -1 where it holds, else 0. Bytes from 0x80 on are negative.
using ByteBlock = signed char __attribute__((vector_size(16)));

[[nodiscard]] inline ByteBlock load_block(const char* bytes) {
  ByteBlock block;
  std::memcpy(&block, bytes, sizeof block);
  return block;
}

/// Index of the first byte of the comparison `block` that holds; its size when there is none.
[[nodiscard]] inline std::size_t first_set(ByteBlock block) {
#if defined(__SSE2__)
  const auto signs = static_cast<unsigned>(_mm_movemask_epi8(std::bit_cast<__m128i>(block)));
  if (signs == 0) { // foreseen by the processor, which then need not wait for the bytes
    return sizeof block;
  }
  return static_cast<std::size_t>(std::countr_zero(signs));
#else
  const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(block);
  for (std::size_t i = 0; i < halves.size(); ++i) {
    if (halves[i] != 0) {
      const int bits = std::endian::native == std::endian::little ? std::countr_zero(halves[i])
                                                                  : std::countl_zero(halves[i]);
      return i * sizeof halves[i] + static_cast<std::size_t>(bits) / 8;
    }
  }
  return sizeof block;
#endif
}

/// How often `byte` stands in `text`.
[[nodiscard]] inline std::size_t count_byte(std::string_view text, char byte) {
  using Counts = unsigned char __attribute__((vector_size(16)));
  constexpr int most = 255; // that one of the counts can hold
  std::size_t count = 0;
  while (text.size() >= sizeof(ByteBlock)) {
    Counts counts{};
    for (int i = 0; i < most && text.size() >= sizeof(ByteBlock); ++i) {
      counts -= std::bit_cast<Counts>(load_block(text.data()) == static_cast<signed char>(byte));
      text.remove_prefix(sizeof(ByteBlock));
    }
    const auto each = std::bit_cast<std::array<unsigned char, sizeof counts>>(counts);
    count = std::accumulate(each.begin(), each.end(), count);
  }
  for (const char c : text) {
    count += c == byte ? 1 : 0;
  }
  return count;
}

} // namespace regtrail
