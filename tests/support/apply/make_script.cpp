#include "diff/tree/alignment.hpp"
#include "tests/support/apply/apply.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace regtrail::tests {
namespace {

using namespace diff;

class ScriptMaker {
public:
  ScriptMaker(std::span<const Unit> before, std::span<const Unit> after)
      : m_before(before),
        m_alignment(align(before, after)) {}

  EditScript run() {
    find_paths();
    for (std::size_t m = 0; m < m_alignment.moves.size(); ++m) {
      m_moved_to[m_alignment.added[m_alignment.moves[m].added].node] =
          &m_alignment.removed[m_alignment.moves[m].removed];
    }
    for (const UnitPair& unit : m_alignment.units) {
      if (unit.after != nullptr) {
        m_script.units.push_back(unit_edit(unit));
      }
    }
    for (PairIndex p = 0; p < m_alignment.pairs.size(); ++p) {
      pair(p);
    }
    for (const Move& move : m_alignment.moves) {
      const Leftover& from = m_alignment.removed[move.removed];
      same_shape(
          *from.node, *m_alignment.added[move.added].node, child_path(from.parent, from.index));
    }
    for (const UnitPair& unit : m_alignment.units) {
      if (unit.before != nullptr && unit.after != nullptr && unit.root == no_pair) {
        same_shape(unit.before->root, unit.after->root, {index_of(*unit.before), {}});
      }
    }
    std::sort(m_script.nodes.begin(),
              m_script.nodes.end(),
              [](const NodeEdit& left, const NodeEdit& right) { return left.at < right.at; });
    return std::move(m_script);
  }

private:
  [[nodiscard]] std::uint32_t index_of(const Unit& unit) const {
    return static_cast<std::uint32_t>(&unit - m_before.data());
  }

  [[nodiscard]] UnitEdit unit_edit(const UnitPair& unit) const {
    UnitEdit edit;
    if (unit.before == nullptr) {
      edit.content = *unit.after;
      return edit;
    }
    const Unit& before = *unit.before;
    const Unit& after = *unit.after;
    edit.from = index_of(before);
    set_if_different(edit.id, before.id, after.id);
    set_if_different(edit.notes, before.notes, after.notes);
    set_if_different(edit.not_understood, before.not_understood, after.not_understood);
    set_if_different(edit.raw, before.raw, after.raw);
    set_if_different(edit.ranges, before.ranges, after.ranges);
    set_if_different(edit.reserved, before.reserved, after.reserved);
    if (before.root.published != after.root.published) {
      edit.ordinals = ordinals(after.root); // nodes that changed places take their own along
    } else {
      set_if_different(edit.ordinals, ordinals(before.root), ordinals(after.root));
    }
    edit.expected_before = before.root.published;
    edit.expected_after = after.root.published;
    return edit;
  }

  template<typename T>
  static void set_if_different(std::optional<T>& target, const T& before, const T& after) {
    if (!(before == after)) {
      target = after;
    }
  }

  static std::vector<OrdinalRun> ordinals(const Node& root) {
    std::vector<OrdinalRun> runs;
    std::int64_t previous = 0;
    std::vector<const Node*> open{&root};
    while (!open.empty()) {
      const Node* node = open.back();
      open.pop_back();
      const std::int64_t step = std::int64_t{node->ordinal} - previous;
      previous = node->ordinal;
      if (runs.empty() || runs.back().step != step) {
        runs.push_back({step, 0});
      }
      ++runs.back().count;
      for (auto child = node->children.rbegin(); child != node->children.rend(); ++child) {
        open.push_back(&*child);
      }
    }
    return runs;
  }

  void find_paths() {
    m_paths.reserve(m_alignment.pairs.size());
    for (const NodePair& nodes : m_alignment.pairs) {
      m_paths.push_back(nodes.parent == no_pair
                            ? NodePath{index_of(*m_alignment.units[nodes.unit].before), {}}
                            : child_path(nodes.parent, nodes.before_index));
    }
  }

  void pair(PairIndex p) {
    const NodePair& nodes = m_alignment.pairs[p];
    if (nodes.before->published == nodes.after->published) {
      same_shape(*nodes.before, *nodes.after, m_paths[p]);
      return;
    }
    NodeEdit edit = own_edit(*nodes.before, *nodes.after);
    edit.children = child_runs(p);
    add(std::move(edit), m_paths[p]);
    equal_children(p);
  }

