// Reading legal prose: the folded form of a text with its way back, words, numbers, designators.
#pragma once

#include "model/characters.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

/// A text in which blanks, dashes and quotes have one form each (' ', '-', '\'', '"'), "≤" is "<=",
/// "×" is "*", "µ" is "u", "²" is "^2"; soft hyphens and zero-width characters are gone. Line
/// breaks are blanks. Every byte knows the bytes of the original it stands for.
class Folded {
public:
  explicit Folded(std::string_view original);

  [[nodiscard]] std::string_view text() const { return m_text; }

  [[nodiscard]] std::size_t size() const { return m_text.size(); }

  /// '\0' beyond the end.
  [[nodiscard]] char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }

  /// Offset in the original of the first byte of what stands at `i`.
  [[nodiscard]] std::size_t original_begin(std::size_t i) const;

  /// Offset in the original of the end of a span that ends before `end`.
  [[nodiscard]] std::size_t original_end(std::size_t end) const;

private:
  /// A character outside ASCII; between two of them the bytes are those of the original.
  struct Replaced {
    std::size_t begin = 0; ///< in the folded text
    std::size_t end = 0;
    std::size_t original_begin = 0;
    std::size_t original_end = 0;
  };

  [[nodiscard]] const Replaced* last_before_or_at(std::size_t i) const;

  std::string m_text;
  std::vector<Replaced> m_replaced;
  std::size_t m_original_size = 0;
};

/// True when `text` has `word` (lower case) at `pos`, ignoring ASCII case.
[[nodiscard]] bool has_at(std::string_view text, std::size_t pos, std::string_view word);

/// The same, and neither side continues with a letter or digit.
[[nodiscard]] bool has_word_at(std::string_view text, std::size_t pos, std::string_view word);

/// First place of `word` (lower case) as a whole word, npos if none.
[[nodiscard]] std::size_t
find_word(std::string_view text, std::string_view word, std::size_t from = 0);

[[nodiscard]] std::size_t skip_blanks(std::string_view text, std::size_t pos);

/// Digits at `pos`, at most nine of them; advances `pos` over them.
[[nodiscard]] std::optional<int> read_int(std::string_view text, std::size_t& pos);

/// "(a)(2)(iii)" at `pos`: each step with its parentheses; advances `pos`. A step is one to five
/// letters or one to three digits.
[[nodiscard]] std::vector<std::string> read_designators(std::string_view text, std::size_t& pos);

/// Whether a path must begin with a dot (".c.1.a") or need not ("c.1.a").
enum class LeadingDot : std::uint8_t { required, optional };

/// A path at `pos`, letters and numbers in turn, without its leading dot; advances `pos`.
/// "" where there is none.
[[nodiscard]] std::string read_path(std::string_view text, std::size_t& pos, LeadingDot lead);

/// An ECCN ("3B001") at `pos`, not glued to letters or digits.
[[nodiscard]] bool has_eccn_at(std::string_view text, std::size_t pos);

} // namespace regtrail
