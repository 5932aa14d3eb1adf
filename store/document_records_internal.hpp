// Documents as packed records.
#pragma once

#include "model/document.hpp"

#include <string>
#include <string_view>

namespace regtrail::store {

/// All of a document but its instructions and body.
std::string pack_document_detail(const Document& document);
Document unpack_document_detail(std::string_view bytes);

/// Instructions with their set-out text, and the body.
std::string pack_document_content(const Document& document);
void unpack_document_content(std::string_view bytes, Document& document);

} // namespace regtrail::store
