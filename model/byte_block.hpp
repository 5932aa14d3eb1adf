// Sixteen bytes of text looked at in one step, for scanners that run over every byte of a document.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

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

} // namespace regtrail
