#include "model/text.hpp"
#include "notify/render/layout_internal.hpp"

#include <algorithm>
#include <limits>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <utility>

namespace regtrail::render {

namespace {

std::string_view escape_of(Mark mark) {
  switch (mark) {
  case Mark::added:
    return "\x1b[32;4m";
  case Mark::removed:
    return "\x1b[31;9m";
  case Mark::bold:
    return "\x1b[1m";
  case Mark::dim:
    return "\x1b[2m";
  case Mark::plain:
    break;
  }
  return {};
}

constexpr std::string_view reset = "\x1b[0m";

int width_of(UChar32 character) {
  if (character < 0) {
    return 1;
  }
  switch (u_charType(character)) {
  case U_NON_SPACING_MARK:
  case U_ENCLOSING_MARK:
  case U_FORMAT_CHAR:
  case U_CONTROL_CHAR:
    return 0;
  default:
    break;
  }
  const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// ICU's macro narrows within itself.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"

/// Length in bytes and code point of the first character; a bad byte has the code point -1.
std::pair<std::size_t, UChar32> first_character(std::string_view text) {
  const std::size_t left = std::min<std::size_t>(text.size(), U8_MAX_LENGTH);
  UChar32 character = 0;
  std::int32_t length = 0;
  const char* bytes = text.data();
  U8_NEXT(bytes, length, static_cast<std::int32_t>(left), character);
  return {static_cast<std::size_t>(length), character};
}

#pragma GCC diagnostic pop

} // namespace

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const auto [length, code] = first_character(text);
    width += width_of(code);
    text.remove_prefix(length);
  }
  return width;
}

std::string styled(const TerminalStyle& style, Mark mark, std::string_view text) {
  const std::string_view escape = escape_of(mark);
  if (!style.colour || escape.empty() || text.empty()) {
    return std::string(text);
  }
  std::string out(escape);
  out += text;
  out += reset;
  return out;
}

Flow::Flow(const TerminalStyle& style, int indent, int hanging)
    : m_style(style),
      m_hanging(hanging),
      m_out(static_cast<std::size_t>(indent), ' '),
      m_column(indent) {}

bool Flow::fits(int width) const {
  return m_style.width <= 0 || m_column + width <= m_style.width;
}

void Flow::set_mark(Mark mark) {
  if (!m_style.colour || mark == m_mark) {
    return;
  }
  if (m_mark != Mark::plain) {
    m_out += reset;
  }
  m_out += escape_of(mark);
  m_mark = mark;
}

void Flow::write(Mark mark, std::string_view text) {
  set_mark(mark);
  m_line_edited = m_line_edited || mark == Mark::added || mark == Mark::removed;
  m_out += text;
  m_line_open = true;
  m_any = true;
}

void Flow::break_line() {
  set_mark(Mark::plain);
  m_lines.push_back({m_column, m_line_edited});
  m_line_edited = false;
  m_out += '\n';
  m_out.append(static_cast<std::size_t>(m_hanging), ' ');
  m_column = m_hanging;
  m_line_open = false;
}

void Flow::end_word() {
  if (m_word.empty()) {
    return;
  }
  const int blanks = m_line_open ? m_blanks : 0;
  if (m_line_open && !fits(blanks + m_word_width)) {
    break_line();
  } else if (blanks > 0) {
    write(m_blank_mark, std::string_view("  ").substr(0, static_cast<std::size_t>(blanks)));
    m_column += blanks;
  }
  for (const auto& [mark, text] : m_word) {
    write(mark, text);
  }
  m_column += m_word_width;
  m_word.clear();
  m_word_width = 0;
  m_word_is_address = false;
  m_blanks = 0;
}

void Flow::put(Mark mark, std::string_view characters, int width) {
  if (m_word.empty() || m_word.back().first != mark) {
    m_word.emplace_back(mark, std::string());
  }
  m_word.back().second += characters;
  m_word_width += width;
}

int Flow::room_in_word() const {
  return m_style.width > 0 && !m_word_is_address
             ? std::max(m_style.width - m_hanging, 2) - m_word_width
             : std::numeric_limits<int>::max();
}

