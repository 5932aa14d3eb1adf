// Members of a ZIP archive, within limits.
#pragma once

#include "model/error.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace regtrail::parse {

/// The bytes of the members for which `wanted` is true, by name. More than 256 MiB or more than
/// 200 times the archive's size is too_large; damage is malformed.
Result<std::map<std::string, std::string>>
unzip(std::string_view bytes,
      const std::function<bool(std::string_view name)>& wanted,
      const std::string& source_name);

} // namespace regtrail::parse
