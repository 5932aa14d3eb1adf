// Digests: SHA-256 of raw bytes (evidence) and 128-bit hashes of tree nodes (identity).
// The implementation calls nettle and xxHash; this header needs neither.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace regtrail {

struct Sha256 {
  std::array<std::uint8_t, 32> bytes{};

  friend auto operator<=>(const Sha256&, const Sha256&) = default;
};

[[nodiscard]] Sha256 sha256(std::string_view bytes);
[[nodiscard]] std::string to_hex(const Sha256& digest);

/// XXH3-128. Not cryptographic: whoever stores by it compares the content on a hit.
struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  friend auto operator<=>(const Hash128&, const Hash128&) = default;
};

[[nodiscard]] Hash128 hash128(std::string_view bytes);
[[nodiscard]] std::string to_hex(const Hash128& hash);

} // namespace regtrail

template<>
struct std::hash<regtrail::Hash128> {
  std::size_t operator()(const regtrail::Hash128& value) const noexcept {
    return static_cast<std::size_t>(value.low ^ value.high);
  }
};
