#include "diff/tree/tree_diff.hpp"
#include "model/digest.hpp"
#include "query/page_changes_internal.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace regtrail::query {
namespace {

/// Equal texts of fewer words prove no move.
constexpr std::ptrdiff_t proving_words = 8;

bool came_or_went(const Change& change) {
  return change.kind == ChangeKind::added || change.kind == ChangeKind::removed;
}

const std::string& text_of(const Change& change) {
  return change.kind == ChangeKind::added ? change.after : change.before;
}

/// The text of a heading stands in its place alone.
void name_heading(Change& change) {
  if (change.node_kind == NodeKind::table && change.was && change.before.empty()) {
    change.before = change.was->steps().back().name;
    change.after = change.at.steps().back().name;
    change.words = {{WordRun::Op::removed, change.before}, {WordRun::Op::added, change.after}};
  }
}

/// Looks for paragraphs that came or went in sections that went or came.
class SectionMoves {
public:
  SectionMoves(const Unit& before, const Unit& after) : m_before(before), m_after(after) {}

  void find(std::vector<Change>& changes) {
    for (Change& change : changes) {
      const bool tells =
          change.node_kind == NodeKind::paragraph && came_or_went(change) &&
          std::count(text_of(change).begin(), text_of(change).end(), ' ') + 1 >= proving_words;
      for (std::size_t i = 0; tells && i < changes.size(); ++i) {
        const Change& section = changes[i];
        if (section.node_kind == NodeKind::table && came_or_went(section) &&
            section.kind != change.kind && take(change, section)) {
          break;
        }
      }
    }
    for (Change& change : changes) {
      leave_rest(change);
    }
  }

private:
  [[nodiscard]] const Node* node_of(const Change& section) const {
    const Unit& unit = section.kind == ChangeKind::added ? m_after : m_before;
    return find_node(unit.root, unit.id, section.at);
  }

  /// Makes a move of `change` where its text stands in `section`.
  bool take(Change& change, const Change& section) {
    const Node* node = node_of(section);
    if (node == nullptr) {
      return false;
    }
    std::vector<bool>& taken = m_taken[node];
    taken.resize(node->children.size());
    for (std::size_t i = 0; i < taken.size(); ++i) {
      if (taken[i] || node->children[i].text != text_of(change)) {
        continue;
      }
      taken[i] = true;
      const Citation place = section.at.child(child_step(*node, i));
      const bool came = section.kind == ChangeKind::added;
      const std::string text = text_of(change);
      change.was = came ? change.at : place;
      change.at = came ? place : change.at;
      change.id = to_hex(hash128(change.id + '\n' + section.id));
      change.kind = ChangeKind::moved;
      change.before = text;
      change.after = text;
      change.words = {{WordRun::Op::same, text}};
      return true;
    }
    return false;
  }

  /// Of a section its heading and what did not move.
  void leave_rest(Change& section) {
    const Node* node =
        section.node_kind == NodeKind::table && came_or_went(section) ? node_of(section) : nullptr;
    if (node == nullptr) {
      return;
    }
    std::vector<bool>& taken = m_taken[node];
    taken.resize(node->children.size());
    std::string text = node->designator;
    for (std::size_t i = 0; i < taken.size(); ++i) {
      text += taken[i] ? "" : '\n' + node->children[i].text;
    }
    (section.kind == ChangeKind::added ? section.after : section.before) = std::move(text);
  }

  const Unit& m_before;
  const Unit& m_after;
  std::map<const Node*, std::vector<bool>> m_taken; ///< children of sections that moved
};

} // namespace

std::vector<Change> page_changes(const Unit& before, const Unit& after, Date day) {
  diff::DiffOptions options;
  options.after.unit = after.id.to_string();
  options.after.date = day;
  const std::array befores{before};
  const std::array afters{after};
  std::vector<Change> changes = diff::diff_units(befores, afters, options).changes;
  std::erase_if(changes, [](const Change& change) { return change.kind == ChangeKind::cosmetic; });
  for (Change& change : changes) {
    change.typed.clear();
    name_heading(change);
  }
  SectionMoves(before, after).find(changes);
  std::stable_sort(changes.begin(), changes.end(), [](const Change& left, const Change& right) {
    return (left.at <=> right.at) < 0;
  });
  return changes;
}

} // namespace regtrail::query
