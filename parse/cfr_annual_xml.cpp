#include "parse/cfr_annual_xml.hpp"

#include "parse/annual/ecfr_form.hpp"
#include "parse/annual/edition.hpp"
#include "parse/cfr/xml_reader.hpp"
#include "parse/ecfr/title.hpp"
#include "parse/ecfr/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace regtrail::parse {
namespace {

std::string scope_of(const std::string& root, const EcfrDocument& document) {
  if (document.units.empty()) {
    return {};
  }
  const Citation& first = document.units.front().id;
  const auto in_one_part = [&](const Unit& unit) {
    return unit.id.part_number() == first.part_number();
  };
  if (document.units.size() == 1) {
    return first.to_string();
  }
  if (root != "CFRDOC" && std::all_of(document.units.begin(), document.units.end(), in_one_part)) {
    return Citation::part(document.title, first.part_number()).to_string();
  }
  return fmt::format("Title {}", document.title.empty() ? "?" : document.title);
}

} // namespace

Result<CfrAnnualDocument> parse_cfr_annual(std::string_view bytes,
                                           const CfrAnnualOptions& options) {
  CfrAnnualDocument document;
  CfrEdition& edition = document.edition;
  edition.title = options.title;
  CfrHandler handler;
  handler.on_front = [&](const pugi::xml_node& element) { read_front(element, edition); };
  handler.on_piece = [&](Piece& piece, const PieceSource& source) {
    const auto& wanted = options.parts;
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), piece.part) == wanted.end()) {
      return;
    }
    if (edition.title.empty()) {
      edition.title = title_in_name(options.source_name);
    }
    if (edition.title.empty()) {
      edition.title = infer_title(source.bytes, piece.part);
    }
    to_ecfr_form(piece);
    add_unit(document.content.units, read_unit(piece, source, edition.title), source.units_inside);
  };
  TRY_ASSIGN(const std::string root,
             read_cfr_xml(bytes, CfrForm::annual, options.limits, options.source_name, handler));
  document.content.title = edition.title;
  document.content.scope = scope_of(root, document.content);
  return document;
}

FileKind detect_kind(std::string_view bytes) {
  static constexpr std::string_view blanks = " \t\r\n";
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
  }
  while (true) {
    bytes.remove_prefix(std::min(bytes.find_first_not_of(blanks), bytes.size()));
    if (bytes.starts_with('{') || bytes.starts_with('[')) {
      return FileKind::json;
    }
    const bool comment = bytes.starts_with("<!--");
    if (!comment && !bytes.starts_with("<?") && !bytes.starts_with("<!")) {
      break;
    }
    const std::size_t end = bytes.find(comment ? "-->" : ">");
    if (end == std::string_view::npos) {
      return FileKind::unknown;
    }
    bytes.remove_prefix(end + (comment ? 3 : 1));
  }
  if (!bytes.starts_with('<')) {
    return FileKind::unknown;
  }
  const std::string_view name = bytes.substr(1, bytes.find_first_of(" \t\r\n/>", 1) - 1);
  static constexpr std::array<std::string_view, 12> federal_register = {"FEDREG",
                                                                        "RULE",
                                                                        "PRORULE",
                                                                        "NOTICE",
                                                                        "PRESDOCU",
                                                                        "PRESDOC",
                                                                        "CORRECT",
                                                                        "RULES",
                                                                        "PRORULES",
                                                                        "NOTICES",
                                                                        "PRESDOCS",
                                                                        "NEWPART"};
  if (is_cfr_root(CfrForm::ecfr, name)) {
    return FileKind::ecfr;
  }
  if (is_cfr_root(CfrForm::annual, name)) {
    return FileKind::cfr_annual;
  }
  if (std::find(federal_register.begin(), federal_register.end(), name) != federal_register.end()) {
    return FileKind::federal_register;
  }
  static constexpr std::array<std::string_view, 6> page = {
      "html", "HTML", "head", "HEAD", "body", "BODY"};
  return std::find(page.begin(), page.end(), name) != page.end() ? FileKind::html
                                                                 : FileKind::unknown;
}

} // namespace regtrail::parse
