// One element of the Federal Register as a document.
#pragma once

#include "model/document.hpp"
#include "parse/fr/mending.hpp"

#include <pugixml.hpp>

#include <optional>

namespace regtrail::parse {

/// What the issue says about itself; empty where there is none.
struct FrIssue {
  int volume = 0;
  std::optional<Date> date;
};

/// Reads `element`, a RULE, NOTICE and the like for which mend() gave `pages`; what the document
/// needs is moved out of the tree.
[[nodiscard]] Document
read_document(const pugi::xml_node& element, const FrIssue& issue, const FrPages& pages);

} // namespace regtrail::parse
