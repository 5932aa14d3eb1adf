// Which way a text points: whether more of it restricts or frees.
#pragma once

#include "diff/typed/tokens_internal.hpp"
#include "diff/typed/typed_diff.hpp"
#include "model/change.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff::typed {

/// What follows for those who fall under a text.
enum class Polarity : std::uint8_t {
  unknown,
  restricts, ///< controls, license requirements, bars, duties: more of it is tightened
  frees,     ///< exclusions, exceptions, authorizations: more of it is loosened
};

[[nodiscard]] Polarity opposite(Polarity polarity);

/// Of a text that has more (`grew`) or less than it had.
[[nodiscard]] Direction direction_of(Polarity polarity, bool grew);

/// Tokens in which phrases can be found.
class Prose {
public:
  explicit Prose(std::string_view text);

  [[nodiscard]] const Tokens& tokens() const { return m_tokens; }

  [[nodiscard]] std::size_t size() const { return m_tokens.size(); }

  [[nodiscard]] std::string_view key(std::size_t i) const {
    return i < m_tokens.size() ? std::string_view(m_tokens[i].key) : std::string_view();
  }

  /// True when the tokens from `i` on are the words of `phrase`, apart by single blanks.
  [[nodiscard]] bool has_at(std::size_t i, std::string_view phrase) const;

  /// The number of tokens of the first of `phrases` that stands at `i`; 0 for none.
  [[nodiscard]] std::size_t match_at(std::size_t i, std::string_view phrases) const;

  /// True when one of `phrases` stands in [begin, end).
  [[nodiscard]] bool has_any(std::string_view phrases, std::size_t begin, std::size_t end) const;

  /// Where the sentence of token `i` begins, and where it ends: behind its full stop.
  [[nodiscard]] std::size_t sentence_begin(std::size_t i) const;
  [[nodiscard]] std::size_t sentence_end(std::size_t i) const;

private:
  [[nodiscard]] bool ends_sentence(std::size_t i) const;

  Tokens m_tokens;
  std::string m_keys;                 ///< " key key key "
  std::vector<std::size_t> m_offsets; ///< of the blank in front of each key; of the last blank
};

/// What the place says before its own text is read: the part and section, and the headings and lead
/// sentences above it.
struct Surroundings {
  Polarity polarity = Polarity::unknown;
  bool led = false;        ///< a heading or a lead sentence above says so, not the section alone
  bool conditions = false; ///< the place is one of several that must all be met
};

enum class Side : std::uint8_t { before, after };

[[nodiscard]] Surroundings surroundings_of(const Change& change, const Law& law, Side side);

/// The text of the paragraph above the place; "" where it is not known.
[[nodiscard]] std::string text_above(const Change& change, const Law& law, Side side);

/// What the sentence of the tokens [begin, end) says by its verb ("does not apply to"); `place`
/// where it says nothing.
[[nodiscard]] Polarity
statement_of(const Prose& prose, std::size_t begin, std::size_t end, Polarity place);

/// The polarity of what stands at token `at`: that of the sentence, turned by each "except" and
/// "other than" in whose reach it is.
[[nodiscard]] Polarity polarity_at(const Prose& prose, std::size_t at, Polarity place);

/// A sentence of the tokens [begin, end) by which somebody has to keep something for a time.
[[nodiscard]] bool is_lasting_duty(const Prose& prose, std::size_t begin, std::size_t end);

} // namespace regtrail::diff::typed
