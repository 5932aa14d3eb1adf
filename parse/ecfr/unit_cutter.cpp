#include "parse/ecfr/unit_cutter.hpp"

#include "model/byte_block.hpp"
#include "parse/ecfr/encoding.hpp"
#include "parse/ecfr/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace regtrail::parse {

bool ByteWindow::more(std::size_t keep_from) {
  if (!m_refill) {
    return false;
  }
  m_buffer.erase(0, std::min(keep_from - m_base, m_buffer.size()));
  m_base = keep_from;
  const bool read = m_refill(m_buffer);
  m_view = m_buffer;
  return read;
}

namespace {

constexpr std::size_t no_position = static_cast<std::size_t>(-1);
constexpr std::size_t looked_at_for_encoding = 64;

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(a) == lower(b);
  });
}

/// "742" for "§ 742.1", "" where there is no such number.
std::string part_of_section(std::string_view number) {
  const std::size_t begin = number.find_first_of("0123456789");
  const std::size_t end = number.find('.');
  return begin < end && end != std::string_view::npos
             ? std::string(number.substr(begin, end - begin))
             : std::string{};
}

class Cutter {
public:
  Cutter(ByteWindow& window,
         const EcfrOptions& options,
         const PieceHandler& handler,
         std::string& root)
      : m_window(window),
        m_options(options),
        m_handler(handler),
        m_root(root) {}

  Result<void> run() {
    m_position = m_window.begin();
    static_cast<void>(have(m_position, looked_at_for_encoding));
    if (auto encoding = check_encoding(); !encoding) {
      return encoding;
    }
    while (true) {
      const std::size_t open = find('<', m_position);
      if (open == no_position) {
        break;
      }
      if (m_stack.empty()) {
        if (auto text = check_outer_text(m_position, open); !text) {
          return text;
        }
      }
      m_position = open;
      if (auto tag = markup(); !tag) {
        return tag;
      }
    }
    return finish();
  }

private:
  struct Open {
    std::size_t line = 0; ///< of its start tag
    std::size_t name_length = 0;
  };

  /// Name of the innermost open element.
  [[nodiscard]] std::string_view open_name() const {
    return std::string_view(m_names).substr(m_names.size() - m_stack.back().name_length);
  }

  void pop() {
    m_names.resize(m_names.size() - m_stack.back().name_length);
    m_stack.pop_back();
  }

  tl::unexpected<Error> malformed(std::size_t position, std::string_view what) {
    return fail(
        ErrorKind::malformed,
        fmt::format("cannot parse '{}:{}': {}", m_options.source_name, line_of(position), what));
  }

  tl::unexpected<Error> too_large(std::size_t position, std::string_view what) {
    return fail(
        ErrorKind::too_large,
        fmt::format("cannot parse '{}:{}': {}", m_options.source_name, line_of(position), what));
  }

  /// Counts on from the last position asked for; positions only grow.
  std::size_t line_of(std::size_t position) {
    if (position > m_line_position) {
      m_line += count_byte(m_window.slice(std::max(m_line_position, m_window.begin()),
                                          std::min(position, m_window.end())),
                           '\n');
      m_line_position = position;
    }
    return m_line;
  }

  /// First byte that must stay in the window.
  [[nodiscard]] std::size_t keep_from() const { return std::min(m_position, m_frame_from); }

  bool more() {
    if (m_window.is_whole()) {
      return false;
    }
    static_cast<void>(line_of(std::min(m_position, m_window.end())));
    flush_frame(m_position);
    return m_window.more(keep_from());
  }

  bool have(std::size_t position, std::size_t count) {
    while (m_window.end() < position + count) {
      if (!more()) {
        return false;
      }
    }
    return true;
  }

  /// Position of the first `c` at or after `from`.
  std::size_t find(char c, std::size_t from) {
    const std::size_t found = m_window.from(std::min(from, m_window.end())).find(c);
    return found != std::string_view::npos ? from + found : find(std::string_view(&c, 1), from);
  }

