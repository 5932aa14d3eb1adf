// One element of the Federal Register as a document.
#pragma once

#include "model/document.hpp"
#include "parse/fr/document_cutter.hpp"

#include <string>

namespace regtrail::parse {

/// Errors name `source_name` and the line.
Result<Document>
read_document(const FrPiece& piece, const FrIssue& issue, const std::string& source_name);

} // namespace regtrail::parse
