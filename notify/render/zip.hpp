// Members of a ZIP archive, written.
#pragma once

#include <string>
#include <vector>

namespace regtrail::render {

struct ZipMember {
  std::string name; ///< ASCII, with "/" between folders
  std::string bytes;
};

/// The members in their order, deflated, each with the time 1980-01-01 00:00, the earliest that the
/// format knows: equal members give equal bytes.
[[nodiscard]] std::string zip(const std::vector<ZipMember>& members);

} // namespace regtrail::render
