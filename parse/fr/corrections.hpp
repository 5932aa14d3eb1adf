// Corrections that a document prints of another: "On page 100, in § 744.9, “X” should read “Y”."
#pragma once

#include "model/document.hpp"

#include <map>
#include <string>

namespace regtrail::parse {

/// By the text of an AMDPAR: the section under whose heading, "§ 744.23 [Corrected]", it stands.
using CorrectedSections = std::map<std::string, Citation>;

/// Reads those of `document` in its instructions that were not understood and in its body.
/// Sentences of the body become instructions behind the others where they name a place of the CFR;
/// in the printer's corrections all of them.
void read_corrections(Document& document, const CorrectedSections& sections);

} // namespace regtrail::parse
