// What an answer holds of a part, read by the parser of the source that gave it.
#pragma once

#include "model/error.hpp"
#include "model/node.hpp"
#include "store/archive.hpp"

#include <string>
#include <vector>

namespace regtrail::sync {

/// Whether the answer says that the part no longer exists: status 404, which is stored only where
/// all units of the part were removed (EcfrRun::ask_part).
[[nodiscard]] bool says_gone(const store::RawRecord& record);

/// The units of `date`'s part in `bytes`, the answer of `record`; of a whole annual volume only
/// that part is read. No units where the answer says that the part is gone; else another part's
/// text, or none, is `malformed`.
Result<std::vector<Unit>>
read_part(const std::string& bytes, const store::RawRecord& record, const store::PartDate& date);

/// "15 CFR Part 744".
[[nodiscard]] std::string part_name(const store::PartDate& date);

/// "15 CFR Part 744 of 2026-09-01".
[[nodiscard]] std::string name_of(const store::PartDate& date);

} // namespace regtrail::sync
