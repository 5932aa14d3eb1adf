// What a mail asks its reader to check of a topic, and why it says what it says.
#pragma once

#include "notify/delivery/mail_headlines.hpp"

#include <string>
#include <vector>

namespace regtrail::delivery {

/// At most three. What of the document could not be read is always among them.
[[nodiscard]] std::vector<std::string>
topic_questions(const Topic& topic, const DigestInput& input, const Speaker& speak);

/// What speaks for the rule as the cause, and with `own` what of the register was found where.
[[nodiscard]] std::string
topic_basis(const Topic& topic, const DigestInput& input, const Speaker& speak, bool own);

} // namespace regtrail::delivery
