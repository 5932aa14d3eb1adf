// The JSON of the commands whose shape belongs to the command line alone.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace regtrail::cli {

using Json = nlohmann::ordered_json;

/// Two-space indent and a newline at the end; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] inline std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace regtrail::cli
