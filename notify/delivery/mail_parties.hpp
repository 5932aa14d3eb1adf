// Listed parties in a mail: how they compare with own partners, how many came, the file of all.
#pragma once

#include "notify/delivery/mail_headlines.hpp"
#include "notify/delivery/mail_view.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::delivery {

/// The registered party and the listed one side by side, for each hit of a partner.
[[nodiscard]] std::vector<Comparison>
party_comparisons(const Topic& topic, const DigestInput& input, const Speaker& speak);

/// License requirement, review policy and reach of what the list says of the partners that are hit.
[[nodiscard]] std::vector<Fact>
party_facts(const Topic& topic, const DigestInput& input, const Speaker& speak);

/// At most twelve parties by name, of more their counts by country and `file` for all of them.
[[nodiscard]] std::vector<Block> party_blocks(const Topic& topic,
                                              const DigestInput& input,
                                              const Speaker& speak,
                                              const std::vector<Attachment>& files);

/// The table of a topic with more than twelve; nullopt for others.
[[nodiscard]] std::optional<Attachment> party_file(const Topic& topic, const DigestInput& input);

} // namespace regtrail::delivery
