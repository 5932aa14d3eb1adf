// The message in the body of an error answer, on one line.
#pragma once

#include <string>
#include <string_view>

namespace regtrail::fetch {

/// The value of "error", "errors" or "message" in JSON, of <message> in XML, of <title> in HTML,
/// else the beginning of the body: printable, on one line, at most about 200 bytes; "" where there
/// is nothing to quote. A bounded scan, not a parser: bodies of errors may be anything.
[[nodiscard]] std::string server_message(std::string_view body);

/// True when the body begins as HTML does, after byte order mark, blanks, an XML declaration and
/// comments.
[[nodiscard]] bool begins_like_html(std::string_view body);

} // namespace regtrail::fetch
