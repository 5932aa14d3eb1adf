// What a sync is asked to do, whom it tells on the way, and what it reports at its end.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "model/register.hpp"
#include "sync/parts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::sync {

struct SyncOptions {
  std::vector<PartName> parts; ///< empty: ear_parts()
  std::optional<Date>
      since; ///< oldest issue date to hold; nullopt: as far back as the service goes
  std::optional<Date> until;  ///< newest issue date to take; nullopt: no bound
  std::vector<Watch> watches; ///< of the register; those that are questions to it are asked
  Timestamp now{};
};

/// Told what is going on, for progress on a terminal. All calls come from the calling thread.
class SyncObserver {
public:
  SyncObserver() = default;
  SyncObserver(const SyncObserver&) = delete;
  SyncObserver& operator=(const SyncObserver&) = delete;
  virtual ~SyncObserver() = default;

  /// `fetched` of `planned` dates of a part ("744", "22 CFR 121") are here; `bytes` received in
  /// this run so far.
  virtual void
  on_part_progress(const std::string& part, int fetched, int planned, std::uint64_t bytes) = 0;
  /// Asked between steps; true ends the run early with what is complete kept.
  virtual bool cancelled() = 0;
};

/// What could not be done; the run goes on with the rest and the next run picks it up.
struct SyncTrouble {
  std::string what; ///< "15 CFR Part 744 of 2026-09-01", "titles.json"
  Error error;
};

/// A source that was asked, and the newest date of its texts that is stored.
struct SourceNews {
  std::string source;
  std::optional<Date> newest;
};

struct SyncReport {
  bool nothing_new = false; ///< the watermark had not moved and nothing was pending
  int requests = 0;
  std::uint64_t bytes = 0;
  int parts = 0;
  int new_dates = 0;    ///< dates of parts whose text was stored in this run
  int new_versions = 0; ///< versions of units that are new with this run
  int new_changes = 0;  ///< without cosmetic ones
  int new_hits = 0;     ///< of changes and of documents, without near misses
  int quarantined = 0;
  int restated = 0; ///< past dates whose text the eCFR corrected afterwards
  int not_understood = 0;
  int pending_dates = 0; ///< known dates that are still to be fetched
  std::optional<Date> newest_issue_date;
  std::optional<Date> valid_through;
  std::vector<SyncTrouble> troubles;
  std::vector<SourceNews> sources; ///< in the order asked
  // Of the Federal Register:
  int documents = 0;                    ///< new or changed
  int amending = 0;                     ///< of these, rules that name a part whose text is held
  int texts = 0;                        ///< full texts taken in this run
  int missing_texts = 0;                ///< of rules that name such a part, still to come
  int caused = 0;                       ///< changes whose cause is another than before
  std::vector<std::string> absent = {}; ///< sources that a mirror does not hold
};

} // namespace regtrail::sync
