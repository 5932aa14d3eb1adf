// Packed integers and strings, the alphabet of every blob in the archive.
//
//   varint  little-endian groups of 7 bits, the high bit set on all but the last
//   zigzag  a signed number as varint: 0 -1 1 -2 2 ... become 0 1 2 3 4 ...
//   string  varint length, bytes
#pragma once

#include "model/digest.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace regtrail::store {

class Writer {
public:
  void byte(std::uint8_t value) { m_bytes.push_back(static_cast<char>(value)); }

  void varint(std::uint64_t value);
  void zigzag(std::int64_t value);
  void real(double value); ///< its bits, little-endian
  void string(std::string_view text);
  void hash(const Hash128& hash);
  void sha(const Sha256& digest);

  /// As they are, without a length.
  void append(std::string_view bytes) { m_bytes.append(bytes); }

  [[nodiscard]] const std::string& bytes() const { return m_bytes; }

  [[nodiscard]] std::size_t size() const { return m_bytes.size(); }

  [[nodiscard]] std::string take() { return std::move(m_bytes); }

private:
  std::string m_bytes;
};

/// Reads what a Writer wrote; throws Damage on anything else. Views point into the bytes given.
class Reader {
public:
  explicit Reader(std::string_view bytes) : m_rest(bytes) {}

  std::uint8_t byte();
  std::uint64_t varint();
  std::int64_t zigzag();
  double real();
  std::string_view string();
  Hash128 hash();
  Sha256 sha();
  std::string_view take(std::uint64_t count);

  /// A number of elements that follow, each of at least one byte: never more than bytes are left.
  std::size_t count();

  [[nodiscard]] bool done() const { return m_rest.empty(); }

  [[nodiscard]] std::string_view rest() const { return m_rest; }

private:
  std::string_view m_rest;
};

} // namespace regtrail::store
