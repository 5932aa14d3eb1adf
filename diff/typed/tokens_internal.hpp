// Words and marks of a text, and what differs between two texts apart from their print.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff::typed {

/// The key of every form of the section sign in front of a number: "§", "§§", "Sec.", "sections".
inline constexpr std::string_view section_key = "\u00a7";

struct Token {
  std::string key;       ///< what is compared: lower case
  std::string printed;   ///< with dashes and quotes folded
  bool is_word = false;  ///< letters and digits ("exporter's", "744.23", "CO_2"); else one mark
  bool is_glued = false; ///< no blank in front
};

using Tokens = std::vector<Token>;

[[nodiscard]] Tokens tokens_of(std::string_view text);

/// The tokens [begin, end) as printed.
[[nodiscard]] std::string printed(const Tokens& tokens, std::size_t begin, std::size_t end);

/// Tokens of one side that gave way to tokens of the other; one of the two may be none.
struct Edit {
  std::size_t before_begin = 0;
  std::size_t before_end = 0;
  std::size_t after_begin = 0;
  std::size_t after_end = 0;
};

/// A shortest list of edits, compared by key, in order; nullopt where the texts differ so much that
/// it is not worth finding.
[[nodiscard]] std::optional<std::vector<Edit>> edits_between(const Tokens& before,
                                                             const Tokens& after);

} // namespace regtrail::diff::typed
