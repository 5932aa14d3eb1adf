// The published and the normalised form of a piece of legal text.
#pragma once

#include <string>
#include <string_view>

namespace regtrail {

/// Bumped whenever normalise() changes what it folds; hashes carry it.
inline constexpr unsigned normaliser_version = 2;

/// The form in which two texts are compared: white space (also U+00A0 and thin blanks) collapsed
/// to one blank and trimmed, dashes U+2010-U+2015 and U+2212 folded to "-", curly quotes to ' and
/// ", soft hyphens and zero-width characters dropped, the blank after "§" and the blanks that
/// pretty-printers leave inside "( 1 )" removed, letters and their accents composed (Unicode's form
/// C), ligatures taken apart, the Greek mu made a micro sign. Digits, "^" and "_" are never
/// touched. UTF-8 in this form stays as it is; bytes that are no UTF-8 are kept.
[[nodiscard]] std::string normalise(std::string_view published);

/// Appends normalise(published) to `out`; for the parser, which reuses the buffer.
void normalise_into(std::string& out, std::string_view published);

/// True when `published` is plainly its own normal form: visible ASCII with single blanks. Of texts
/// beyond ASCII it says false without a look.
[[nodiscard]] bool is_plainly_normal(std::string_view published);

/// U+FFFD for every byte that is not UTF-8, control characters other than \n and \t dropped: what
/// may go to a terminal.
[[nodiscard]] std::string printable(std::string_view text);

} // namespace regtrail
