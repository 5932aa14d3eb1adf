// How the documents of a set stand to each other (docs/grammar.md, Acts on earlier documents).
#pragma once

#include "model/document.hpp"

#include <vector>

namespace regtrail::federal_register {

/// For each of `documents`, in their order, all its relations: those it has already, and
/// - what it does to an earlier one (acts_of), from its words; where these have no citation, from
///   the documents whose titles they quote, else from the one document of the day they say that
///   shares the rulemaking, the title or the parts (source "inferred");
/// - what a printer's correction corrects, from its number;
/// - for an executive order with text, what it says of other orders;
/// - `same_rulemaking` with those that share a RIN; a RIN of more than 40 documents is that of a
///   series (airworthiness directives), which relates nothing;
/// - `companion` with rules of the same issue and agency or parts, where each names the other by
///   number, page, RIN or title;
/// - the inverse of what another document of the set says of it.
/// Each kind and target stands once: the service's metadata and notes before the text, both before
/// what is inferred. A page is given as the document on it where the set has exactly one.
[[nodiscard]] std::vector<std::vector<Relation>> relate(const std::vector<Document>& documents);

} // namespace regtrail::federal_register
