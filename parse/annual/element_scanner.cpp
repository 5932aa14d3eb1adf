#include "parse/annual/element_scanner.hpp"

#include "model/byte_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace regtrail::parse {
namespace {

constexpr std::size_t longest_name_shown = 40;

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool is_name_character(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [&](char a, char b) {
    return lower(a) == lower(b);
  });
}

} // namespace

ElementScanner::ElementScanner(ByteWindow& window,
                               const Limits& limits,
                               std::string source_name,
                               std::string vocabulary)
    : m_window(window),
      m_limits(limits),
      m_source_name(std::move(source_name)),
      m_vocabulary(std::move(vocabulary)),
      m_position(window.begin()),
      m_counted(window.begin()) {}

tl::unexpected<Error>
ElementScanner::complain(ErrorKind kind, std::size_t line, std::string_view what) const {
  return fail(kind, fmt::format("cannot parse '{}:{}': {}", m_source_name, line, what));
}

void ElementScanner::count_to(std::size_t position) {
  const std::size_t to = std::min(position, m_window.end());
  if (to > m_counted) {
    m_line += count_byte(m_window.slice(m_counted, to), '\n');
    m_counted = to;
  }
}

std::size_t ElementScanner::line_of(std::size_t position) {
  for (; m_lines < m_stack.size() && m_stack[m_lines].position <= position; ++m_lines) {
    count_to(m_stack[m_lines].position);
    m_stack[m_lines].line = m_line;
  }
  count_to(position);
  return m_line;
}

Result<bool> ElementScanner::more() {
  const std::size_t keep = std::min(m_position, m_held);
  if (m_window.end() - std::min(keep, m_window.end()) > m_limits.max_unit_bytes) {
    return complain(ErrorKind::too_large,
                    line_of(m_position),
                    fmt::format("a unit is larger than {} bytes", m_limits.max_unit_bytes));
  }
  if (m_window.is_whole()) {
    return false;
  }
  static_cast<void>(line_of(m_position));
  return m_window.more(keep);
}

Result<bool> ElementScanner::at_least(std::size_t count) {
  while (m_window.end() < m_position + count) {
    auto grown = more();
    if (!grown || !*grown) {
      return grown;
    }
  }
  return true;
}

Result<std::size_t> ElementScanner::find(std::string_view needle, std::size_t from) {
  while (true) {
    if (from < m_window.end()) {
      const std::string_view seen = m_window.from(from);
      const std::size_t found = needle.size() == 1 ? seen.find(needle[0]) : seen.find(needle);
      if (found != std::string_view::npos) {
        return from + found;
      }
    }
    // the needle may begin in the last bytes seen
    const std::size_t unseen = m_window.end() - std::min(needle.size() - 1, m_window.end() - from);
    if (m_stack.empty() && needle == "<") {
      if (auto text = check_outer_text(m_position, m_window.end()); !text) {
        return tl::unexpected<Error>(std::move(text.error()));
      }
    }
    auto grown = more();
    if (!grown) {
      return tl::unexpected<Error>(std::move(grown.error()));
    }
    if (!*grown) {
      return nothing;
    }
    from = unseen;
  }
}

Result<std::size_t> ElementScanner::find_end() {
  if (m_pending_end) {
    return nothing;
  }
  const std::string tag = fmt::format("</{}>", open_name());
  // most bytes are lower case: a capital of the name is met less often than a bracket
  const std::size_t rare = std::min<std::size_t>(3, tag.size() - 1);
  const std::string_view seen = rest();
  for (std::size_t at = seen.find(tag[rare], rare); at != std::string_view::npos;
       at = seen.find(tag[rare], at + 1)) {
    if (seen.substr(at - rare).starts_with(tag)) {
      return m_position + at - rare + tag.size();
    }
  }
  const auto found = find(tag, m_position);
  return found && *found != nothing ? Result<std::size_t>(*found + tag.size()) : found;
}

void ElementScanner::leave(std::size_t position) {
  pop();
  m_position = position;
}

