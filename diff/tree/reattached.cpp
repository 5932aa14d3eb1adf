// Notes that belong to another node than before but are printed where they were.
//
// A note belongs to the place it names. When that place is removed, the note belongs to another
// node although its text and printed position are the same: no change of law.
#include "diff/tree/tree_internal.hpp"
#include "model/compared_text.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace regtrail::diff::tree {
namespace {

struct Note {
  const Node* node = nullptr;
  std::uint32_t leftover = 0;
  std::vector<std::uint32_t> path;
};

/// By unit and content.
using Notes = std::map<std::pair<std::uint32_t, Hash128>, std::vector<Note>>;

/// The topmost notes of the leftovers.
Notes notes_of(const Alignment& alignment, const std::vector<Leftover>& leftovers) {
  Notes notes;
  for (std::uint32_t i = 0; i < leftovers.size(); ++i) {
    const std::uint32_t unit = alignment.pairs[leftovers[i].parent].unit;
    std::vector<Note> open{{leftovers[i].node, i, {}}};
    while (!open.empty()) {
      Note note = std::move(open.back());
      open.pop_back();
      if (note.node->kind == NodeKind::note) {
        notes[{unit, note.node->normalised}].push_back(std::move(note));
        continue;
      }
      for (std::size_t c = note.node->children.size(); c-- > 0;) {
        Note child{&note.node->children[c], i, note.path};
        child.path.push_back(static_cast<std::uint32_t>(c));
        open.push_back(std::move(child));
      }
    }
  }
  return notes;
}

/// The nodes of a unit in printed order.
class Print {
public:
  explicit Print(const Node& root) {
    std::vector<const Node*> open{&root};
    while (!open.empty()) {
      const Node* node = open.back();
      open.pop_back();
      m_nodes.push_back(node);
      for (const Node& child : node->children) {
        open.push_back(&child);
      }
    }
    std::sort(m_nodes.begin(), m_nodes.end(), [](const Node* left, const Node* right) {
      return left->ordinal < right->ordinal;
    });
  }

  /// The node printed `distance` behind `node`, nullptr beyond the unit.
  [[nodiscard]] const Node* neighbour(const Node& node, std::ptrdiff_t distance) const {
    const auto place = std::lower_bound(
        m_nodes.begin(), m_nodes.end(), node.ordinal, [](const Node* each, std::uint32_t ordinal) {
          return each->ordinal < ordinal;
        });
    const std::ptrdiff_t at = place - m_nodes.begin() + distance;
    return at < 0 || at >= static_cast<std::ptrdiff_t>(m_nodes.size())
               ? nullptr
               : m_nodes[static_cast<std::size_t>(at)];
  }

private:
  std::vector<const Node*> m_nodes;
};

bool same_print(const Node* before, const Node* after) {
  if (before == nullptr || after == nullptr) {
    return before == after;
  }
  return before->normalised == after->normalised ||
         (!before->text.empty() && compared_text(*before) == compared_text(*after));
}

/// What is printed in front of the note, or behind it, is the same as before.
bool stands_still(const Print& before_print,
                  const Node& before,
                  const Print& after_print,
                  const Node& after) {
  const auto size = static_cast<std::ptrdiff_t>(std::max<std::size_t>(1, count_nodes(before)));
  return same_print(before_print.neighbour(before, -1), after_print.neighbour(after, -1)) ||
         same_print(before_print.neighbour(before, size), after_print.neighbour(after, size));
}

/// A note that left one parent and entered another as a whole is a move by now.
void undo_move(Alignment& alignment, const Reattached& note) {
  if (note.before_path.empty() && note.after_path.empty()) {
    const auto move =
        std::find_if(alignment.moves.begin(), alignment.moves.end(), [&](const Move& each) {
          return each.removed == note.removed && each.added == note.added;
        });
    if (move != alignment.moves.end()) {
      alignment.moves.erase(move);
    }
  }
}

} // namespace

void find_reattached(Alignment& alignment) {
  const Notes removed = notes_of(alignment, alignment.removed);
  Notes added = removed.empty() ? Notes{} : notes_of(alignment, alignment.added);
  std::vector<char> removed_moved(alignment.removed.size(), 0);
  std::vector<char> added_moved(alignment.added.size(), 0);
  for (const Move& move : alignment.moves) {
    removed_moved[move.removed] = 1;
    added_moved[move.added] = 1;
  }
  std::map<std::uint32_t, std::pair<Print, Print>> prints;
  for (const auto& [key, lost] : removed) {
    const auto found = added.find(key);
    for (std::size_t i = 0; found != added.end() && i < std::min(lost.size(), found->second.size());
         ++i) {
      const Note& before = lost[i];
      const Note& after = found->second[i];
      const bool moved_whole = before.path.empty() && after.path.empty();
      if (!moved_whole &&
          (removed_moved[before.leftover] != 0 || added_moved[after.leftover] != 0)) {
        continue; // it went with a larger subtree
      }
      const UnitPair& unit = alignment.units[key.first];
      const auto print =
          prints.try_emplace(key.first, Print(unit.before->root), Print(unit.after->root));
      const auto& [before_print, after_print] = print.first->second;
      if (stands_still(before_print, *before.node, after_print, *after.node)) {
        Reattached note{
            before.node, after.node, before.leftover, after.leftover, before.path, after.path};
        undo_move(alignment, note);
        alignment.reattached.push_back(std::move(note));
      }
    }
  }
}

} // namespace regtrail::diff::tree
