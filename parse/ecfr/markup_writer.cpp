#include "parse/ecfr/markup_writer.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::parse {
namespace {

/// More than most units need, and enough that the bytes stay where they are when the string moves.
constexpr std::size_t room_for_tags = 256;
constexpr std::size_t room_for_nodes = 16;

/// To look for one among more would take longer than to write it again.
constexpr std::size_t most_tags_known = 32;

} // namespace

MarkupWriter::MarkupWriter(const Markup& root, std::string_view source) {
  m_bytes.reserve(source.size() + room_for_tags);
  m_bytes = source;
  m_tree.m_nodes.reserve(entry_of(root).behind - root.m_at + room_for_nodes);
}

std::string_view MarkupWriter::bytes_of(const Tag& tag) const {
  return std::string_view(m_bytes).substr(tag.begin, tag.end - tag.begin);
}

MarkupWriter::Tag MarkupWriter::append(std::string_view bytes, char behind) {
  const auto begin = static_cast<std::uint32_t>(m_bytes.size());
  m_bytes += bytes;
  m_bytes += behind;
  return {begin, static_cast<std::uint32_t>(begin + bytes.size())};
}

void MarkupWriter::open(std::string_view tag) {
  const auto known = std::find_if(
      m_tags.begin(), m_tags.end(), [&](const Tag& other) { return bytes_of(other) == tag; });
  if (known != m_tags.end()) {
    open_at(*known);
    return;
  }
  const Tag added = append(tag, '>');
  if (m_tags.size() < most_tags_known) {
    m_tags.push_back(added);
  }
  open_at(added);
}

void MarkupWriter::open_like(const Markup& element) {
  const MarkupTree::Entry& entry = entry_of(element);
  open_at({entry.begin, entry.end});
}

void MarkupWriter::open_at(const Tag& tag) {
  m_open.push_back(static_cast<std::uint32_t>(m_tree.m_nodes.size()));
  m_tree.m_nodes.push_back({tag.begin,
                            tag.end,
                            0,
                            static_cast<std::uint16_t>(tag_name(bytes_of(tag)).size()),
                            Markup::Kind::element});
}

void MarkupWriter::close() {
  m_tree.m_nodes[m_open.back()].behind = static_cast<std::uint32_t>(m_tree.m_nodes.size());
  m_open.pop_back();
}

void MarkupWriter::text(const Markup& run) {
  MarkupTree::Entry entry = entry_of(run);
  entry.behind = static_cast<std::uint32_t>(m_tree.m_nodes.size() + 1);
  m_tree.m_nodes.push_back(entry);
}

void MarkupWriter::text(std::string_view own) {
  const Tag place = append(own, '<');
  m_tree.m_nodes.push_back({place.begin,
                            place.end,
                            static_cast<std::uint32_t>(m_tree.m_nodes.size() + 1),
                            0,
                            Markup::Kind::text});
}

WrittenMarkup MarkupWriter::take() {
  WrittenMarkup written;
  written.bytes = std::move(m_bytes);
  written.tree = std::move(m_tree);
  written.tree.set_bytes(written.bytes);
  return written;
}

} // namespace regtrail::parse
