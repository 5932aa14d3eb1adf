// One element of the Federal Register as a document.
#pragma once

#include "model/document.hpp"
#include "parse/fr/document_cutter.hpp"
#include "parse/fr/mending.hpp"
#include "parse/xml_piece.hpp"

#include <cstddef>
#include <string>

namespace regtrail::parse {

struct LoadedDocument {
  XmlPiece xml;
  FrPages pages;
};

/// Loads and mends; the page on which it ends. Errors name `source_name` and the line; elements
/// below the piece's own may be nested `max_depth` deep.
Result<int> load_document(LoadedDocument& loaded,
                          const FrPiece& piece,
                          std::size_t max_depth,
                          const std::string& source_name);

/// Reads `loaded`, which was made of `piece`; what it needs is moved out of its tree.
[[nodiscard]] Document
read_document(LoadedDocument& loaded, const FrPiece& piece, const FrIssue& issue);

} // namespace regtrail::parse
