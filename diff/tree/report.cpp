#include "diff/tree/places.hpp"
#include "diff/tree/report_internal.hpp"
#include "diff/tree/tree_internal.hpp"
#include "diff/words/word_diff.hpp"
#include "model/characters.hpp"
#include "model/compared_text.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace regtrail::diff::tree {
namespace {

/// The text of a node, or its heading where it has no text.
std::string shown(const Node& node) {
  std::string text = shown_text(node);
  if (text.empty()) {
    const auto heading =
        std::find_if(node.children.begin(), node.children.end(), [](const Node& child) {
          return child.kind == NodeKind::heading;
        });
    if (heading != node.children.end()) {
      text = shown_text(*heading);
    }
  }
  return text;
}

/// The text of `node` as it is compared, without blanks beside signs.
std::string wording(const Node& node) {
  const std::string folded = compared_text(node);
  std::string result;
  result.reserve(folded.size());
  for (std::size_t i = 0; i < folded.size(); ++i) {
    // The compared form has single blanks, and none at its ends.
    if (folded[i] != ' ' || (is_of_word(folded, i - 1) && is_of_word(folded, i + 1))) {
      result += folded[i];
    }
  }
  return result;
}

/// What the law prints behind `shown` of `node` in the same paragraph: "(b) Policy. (1) In general"
/// is one paragraph and two nodes, and the label of the second repeats the first.
std::string rest_of_paragraph(const Node& node, const std::string& shown) {
  std::string paragraph = shown;
  const Node* last = &node;
  while (!last->children.empty() && !paragraph.empty() &&
         last->children.front().label.size() > paragraph.size() &&
         last->children.front().label.starts_with(paragraph)) {
    last = &last->children.front();
    paragraph = shown_text(*last);
  }
  return paragraph.substr(shown.size());
}

/// Length of what stands in a label before the node's own designator: "(c) Fees. " of
/// "(c) Fees. (1)". 0 where the label does not end in the designator.
std::size_t front_of_label(const Node& node) {
  const std::string_view label = node.label;
  return node.designator.empty() || !label.ends_with(node.designator)
             ? 0
             : label.size() - node.designator.size();
}

class Reporter {
public:
  Reporter(const Alignment& alignment, std::optional<Date> date)
      : m_alignment(alignment),
        m_places(alignment),
        m_date(date ? date->to_string() : "") {}

  std::vector<Change> run() {
    for (std::uint32_t u = 0; u < m_alignment.units.size(); ++u) {
      whole_unit(u);
    }
    find_pieces();
    find_tidied_parties();
    for (PairIndex p = 0; p < m_alignment.pairs.size(); ++p) {
      pair(p);
    }
    std::vector<char> removed_moved(m_alignment.removed.size(), 0);
    std::vector<char> added_moved(m_alignment.added.size(), 0);
    for (const Move& move : m_alignment.moves) {
      removed_moved[move.removed] = 1;
      added_moved[move.added] = 1;
      moved(m_alignment.removed[move.removed], m_alignment.added[move.added]);
    }
    for (const Reattached& note : m_alignment.reattached) {
      m_reattached.insert({note.before, note.after});
      removed_moved[note.removed] |= static_cast<char>(note.before_path.empty());
      added_moved[note.added] |= static_cast<char>(note.after_path.empty());
      reattached(note);
    }
    for (std::size_t i = 0; i < removed_moved.size(); ++i) {
      if (removed_moved[i] == 0 && !is_part_of_tidied(m_alignment.removed[i])) {
        one_sided(ChangeKind::removed, m_alignment.removed[i]);
      }
    }
    for (std::size_t j = 0; j < added_moved.size(); ++j) {
      if (added_moved[j] == 0 && !is_part_of_tidied(m_alignment.added[j])) {
        one_sided(ChangeKind::added, m_alignment.added[j]);
      }
    }
    return std::move(m_changes);
  }

private:
  /// Children of a pair, in printed order, that stand on one side only and were not moved.
  using Below = std::unordered_map<PairIndex, std::vector<std::uint32_t>>;

