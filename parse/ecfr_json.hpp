// Answers of the eCFR's JSON endpoints into model values. Lenient where docs/sources.md says
// that servers differ: numbers as strings, absent keys, nulls.
#pragma once

#include "model/error.hpp"
#include "model/source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// A page of `versions`; a row that cannot be read leaves the others as they are.
struct VersionsAnswer {
  VersionsPage page;
  std::vector<std::string> unreadable; ///< "row 3 lacks an identifier or an issue_date"
};

/// An entry of the list of corrections, with its row as it was sent: another one tells that the
/// entry was edited.
struct CorrectionEntry {
  EcfrCorrection correction;
  std::string row;
};

struct CorrectionsAnswer {
  std::vector<CorrectionEntry> entries;
  std::vector<std::string> unreadable;
};

/// `source_name` (a URL or file) stands in messages: "<source_name>: expected ...". A list of which
/// no row can be read is an error.
Result<Titles> parse_titles(std::string_view json, std::string_view source_name);
Result<VersionsAnswer> parse_versions(std::string_view json, std::string_view source_name);
Result<CorrectionsAnswer> parse_corrections(std::string_view json, std::string_view source_name);

} // namespace regtrail::parse
