// Start and end tags of an XML document, one at a time and checked: DOCTYPEs with an internal
// subset, elements nested too deep, huge tags, mis-nested or truncated markup and HTML pages end
// the run. Memory is bounded by what the caller holds.
#pragma once

#include "model/error.hpp"
#include "parse/ecfr/markup.hpp"
#include "parse/ecfr/unit_cutter.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

struct Tag {
  enum class Kind { start, end };
  Kind kind = Kind::start;
  std::string_view name; ///< in the window: until the next tag is asked for
  std::size_t begin = 0; ///< of an end: behind the element's start tag when that closes itself
  std::size_t stop = 0;  ///< behind the tag
};

/// A self-closing element is a start and an end.
class ElementScanner {
public:
  static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

  /// `window` and `limits` must outlive the scanner; `vocabulary` is what messages say was
  /// expected: "annual CFR XML".
  ElementScanner(ByteWindow& window,
                 const Limits& limits,
                 std::string source_name,
                 std::string vocabulary);

  /// nullopt at the end of a complete document.
  Result<std::optional<Tag>> next();

  /// The line of a position in the window. Lines are counted when asked for, onwards only: not
  /// before a position that was asked for earlier.
  std::size_t line_of(std::size_t position);

  /// The first end tag of the name of the element whose start was just returned: the position
  /// behind it, `nothing` where there is none. What stands before it has not been looked at.
  Result<std::size_t> find_end();

  /// Takes that position for the end of the element and goes on behind it.
  void leave(std::size_t position);

  /// The whole element whose start was just returned as a tree; its positions are those in the
  /// bytes from `start.begin` on, to which they must be tied. Goes on behind the element.
  Result<MarkupTree> read_element(const Tag& start);

  /// Where the next tag is looked for.
  [[nodiscard]] std::size_t position() const { return m_position; }

  /// Bytes from `position` on stay in the window until release().
  void hold(std::size_t position) { m_held = position; }

  void release() { m_held = nothing; }

  /// Elements that are open, the one whose start was just returned included.
  [[nodiscard]] std::size_t depth() const { return m_stack.size(); }

  [[nodiscard]] tl::unexpected<Error>
  complain(ErrorKind kind, std::size_t line, std::string_view what) const;

private:
  struct Open {
    std::size_t position = 0;
    std::size_t name_length = 0; ///< at the end of m_names when it is the innermost
    std::size_t line = 0;        ///< of the first m_lines open elements
  };

  [[nodiscard]] std::string_view open_name() const {
    return std::string_view(m_names).substr(m_names.size() - m_stack.back().name_length);
  }

  void pop() {
    m_names.resize(m_names.size() - m_stack.back().name_length);
    m_stack.pop_back();
    m_lines = std::min(m_lines, m_stack.size());
  }

  Result<void> check_encoding();
  Result<void> check_outer_text(std::size_t from, std::size_t to);
  Result<std::size_t> find(std::string_view needle, std::size_t from);
  Result<void> skip(std::string_view terminator, std::string_view what);
  Result<void> declaration();
  Result<Tag> start_tag();
  Result<Tag> end_tag();
  Result<std::size_t> tag_end();
  Result<void> finish();
  Result<bool> at_least(std::size_t count);
  Result<bool> more();
  void count_to(std::size_t position);

  [[nodiscard]] std::string_view rest() const { return m_window.from(m_position); }

  ByteWindow& m_window;
  const Limits& m_limits;
  std::string m_source_name;
  std::string m_vocabulary;
  std::size_t m_position = 0;
  std::size_t m_held = nothing;
  std::size_t m_line = 1;
  std::size_t m_counted = 0; ///< lines are counted up to here
  bool m_started = false;
  bool m_seen_element = false;
  std::optional<Tag> m_pending_end; ///< of a self-closing element
  std::vector<Open> m_stack;
  std::size_t m_lines = 0; ///< how many of the open elements know their line
  std::string m_names;     ///< of the open elements, one behind the other
};

} // namespace regtrail::parse
