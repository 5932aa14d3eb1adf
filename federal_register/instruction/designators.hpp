// Designators of paragraphs: their alphabets, ranges between them, and paths that continue the one
// named before: "(k)(1) through (3), and (4)(i)" (docs/grammar.md, Paragraph levels and Amendatory
// language: places).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register::instruction_detail {

enum class Alphabet : std::uint8_t { lower, upper, digits, lower_roman, upper_roman };

/// What may stand in the brackets of a designator: "a", "aa", "iv", "12", "B", "a-1".
[[nodiscard]] bool is_designator(std::string_view token);

/// Position of `token` in `alphabet`, from 1; nullopt when it is none of its letters.
[[nodiscard]] std::optional<int> value_in(Alphabet alphabet, std::string_view token);

/// The inverse: 28 of lower is "bb", 4 of lower_roman is "iv".
[[nodiscard]] std::string token_of(Alphabet alphabet, int value);

/// The alphabet of the level at `depth` below a section: (a)(1)(i)(A)(1)(i).
[[nodiscard]] Alphabet alphabet_at(std::size_t depth);

using Path = std::vector<std::string>; ///< "(a)", "(1)", "(iii)"

/// "(4)(i)" behind "(k)(3)" is (k)(4)(i): the deepest level that fits, later members before
/// earlier ones. nullopt where nothing fits.
[[nodiscard]] std::optional<Path> continued(const Path& previous, const Path& next);

/// All members from `first` to `last`, which share all but the last step: "(d)" to "(g)".
/// nullopt when they do not, run backwards or are more than 200.
[[nodiscard]] std::optional<std::vector<Path>> path_range(const Path& first, const Path& last);

/// "1026.3" to "1026.7", "A-31" to "A-41", "3" to "7", "1.i" to "1.iv", "N" to "P".
[[nodiscard]] std::optional<std::vector<std::string>> code_range(std::string_view first,
                                                                 std::string_view last);

} // namespace regtrail::federal_register::instruction_detail