  void find_pieces() {
    std::unordered_set<std::uint32_t> gone;
    std::unordered_set<std::uint32_t> come;
    for (const Move& move : m_alignment.moves) {
      gone.insert(move.removed);
      come.insert(move.added);
    }
    const auto collect = [](const std::vector<Leftover>& leftovers,
                            const std::unordered_set<std::uint32_t>& moved,
                            Below& below) {
      for (std::uint32_t i = 0; i < leftovers.size(); ++i) {
        if (moved.count(i) == 0) {
          below[leftovers[i].parent].push_back(leftovers[i].index);
        }
      }
    };
    collect(m_alignment.removed, gone, m_removed_below);
    collect(m_alignment.added, come, m_added_below);
  }

  /// `before` and `after`: the units a change belongs to on either side; null where it has none.
  void emit(Change change, const Unit* before, const Unit* after) {
    const auto hash_of = [](const Unit* unit) {
      return unit != nullptr ? to_hex(unit->root.normalised) : std::string("-");
    };
    const std::string identity = fmt::format("{}\n{}\n{}\n{}\n{}\n{}",
                                             (after != nullptr ? after : before)->id.to_string(),
                                             hash_of(before),
                                             hash_of(after),
                                             m_date,
                                             to_string(change.kind),
                                             change.at.to_string());
    change.id = to_hex(hash128(identity));
    m_changes.push_back(std::move(change));
  }

  void whole_unit(std::uint32_t u) {
    const UnitPair& unit = m_alignment.units[u];
    if (unit.before != nullptr && unit.after != nullptr) {
      return;
    }
    Change change;
    const bool added = unit.before == nullptr;
    const Unit& only = added ? *unit.after : *unit.before;
    change.kind = added ? ChangeKind::added : ChangeKind::removed;
    change.node_kind = NodeKind::unit;
    change.at = only.id;
    (added ? change.after : change.before) = subtree_text(only.root);
    emit(std::move(change), unit.before, unit.after);
  }

  /// Entries of party lists whose parts are divided otherwise, with the same letters and digits.
  void find_tidied_parties() {
    for (const auto* leftovers : {&m_alignment.removed, &m_alignment.added}) {
      for (const Leftover& leftover : *leftovers) {
        const NodePair& parent = m_alignment.pairs[leftover.parent];
        if (leftover.node->kind != NodeKind::cell && parent.after->kind == NodeKind::entry &&
            is_of_party_list(parent) && is_tidied_party(*parent.before, *parent.after)) {
          m_tidied_parties.insert(leftover.parent);
        }
      }
    }
  }

  /// A part of such an entry, which has no change of its own.
  [[nodiscard]] bool is_part_of_tidied(const NodePair& nodes) const {
    return nodes.parent != no_pair && nodes.after->kind != NodeKind::cell &&
           m_tidied_parties.count(nodes.parent) != 0;
  }

  [[nodiscard]] bool is_part_of_tidied(const Leftover& leftover) const {
    return leftover.node->kind != NodeKind::cell && m_tidied_parties.count(leftover.parent) != 0;
  }

  /// A country, entry or cell of a list of parties.
  [[nodiscard]] bool is_of_party_list(const NodePair& nodes) const {
    if (nodes.parent == no_pair || !is_party_list(*m_alignment.units[nodes.unit].after)) {
      return false;
    }
    const NodeKind kind = nodes.after->kind;
    return kind == NodeKind::table || kind == NodeKind::entry || kind == NodeKind::cell ||
           kind == NodeKind::row || kind == NodeKind::heading ||
           m_alignment.pairs[nodes.parent].after->kind == NodeKind::entry;
  }

  void pair(PairIndex p) {
    const NodePair& nodes = m_alignment.pairs[p];
    const Node& before = *nodes.before;
    const Node& after = *nodes.after;
    const UnitPair& unit = m_alignment.units[nodes.unit];
    const bool renamed = nodes.parent == no_pair ? !(unit.before->id == unit.after->id)
                                                 : !same_designator(before, after);
    if (is_part_of_tidied(nodes)) {
      return;
    }
    if (m_tidied_parties.count(p) != 0 || (is_of_party_list(nodes) && is_tidied(before, after))) {
      if (before.text != after.text || before.designator != after.designator ||
          before.label != after.label) {
        two_sided(ChangeKind::cosmetic, p);
      }
      return;
    }
    const bool equal_text = wording(before) == wording(after);
    ChangeKind kind = ChangeKind::revised;
    if (equal_text && renamed && nodes.parent != no_pair && is_keyed(before) && is_keyed(after)) {
      // A key is printed text (a defined term, a name), not a position: another one is a revision,
      // unless it is made of the texts of children, which are reported themselves.
      if (normalise(shown_text(before)) == normalise(shown_text(after)) &&
          before.normalised != after.normalised) {
        return;
      }
    } else if (equal_text && renamed) {
      kind = ChangeKind::redesignated;
    } else if (equal_text) {
      if (before.text == after.text && before.designator == after.designator) {
        return;
      }
      kind = ChangeKind::cosmetic;
    }
    two_sided(kind, p);
  }

