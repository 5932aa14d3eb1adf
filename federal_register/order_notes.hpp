// The notes of the Federal Register on an executive order (docs/grammar.md, Executive orders:
// notes):
//
//   notes  ::= { clause }                        separated by line breaks, ";" or nothing
//   clause ::= verb ":" target { (";" | ",") target }
//   target ::= [ "EO" | "Executive Order" ] number [ ( "," | "of" ) date ] [ "(in part)" ]
//            | "Notice of" date | "Proclamation" number ... (kept as words)
//
// The same grammar stands in the element NOPRINTEONOTES. It is written by hand and edited for
// years: verbs stand in any case, colons after a blank, separators twice or not at all.
#pragma once

#include "model/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register {

struct OrderNotes {
  std::vector<Relation> relations; ///< source "notes"; each kind and target once
  std::vector<std::string> others; ///< "See: Notice of June 14, 2007": targets that are no orders
  std::vector<std::string> not_understood; ///< words under no verb, or under an unknown one
};

/// `own_number` is the order that has the notes: some refer to themselves, which is no relation.
[[nodiscard]] OrderNotes read_order_notes(std::string_view notes, std::string_view own_number = {});

} // namespace regtrail::federal_register
