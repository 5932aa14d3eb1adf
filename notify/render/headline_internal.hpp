// Parts of headlines. A Headline is used for every phrase that has both languages.
#pragma once

#include "model/citation.hpp"
#include "model/item.hpp"

namespace regtrail::render {

/// "§ 744.23(a)(5)", "supplement no. 4 to part 744, China", "3B001.c.1, heading";
/// "§744.23(a)(5)", "744部補遺4、中国", "3B001.c.1、見出し".
[[nodiscard]] Headline place_words(const Citation& at);

} // namespace regtrail::render