  /// Position of the first `needle` at or after `from`.
  std::size_t find(std::string_view needle, std::size_t from) {
    while (true) {
      if (from < m_window.end()) {
        const std::size_t found = m_window.from(from).find(needle);
        if (found != std::string_view::npos) {
          return from + found;
        }
      }
      if (m_window.end() - keep_from() > m_options.limits.max_unit_bytes) {
        m_run_too_large = true;
        return no_position;
      }
      const std::size_t reread = std::max(
          from, m_window.end() - std::min(m_window.end() - m_window.begin(), needle.size() - 1));
      if (needle == "<" && m_stack.empty()) {
        if (auto text = check_outer_text(m_position, m_window.end()); !text) {
          m_outer_error = std::move(text.error());
          return no_position;
        }
        m_position = std::max(m_position, m_window.end() > 8 ? m_window.end() - 8 : 0);
      }
      if (!more()) {
        return no_position;
      }
      from = reread;
    }
  }

  tl::unexpected<Error> unit_too_large() {
    return too_large(
        m_position, fmt::format("a unit is larger than {} bytes", m_options.limits.max_unit_bytes));
  }

  Result<void> check_encoding() {
    const std::string_view front = m_window.from(m_position);
    if (front.starts_with("\xEF\xBB\xBF")) {
      m_position += 3;
    } else if (front.starts_with("\xFE\xFF") || front.starts_with("\xFF\xFE") ||
               front.substr(0, looked_at_for_encoding).find('\0') != std::string_view::npos) {
      return malformed(m_position, "expected UTF-8 text, got UTF-16 or binary data");
    }
    return {};
  }

  Result<void> check_outer_text(std::size_t from, std::size_t to) {
    if (!m_stack.empty() || from >= to) {
      return {};
    }
    const std::string_view text = m_window.slice(from, to);
    const auto stray = std::find_if(text.begin(), text.end(), [](char c) { return !is_blank(c); });
    if (stray != text.end()) {
      return malformed(from + static_cast<std::size_t>(stray - text.begin()),
                       "expected an element, got text outside of any");
    }
    return {};
  }

  Result<void> markup() {
    if (!have(m_position, 2)) {
      return malformed(m_position, "the document ends inside a tag, it is truncated");
    }
    const char next = m_window.from(m_position)[1];
    if (next == '!') {
      return declaration();
    }
    if (next == '?') {
      return skip("?>", "a processing instruction");
    }
    if (next == '/') {
      return end_tag();
    }
    if (!is_name_start(next)) {
      return malformed(m_position, "expected a tag after '<'");
    }
    return start_tag();
  }

  Result<void> skip(std::string_view terminator, std::string_view what) {
    const std::size_t end = find(terminator, m_position + 2);
    if (end == no_position) {
      return unfinished(what);
    }
    m_position = end + terminator.size();
    return {};
  }

  tl::unexpected<Error> unfinished(std::string_view what) {
    return m_run_too_large
               ? unit_too_large()
               : malformed(m_position,
                           fmt::format("the document ends inside {}, it is truncated", what));
  }

  Result<void> declaration() {
    static_cast<void>(have(m_position, 9));
    const std::string_view rest = m_window.from(m_position);
    if (rest.starts_with("<!--")) {
      return skip("-->", "a comment");
    }
    if (rest.starts_with("<![CDATA[")) {
      if (m_stack.empty()) {
        return malformed(m_position, "expected an element, got text outside of any");
      }
      return skip("]]>", "a CDATA section");
    }
    if (!equals_ignoring_case(rest.substr(0, 9), "<!DOCTYPE")) {
      return malformed(m_position, "expected a comment, a CDATA section or a DOCTYPE after '<!'");
    }
    const std::size_t end = find('>', m_position);
    if (end == no_position) {
      return unfinished("a DOCTYPE");
    }
    const std::string_view doctype = m_window.slice(m_position, end);
    if (doctype.find('[') != std::string_view::npos) {
      return malformed(m_position, "a DOCTYPE with an internal subset is refused, remove it");
    }
    if (doctype.size() >= 14 && equals_ignoring_case(doctype.substr(10, 4), "html")) {
      return malformed(m_position, "expected eCFR XML, got an HTML page");
    }
    m_position = end + 1;
    return {};
  }

