// Names of parties that stand only in the table set out: "adding under Armenia one entity".
#pragma once

#include "model/document.hpp"

#include <cstddef>
#include <vector>

namespace regtrail::parse {

/// Gives the instructions from `first` on, which share the text set out under them, the entries
/// that they add or revise without naming them ("... / ARMENIA / entries"): those of the country in
/// the text that no other instruction names. Only where one instruction of the run is without names
/// for the country and the number that it says is theirs; any other is left as it is.
void name_listed_parties(std::vector<Instruction>& instructions, std::size_t first);

} // namespace regtrail::parse
