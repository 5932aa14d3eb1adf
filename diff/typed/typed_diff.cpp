#include "diff/typed/typed_diff.hpp"

namespace regtrail::diff {

void type_change(Change& /*change*/) {}

} // namespace regtrail::diff
