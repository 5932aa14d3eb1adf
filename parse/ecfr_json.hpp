// Answers of the eCFR's JSON endpoints into model values. Lenient where docs/sources.md says
// that servers differ: numbers as strings, absent keys, nulls.
#pragma once

#include "model/error.hpp"
#include "model/source.hpp"

#include <string_view>
#include <vector>

namespace regtrail::parse {

/// `source_name` (a URL or file) stands in messages: "<source_name>: expected ...".
Result<Titles> parse_titles(std::string_view json, std::string_view source_name);
Result<VersionsPage> parse_versions(std::string_view json, std::string_view source_name);
Result<std::vector<EcfrCorrection>> parse_corrections(std::string_view json,
                                                      std::string_view source_name);

} // namespace regtrail::parse
