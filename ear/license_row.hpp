// One row of an entry's license requirements table: reason, what it applies to, where
// (docs/grammar.md, CCL: license requirements).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::ear {

struct LicenseRow {
  /// What a row applies to: the whole entry, a set of paragraphs, or items described in words.
  enum class Extent : std::uint8_t { entire_entry, paths, described };

  /// Where: a column of the Commerce Country Chart, the world, named places, a rule to look up.
  enum class Reach : std::uint8_t { chart_column, worldwide, places, pointer, unknown };

  std::string reason; ///< "NS"; "" when the cell names none
  Extent extent = Extent::described;
  std::vector<std::string> paths;        ///< of Extent::paths: "c.1.a", without the ECCN
  std::vector<std::string> except_paths; ///< "entire entry except 0A501.y"
  Reach reach = Reach::unknown;
  std::string column;              ///< of Reach::chart_column: "NS 2"
  std::vector<std::string> places; ///< of Reach::places: "Macau", "D:5", in order of print

  friend bool operator==(const LicenseRow&, const LicenseRow&) = default;
};

/// From the two cells; the second may be empty (the requirement then stands in the first).
[[nodiscard]] LicenseRow parse_license_row(std::string_view control, std::string_view chart);

/// "NS applies to ..." or "NS: a.4, c, d" (the row's key): does this text begin a license row?
[[nodiscard]] bool is_license_control(std::string_view text);

/// From one text that holds both cells, whatever joins them.
[[nodiscard]] LicenseRow parse_license_row(std::string_view text);

/// "NS Column 2." -> "NS 2"; nullopt where none is named.
[[nodiscard]] std::optional<std::string> find_chart_column(std::string_view text);

} // namespace regtrail::ear
