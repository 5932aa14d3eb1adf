// Annual CFR XML (docs/sources.md), in volumes and in parts and sections cut from them, into the
// very trees that the eCFR's XML gives.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "model/node.hpp"
#include "parse/ecfr_xml.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

struct CfrAnnualOptions {
  std::string source_name = "input.xml"; ///< for messages: "input.xml:214: ..."
  std::string title;                     ///< "15" where the caller knows it
  std::vector<std::string> parts;        ///< only these ("744"); empty for all
  Limits limits;
};

/// What a volume or granule says about itself; empty where it says nothing.
struct CfrEdition {
  std::string title;              ///< "15"
  std::string volume;             ///< "2"
  std::optional<Date> revised;    ///< as of which day the volume was issued
  std::optional<Date> text_as_of; ///< the same, or an earlier day where only a cover was issued
  bool cover_only = false;        ///< the text is that of `text_as_of`, unchanged
};

struct CfrAnnualDocument {
  EcfrDocument content; ///< as parse_ecfr gives it
  CfrEdition edition;
};

/// Parses a volume (CFRDOC), a granule (CFRGRANULE) or a bare PART, SECTION and the like. Refuses
/// what parse_ecfr refuses, with the line.
Result<CfrAnnualDocument> parse_cfr_annual(std::string_view bytes, const CfrAnnualOptions& options);

enum class FileKind : std::uint8_t { unknown, ecfr, cfr_annual, federal_register, json, html };

/// What a downloaded file is, by its first element; a few kilobytes of it are enough.
[[nodiscard]] FileKind detect_kind(std::string_view bytes);

} // namespace regtrail::parse
