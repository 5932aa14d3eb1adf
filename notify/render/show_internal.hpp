// What both forms of `show` need.
#pragma once

#include "model/node.hpp"

#include <string>

namespace regtrail::render {

/// The text of the first heading at or directly below `node`, "" where there is none.
[[nodiscard]] std::string heading_of(const Node& node);

} // namespace regtrail::render
