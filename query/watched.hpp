// Which entries of the register are watched, and why the others are not.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "model/register.hpp"
#include "model/watched.hpp"
#include "store/archive.hpp"

#include <vector>

namespace regtrail::query {

/// One for every entry, by kind and in the order of the register. An entry needs the Federal
/// Register and the parts of the CFR in which its places stand: the CCL (part 774) for ECCNs,
/// words and products, the lists of part 744 for parties, Country Chart, Country Groups and
/// embargoes for countries. A part is read when the newest of its issue dates that is known is;
/// a source when its last run that ended well is at most three days before `now`.
Result<std::vector<EntryWatch>>
watched(store::Archive& archive, const Register& entries, Timestamp now);

} // namespace regtrail::query
