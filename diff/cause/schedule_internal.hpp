// When an instruction was to take effect, after delays, and how a transition's dates agree.
#pragma once

#include "diff/cause/attribute.hpp"
#include "model/document.hpp"

#include <vector>

namespace regtrail::diff::cause {

/// What the other documents at hand do to one: it is named by number or by a page in its range.
struct Neighbourhood {
  std::vector<const Document*> delayed_by;
  std::vector<const Document*> withdrawn_by;
  std::vector<const Document*> corrected_by; ///< and whom it corrects: they share their changes
};

[[nodiscard]] Neighbourhood neighbourhood_of(const Document& document,
                                             const std::vector<const Document*>& all);

/// True when `citation` names `document`.
[[nodiscard]] bool names(const Citation& citation, const Document& document);

/// The days on which `instruction` may take effect; several when the document does not say which of
/// its dates is meant, none when it is delayed without a date. `instruction` may be nullptr: any.
[[nodiscard]] std::vector<Date> effective_days(const Document& document,
                                               const Instruction* instruction,
                                               const Neighbourhood& others);

enum class Timing {
  never,    ///< withdrawn before it took effect, or due only after the transition
  too_late, ///< due long before
  unknown,
  within,  ///< due between the two issue dates, or long enough before them to be late
  on_time, ///< due within the week before the issue date
};

[[nodiscard]] Timing timing_of(const Document& document,
                               const std::vector<Date>& days,
                               const Neighbourhood& others,
                               const Attributable& transition);

} // namespace regtrail::diff::cause
