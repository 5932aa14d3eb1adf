// An instruction cut into the pieces that its grammar is made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register::instruction_detail {

enum class TokenKind : std::uint8_t {
  word,          ///< "revising", "PEOPLE'S", "decision-making"
  code,          ///< has a digit: "744.23", "3A001.b.1", "2.ii", "A-30", "1512-0021"; with steps
  designators,   ///< "(a)(1)(iii)" standing alone
  section_sign,  ///< one or two of them
  quoted,        ///< text without its quotes
  parenthetical, ///< "(Feb. 14, 2013)", text with its brackets
  bracketed,     ///< "[label:478-11]", text without its brackets
  comma,
  semicolon,
  colon,
  full_stop,
  dash,
  other,
};

struct Token {
  TokenKind kind = TokenKind::other;
  std::string_view text;          ///< verbatim; views the instruction
  std::string lower;              ///< of words and codes: folded and in lower case
  std::vector<std::string> steps; ///< "(a)", "(1)": of designators, and glued behind a code
  std::string_view suffix;        ///< "1.ii" of "43(b)(2)-1.ii"
  bool dotted = false;            ///< ".g" of an entry: the text is "g"
  std::size_t begin = 0;          ///< span in the instruction, quotes and brackets included
  std::size_t end = 0;
};

struct Tokens {
  std::vector<Token> list;
  bool balanced = true; ///< false: a quotation opens and never closes
};

/// Linear in the text. Words that lost their blank to markup are cut again: "underSection",
/// "Exemptionsis added".
[[nodiscard]] Tokens tokenise(std::string_view text);

/// A place in the tokens. Copying it is how one looks ahead.
class Cursor {
public:
  Cursor(const std::vector<Token>& tokens, std::string_view text)
      : m_tokens(tokens.data()),
        m_count(tokens.size()),
        m_text(text) {}

  [[nodiscard]] bool done() const { return m_at >= m_count; }

  [[nodiscard]] std::size_t position() const { return m_at; }

  void move_to(std::size_t position) { m_at = position; }

  void skip(std::size_t count = 1) { m_at += count; }

  /// A token without text beyond the end.
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;

  [[nodiscard]] bool is(TokenKind kind, std::size_t ahead = 0) const {
    return !beyond(ahead) && m_tokens[m_at + ahead].kind == kind;
  }

  /// Whether one of `phrases` stands here: words and codes in lower case, one blank between those
  /// of a phrase, '|' between phrases ("is|are|continues to").
  [[nodiscard]] bool is(std::string_view phrases, std::size_t ahead = 0) const {
    return words_at(phrases, ahead) != 0;
  }

  /// A word that makes the name in quotes before it name a part of the page and not words of the
  /// text: the “Mailing address” entry.
  [[nodiscard]] bool is_page_part(std::size_t ahead = 0) const;

  bool take(TokenKind kind);

  /// Takes the first of `phrases` that stands here.
  bool take(std::string_view phrases);

  /// The same where it stands; true either way.
  bool take_optional(std::string_view phrases) {
    take(phrases);
    return true;
  }

  /// The instruction from token `from` up to where the cursor stands, marks at its ends trimmed.
  [[nodiscard]] std::string verbatim_since(std::size_t from) const;
  [[nodiscard]] std::string verbatim(std::size_t from, std::size_t to) const;

private:
  /// The number of words of the first of `phrases` that stands at `ahead`, 0 where none does.
  [[nodiscard]] std::size_t words_at(std::string_view phrases, std::size_t ahead) const;

  [[nodiscard]] bool beyond(std::size_t ahead) const { return m_at + ahead >= m_count; }

  const Token* m_tokens;
  std::size_t m_count;
  std::string_view m_text;
  std::size_t m_at = 0;
};

} // namespace regtrail::federal_register::instruction_detail
