// What a mail says beside its items: other changes, days ahead, what was checked and what was not.
#pragma once

#include "notify/delivery/mail_headlines.hpp"
#include "notify/delivery/mail_view.hpp"

#include <map>
#include <string>
#include <vector>

namespace regtrail::delivery {

/// A topic in one line: its consequence, and where it can be read.
[[nodiscard]] Line topic_line(const Topic& topic, const DigestInput& input, const Speaker& speak);

/// New items that touch no entry of the register, and topics without news.
[[nodiscard]] std::vector<Block> other_blocks(const DigestInput& input,
                                              const std::vector<const Topic*>& without_news,
                                              const Speaker& speak);

[[nodiscard]] std::size_t count_of_others(const DigestInput& input,
                                          const std::vector<const Topic*>& without_news);

/// `numbers`: those of the mail's items, by id.
[[nodiscard]] std::vector<Block> day_blocks(const DigestInput& input,
                                            const std::map<std::string, int>& numbers,
                                            const Speaker& speak);

/// Sources, what had no hit, what was left out, not watched, not read.
[[nodiscard]] std::vector<Block>
checked_blocks(const DigestInput& input, const std::vector<Topic>& topics, const Speaker& speak);

/// Whom the mail goes to, and what it is not.
[[nodiscard]] Block footer(const DigestInput& input, const Speaker& speak);

/// "52 product groups, 312 products": the entries that the subscriber asks for; "" for none.
[[nodiscard]] std::string entries_words(const DigestInput& input, const Speaker& speak);

/// How many of these are not watched.
[[nodiscard]] std::size_t unwatched_entries(const DigestInput& input);

/// Whether every source was read at its last try.
[[nodiscard]] bool sources_well(const DigestInput& input);

/// Whether the Federal Register was ever read: without it days ahead are not known.
[[nodiscard]] bool reads_documents(const DigestInput& input);

/// "eCFR", "連邦官報".
[[nodiscard]] std::string source_name(const std::string& source, const Speaker& speak);

/// "issue of Oct 20", "10月20日版まで".
[[nodiscard]] std::string source_range(const SourceStatus& source, const Speaker& speak);

} // namespace regtrail::delivery
