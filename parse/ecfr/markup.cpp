#include "parse/ecfr/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace regtrail::parse {
namespace {

constexpr std::array<bool, 256> name_characters = [] {
  std::array<bool, 256> characters{};
  for (const std::string_view run :
       {"abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789-_.:"}) {
    for (const char c : run) {
      characters[static_cast<unsigned char>(c)] = true;
    }
  }
  return characters;
}();

bool is_name_character(char c) {
  return name_characters[static_cast<unsigned char>(c)];
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) {
    ++at;
  }
  return at;
}

std::size_t skip_name(std::string_view text, std::size_t at) {
  while (at < text.size() && is_name_character(text[at])) {
    ++at;
  }
  return at;
}

/// One attribute of a start tag.
struct Attribute {
  std::string_view name;
  std::string_view value;
  std::size_t end = 0; ///< behind its closing quote
};

/// The attribute that begins at `at`; its end is npos where there is none in due form.
Attribute attribute_at(std::string_view tag, std::size_t at) {
  Attribute found;
  found.end = std::string_view::npos;
  const std::size_t name_end = skip_name(tag, at);
  const std::size_t equals = skip_blanks(tag, name_end);
  if (name_end == at || !is_name_start(tag[at]) || equals >= tag.size() || tag[equals] != '=') {
    return found;
  }
  const std::size_t quote = skip_blanks(tag, equals + 1);
  if (quote >= tag.size() || (tag[quote] != '"' && tag[quote] != '\'')) {
    return found;
  }
  const std::size_t close = tag.find(tag[quote], quote + 1);
  if (close == std::string_view::npos) {
    return found;
  }
  found.name = tag.substr(at, name_end - at);
  found.value = tag.substr(quote + 1, close - quote - 1);
  found.end = close + 1;
  return found;
}

/// The next "<" from `at` on, often the next byte but one: of a line end between two tags.
std::size_t find_tag(std::string_view bytes, std::size_t at) {
  for (const std::size_t near : {at, at + 1}) {
    if (near < bytes.size() && bytes[near] == '<') {
      return near;
    }
  }
  return bytes.find('<', at);
}

/// rest.starts_with(name), but in place: for a few characters, calling memcmp() takes longer.
bool begins_with_name(std::string_view rest, std::string_view name) {
  return rest.size() >= name.size() &&
         std::equal(name.begin(), name.end(), rest.begin(), [](char left, char right) {
           return left == right;
         });
}

/// True when nothing but attributes follows the name of a start tag, each behind a blank.
bool has_due_attributes(std::string_view tag) {
  std::size_t at = tag_name(tag).size();
  while (true) {
    const std::size_t next = skip_blanks(tag, at);
    if (next == tag.size()) {
      return true;
    }
    const Attribute found = attribute_at(tag, next);
    if (next == at || found.end == std::string_view::npos) {
      return false;
    }
    at = found.end;
  }
}

} // namespace

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_blank_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_blank);
}

std::string_view tag_name(std::string_view tag) {
  return tag.substr(0, skip_name(tag, 0));
}

std::optional<std::string_view> tag_attribute(std::string_view tag, std::string_view name) {
  std::size_t at = skip_blanks(tag, tag_name(tag).size());
  while (at < tag.size()) {
    const Attribute found = attribute_at(tag, at);
    if (found.end == std::string_view::npos) {
      break;
    }
    if (found.name == name) {
      return found.value;
    }
    at = skip_blanks(tag, found.end);
  }
  return std::nullopt;
}

std::size_t find_tag_end(std::string_view text) {
  std::size_t at = skip_name(text, 0);
  while (at < text.size()) {
    const char c = text[at];
    if (c == '>' || c == '<') {
      return at;
    }
    if (c == '"' || c == '\'') {
      at = text.find(c, at + 1);
      if (at == std::string_view::npos) {
        return at;
      }
    }
    ++at;
  }
  return std::string_view::npos;
}

// ---------------------------------------------------------------------------- the tree

std::string_view Markup::attribute(std::string_view name) const {
  return tag_attribute(text(), name).value_or(std::string_view());
}

bool Markup::has_attribute(std::string_view name) const {
  return tag_attribute(text(), name).has_value();
}

std::optional<Markup> Markup::child(std::string_view name) const {
  const auto found = std::find_if(begin(), end(), [&](const Markup& child) {
    return child.is_element() && child.name() == name;
  });
  return found == end() ? std::nullopt : std::optional<Markup>(*found);
}

