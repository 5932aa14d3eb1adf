// Places as instructions write them against places as the CFR prints them: letter case, dashes,
// quotes and the punctuation behind a name differ.
#pragma once

#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/document.hpp"

#include <string>
#include <vector>

namespace regtrail::diff::cause {

/// A citation by its steps, folded; the unit comes first and an ECCN is a step of its unit.
struct Place {
  std::string part;
  std::vector<std::string> steps;
  bool whole_part = false;
};

[[nodiscard]] Place place_of(const Citation& citation);

/// True when `place` is `above` or lies below it.
[[nodiscard]] bool lies_within(const Place& place, const Place& above);

/// False for verbs that leave the text as it is: containers, authority citations, dates, stays.
[[nodiscard]] bool orders_text(Verb verb);

enum class Naming { no, weakly, around, exactly };

/// How far `instruction` orders what `change` is.
[[nodiscard]] Naming naming_of(const Instruction& instruction, const Change& change);

/// True when the words of an instruction that was not understood mention the unit, entry or ECCN
/// in which `change` lies.
[[nodiscard]] bool mentions(const Instruction& instruction, const Change& change);

} // namespace regtrail::diff::cause
