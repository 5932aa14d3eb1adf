// One object of the Federal Register's API into a document.
#pragma once

#include "model/document.hpp"
#include "model/error.hpp"

#include <nlohmann/json_fwd.hpp>

namespace regtrail::parse {

/// The message of an error names the document and the field, not the source.
[[nodiscard]] Result<Document> fr_document_of(const nlohmann::json& object);
[[nodiscard]] Result<Document> fr_inspection_document_of(const nlohmann::json& object);

} // namespace regtrail::parse
