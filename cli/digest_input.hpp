// What a mail is composed of, read from the archive.
#pragma once

#include "cli/digests.hpp"
#include "model/error.hpp"
#include "notify/delivery/digest.hpp"
#include "store/archive.hpp"

#include <string>
#include <vector>

namespace regtrail::cli {

/// Days within the next 90 that the law, a document about the EAR or one of `items` names.
Result<std::vector<delivery::DayAhead>>
days_ahead(store::Archive& archive, const std::vector<Item>& items, Date today);

/// Up to where the last mail of a subscriber told: issues of the eCFR, and days of steps.
struct ToldUpTo {
  std::optional<Date> ecfr;
  std::optional<Date> day;

  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] static ToldUpTo parse(std::string_view text); ///< "" is nothing
};

/// The mail of `subscriber` with `news` and `changes`, which have the hits meant for him.
Result<delivery::DigestInput> digest_input(store::Archive& archive,
                                           const DigestContext& context,
                                           const delivery::Subscriber& subscriber,
                                           std::vector<delivery::ItemNews> news,
                                           std::vector<store::StoredChange> changes,
                                           const ToldUpTo& before);

} // namespace regtrail::cli
