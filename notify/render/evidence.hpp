// The README of an item's evidence, for somebody who has never seen this program.
#pragma once

#include "model/date.hpp"
#include "model/item.hpp"
#include "model/register.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

/// English, then Japanese: what the item is, what each of `files` is, how the hashes are checked,
/// and that it holds the firm's own words. `program` is "regtrail 0.1.0", `on` the day as of which
/// the item is told.
[[nodiscard]] std::string evidence_readme(const Item& item,
                                          const Register& entries,
                                          const std::string& program,
                                          Date on,
                                          const std::vector<std::string>& files);

} // namespace regtrail::render