  void two_sided(ChangeKind kind, PairIndex p) {
    const NodePair& nodes = m_alignment.pairs[p];
    Change change;
    change.kind = kind;
    change.node_kind = nodes.after->kind;
    change.at = m_places.of(p, SideOf::after);
    const Citation& was = m_places.of(p, SideOf::before);
    if (!(was == change.at)) {
      change.was = was;
    }
    if (kind != ChangeKind::revised || !fill_divided(change, p)) {
      fill_texts(change, *nodes.before, *nodes.after);
    }
    const UnitPair& unit = m_alignment.units[nodes.unit];
    emit(std::move(change), unit.before, unit.after);
  }

  /// A node that stands on one side only, as child `index` of that side of `parent`.
  struct Piece {
    const Node* node = nullptr;
    PairIndex parent = no_pair;
    std::uint32_t index = 0;
  };

  /// What the text of a pair may have been divided into: paragraphs below it on that side or, where
  /// there are none, those that follow it.
  static std::vector<Piece>
  pieces_of(const Alignment& alignment, PairIndex p, const Below& below, SideOf side) {
    const auto node_of = [&](PairIndex pair) {
      return side == SideOf::before ? alignment.pairs[pair].before : alignment.pairs[pair].after;
    };
    const auto is_text = [](const Node& node) {
      return node.kind == NodeKind::paragraph || node.kind == NodeKind::item;
    };
    std::vector<Piece> pieces;
    const NodePair& nodes = alignment.pairs[p];
    if (nodes.parent == no_pair || !is_text(*node_of(p))) {
      return pieces;
    }
    if (const auto found = below.find(p); found != below.end()) {
      for (const std::uint32_t index : found->second) {
        const Node& child = node_of(p)->children[index];
        if (is_text(child) && !child.designator.empty()) {
          pieces.push_back({&child, p, index});
        }
      }
    }
    const auto found = below.find(nodes.parent);
    if (!pieces.empty() || found == below.end()) {
      return pieces;
    }
    constexpr std::size_t most_siblings = 26;
    std::uint32_t next = (side == SideOf::before ? nodes.before_index : nodes.after_index) + 1;
    const auto& below_parent = found->second;
    for (auto index = std::lower_bound(below_parent.begin(), below_parent.end(), next);
         index != below_parent.end() && *index == next && pieces.size() < most_siblings;
         ++index, ++next) {
      const Node& sibling = node_of(nodes.parent)->children[next];
      if (!is_text(sibling) || sibling.designator.empty()) {
        break;
      }
      pieces.push_back({&sibling, nodes.parent, next});
    }
    return pieces;
  }

  /// The text of `node` and of the pieces among `parts`, one line a printed paragraph.
  static std::string text_with(const Node& node,
                               const std::vector<Piece>& pieces,
                               const std::vector<std::size_t>& parts) {
    Node shown;
    shown.label = node.label;
    shown.text = node.text;
    for (const std::size_t part : parts) {
      shown.children.push_back(*pieces[part].node);
    }
    return subtree_text(shown);
  }

  /// Where a paragraph was divided into several, or joined out of them, with its words kept: the
  /// texts with these, so that only what was altered differs.
  bool fill_divided(Change& change, PairIndex p) {
    const NodePair& nodes = m_alignment.pairs[p];
    const auto parts_of = [](const Node& whole, const Node& rest, const std::vector<Piece>& from) {
      std::vector<const Node*> pieces;
      for (const Piece& piece : from) {
        pieces.push_back(piece.node);
      }
      return divided_into(whole, rest, pieces);
    };
    const auto come = pieces_of(m_alignment, p, m_added_below, SideOf::after);
    const auto gone = pieces_of(m_alignment, p, m_removed_below, SideOf::before);
    if (const auto parts = parts_of(*nodes.before, *nodes.after, come); !parts.empty()) {
      change.before = shown_text(*nodes.before);
      change.after = text_with(*nodes.after, come, parts);
      for (const std::size_t part : parts) {
        change.divided_into.push_back(
            m_places.of_child(come[part].parent, come[part].index, SideOf::after));
      }
    } else if (const auto joined = parts_of(*nodes.after, *nodes.before, gone); !joined.empty()) {
      change.before = text_with(*nodes.before, gone, joined);
      change.after = shown_text(*nodes.after);
    } else {
      return false;
    }
    change.words = word_diff(change.before, change.after);
    return true;
  }