  Result<void> end_tag() {
    const std::size_t end = find('>', m_position);
    if (end == no_position) {
      return unfinished("a tag");
    }
    std::string_view name = m_window.slice(m_position + 2, end);
    while (!name.empty() && is_blank(name.back())) {
      name.remove_suffix(1);
    }
    if (m_stack.empty() || open_name() != name) {
      return misplaced_end_tag(name);
    }
    pop();
    m_position = end + 1;
    return closed();
  }

  tl::unexpected<Error> misplaced_end_tag(std::string_view name) {
    if (m_stack.empty()) {
      return malformed(m_position, fmt::format("</{}> closes nothing", name.substr(0, 40)));
    }
    return malformed(m_position,
                     fmt::format("expected </{}> for the element of line {}, got </{}>",
                                 open_name(),
                                 m_stack.back().line,
                                 name.substr(0, 40)));
  }

  Result<void> start_tag() {
    const std::size_t end = tag_end();
    if (end == no_position) {
      return unfinished_tag();
    }
    std::string_view tag = m_window.slice(m_position + 1, end);
    const bool empty = tag.ends_with('/');
    if (empty) {
      tag.remove_suffix(1);
    }
    const std::string_view name = tag_name(tag);
    if (m_root.empty()) {
      if (auto root = check_root(name); !root) {
        return root;
      }
    }
    if (name == "DIV8" || name == "DIV9") {
      return unit(name, decode_references(tag_attribute(tag, "N").value_or("")));
    }
    if (name == "DIV5" && m_part_depth == 0) {
      open_part(decode_references(tag_attribute(tag, "N").value_or("")));
    }
    m_stack.push_back({line_of(m_position), name.size()});
    m_names += name;
    if (m_stack.size() > static_cast<std::size_t>(std::max(m_options.limits.max_depth, 1))) {
      return nested_too_deep();
    }
    m_position = end + 1;
    if (empty) {
      pop();
      return closed();
    }
    return {};
  }

  tl::unexpected<Error> nested_too_deep() {
    return too_large(m_position,
                     fmt::format("elements are nested deeper than {}", m_options.limits.max_depth));
  }

  tl::unexpected<Error> unfinished_tag() {
    if (m_tag_too_large) {
      return too_large(
          m_position,
          fmt::format("a tag is larger than {} bytes", m_options.limits.max_attribute_bytes));
    }
    return unfinished("a tag");
  }

  Result<void> check_root(std::string_view name) {
    if (equals_ignoring_case(name, "html") || equals_ignoring_case(name, "head") ||
        equals_ignoring_case(name, "body")) {
      return malformed(m_position, "expected eCFR XML, got an HTML page");
    }
    const bool division =
        name.size() == 4 && name.starts_with("DIV") && name[3] >= '1' && name[3] <= '9';
    if (!division && name != "ECFR" && name != "DLPSTEXTCLASS" && name != "ECFRBRWS") {
      return malformed(m_position,
                       fmt::format("expected <DIV1> to <DIV9>, <ECFR> or <DLPSTEXTCLASS>, got <{}>",
                                   name.substr(0, 40)));
    }
    m_root = name;
    return {};
  }

  /// Position of the ">" that ends the tag at m_position; values may hold ">".
  std::size_t tag_end() {
    while (true) {
      const std::string_view rest = m_window.from(m_position + 1);
      const std::size_t length = find_tag_end(rest);
      m_tag_too_large = std::min(length, rest.size()) >= m_options.limits.max_attribute_bytes;
      if (m_tag_too_large) {
        return no_position;
      }
      if (length != std::string_view::npos) {
        return rest[length] == '>' ? m_position + 1 + length : no_position;
      }
      if (!more()) {
        return no_position;
      }
    }
  }

  void open_part(std::string number) {
    m_part = std::move(number);
    m_part_depth = m_stack.size() + 1;
    m_part_line = line_of(m_position);
    m_frame.clear();
    m_frame_from = m_position;
    m_handler.on_part();
  }