Result<MarkupTree> ElementScanner::read_element(const Tag& start) {
  hold(start.begin);
  MarkupReader reader(m_limits, m_source_name, m_stack.size() - 1, line_of(start.begin));
  while (true) {
    const auto read = reader.read(m_window.from(start.begin));
    if (!read) {
      return tl::unexpected<Error>(read.error());
    }
    if (*read) {
      break;
    }
    // as much again, or a large element would be gone over with every read
    const std::size_t held = m_window.end() - start.begin;
    if (auto grown = at_least(start.begin + 2 * held - m_position); !grown) {
      return tl::unexpected<Error>(std::move(grown.error()));
    }
    if (m_window.end() - start.begin == held) {
      return tl::unexpected<Error>(reader.unfinished(m_window.from(start.begin)));
    }
  }
  m_pending_end.reset();
  leave(start.begin + reader.length());
  return reader.take();
}

Result<void> ElementScanner::check_encoding() {
  static_cast<void>(at_least(4));
  const std::string_view front = rest().substr(0, 4);
  if (front.starts_with("\xEF\xBB\xBF")) {
    m_position += 3;
  } else if (front.starts_with("\xFE\xFF") || front.starts_with("\xFF\xFE") ||
             front.find('\0') != std::string_view::npos) {
    return complain(ErrorKind::malformed, 1, "expected UTF-8 text, got UTF-16 or binary data");
  }
  return {};
}

Result<void> ElementScanner::check_outer_text(std::size_t from, std::size_t to) {
  if (!m_stack.empty() || from >= to) {
    return {};
  }
  const std::string_view text = m_window.slice(from, to);
  const auto stray = std::find_if_not(text.begin(), text.end(), is_blank);
  if (stray == text.end()) {
    return {};
  }
  return complain(ErrorKind::malformed,
                  line_of(from + static_cast<std::size_t>(stray - text.begin())),
                  "expected an element, got text outside of any");
}

Result<std::optional<Tag>> ElementScanner::next() {
  if (m_pending_end) {
    pop();
    return std::exchange(m_pending_end, std::nullopt);
  }
  if (!m_started) {
    m_started = true;
    if (auto encoding = check_encoding(); !encoding) {
      return tl::unexpected<Error>(std::move(encoding.error()));
    }
  }
  while (true) {
    const auto open = find("<", m_position);
    if (!open) {
      return tl::unexpected<Error>(open.error());
    }
    const std::size_t text_end = *open == nothing ? m_window.end() : *open;
    auto checked = check_outer_text(m_position, text_end);
    m_position = text_end;
    if (checked && *open == nothing) {
      checked = finish();
    }
    if (!checked) {
      return tl::unexpected<Error>(std::move(checked.error()));
    }
    if (*open == nothing) {
      return std::nullopt;
    }
    const auto room = at_least(2);
    if (!room) {
      return tl::unexpected<Error>(room.error());
    }
    const char kind = *room ? rest()[1] : '\0';
    if (kind == '/' || is_name_start(kind)) {
      auto tag = kind == '/' ? end_tag() : start_tag();
      if (!tag) {
        return tl::unexpected<Error>(std::move(tag.error()));
      }
      return std::optional<Tag>(std::move(*tag));
    }
    Result<void> skipped;
    if (kind == '!') {
      skipped = declaration();
    } else if (kind == '?') {
      skipped = skip("?>", "a processing instruction");
    } else {
      skipped = complain(ErrorKind::malformed, line_of(m_position), "expected a tag after '<'");
    }
    if (!skipped) {
      return tl::unexpected<Error>(std::move(skipped.error()));
    }
  }
}

Result<void> ElementScanner::skip(std::string_view terminator, std::string_view what) {
  const auto end = find(terminator, m_position + 2);
  if (!end) {
    return tl::unexpected<Error>(end.error());
  }
  if (*end == nothing) {
    return complain(ErrorKind::malformed,
                    line_of(m_position),
                    fmt::format("the document ends inside {}, it is truncated", what));
  }
  m_position = *end + terminator.size();
  return {};
}

Result<void> ElementScanner::declaration() {
  static_cast<void>(at_least(9));
  if (rest().starts_with("<!--")) {
    return skip("-->", "a comment");
  }
  if (rest().starts_with("<![CDATA[") && !m_stack.empty()) {
    return skip("]]>", "a CDATA section");
  }
  if (!equals_ignoring_case(rest().substr(0, 9), "<!DOCTYPE") || m_seen_element) {
    return complain(ErrorKind::malformed,
                    line_of(m_position),
                    "expected a comment or a CDATA section after '<!'");
  }
  const std::size_t begin = m_position;
  if (auto end = skip(">", "a DOCTYPE"); !end) {
    return end;
  }
  const std::string_view doctype = m_window.slice(begin, m_position);
  if (doctype.find('[') != std::string_view::npos) {
    return complain(ErrorKind::malformed,
                    line_of(begin),
                    "a DOCTYPE with an internal subset is refused, remove it");
  }
  return {};
}

