// Documents of the archive by what people give to name them.
#pragma once

#include "model/document.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"

#include <string>
#include <vector>

namespace regtrail::query {

/// By number, order number, citation (several where a page holds the end of one document and the
/// beginning of the next), address of a page that shows it, or the number of a measure; with all
/// their relations and with dates of effect after delays. An Error of kind not_found says what was
/// tried.
Result<std::vector<Document>> find_stored_documents(store::Archive& archive, const std::string& id);

} // namespace regtrail::query
