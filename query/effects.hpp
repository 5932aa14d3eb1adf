// What a document makes of the text that the archive holds. No printing.
#pragma once

#include "model/date.hpp"
#include "model/document.hpp"
#include "model/error.hpp"
#include "model/item.hpp"
#include "store/archive.hpp"

#include <vector>

namespace regtrail::query {

/// Against the text of `on`; where changes of a place are known to be the document's, against the
/// text before the first of them and, as shown, that of the last.
Result<std::vector<Effect>>
document_effects(store::Archive& archive, const Document& document, Date on);

} // namespace regtrail::query
