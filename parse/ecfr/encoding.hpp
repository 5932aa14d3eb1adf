// Bytes as received into UTF-8, and references (&#x2014; &sect;) into characters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace regtrail::parse {

struct Utf8Check {
  bool well_formed = true; ///< every byte belongs to a well-formed UTF-8 sequence
  bool has_nul = false;    ///< as far as that holds
};

[[nodiscard]] Utf8Check check_utf8(std::string_view bytes);

/// True when every byte belongs to a well-formed UTF-8 sequence.
[[nodiscard]] bool is_utf8(std::string_view bytes);

/// Every byte read as Windows-1252.
[[nodiscard]] std::string utf8_from_windows_1252(std::string_view bytes);

void append_utf8(std::string& out, std::uint32_t code_point);

/// What an XML reference stands for: the five predefined entities, HTML's named characters and
/// numeric references. `body` is what stands between "&" and ";". 0 when it is none of these.
[[nodiscard]] std::uint32_t decode_reference(std::string_view body);

/// `raw` with its references decoded; unknown ones stay as they are.
[[nodiscard]] std::string decode_references(std::string_view raw);

} // namespace regtrail::parse
