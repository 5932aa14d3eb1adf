// Which documents made which changes: what is to be attributed, and doing it.
//
// What is to do stands in a setting for each part: the date from which its transitions are to be
// looked at again. It is set in the transaction that stores a document or a transition and cleared
// when the work is done, so that a run that was killed is completed by the next one.
#pragma once

#include "diff/cause/attribute.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/error.hpp"
#include "model/version.hpp"
#include "store/archive.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::sync {

/// Asks for the transitions of a part that end on or after `since`.
Result<void> mark_causes(store::Archive& archive, int title, const std::string& part, Date since);

/// The same for all transitions that `document` may have made.
Result<void> mark_causes_of(store::Archive& archive, const Document& document);

/// The days whose publications are all held.
Result<std::optional<diff::Coverage>> read_coverage(store::Archive& archive);
Result<void> put_coverage(store::Archive& archive, const diff::Coverage& coverage);

struct Attributed {
  int transitions = 0; ///< looked at
  int changes = 0;     ///< that have other causes than before
};

/// Works off what is marked; when the rules of attribution are newer than the stored causes,
/// everything. A transition later than what is covered stays marked.
Result<Attributed> attribute_marked(store::Archive& archive);

/// Pages that marked transitions of the eCFR cite anew and that no held document has: to be asked
/// for.
Result<std::vector<diff::FrPage>> unheld_pages(store::Archive& archive);

} // namespace regtrail::sync