Result<Tag> ElementScanner::end_tag() {
  const auto end = find(">", m_position);
  if (!end) {
    return tl::unexpected<Error>(end.error());
  }
  if (*end == nothing) {
    return complain(ErrorKind::malformed,
                    line_of(m_position),
                    "the document ends inside a tag, it is truncated");
  }
  std::string_view name = m_window.slice(m_position + 2, *end);
  while (!name.empty() && is_blank(name.back())) {
    name.remove_suffix(1);
  }
  if (m_stack.empty()) {
    return complain(ErrorKind::malformed,
                    line_of(m_position),
                    fmt::format("</{}> closes nothing", name.substr(0, longest_name_shown)));
  }
  if (open_name() != name) {
    const std::size_t line = line_of(m_position);
    return complain(ErrorKind::malformed,
                    line,
                    fmt::format("expected </{}> for the element of line {}, got </{}>",
                                open_name(),
                                m_stack.back().line,
                                name.substr(0, longest_name_shown)));
  }
  const Tag tag{Tag::Kind::end, name, m_position, *end + 1};
  pop();
  m_position = tag.stop;
  return tag;
}

Result<Tag> ElementScanner::start_tag() {
  const auto end = tag_end();
  if (!end) {
    return tl::unexpected<Error>(end.error());
  }
  std::string_view inside = m_window.slice(m_position + 1, *end);
  const bool closes_itself = inside.ends_with('/');
  const auto name_end = std::find_if_not(inside.begin(), inside.end(), is_name_character);
  const std::string_view name =
      inside.substr(0, static_cast<std::size_t>(name_end - inside.begin()));
  if (!m_seen_element &&
      (equals_ignoring_case(name, "html") || equals_ignoring_case(name, "body") ||
       equals_ignoring_case(name, "head"))) {
    return complain(ErrorKind::malformed,
                    line_of(m_position),
                    fmt::format("expected {}, got an HTML page", m_vocabulary));
  }
  m_seen_element = true;
  const Tag tag{Tag::Kind::start, name, m_position, *end + 1};
  m_stack.push_back({m_position, name.size(), 0});
  m_names += name;
  if (m_stack.size() > static_cast<std::size_t>(std::max(m_limits.max_depth, 1))) {
    return complain(ErrorKind::too_large,
                    line_of(m_position),
                    fmt::format("elements are nested deeper than {}", m_limits.max_depth));
  }
  m_position = tag.stop;
  if (closes_itself) {
    m_pending_end = Tag{Tag::Kind::end, tag.name, tag.stop, tag.stop};
  }
  return tag;
}

Result<std::size_t> ElementScanner::tag_end() {
  std::size_t at = m_position + 1;
  char quote = '\0';
  while (true) {
    const std::string_view seen = m_window.from(at);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      const char c = seen[i];
      if (quote != '\0') {
        quote = c == quote ? '\0' : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return at + i;
      } else if (c == '<') {
        return complain(
            ErrorKind::malformed, line_of(m_position), "a tag is not closed before the next");
      }
    }
    at = m_window.end();
    if (at - m_position > m_limits.max_attribute_bytes) {
      return complain(ErrorKind::too_large,
                      line_of(m_position),
                      fmt::format("a tag is larger than {} bytes", m_limits.max_attribute_bytes));
    }
    auto grown = more();
    if (!grown) {
      return tl::unexpected<Error>(std::move(grown.error()));
    }
    if (!*grown) {
      return complain(ErrorKind::malformed,
                      line_of(m_position),
                      "the document ends inside a tag, it is truncated");
    }
  }
}

Result<void> ElementScanner::finish() {
  if (!m_stack.empty()) {
    const std::size_t line = line_of(m_window.end()); // and of the open elements
    return complain(
        ErrorKind::malformed,
        line,
        fmt::format("the document ends before </{}> for the element of line {}, it is truncated",
                    open_name(),
                    m_stack.back().line));
  }
  if (!m_seen_element) {
    return complain(
        ErrorKind::malformed, 1, fmt::format("expected {}, the document is empty", m_vocabulary));
  }
  return {};
}

} // namespace regtrail::parse
