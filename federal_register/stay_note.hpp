// Effective-date notes about stays: "At 90 FR 50857, Nov. 12, 2025, in § 744.8, the second and
// third sentences of paragraph (a)(2) ... were stayed, effective until Nov. 9, 2026."
// (docs/grammar.md, Status notes).
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register {

/// What is said of a part of a place that the words of a note do not name plainly.
inline constexpr std::string_view unplaced_extent = "part of, see note";

/// A place, or a part of it, whose effect a note says to be stayed, or stayed no longer.
struct NotedStay {
  Citation at;
  std::string extent; ///< "the second and third sentences"; "" for all of the place
  bool lifted = false;
  std::optional<Date>
      from; ///< as the note says it; the day on which the page was published is none
  std::optional<Date> until;
  Citation page; ///< FR page that did it; empty where none is named

  friend bool operator==(const NotedStay&, const NotedStay&) = default;
};

/// All of them in the text of an EFFDNOT that stands at `unit`, in order.
[[nodiscard]] std::vector<NotedStay> find_stays(std::string_view text, const Citation& unit);

} // namespace regtrail::federal_register
