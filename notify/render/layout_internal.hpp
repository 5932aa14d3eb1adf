// Styled text flowed into lines of a terminal's width.
#pragma once

#include "notify/render/terminal.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::render {

enum class Mark { plain, added, removed, bold, dim };

/// `text` between the escapes of `mark`; as it is when the style has no colour or `text` is empty.
[[nodiscard]] std::string styled(const TerminalStyle& style, Mark mark, std::string_view text);

/// Fills one paragraph. Blanks are folded, "\n" breaks a line, a word wider than a line is broken
/// anywhere unless it is the address of a page, East Asian wide characters may be parted. Linear in
/// the text. A width of 0 or less never breaks. Text passes through printable() here: callers pass
/// text as received.
class Flow {
public:
  /// The first line starts at column `indent`, the others at `hanging`.
  Flow(const TerminalStyle& style, int indent, int hanging);

  void add(Mark mark, std::string_view text);

  /// Two blanks before what follows on the line: the space between columns.
  void gap();

  [[nodiscard]] int hanging() const { return m_hanging; }

  /// The paragraph with its final newline; "" when nothing but blanks was added.
  [[nodiscard]] std::string finish();

  struct Line {
    int width = 0;       ///< columns
    bool edited = false; ///< something on it was added or removed
  };

  /// What finish() returned, line by line; valid after it.
  [[nodiscard]] const std::vector<Line>& lines() const { return m_lines; }

private:
  void put(Mark mark, std::string_view characters, int width);
  void put_ascii(Mark mark, std::string_view characters);
  void put_character(Mark mark, std::string_view character, std::int32_t code);
  /// A blank, a line end or a character beyond ASCII; returns its length.
  std::size_t add_other(Mark mark, std::string_view text);
  [[nodiscard]] int room_in_word() const;
  void end_word();
  void break_line();
  void write(Mark mark, std::string_view text);
  void set_mark(Mark mark);
  [[nodiscard]] bool fits(int width) const;

  TerminalStyle m_style;
  int m_hanging;
  std::string m_out;
  int m_column = 0;
  bool m_line_open = false; ///< something stands on the line besides the indent
  bool m_any = false;
  bool m_line_edited = false;
  std::vector<Line> m_lines;
  Mark m_mark = Mark::plain; ///< whose escapes are open in m_out
  std::vector<std::pair<Mark, std::string>> m_word;
  int m_word_width = 0;
  bool m_word_is_address = false;
  int m_blanks = 0; ///< how many precede m_word
  Mark m_blank_mark = Mark::plain;
};

/// One paragraph of a single mark.
[[nodiscard]] std::string
paragraph(const TerminalStyle& style, int indent, int hanging, Mark mark, std::string_view text);

/// `label` padded to `column` columns, at least by one blank, and `flow` beside it, whose indents
/// it takes the place of.
[[nodiscard]] std::string
labelled(const TerminalStyle& style, Mark mark, std::string_view label, int column, Flow& flow);

[[nodiscard]] std::string blanks(int count); ///< none for a negative count

/// Texts side by side, each wrapped within its own width, two blanks between them.
struct Column {
  std::string_view text;
  int width = 0;
};

[[nodiscard]] std::string
side_by_side(const TerminalStyle& style, int indent, const std::vector<Column>& columns);

/// Word scripts of before and after in two columns over the style's width, with a mark between
/// them: "|" where both sides were edited, "<" and ">" where one was. Shows without colour as well.
[[nodiscard]] std::string edits_side_by_side(const TerminalStyle& style,
                                             const std::vector<WordRun>& before,
                                             const std::vector<WordRun>& after);

/// The headings of these columns.
[[nodiscard]] std::string
heads_side_by_side(const TerminalStyle& style, std::string_view before, std::string_view after);

/// One run of a word script with its markers.
void add_run(Flow& flow, const TerminalStyle& style, const WordRun& run);

/// `text` padded with blanks to `width` columns; at least one blank follows.
[[nodiscard]] std::string padded(std::string_view text, int width);

/// `text` cut at `width` columns with "..." where it is wider.
[[nodiscard]] std::string cut_to_width(std::string_view text, int width);

/// The end of `text`, behind "..." where all of it is wider than `width` columns.
[[nodiscard]] std::string cut_front_to_width(std::string_view text, int width);

} // namespace regtrail::render
