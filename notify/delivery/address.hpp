// Mail addresses: which of them can be mailed, and how a mailbox with a display name is read.
#pragma once

#include "model/error.hpp"

#include <string>
#include <string_view>

namespace regtrail::delivery {

/// A mailbox of RFC 5322 section 3.4: "Name <local@domain>" or "local@domain".
struct Mailbox {
  std::string name;    ///< UTF-8, without quotes and escapes; "" when there is none
  std::string address; ///< passes check_address()
};

/// Fails unless `address` can be mailed without extensions of the server (SMTPUTF8): ASCII, a
/// dot-atom or a quoted string of at most 64 bytes before the "@", host labels or an address
/// literal behind it, 254 bytes in all (RFC 5321 sections 4.1.2 and 4.5.3.1). The message says what
/// to write instead.
Result<void> check_address(std::string_view address);

Result<Mailbox> parse_mailbox(std::string_view text);

} // namespace regtrail::delivery
