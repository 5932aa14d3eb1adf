// Federal Register XML (docs/sources.md), single documents and whole issues, into documents with
// their instructions read and the text set out under them.
#pragma once

#include "model/date.hpp"
#include "model/document.hpp"
#include "model/error.hpp"
#include "parse/ecfr_xml.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

struct FrOptions {
  std::string source_name = "input.xml"; ///< for messages: "input.xml:214: ..."
  int volume = 0;                        ///< where the caller knows it; an issue says it itself
  std::optional<Date> published;         ///< alike; "effective on publication" needs it
  Limits limits;                         ///< max_unit_bytes is of one document
};

/// Parses an issue (FEDREG), its parts, or single documents: RULE, PRORULE, NOTICE, PRESDOCU,
/// CORRECT. HTML pages, a DOCTYPE with an internal subset, USLM and what is not well-formed are
/// `malformed`. A document
/// without a printed number, and what else was found odd, is said in its not_understood.
///
/// Text set out under several lettered instructions is stored once, with the first of them (mostly
/// the numbered one that introduces them); see set_out_for.
Result<std::vector<Document>> parse_fr_xml(std::string_view bytes, const FrOptions& options);

/// Raw text, plain or wrapped in HTML (".htm", ".txt"): number, dates, title, instructions and
/// pages of one document; no set-out text. For documents without XML.
Result<Document> parse_fr_raw_text(std::string_view bytes, const FrOptions& options);

/// True for what parse_fr_raw_text reads.
[[nodiscard]] bool is_fr_raw_text(std::string_view bytes);

/// The text set out for instruction `index` of `document`: its own, else what it shares with the
/// instructions above it ("2" for "2.a") and with those printed in one run with it.
[[nodiscard]] std::vector<const SetOutText*> set_out_for(const Document& document,
                                                         std::size_t index);

} // namespace regtrail::parse