void Flow::put_ascii(Mark mark, std::string_view characters) {
  m_word_is_address = m_word_is_address || characters.find("://") != std::string_view::npos;
  while (!characters.empty()) {
    if (room_in_word() <= 0) {
      end_word();
    }
    const std::size_t count =
        std::min(characters.size(), static_cast<std::size_t>(std::max(room_in_word(), 1)));
    put(mark, characters.substr(0, count), static_cast<int>(count));
    characters.remove_prefix(count);
  }
}

void Flow::put_character(Mark mark, std::string_view character, UChar32 code) {
  const int width = width_of(code);
  if (width == 2 || width > room_in_word()) {
    end_word();
  }
  put(mark, character, width);
  if (width == 2) {
    end_word();
  }
}

void Flow::add(Mark mark, std::string_view text) {
  const std::string safe = printable(text);
  std::size_t i = 0;
  while (i < safe.size()) {
    std::size_t end = i;
    while (end < safe.size() && safe[end] > ' ' && safe[end] <= '~') {
      ++end;
    }
    if (end > i) {
      put_ascii(mark, std::string_view(safe).substr(i, end - i));
      i = end;
      continue;
    }
    i += add_other(mark, std::string_view(safe).substr(i));
  }
}

std::size_t Flow::add_other(Mark mark, std::string_view text) {
  if (text[0] == '\n') {
    end_word();
    if (m_line_open) {
      break_line();
    }
    m_blanks = 0;
    return 1;
  }
  if (text[0] == ' ' || text[0] == '\t') {
    end_word();
    m_blanks = std::max(m_blanks, 1);
    m_blank_mark = mark;
    return 1;
  }
  const auto [length, code] = first_character(text);
  put_character(mark, text.substr(0, length), code);
  return length;
}

void Flow::gap() {
  end_word();
  m_blanks = 2;
  m_blank_mark = Mark::plain;
}

std::string Flow::finish() {
  end_word();
  set_mark(Mark::plain);
  if (!m_any) {
    return {};
  }
  if (m_line_open) {
    m_lines.push_back({m_column, m_line_edited});
  }
  m_out.erase(m_out.find_last_not_of(" \n") + 1);
  m_out += '\n';
  return std::move(m_out);
}

void add_run(Flow& flow, const TerminalStyle& style, const WordRun& run) {
  if (run.op == WordRun::Op::same) {
    flow.add(Mark::plain, run.text);
    return;
  }
  const bool removed = run.op == WordRun::Op::removed;
  const Mark mark = removed ? Mark::removed : Mark::added;
  if (!style.colour) {
    flow.add(mark, removed ? "[-" : "{+");
  }
  flow.add(mark, run.text);
  if (!style.colour) {
    flow.add(mark, removed ? "-]" : "+}");
  }
}

std::string padded(std::string_view text, int width) {
  return std::string(text) + blanks(std::max(1, width - display_width(text)));
}

std::string cut_to_width(std::string_view text, int width) {
  if (display_width(text) <= width) {
    return std::string(text);
  }
  std::string_view left = text;
  int used = 0;
  while (!left.empty()) {
    const auto [length, code] = first_character(left);
    if (used + width_of(code) > width - 3) {
      break;
    }
    used += width_of(code);
    left.remove_prefix(length);
  }
  std::string out(text.substr(0, text.size() - left.size()));
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "...";
}

std::string cut_front_to_width(std::string_view text, int width) {
  int left = display_width(text);
  if (left <= width) {
    return std::string(text);
  }
  while (!text.empty() && left > width - 3) {
    const auto [length, code] = first_character(text);
    left -= width_of(code);
    text.remove_prefix(length);
  }
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return "..." + std::string(text);
}

std::string redline(const std::vector<WordRun>& words, const TerminalStyle& style, int indent) {
  Flow flow(style, indent, indent);
  for (const WordRun& run : words) {
    add_run(flow, style, run);
  }
  return flow.finish();
}

std::string blanks(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

std::string
paragraph(const TerminalStyle& style, int indent, int hanging, Mark mark, std::string_view text) {
  Flow flow(style, indent, hanging);
  flow.add(mark, text);
  return flow.finish();
}

std::string
labelled(const TerminalStyle& style, Mark mark, std::string_view label, int column, Flow& flow) {
  const std::string text = flow.finish();
  const auto indent = static_cast<std::size_t>(flow.hanging());
  return styled(style, mark, printable(label)) +
         blanks(std::max(1, column - display_width(label))) +
         (text.size() > indent ? text.substr(indent) : "\n");
}

} // namespace regtrail::render