  static NodeEdit own_edit(const Node& before, const Node& after) {
    NodeEdit edit;
    set_if_different(edit.designator, before.designator, after.designator);
    set_if_different(edit.label, before.label, after.label);
    set_if_different(edit.text, before.text, after.text);
    return edit;
  }

  void add(NodeEdit edit, const NodePath& path) {
    if (edit.designator || edit.label || edit.text || edit.children) {
      edit.at = path;
      m_script.nodes.push_back(std::move(edit));
    }
  }

  [[nodiscard]] NodePath child_path(PairIndex parent, std::uint32_t index) const {
    NodePath path = m_paths[parent];
    path.children.push_back(index);
    return path;
  }

  /// Unset when the children are the same ones in the same order.
  [[nodiscard]] std::optional<std::vector<ChildRun>> child_runs(PairIndex p) const {
    const NodePair& nodes = m_alignment.pairs[p];
    const std::vector<std::uint32_t>& partners = m_alignment.partners[p];
    std::vector<ChildRun> runs;
    for (std::uint32_t j = 0; j < partners.size(); ++j) {
      ChildRun run;
      if (partners[j] != no_pair) {
        if (!runs.empty() && runs.back().source == ChildRun::Source::keep &&
            runs.back().first + runs.back().count == partners[j]) {
          ++runs.back().count;
          continue;
        }
        run.first = partners[j];
        run.count = 1;
      } else {
        const Node& added = nodes.after->children[j];
        const auto moved = m_moved_to.find(&added);
        if (moved != m_moved_to.end()) {
          run.source = ChildRun::Source::take;
          run.from = child_path(moved->second->parent, moved->second->index);
        } else {
          run.source = ChildRun::Source::insert;
          run.node = added;
        }
      }
      runs.push_back(std::move(run));
    }
    const std::size_t count = nodes.before->children.size();
    const bool same = runs.empty()
                          ? count == 0
                          : runs.size() == 1 && runs.front().source == ChildRun::Source::keep &&
                                runs.front().first == 0 && runs.front().count == count;
    return same ? std::nullopt : std::optional(std::move(runs));
  }

  /// Children that are partners without being listed: equal but for labels.
  void equal_children(PairIndex p) {
    const NodePair& nodes = m_alignment.pairs[p];
    const std::vector<std::uint32_t>& partners = m_alignment.partners[p];
    for (std::uint32_t j = 0; j < partners.size(); ++j) {
      if (partners[j] != no_pair) {
        const Node& before = nodes.before->children[partners[j]];
        const Node& after = nodes.after->children[j];
        if (before.published == after.published && before.designator == after.designator) {
          same_shape(before, after, child_path(p, partners[j]));
        }
      }
    }
  }

  /// Two subtrees of the same shape: what differs are texts, designators and labels.
  void same_shape(const Node& before_root, const Node& after_root, NodePath path) {
    struct Open {
      const Node* before;
      const Node* after;
      std::size_t next;
    };

    std::vector<Open> open{{&before_root, &after_root, 0}};
    add(own_edit(before_root, after_root), path);
    while (!open.empty()) {
      Open& top = open.back();
      if (top.next == std::min(top.before->children.size(), top.after->children.size())) {
        open.pop_back();
        if (!open.empty()) {
          path.children.pop_back();
        }
        continue;
      }
      const std::size_t i = top.next++;
      path.children.push_back(static_cast<std::uint32_t>(i));
      const Open child{&top.before->children[i], &top.after->children[i], 0};
      add(own_edit(*child.before, *child.after), path);
      open.push_back(child);
    }
  }

  std::span<const Unit> m_before;
  Alignment m_alignment;
  EditScript m_script;
  std::vector<NodePath> m_paths; ///< of the before side of each pair
  std::unordered_map<const Node*, const Leftover*> m_moved_to;
};

} // namespace

EditScript make_edit_script(std::span<const Unit> before, std::span<const Unit> after) {
  return ScriptMaker(before, after).run();
}

EditScript keep_all(std::span<const Unit> before) {
  EditScript script;
  for (std::uint32_t i = 0; i < before.size(); ++i) {
    script.units.emplace_back().from = i;
  }
  return script;
}

} // namespace regtrail::tests
