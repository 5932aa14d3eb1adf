// Which entries of the register are watched, and why the others are not.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "model/register.hpp"
#include "model/watched.hpp"
#include "store/archive.hpp"

#include <string>
#include <utility>
#include <vector>

namespace regtrail::query {

/// One for every entry, by kind and in the order of the register. An entry needs the Federal
/// Register and the parts of the CFR in which its places stand: the CCL (part 774) for ECCNs,
/// words and products, the lists of part 744 for parties, Country Chart, Country Groups and
/// embargoes for countries. A part is read when the newest of its issue dates that is known is;
/// a source when its last run that ended well is at most three days before `now`. A watch needs to
/// have been asked as recently, a page to have its host among `page_hosts`. A category needs the
/// watches that name it, too; these stand in for titles and ranges of parts ("48 CFR 1-53"), of
/// which nobody syncs the whole.
Result<std::vector<EntryWatch>> watched(store::Archive& archive,
                                        const Register& entries,
                                        const std::vector<std::string>& page_hosts,
                                        Timestamp now);

/// Title and part of all that the places of categories and procedures name one by one, ascending.
[[nodiscard]] std::vector<std::pair<int, std::string>> parts_named(const Register& entries);

} // namespace regtrail::query
