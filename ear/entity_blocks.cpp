// Pieces of an entity cell: the party of the row, the parts that are subordinate to it, and
// addresses of all of them.
#include "ear/alias_mark_internal.hpp"
#include "ear/entity_cell.hpp"
#include "ear/party_name_internal.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::ear {

namespace {

using Words = std::string_view;

constexpr auto npos = std::string_view::npos;

/// A label at `at`: where it ends, `at` if there is none.
std::size_t end_of_label(std::string_view text, std::size_t at, EntityBlock::Kind& kind) {
  for (const Words word :
       {"Subordinate institution", "Subordinate Institution", "Subordinate instituion"}) {
    if (text.substr(at).starts_with(word)) {
      std::size_t end = at + word.size();
      end += end < text.size() && text[end] == 's' ? 1 : 0;
      end += end < text.size() && text[end] == ':' ? 1 : 0;
      kind = EntityBlock::Kind::subordinate;
      return end;
    }
  }
  if (text.substr(at).starts_with("Affiliated entities:")) {
    kind = EntityBlock::Kind::subordinate;
    return at + Words("Affiliated entities:").size();
  }
  if (text.substr(at).starts_with("The following addresses apply to")) {
    const std::size_t colon = text.find(':', at);
    kind = EntityBlock::Kind::joint_addresses;
    return colon == npos ? at : colon + 1;
  }
  return at;
}

/// Whether a label may begin at `at`: in front of a line or sentence.
bool may_be_label(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? npos : text.find_last_not_of(" \n", at - 1);
  return before == npos || text.substr(before + 1, at - before - 1).find('\n') != npos ||
         text[before] == '.' || text[before] == ';';
}

/// Finds the labels of a text in order.
class Labels {
public:
  explicit Labels(std::string_view text) : m_text(text) {
    for (const Words words : {"Subordinate insti",
                              "Subordinate Insti",
                              "Affiliated entities:",
                              "The following addresses"}) {
      m_searches.push_back({words, text.find(words)});
    }
  }

  /// The first label at or behind `from`, which does not fall; the size of the text if none.
  std::size_t next(std::size_t from) {
    std::size_t first = m_text.size();
    for (Search& search : m_searches) {
      EntityBlock::Kind kind{};
      while (search.at != npos &&
             (search.at < from || end_of_label(m_text, search.at, kind) == search.at ||
              !may_be_label(m_text, search.at))) {
        search.at = m_text.find(search.words, search.at + 1);
      }
      first = std::min(first, search.at);
    }
    return first;
  }

private:
  struct Search {
    Words words;
    std::size_t at = 0;
  };

  std::string_view m_text;
  std::vector<Search> m_searches;
};

/// Divides the parties behind a label: `lines` is a line each, with the lines of their aliases and
/// addresses, or "—" each.
class PartyLines {
public:
  explicit PartyLines(std::string_view text) : m_text(text) {}

  std::vector<std::string_view> run() {
    const std::size_t first = skip_space(m_text, 0);
    m_dashed = first < m_text.size() && dash_at(m_text, first) != 0;
    std::size_t begin = first;
    std::string_view before;
    for (std::size_t at = first; at < m_text.size();) {
      const std::size_t end = std::min(m_text.find('\n', at), m_text.size());
      const auto line = trimmed(m_text.substr(at, end - at));
      if (at != first && begins_party(line, before)) {
        m_parties.push_back(trimmed(m_text.substr(begin, at - begin)));
        begin = at;
      }
      note(line);
      before = line;
      at = skip_space(m_text, end);
    }
    if (begin < m_text.size()) {
      m_parties.push_back(trimmed(m_text.substr(begin)));
    }
    return std::move(m_parties);
  }

private:
  [[nodiscard]] bool begins_party(std::string_view line, std::string_view before) const {
    const bool dash = dash_at(line, 0) != 0;
    if (m_dashed) {
      return dash && m_aliases == 0;
    }
    const bool goes_on = before.ends_with(';') || before.ends_with(" and") || before.ends_with(':');
    return !dash && !goes_on && !(m_awaits_address && begins_address(line));
  }

  void note(std::string_view line) {
    const Mark mark = next_mark(line);
    if (mark.is_list) {
      m_aliases = number_of_aliases(line);
      m_awaits_address = true;
    } else if (m_aliases > 0 && dash_at(line, 0) != 0) {
      --m_aliases;
    } else if (begins_address(line)) {
      m_awaits_address = false;
    }
  }

  std::string_view m_text;
  std::vector<std::string_view> m_parties;
  bool m_dashed = false;
  bool m_awaits_address = false;
  std::size_t m_aliases = 0; ///< lines of aliases that are still to come
};

/// Where a list of parties by "—" begins that are parts of the party of the cell: "and the
/// following four subordinate entities:", "The following ... entities:". `label`: where those words
/// begin.
std::size_t begin_of_parts(std::string_view text, std::size_t& label) {
  for (std::size_t colon = text.find(':'); colon != npos; colon = text.find(':', colon + 1)) {
    if (!text.substr(0, colon).ends_with("entities")) {
      continue;
    }
    const std::size_t end = colon + 1;
    const std::size_t next = skip_space(text, end);
    if (next >= text.size() || dash_at(text, next) == 0) {
      continue;
    }
    const std::size_t semicolon = text.rfind(';', colon);
    const std::size_t line = text.rfind('\n', colon);
    label = semicolon != npos && (line == npos || semicolon > line)
                ? skip_space(text, semicolon + 1)
                : end;
    return end;
  }
  return npos;
}

void add_parts(std::vector<EntityBlock>& blocks, std::string_view label, std::string_view text) {
  for (const auto party : PartyLines(text).run()) {
    blocks.push_back({EntityBlock::Kind::subordinate, label, party});
    label = {};
  }
}

} // namespace

std::vector<EntityBlock> divide_entity_cell(std::string_view text) {
  std::vector<EntityBlock> blocks;
  Labels labels(text);
  std::size_t at = labels.next(0);
  const auto own = trimmed(text.substr(0, at));
  std::size_t label = 0;
  const std::size_t parts = begin_of_parts(own, label);
  if (parts != npos) {
    blocks.push_back({EntityBlock::Kind::party, {}, trimmed(own.substr(0, label))});
    add_parts(blocks, trimmed(own.substr(label, parts - label)), own.substr(parts));
  } else if (!own.empty() || at == text.size()) {
    blocks.push_back({EntityBlock::Kind::party, {}, own});
  }
  while (at < text.size()) {
    EntityBlock block;
    const std::size_t end = end_of_label(text, at, block.kind);
    const std::size_t next = labels.next(end);
    block.label = text.substr(at, end - at);
    block.text = trimmed(text.substr(end, next - end));
    at = next;
    if (block.label.starts_with("Affiliated")) {
      add_parts(blocks, block.label, block.text);
    } else {
      blocks.push_back(block);
    }
  }
  return blocks;
}

} // namespace regtrail::ear
