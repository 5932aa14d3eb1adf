#include "model/digest.hpp"

#include <openssl/evp.h>
#include <stdexcept>
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
  // found by name once: OpenSSL's one-call functions look it up every time
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Sha256 digest;
  if (algorithm == nullptr ||
      EVP_Digest(bytes.data(), bytes.size(), digest.bytes.data(), nullptr, algorithm, nullptr) !=
          1) {
    throw std::runtime_error("OpenSSL has no SHA-256");
  }
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