  static void fill_texts(Change& change, const Node& before, const Node& after) {
    const bool equal = change.kind == ChangeKind::redesignated || change.kind == ChangeKind::moved;
    change.before = equal ? shown(before) : shown_text(before);
    change.after = equal ? shown(after) : shown_text(after);
    // Where labels repeat paragraphs above that differ, the change of those is reported there.
    const std::size_t front = front_of_label(before);
    const std::size_t front_after = front_of_label(after);
    if (std::string_view(before.label).substr(0, front) !=
        std::string_view(after.label).substr(0, front_after)) {
      change.before.erase(0, std::min(front, change.before.size()));
      change.after.erase(0, std::min(front_after, change.after.size()));
    }
    const std::string rest = rest_of_paragraph(before, change.before);
    if (rest == rest_of_paragraph(after, change.after)) {
      change.before += rest;
      change.after += rest;
    }
    change.words = word_diff(change.before, change.after);
  }

  void moved(const Leftover& from, const Leftover& to) {
    Change change;
    change.kind = from.parent == to.parent ? ChangeKind::redesignated : ChangeKind::moved;
    change.node_kind = to.node->kind;
    change.at = m_places.of_child(to.parent, to.index, SideOf::after);
    change.was = m_places.of_child(from.parent, from.index, SideOf::before);
    fill_texts(change, *from.node, *to.node);
    emit(std::move(change), unit_of(from).before, unit_of(to).after);
  }

  /// No change of law: the note is printed where it was.
  void reattached(const Reattached& note) {
    const Leftover& from = m_alignment.removed[note.removed];
    const Leftover& to = m_alignment.added[note.added];
    Change change;
    change.kind = ChangeKind::cosmetic;
    change.node_kind = note.after->kind;
    change.at = m_places.of_descendant(to.parent, to.index, note.after_path, SideOf::after);
    change.was = m_places.of_descendant(from.parent, from.index, note.before_path, SideOf::before);
    fill_texts(change, *note.before, *note.after);
    emit(std::move(change), unit_of(from).before, unit_of(to).after);
  }

  [[nodiscard]] std::string text_without_reattached(const Node& node) const {
    return m_reattached.empty() ? subtree_text(node) : subtree_text(without_reattached(node));
  }

  [[nodiscard]] Node without_reattached(const Node& node) const {
    Node kept;
    kept.kind = node.kind;
    kept.label = node.label;
    kept.text = node.text;
    for (const Node& child : node.children) {
      if (m_reattached.count(&child) == 0) {
        kept.children.push_back(without_reattached(child));
      }
    }
    return kept;
  }

  void one_sided(ChangeKind kind, const Leftover& leftover) {
    const bool added = kind == ChangeKind::added;
    Change change;
    change.kind = kind;
    change.node_kind = leftover.node->kind;
    change.at =
        m_places.of_child(leftover.parent, leftover.index, added ? SideOf::after : SideOf::before);
    (added ? change.after : change.before) = text_without_reattached(*leftover.node);
    emit(std::move(change), unit_of(leftover).before, unit_of(leftover).after);
  }

  [[nodiscard]] const UnitPair& unit_of(const Leftover& leftover) const {
    return m_alignment.units[m_alignment.pairs[leftover.parent].unit];
  }

  const Alignment& m_alignment;
  Places m_places;
  std::unordered_set<const Node*> m_reattached;
  Below m_removed_below;
  Below m_added_below;
  std::unordered_set<PairIndex> m_tidied_parties;
  std::string m_date;
  std::vector<Change> m_changes;
};

} // namespace

std::vector<Change> report_changes(const Alignment& alignment, std::optional<Date> date) {
  return Reporter(alignment, date).run();
}

} // namespace regtrail::diff::tree
