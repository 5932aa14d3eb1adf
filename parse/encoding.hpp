// Bytes as received into UTF-8, and references (&#x2014; &sect;) into characters.
#pragma once

#include "model/error.hpp"
#include "model/node.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace regtrail::parse {

/// XML as UTF-8, with the way back to the bytes as received.
class XmlText {
public:
  /// Takes `bytes`, which must outlive this, for UTF-8 unless their XML declaration names
  /// windows-1252 or ISO-8859-1; nothing is checked then but the declaration. Any other declared
  /// encoding, UTF-16 and binary data are `malformed`.
  static Result<XmlText> read(std::string_view bytes, const std::string& source_name);

  [[nodiscard]] std::string_view utf8() const {
    return m_is_converted ? std::string_view(m_converted) : m_bytes;
  }

  /// The bytes as received of the range [begin, end) of utf8(). Ranges are best asked for in order.
  std::string_view received(std::size_t begin, std::size_t end);

  /// Where `bytes`, which received() returned, stand in the bytes as received.
  [[nodiscard]] ByteRange range_of(std::string_view bytes) const {
    return {static_cast<std::uint64_t>(bytes.data() - m_bytes.data()), bytes.size()};
  }

private:
  std::size_t received_offset(std::size_t at);

  std::string_view m_bytes;
  std::string m_converted;
  bool m_is_converted = false;
  std::size_t m_counted = 0;    ///< bytes of m_converted
  std::size_t m_characters = 0; ///< in these bytes
};

/// `bytes` with every byte that belongs to no well-formed UTF-8 sequence read as Windows-1252.
[[nodiscard]] std::string utf8_with_windows_1252(std::string_view bytes);

/// A character of Windows-1252 as UTF-8. Its five undefined bytes stand for control characters.
[[nodiscard]] std::string windows_1252_character(unsigned char byte);

void append_utf8(std::string& out, std::uint32_t code_point);

/// The character that an HTML name stands for ("sect": "§") as UTF-8; "" for other names.
[[nodiscard]] std::string html_character(std::string_view name);

/// `raw` with its references decoded: the five predefined entities, HTML's named characters and
/// numeric references. Unknown ones stay as they are.
[[nodiscard]] std::string decode_references(std::string_view raw);

} // namespace regtrail::parse
