#include "query/document_file.hpp"

#include "diff/cause/delays.hpp"
#include "federal_register/document_relations.hpp"
#include "parse/cfr_annual_xml.hpp"
#include "parse/fr_xml.hpp"
#include "query/lookup.hpp"

#include <fmt/format.h>

#include <utility>

namespace regtrail::query {
namespace {

Result<parse::EcfrDocument>
parse_as_found(const std::string& bytes, const std::string& name, const std::string& title) {
  switch (parse::detect_kind(bytes)) {
  case parse::FileKind::cfr_annual: {
    parse::CfrAnnualOptions options;
    options.source_name = name;
    options.title = title;
    TRY_ASSIGN(auto document, parse::parse_cfr_annual(bytes, options));
    return std::move(document.content);
  }
  case parse::FileKind::federal_register:
    return fail(
        ErrorKind::usage,
        fmt::format("'{}' is a Federal Register document, which holds no text in force; give "
                    "eCFR or annual CFR XML, or read it with doc --file",
                    name));
  default: {
    parse::EcfrOptions options;
    options.source_name = name;
    options.title = title;
    return parse::parse_ecfr(bytes, options);
  }
  }
}

Citation without_title(const Citation& citation) {
  Citation bare = citation.kind() == CitationKind::part ? Citation::part({}, citation.name())
                  : citation.kind() == CitationKind::section
                      ? Citation::section({}, citation.name())
                      : Citation::appendix({}, citation.name());
  for (const Step& step : citation.steps()) {
    bare = std::move(bare).child(step);
  }
  return citation.kind() == CitationKind::eccn ? citation : bare;
}

/// With what they say of others and of each other, and with dates after the delays among them.
std::vector<Document> related(std::vector<Document> documents) {
  auto relations = federal_register::relate(documents);
  std::vector<const Document*> all;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    documents[i].relations = std::move(relations[i]);
    all.push_back(&documents[i]);
  }
  std::vector<Document> moved;
  moved.reserve(documents.size());
  for (const Document& document : documents) {
    moved.push_back(diff::with_delays(document, all));
  }
  return moved;
}

} // namespace

Result<DocumentFile> read_document(const FileBytes& file, const std::string& title) {
  TRY_ASSIGN(auto content, parse_as_found(file.bytes, file.name, title));
  return DocumentFile{std::move(content), sha256(file.bytes)};
}

Result<Citation> file_citation(const std::vector<std::string>& words, const std::string& title) {
  TRY_ASSIGN(auto citation, text_citation(words, title));
  return title.empty() ? without_title(citation) : citation;
}

Result<std::vector<UnitPlace>> places_in(const std::vector<Unit>& units, const Citation& citation) {
  std::vector<UnitPlace> places;
  for (const Unit& unit : units) {
    if (unit.id.is_within(citation)) {
      places.push_back({unit.id, &unit, &unit.root});
    } else if (citation.unit() == unit.id) {
      const Node* node = find_node(unit.root, unit.id, citation);
      if (node == nullptr) {
        return unknown_place(citation, unit.id, unit.root, "the file");
      }
      places.push_back({citation, &unit, node});
    }
  }
  return places;
}

Result<std::vector<Document>> read_fr_file(const FileBytes& file) {
  parse::FrOptions options;
  options.source_name = file.name;
  if (parse::is_fr_raw_text(file.bytes)) {
    TRY_ASSIGN(auto document, parse::parse_fr_raw_text(file.bytes, options));
    return related({std::move(document)});
  }
  const parse::FileKind kind = parse::detect_kind(file.bytes);
  if (kind == parse::FileKind::ecfr || kind == parse::FileKind::cfr_annual) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is text of the CFR, not a Federal Register document; read it "
                            "with show --file",
                            file.name));
  }
  TRY_ASSIGN(auto documents, parse::parse_fr_xml(file.bytes, options));
  return related(std::move(documents));
}

} // namespace regtrail::query
