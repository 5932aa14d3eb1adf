// Entries of the register as text, JSON and CSV.
#pragma once

#include "cli/json_text.hpp"
#include "parse/register_fields.hpp"

#include <string>
#include <vector>

namespace regtrail::cli {

/// Every key, also of empty fields: "", [] or null.
template<typename Entry>
Json to_json(const Entry& entry);

/// What tells an entry apart in a list: "Vacuum valves  真空バルブ", "VX-200  gate valve  2B999".
[[nodiscard]] std::string summary_of(const Category& category);
[[nodiscard]] std::string summary_of(const Product& product);
[[nodiscard]] std::string summary_of(const Party& party);
[[nodiscard]] std::string summary_of(const Procedure& procedure);
[[nodiscard]] std::string summary_of(const Destination& destination);
[[nodiscard]] std::string summary_of(const Watch& watch);

/// A table with the fields' keys in its first row, as Excel opens it (UTF-8 with a mark, CRLF), and
/// `import` reads it back. Elements of lists are parted by line breaks; what a spreadsheet would
/// take for a formula stands behind an apostrophe.
template<typename Entry>
std::string to_csv(const std::vector<Entry>& entries);

/// "a         " as wide as `width` columns of a terminal.
[[nodiscard]] std::string padded(const std::string& text, int width);

} // namespace regtrail::cli