// ---------------------------------------------------------------------------- reading

MarkupReader::MarkupReader(const Limits& limits,
                           std::string_view source_name,
                           std::size_t above,
                           std::size_t line)
    : m_limits(limits),
      m_source_name(source_name),
      m_above(above),
      m_line(line) {
  constexpr std::size_t few = 128; // more than most units have
  m_tree.m_nodes.reserve(few);
}

Result<bool> MarkupReader::read(std::string_view bytes) {
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max()) {
    return tl::unexpected(trouble(ErrorKind::too_large, bytes, 0, "a unit is larger than 4 GB"));
  }
  while (true) {
    if (!m_open.empty()) {
      const std::size_t open = find_tag(bytes, m_position);
      if (open == std::string_view::npos) {
        m_inside = nullptr;
        return false;
      }
      add_text(m_position, open, Markup::Kind::text);
      m_position = open;
    }
    const Step next = step(bytes);
    if (next == Step::refused) {
      return tl::unexpected(std::move(m_trouble));
    }
    if (next != Step::on) {
      return next == Step::done;
    }
  }
}

MarkupReader::Step MarkupReader::step(std::string_view bytes) {
  if (m_position + 1 >= bytes.size()) {
    return wait_for("a tag");
  }
  const char next = bytes[m_position + 1];
  if (next == '/') {
    return end_tag(bytes);
  }
  if (is_name_start(next)) {
    return start_tag(bytes);
  }
  if (next == '!') {
    return declaration(bytes);
  }
  if (next == '?') {
    return skip(bytes, "?>", "a processing instruction");
  }
  return refuse(ErrorKind::malformed, bytes, m_position, "expected a tag after '<'");
}

MarkupReader::Step MarkupReader::start_tag(std::string_view bytes) {
  const std::string_view rest = bytes.substr(m_position + 1);
  const std::size_t name_length = skip_name(rest, 0);
  const bool bare = name_length < rest.size() && rest[name_length] == '>'; // as most are
  const std::size_t length = bare ? name_length : find_tag_end(rest);
  const bool cut_short = length == std::string_view::npos;
  if ((cut_short ? rest.size() : length) > m_limits.max_attribute_bytes) {
    return refuse(ErrorKind::too_large,
                  bytes,
                  m_position,
                  fmt::format("a tag is larger than {} bytes", m_limits.max_attribute_bytes));
  }
  if (cut_short) {
    return wait_for("a tag");
  }
  if (rest[length] == '<') {
    return refuse(ErrorKind::malformed, bytes, m_position, "the document ends inside a tag");
  }
  std::string_view tag = rest.substr(0, length);
  const bool empty = tag.ends_with('/');
  tag.remove_suffix(empty ? 1 : 0);
  if (name_length > std::numeric_limits<std::uint16_t>::max() ||
      m_above + m_open.size() >= static_cast<std::size_t>(std::max(m_limits.max_depth, 1))) {
    return refuse(ErrorKind::too_large,
                  bytes,
                  m_position,
                  fmt::format("elements are nested deeper than {}", m_limits.max_depth));
  }
  if (tag.size() != name_length) {
    if (!has_due_attributes(tag)) {
      return refuse(ErrorKind::malformed,
                    bytes,
                    m_position,
                    "expected attributes with quoted values in a tag");
    }
  }
  const auto index = static_cast<std::uint32_t>(m_tree.m_nodes.size());
  const auto begin = static_cast<std::uint32_t>(m_position + 1);
  m_tree.m_nodes.push_back({begin,
                            static_cast<std::uint32_t>(begin + tag.size()),
                            index + 1,
                            static_cast<std::uint16_t>(name_length),
                            Markup::Kind::element});
  m_position += length + 2;
  if (!empty) {
    m_open.push_back(index);
    return Step::on;
  }
  return m_open.empty() ? Step::done : Step::on;
}

