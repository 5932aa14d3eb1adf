// Corrections of a published document in its printer's words: "On page 12345, in the second column,
// in § 744.23(a)(2), in the third line, “X” should read “Y”." (docs/grammar.md, Acts on earlier
// documents).
#pragma once

#include "model/citation.hpp"
#include "model/document.hpp"

#include <string_view>

namespace regtrail::federal_register {

/// True for a sentence that begins so and quotes what should be read.
[[nodiscard]] bool is_correction(std::string_view text);

/// One operation of verb `correct` for each pair of words; its note says page, column and line.
/// `place`: the section under whose heading the sentence stands, empty where there is none. Where
/// no place of the CFR is named the words are read and the instruction is not understood. Ordinal
/// and text are set where the number is printed in front.
[[nodiscard]] Instruction
read_correction(std::string_view text, const Citation& place, std::string_view title);

/// "§ 744.23 [Corrected]": the section; empty for another line.
[[nodiscard]] Citation corrected_place(std::string_view heading, std::string_view title);

} // namespace regtrail::federal_register
