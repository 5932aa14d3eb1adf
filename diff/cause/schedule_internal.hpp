// When an instruction was to take effect, after delays, and how a transition's dates agree.
#pragma once

#include "diff/cause/attribute.hpp"
#include "model/document.hpp"

#include <vector>

namespace regtrail::diff::cause {

/// The other documents at hand that change when a document takes effect or what it says.
struct RelatedDocuments {
  std::vector<const Document*> delayed_by;
  std::vector<const Document*> withdrawn_by;
  std::vector<const Document*> corrected_by; ///< or corrected by it
};

[[nodiscard]] RelatedDocuments related_documents(const Document& document,
                                                 const std::vector<const Document*>& all);

[[nodiscard]] bool is_on_page(const Document& document, FrPage page);

/// True when `citation` names `document`: by number, executive order or a page in its range.
[[nodiscard]] bool names(const Citation& citation, const Document& document);

/// The days on which `instruction` may take effect; several when the document does not say which of
/// its dates is meant, none when it is delayed without a date. `instruction` may be nullptr: any.
[[nodiscard]] std::vector<Date> effective_days(const Document& document,
                                               const Instruction* instruction,
                                               const RelatedDocuments& others);

enum class Timing {
  never,    ///< withdrawn before it took effect, or due only after the transition
  too_late, ///< due long before
  unknown,
  within,  ///< due between the two issue dates, or long enough before them to be late
  on_time, ///< due within the week before the issue date
};

[[nodiscard]] Timing timing_of(const Document& document,
                               const std::vector<Date>& days,
                               const RelatedDocuments& others,
                               const Attributable& transition);

} // namespace regtrail::diff::cause
