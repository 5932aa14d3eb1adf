// A topic of a mail in full: its consequence, whom it hits, what changed, when, what to check.
#pragma once

#include "notify/delivery/mail_headlines.hpp"
#include "notify/delivery/mail_view.hpp"

#include <vector>

namespace regtrail::delivery {

/// Whether a mail shows what of the register is hit.
enum class OwnData : std::uint8_t { shown, left_out };

/// `number` 0: none is shown. What is attached for the topic goes behind `files`.
[[nodiscard]] std::vector<Block> topic_blocks(const Topic& topic,
                                              int number,
                                              const DigestInput& input,
                                              const Speaker& speak,
                                              OwnData own,
                                              std::vector<Attachment>& files);

/// Its page, and where the rule can be read.
[[nodiscard]] Rich topic_links(const Topic& topic, const DigestInput& input, const Speaker& speak);

} // namespace regtrail::delivery
