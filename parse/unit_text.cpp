#include "parse/unit_text.hpp"

#include "parse/cfr_annual_xml.hpp"
#include "parse/ecfr_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace regtrail::parse {
namespace {

/// The elements in which the unit stands: they say of which part it is.
struct Around {
  std::string before;
  std::string_view after;
};

Around around(FileKind kind, const Citation& id) {
  const bool is_frame = id.kind() == CitationKind::part;
  if (kind == FileKind::cfr_annual) {
    return is_frame ? Around{"<CFRDOC>", "</CFRDOC>"}
                    : Around{fmt::format("<PART><EAR>Pt. {}</EAR>", id.part_number()), "</PART>"};
  }
  return is_frame ? Around{"<ECFR>", "</ECFR>"}
                  : Around{fmt::format("<DIV5 N=\"{}\">", id.part_number()), "</DIV5>"};
}

/// The XML declaration, which names the encoding; "" for none.
std::string_view declaration_of(std::string_view document) {
  return document.starts_with("<?xml") ? document.substr(0, document.find("?>") + 2)
                                       : std::string_view();
}

Result<std::vector<Unit>> parse_all(const std::string& text, FileKind kind, const Citation& id) {
  if (kind == FileKind::cfr_annual) {
    CfrAnnualOptions options;
    options.source_name = id.to_string();
    options.title = id.title();
    TRY_ASSIGN(auto annual, parse_cfr_annual(text, options));
    return std::move(annual.content.units);
  }
  EcfrOptions options;
  options.source_name = id.to_string();
  options.title = id.title();
  TRY_ASSIGN(auto document, parse_ecfr(text, options));
  return std::move(document.units);
}

} // namespace

Result<Unit>
parse_unit(std::string_view document, const Citation& id, const std::vector<ByteRange>& ranges) {
  const auto broken = [&] {
    return fail(ErrorKind::malformed,
                fmt::format("'{}' is not in the bytes that it was read from", id.to_string()));
  };
  const FileKind kind = detect_kind(document);
  const Around elements = around(kind, id);
  std::string text(declaration_of(document));
  text += elements.before;
  for (const ByteRange& range : ranges) {
    if (range.offset > document.size() || range.length > document.size() - range.offset) {
      return broken();
    }
    text += document.substr(range.offset, range.length);
  }
  text += elements.after;
  TRY_ASSIGN(auto units, parse_all(text, kind, id));
  const auto found =
      std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.id == id; });
  if (found == units.end()) {
    return broken();
  }
  found->ranges = ranges;
  return std::move(*found);
}

} // namespace regtrail::parse