MarkupReader::Step MarkupReader::end_tag(std::string_view bytes) {
  const std::string_view rest = bytes.substr(m_position + 2);
  const std::string_view expected = open_name(bytes);
  std::size_t length = expected.size();
  if (!begins_with_name(rest, expected) || rest.size() == length || rest[length] != '>') {
    length = rest.find('>');
    if (length == std::string_view::npos) {
      return wait_for("a tag");
    }
    std::string_view name = rest.substr(0, length);
    while (!name.empty() && is_blank(name.back())) {
      name.remove_suffix(1);
    }
    if (name != expected) {
      return refuse(ErrorKind::malformed,
                    bytes,
                    m_position,
                    fmt::format("expected </{}> for the element of line {}, got </{}>",
                                expected,
                                line_of(bytes, m_tree.m_nodes[m_open.back()].begin - 1),
                                name.substr(0, 40)));
    }
  }
  m_tree.m_nodes[m_open.back()].behind = static_cast<std::uint32_t>(m_tree.m_nodes.size());
  m_open.pop_back();
  m_position += length + 3;
  return m_open.empty() ? Step::done : Step::on;
}

MarkupReader::Step MarkupReader::declaration(std::string_view bytes) {
  const std::string_view rest = bytes.substr(m_position);
  constexpr std::string_view section = "<![CDATA[";
  if (rest.starts_with("<!--")) {
    return skip(bytes, "-->", "a comment");
  }
  if (rest.starts_with(section)) {
    const std::size_t begin = m_position + section.size();
    const Step skipped = skip(bytes, "]]>", "a CDATA section");
    if (skipped == Step::on) {
      add_text(begin, m_position - 3, Markup::Kind::verbatim);
    }
    return skipped;
  }
  if (section.starts_with(rest.substr(0, section.size())) || rest == "<!-") {
    return wait_for("a tag");
  }
  return refuse(ErrorKind::malformed,
                bytes,
                m_position,
                "expected a comment or a CDATA section after '<!' in an element");
}

MarkupReader::Step
MarkupReader::skip(std::string_view bytes, std::string_view terminator, const char* what) {
  const std::size_t end = bytes.find(terminator, m_position + 2);
  if (end == std::string_view::npos) {
    return wait_for(what);
  }
  m_position = end + terminator.size();
  return Step::on;
}

MarkupReader::Step MarkupReader::wait_for(const char* what) {
  m_inside = what;
  return Step::wait;
}

void MarkupReader::add_text(std::size_t begin, std::size_t end, Markup::Kind kind) {
  if (begin < end) {
    const auto index = static_cast<std::uint32_t>(m_tree.m_nodes.size());
    m_tree.m_nodes.push_back(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), index + 1, 0, kind});
  }
}

std::string_view MarkupReader::open_name(std::string_view bytes) const {
  const MarkupTree::Entry& entry = m_tree.m_nodes[m_open.back()];
  return bytes.substr(entry.begin, entry.name_length);
}

Error MarkupReader::unfinished(std::string_view bytes) const {
  if (m_inside != nullptr) {
    return trouble(ErrorKind::malformed,
                   bytes,
                   m_position,
                   fmt::format("the document ends inside {}, it is truncated", m_inside));
  }
  return trouble(
      ErrorKind::malformed,
      bytes,
      bytes.size(),
      fmt::format("the document ends before </{}> for the element of line {}, it is truncated",
                  open_name(bytes),
                  line_of(bytes, m_tree.m_nodes[m_open.back()].begin - 1)));
}

std::size_t MarkupReader::line_of(std::string_view bytes, std::size_t position) const {
  return m_line + static_cast<std::size_t>(std::count(
                      bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
}

MarkupReader::Step MarkupReader::refuse(ErrorKind kind,
                                        std::string_view bytes,
                                        std::size_t position,
                                        std::string what) {
  m_trouble = trouble(kind, bytes, position, std::move(what));
  return Step::refused;
}

Error MarkupReader::trouble(ErrorKind kind,
                            std::string_view bytes,
                            std::size_t position,
                            std::string what) const {
  return {kind,
          fmt::format("cannot parse '{}:{}': {}", m_source_name, line_of(bytes, position), what)};
}

Result<MarkupTree> read_markup(std::string_view bytes,
                               const Limits& limits,
                               const std::string& source_name,
                               std::size_t line) {
  MarkupReader reader(limits, source_name, 0, line);
  const auto read = reader.read(bytes);
  if (!read) {
    return tl::unexpected(read.error());
  }
  if (!*read) {
    return tl::unexpected(reader.unfinished(bytes));
  }
  MarkupTree tree = reader.take();
  tree.set_bytes(bytes);
  return tree;
}

} // namespace regtrail::parse