  /// Reads the unit whose element begins at m_position.
  Result<void> unit(std::string_view element, std::string number) {
    flush_frame(m_position);
    m_frame_from = no_position; // until the unit's end
    Piece piece;
    piece.kind = element == "DIV8" ? Piece::Kind::section : Piece::Kind::appendix;
    piece.line = line_of(m_position);
    piece.number = std::move(number);
    if (m_part.empty() && m_part_depth != 0 && piece.kind == Piece::Kind::section) {
      m_part = part_of_section(piece.number); // <DIV5 N=""> has been published
    }
    piece.part = m_part;
    MarkupReader reader(m_options.limits, m_options.source_name, m_stack.size(), piece.line);
    while (true) {
      const auto read = reader.read(m_window.from(m_position));
      if (!read) {
        return tl::unexpected<Error>(read.error());
      }
      const std::size_t held = m_window.end() - m_position;
      if (*read) {
        break;
      }
      if (held > m_options.limits.max_unit_bytes) {
        return unit_too_large();
      }
      // as much again, or a large unit would be gone over with every read
      if (!have(m_position, 2 * held) && m_window.end() - m_position == held) {
        return tl::unexpected<Error>(reader.unfinished(m_window.from(m_position)));
      }
    }
    if (reader.length() > m_options.limits.max_unit_bytes) {
      return unit_too_large();
    }
    piece.bytes = m_window.from(m_position).substr(0, reader.length());
    piece.markup = reader.take();
    piece.markup.set_bytes(piece.bytes);
    m_position += reader.length();
    m_frame_from = m_part_depth != 0 ? m_position : no_position;
    return m_handler.on_piece(std::move(piece));
  }

  /// An element was closed and taken off the stack; m_position is behind its end tag.
  Result<void> closed() {
    if (m_part_depth == 0 || m_stack.size() + 1 != m_part_depth) {
      return {};
    }
    flush_frame(m_position);
    Piece piece;
    piece.kind = Piece::Kind::frame;
    piece.bytes = m_frame;
    piece.number = m_part;
    piece.part = std::exchange(m_part, {});
    piece.line = m_part_line;
    m_part_depth = 0;
    m_frame_from = no_position;
    return m_handler.on_piece(std::move(piece));
  }

  /// Moves the bytes of the open part that belong to none of its units into m_frame.
  void flush_frame(std::size_t to) {
    if (m_frame_from != no_position && to > m_frame_from) {
      m_frame.append(m_window.slice(m_frame_from, to));
      m_frame_from = to;
    }
  }

  Result<void> finish() {
    if (m_outer_error) {
      return tl::unexpected<Error>(*m_outer_error);
    }
    if (m_run_too_large) {
      return unit_too_large();
    }
    if (!m_stack.empty()) {
      return malformed(
          m_window.end(),
          fmt::format("the document ends before </{}> for the element of line {}, it is truncated",
                      open_name(),
                      m_stack.back().line));
    }
    if (auto text = check_outer_text(m_position, m_window.end()); !text) {
      return text;
    }
    if (m_root.empty()) {
      return malformed(m_position, "expected eCFR XML, the document is empty");
    }
    return {};
  }

  ByteWindow& m_window;
  const EcfrOptions& m_options;
  const PieceHandler& m_handler;
  std::string& m_root;

  std::size_t m_position = 0;
  std::size_t m_line = 1;
  std::size_t m_line_position = 0;
  std::vector<Open> m_stack;
  std::string m_names; ///< of the open elements, one behind the other
  bool m_tag_too_large = false;
  bool m_run_too_large = false; ///< nothing of the markup that was looked for in so many bytes
  std::optional<Error> m_outer_error;

  std::string m_part;
  std::size_t m_part_depth = 0;
  std::size_t m_part_line = 0;
  std::string m_frame;
  std::size_t m_frame_from = no_position;
};

} // namespace

Result<void> cut_units(ByteWindow& window,
                       const EcfrOptions& options,
                       const PieceHandler& handler,
                       std::string& root) {
  return Cutter(window, options, handler, root).run();
}

} // namespace regtrail::parse
