#include "model/digest.hpp"

#include <nettle/sha2.h>
#include <xxhash.h>

namespace regtrail {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

void append_hex(std::string& out, std::uint8_t byte) {
  out.push_back(hex_digits[byte >> 4U]);
  out.push_back(hex_digits[byte & 15U]);
}

void append_hex(std::string& out, std::uint64_t word) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    append_hex(out, static_cast<std::uint8_t>(word >> static_cast<unsigned>(shift)));
  }
}

} // namespace

Sha256 sha256(std::string_view bytes) {
  Sha256 digest;
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  sha256_digest(&context, digest.bytes.size(), digest.bytes.data());
  return digest;
}

std::string to_hex(const Sha256& digest) {
  std::string out;
  out.reserve(64);
  for (const std::uint8_t byte : digest.bytes) {
    append_hex(out, byte);
  }
  return out;
}

Hash128 hash128(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return Hash128{hash.high64, hash.low64};
}

std::string to_hex(const Hash128& hash) {
  std::string out;
  out.reserve(32);
  append_hex(out, hash.high);
  append_hex(out, hash.low);
  return out;
}

} // namespace regtrail
