#include "store/bytes_internal.hpp"
#include "store/trouble_internal.hpp"

#include <cstring>

namespace regtrail::store {

namespace {

void put_u64(std::string& out, std::uint64_t value) {
  for (int shift = 0; shift < 64; shift += 8) {
    out.push_back(static_cast<char>((value >> shift) & 0xffU));
  }
}

std::uint64_t get_u64(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return value;
}

} // namespace

void Writer::varint(std::uint64_t value) {
  while (value >= 0x80) {
    byte(static_cast<std::uint8_t>(value | 0x80U));
    value >>= 7U;
  }
  byte(static_cast<std::uint8_t>(value));
}

void Writer::zigzag(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  varint((bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void Writer::real(double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  put_u64(m_bytes, bits);
}

void Writer::string(std::string_view text) {
  varint(text.size());
  m_bytes.append(text);
}

void Writer::hash(const Hash128& hash) {
  put_u64(m_bytes, hash.high);
  put_u64(m_bytes, hash.low);
}

void Writer::sha(const Sha256& digest) {
  for (const std::uint8_t value : digest.bytes) {
    byte(value);
  }
}

std::uint8_t Reader::byte() {
  return static_cast<std::uint8_t>(take(1).front());
}

std::uint64_t Reader::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint8_t next = byte();
    value |= static_cast<std::uint64_t>(next & 0x7fU) << shift;
    if ((next & 0x80U) == 0) {
      return value;
    }
  }
  throw Damage("a number of more than 64 bits");
}

std::int64_t Reader::zigzag() {
  const std::uint64_t bits = varint();
  return static_cast<std::int64_t>((bits >> 1U) ^ ((bits & 1U) != 0 ? ~std::uint64_t{0} : 0));
}

double Reader::real() {
  const std::uint64_t bits = get_u64(take(8));
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

std::string_view Reader::string() {
  return take(varint());
}

Hash128 Reader::hash() {
  const std::string_view bytes = take(16);
  return {get_u64(bytes), get_u64(bytes.substr(8))};
}

Sha256 Reader::sha() {
  const std::string_view bytes = take(32);
  Sha256 digest;
  std::memcpy(digest.bytes.data(), bytes.data(), digest.bytes.size());
  return digest;
}

std::string_view Reader::take(std::uint64_t count) {
  if (count > m_rest.size()) {
    throw Damage("a record that ends early");
  }
  const auto size = static_cast<std::size_t>(count);
  const std::string_view taken = m_rest.substr(0, size);
  m_rest.remove_prefix(size);
  return taken;
}

std::size_t Reader::count() {
  const std::uint64_t count = varint();
  if (count > m_rest.size()) {
    throw Damage("a list that is longer than its record");
  }
  return static_cast<std::size_t>(count);
}

} // namespace regtrail::store
