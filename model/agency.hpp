// Names of agencies: the Federal Register's service writes "Commerce Department", its documents
// "DEPARTMENT OF COMMERCE".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

/// True for two names of the same words in another order, letter case aside.
[[nodiscard]] bool is_same_agency(std::string_view one, std::string_view other);

/// Appends those of `more` that are not there under any of their names.
void unite_agencies(std::vector<std::string>& names, const std::vector<std::string>& more);

} // namespace regtrail
