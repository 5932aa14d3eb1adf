// Model values as JSON values, shared by the files that write the shapes of json.hpp.
#pragma once

#include "model/change.hpp"
#include "model/date.hpp"
#include "model/digest.hpp"
#include "model/hit.hpp"
#include "model/item.hpp"
#include "model/version.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::render {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json text_or_null(std::string_view text); ///< null for ""
[[nodiscard]] Json to_json(const Sha256& digest);       ///< null when all zero: absent
[[nodiscard]] Json to_json(const Cause& cause);
[[nodiscard]] Json to_json(const Change& change);
[[nodiscard]] Json to_json(const SideInfo& side);
[[nodiscard]] Json to_json(const Reason& reason);
[[nodiscard]] Json to_json(const Effect& effect);

[[nodiscard]] Json to_json(const NotUnderstood& problem);
[[nodiscard]] Json to_json(const PendingAmendment& pending);
[[nodiscard]] Json pending_or_null(const std::optional<std::vector<PendingAmendment>>& pending);

/// A Date or a Citation as a string, or null.
template<typename Value>
[[nodiscard]] Json to_json(const std::optional<Value>& value) {
  return value ? Json(value->to_string()) : Json(nullptr);
}

template<typename Value, typename Write>
[[nodiscard]] Json list(const std::vector<Value>& values, Write write) {
  Json out = Json::array();
  for (const Value& value : values) {
    out.push_back(write(value));
  }
  return out;
}

/// Dates or citations.
template<typename Value>
[[nodiscard]] Json strings(const std::vector<Value>& values) {
  return list(values, [](const Value& value) { return value.to_string(); });
}

/// Two-space indent, a final newline; what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string print(const Json& value);

} // namespace regtrail::render
