// A cursor over a citation that is read.
#pragma once

#include "model/characters.hpp"
#include "model/citation_internal.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace regtrail::citation_detail {

class Reader {
public:
  explicit Reader(std::string_view text) : m_text(text) {}

  [[nodiscard]] bool done() const { return m_at >= m_text.size(); }

  [[nodiscard]] char peek() const { return done() ? '\0' : m_text[m_at]; }

  [[nodiscard]] std::string_view rest() const { return m_text.substr(m_at); }

  void skip(std::size_t count) { m_at += count; }

  void skip_blanks() {
    while (peek() == ' ') {
      ++m_at;
    }
  }

  template<typename Predicate>
  std::string_view take_while(Predicate predicate) {
    const std::size_t start = m_at;
    while (!done() && predicate(m_text[m_at])) {
      ++m_at;
    }
    return m_text.substr(start, m_at - start);
  }

  /// Case-insensitive; `word` in lower case. Takes it and the blanks behind it.
  bool take_word(std::string_view word) {
    if (!starts_with_word(lowered(rest().substr(0, word.size() + 1)), word)) {
      return false;
    }
    skip(word.size());
    skip_blanks();
    return true;
  }

  /// Case-insensitive, whatever follows; `start` in lower case. Takes the blanks behind it too.
  bool take_start(std::string_view start) {
    if (!starts_with_ignoring_case(rest(), start)) {
      return false;
    }
    skip(start.size());
    skip_blanks();
    return true;
  }

  bool take(std::string_view exact) {
    if (!rest().starts_with(exact)) {
      return false;
    }
    skip(exact.size());
    return true;
  }

private:
  std::string_view m_text;
  std::size_t m_at = 0;
};

/// Rewrites what people type, or copy from a page, into a form that Citation::parse reads: "Title
/// 15 CFR Part 744.23 (a)", "paragraph (a)(2) of \u00a7 744.23", "USML VIII(h)", characters of a
/// Japanese keyboard, addresses of ecfr.gov and federalregister.gov. "" where it is none of these.
[[nodiscard]] std::string as_typed(std::string_view text);

/// The citation that a text looks like, as a correction: "ECCN 3B001" for "3B.001"; "" for none.
[[nodiscard]] std::string nearest_form(std::string_view text);

} // namespace regtrail::citation_detail
