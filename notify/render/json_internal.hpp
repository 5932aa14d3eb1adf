// Model values as JSON values, shared by the files that write the shapes of design.md section 7.
#pragma once

#include "model/change.hpp"
#include "model/date.hpp"
#include "model/digest.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace regtrail::render {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json to_json(const std::optional<Date>& date);
[[nodiscard]] Json to_json(const Sha256& digest); ///< null when all zero: the side was absent
[[nodiscard]] Json to_json(const Cause& cause);
[[nodiscard]] Json to_json(const Change& change);
[[nodiscard]] Json to_json(const SideInfo& side);
[[nodiscard]] Json newest_cause(const std::vector<Cause>& causes); ///< or null

/// Two-space indent, a final newline; what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string print(const Json& value);

} // namespace regtrail::render
