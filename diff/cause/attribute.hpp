// Which Federal Register document and instruction made a change: the join of a transition's changes
// with the documents that may have done it (docs/sources.md, Time: joining a change to its rule). A
// pure function.
#pragma once

#include "model/change.hpp"
#include "model/date.hpp"
#include "model/document.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::diff {

/// A stretch of publication days of which every document that amends the part is at hand.
struct Coverage {
  Date from;
  Date to;
};

/// What happened to a part between two neighbouring issue dates.
struct Attributable {
  const DiffResult& diff;
  std::string title; ///< "15"
  std::string part;  ///< "744"
  Date before;
  Date after;
};

/// The causes of each of `diff.changes`, in their order, the best first:
/// - one or more identified documents, where the evidence is clear;
/// - a cited page whose document is not among `candidates`;
/// - "editorial": the documents of the time are all held (`coverage`) and none of them did it;
/// - "unidentified", followed by at most two candidates with a confidence below one half;
/// - nothing, where there is no evidence and the documents of the time are not held.
/// No confidence is above 0.7 unless two signals agree: a new citation in the source note or row,
/// an instruction that names the place, the words set out, the dates, a pending link gone.
///
/// `candidates`: documents near in time, those on a cited page, and those that correct, delay or
/// withdraw them. Documents that cannot amend are ignored.
[[nodiscard]] std::vector<std::vector<Cause>>
attribute_causes(const Attributable& transition,
                 const std::vector<const Document*>& candidates,
                 const std::optional<Coverage>& coverage);

/// The pages that the source notes and list rows of a diff cite anew, those whose link of a pending
/// amendment vanished, and those of stays: documents on them are candidates, however old.
struct FrPage {
  int volume = 0;
  int page = 0;

  friend auto operator<=>(const FrPage&, const FrPage&) = default;
};

[[nodiscard]] std::vector<FrPage> newly_cited_pages(const DiffResult& diff);

/// A document can be a cause only when one of its dates lies between these days.
[[nodiscard]] Coverage candidate_dates(Date before, Date after);

} // namespace regtrail::diff
