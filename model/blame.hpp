// What `blame CITATION` says: of every paragraph the version that last changed it.
#pragma once

#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/date.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail {

/// A node that has text of its own. What was only renumbered or moved was not changed, nor was
/// what differs only in dashes, quotes or blanks.
struct BlameLine {
  Citation at;           ///< on the day asked
  std::string text;      ///< its own: without label and children
  Date since;            ///< first issue date that carries this text
  bool baseline = false; ///< unchanged in all versions held: `since` is only the oldest of them
  std::optional<Citation> was; ///< what it was called on that date, when it has another name now
  std::optional<Cause> cause;
  std::optional<Date> in_force_from = {}; ///< as HistoryEntry::in_force_from

  friend bool operator==(const BlameLine&, const BlameLine&) = default;
};

struct Blame {
  Citation citation;
  Date on;
  std::vector<BlameLine> lines; ///< in printed order
};

} // namespace regtrail
