// From the raw answer for one date of one part to its derived rows: snapshot, transitions to the
// neighbouring dates, hits. A pure function of what is stored, shared by sync and rebuild.
#pragma once

#include "diff/relevance/matcher.hpp"
#include "model/date.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"
#include "sync/report.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::sync {

struct Derived {
  int changes = 0; ///< without cosmetic ones
  int hits = 0;    ///< without near misses
  int not_understood = 0;
  /// The neighbouring date that was taken back because it had lost too much against this one.
  std::optional<Date> withdrawn;
  std::string reason;
};

/// Parses the answer `raw` as the text of `date`, checks that it can be true, and stores in one
/// transaction: the link from the plan to `raw`, the snapshot, and the transition to every
/// neighbouring date of the plan that is derived already. Dates may come newest first, so a loss
/// can show only when the older text arrives: then the newer date is taken back and its answer set
/// aside. On an Error nothing of it is stored.
/// `malformed` and `quarantined` errors concern the answer itself.
Result<Derived> derive_date(store::Archive& archive,
                            const diff::Matcher& matcher,
                            const store::PartDate& date,
                            store::RawId raw,
                            Timestamp now);

/// Stores the same again for an answer that was taken for `date` at `when`, without judging it;
/// transitions to dates of `kept` are left as they are. For use within a transaction.
Result<Derived> derive_again(store::Archive& archive,
                             const diff::Matcher& matcher,
                             const store::PartDate& date,
                             store::RawId raw,
                             Timestamp when,
                             const std::vector<store::PartDate>& kept);

/// Adds what a date brought to `report`, but for a withdrawn neighbour.
void add(SyncReport& report, const Derived& derived);

} // namespace regtrail::sync
