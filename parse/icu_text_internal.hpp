// What ICU knows of encodings, of the forms of characters and of countries.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace regtrail::parse {

/// Bytes in the encoding of an ICU converter ("windows-31j") as UTF-8; nullopt where they are none.
std::optional<std::string> to_utf8(std::string_view bytes, const char* converter);

/// Full-width and half-width forms as the usual ones (Unicode's form KC), white space at both ends
/// taken away.
std::string folded_widths(std::string_view text);

/// The same without case, white space, punctuation and signs: what two names of one column share.
std::string name_key(std::string_view text);

/// "JP" of a country's code (two or three letters) or name in English or Japanese; nullopt for
/// anything else.
std::optional<std::string> country_code(std::string_view text);

} // namespace regtrail::parse
