// Changes told in one line each, so that a test reads as what happened.
#pragma once

#include "diff/tree/tree_diff.hpp"
#include "tests/support/outline.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::tests {

/// "revised 15 CFR 744.1(a) < 15 CFR 744.1(b)" per change, in output order.
inline std::vector<std::string> told(const DiffResult& result) {
  std::vector<std::string> lines;
  for (const Change& change : result.changes) {
    std::string line = std::string(to_string(change.kind)) + " " + change.at.to_string();
    if (change.was) {
      line += " < " + change.was->to_string();
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

inline DiffResult diff_outlines(std::string_view before, std::string_view after) {
  return diff::diff_units(outline(before), outline(after), {});
}

inline std::vector<std::string> story(std::string_view before, std::string_view after) {
  return told(diff_outlines(before, after));
}

using Lines = std::vector<std::string>;

} // namespace regtrail::tests
