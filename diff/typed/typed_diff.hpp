// The meaning of a revision, computed by the grammars of ear/ from the two texts.
#pragma once

#include "model/change.hpp"

namespace regtrail::diff {

/// Fills `change.typed` from kind, place and texts. Leaves it empty where nothing is certain.
void type_change(Change& change);

} // namespace regtrail::diff
