// What is said of addresses without asking anybody: loopback, and logins that nobody may see.
#pragma once

#include <string>
#include <string_view>

namespace regtrail {

/// An address in 127.0.0.0/8, ::1 (with or without brackets), or "localhost", which libcurl never
/// looks up elsewhere. `host` in lower case, IPv4 in dotted decimals.
[[nodiscard]] bool is_loopback_host(std::string_view host);

/// Without what stands between "://" and the last "@" in front of the next "/", "?", "#", quote or
/// blank, of every address in `text`.
[[nodiscard]] std::string without_user_info(std::string_view text);

} // namespace regtrail
