// What happened to the force of a text and not to its words: stays, lifts, expiries, amendments
// that could not be made.
#pragma once

#include "model/error.hpp"
#include "model/register.hpp"
#include "store/archive.hpp"

#include <vector>

namespace regtrail::query {

/// The stored events of the query's dates, newest first, with a hit for every category that asks
/// for their place. Events that touch no category are left out.
Result<std::vector<store::StoredChange>> matched_status_events(store::Archive& archive,
                                                               const Register& categories,
                                                               const store::ChangeQuery& query);

} // namespace regtrail::query
