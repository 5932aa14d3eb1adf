#include "tests/support/apply/apply.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace regtrail::tests {
namespace {

std::string printed(std::span<const Unit> before, const NodePath& path) {
  const std::string unit = path.unit < before.size() ? before[path.unit].id.to_string()
                                                     : fmt::format("unit {}", path.unit);
  return fmt::format("{} at child path {}", unit, fmt::join(path.children, "."));
}

class Applier {
public:
  Applier(std::span<const Unit> before, const EditScript& script)
      : m_before(before),
        m_script(script) {}

  Result<std::vector<Unit>> run() {
    for (const NodeEdit& edit : m_script.nodes) {
      TRY(register_edit(edit));
    }
    std::vector<Unit> after;
    after.reserve(m_script.units.size());
    for (const UnitEdit& edit : m_script.units) {
      TRY_ASSIGN(after.emplace_back(), edited(edit));
    }
    return after;
  }

private:
  /// Notes which node the edit is for and that everything above it has to be rebuilt.
  Result<void> register_edit(const NodeEdit& edit) {
    const Node* node = node_at(m_before, edit.at);
    if (node == nullptr) {
      return fail(
          ErrorKind::malformed,
          fmt::format("cannot apply the edit script: no node in '{}'", printed(m_before, edit.at)));
    }
    if (!m_edits.emplace(node, &edit).second) {
      return fail(ErrorKind::malformed,
                  fmt::format("cannot apply the edit script: two edits of '{}'",
                              printed(m_before, edit.at)));
    }
    m_touched.insert(node);
    const Node* above = &m_before[edit.at.unit].root;
    for (const std::uint32_t index : edit.at.children) {
      m_touched.insert(above);
      above = &above->children[index];
    }
    return check_children(*node, edit);
  }

  [[nodiscard]] Result<void> check_children(const Node& node, const NodeEdit& edit) const {
    if (!edit.children) {
      return {};
    }
    for (const ChildRun& run : *edit.children) {
      const bool known =
          run.source == ChildRun::Source::insert ||
          (run.source == ChildRun::Source::take && node_at(m_before, run.from) != nullptr) ||
          (run.source == ChildRun::Source::keep && run.count > 0 &&
           std::uint64_t{run.first} + run.count <= node.children.size());
      const bool above_itself = run.source == ChildRun::Source::take &&
                                run.from.unit == edit.at.unit &&
                                starts_with(edit.at.children, run.from.children);
      if (!known || above_itself) {
        return fail(ErrorKind::malformed,
                    fmt::format("cannot apply the edit script: children of '{}' come from nowhere",
                                printed(m_before, edit.at)));
      }
    }
    return {};
  }

  static bool starts_with(const std::vector<std::uint32_t>& path,
                          const std::vector<std::uint32_t>& beginning) {
    return beginning.size() <= path.size() &&
           std::equal(beginning.begin(), beginning.end(), path.begin());
  }

  Result<Unit> edited(const UnitEdit& edit) {
    if (!edit.from) {
      return edit.content;
    }
    if (*edit.from >= m_before.size()) {
      return fail(ErrorKind::malformed,
                  fmt::format("cannot apply the edit script: no unit {}", *edit.from));
    }
    const Unit& before = m_before[*edit.from];
    if (edit.expected_before && *edit.expected_before != before.root.published) {
      return fail(ErrorKind::malformed,
                  fmt::format("cannot apply the edit script to '{}': its text is not the one the "
                              "script was made for",
                              before.id.to_string()));
    }
    Unit after;
    after.id = edit.id.value_or(before.id);
    after.notes = edit.notes.value_or(before.notes);
    after.not_understood = edit.not_understood.value_or(before.not_understood);
    after.raw = edit.raw.value_or(before.raw);
    after.ranges = edit.ranges.value_or(before.ranges);
    after.reserved = edit.reserved.value_or(before.reserved);
    after.root = rebuilt(before.root, 0);
    if (m_taken_in_circles) {
      return fail(ErrorKind::malformed,
                  fmt::format("cannot apply the edit script to '{}': it takes nodes in circles",
                              before.id.to_string()));
    }
    if (edit.ordinals) {
      number(after.root, *edit.ordinals);
    }
    if (edit.expected_after && *edit.expected_after != after.root.published) {
      return fail(
          ErrorKind::malformed,
          fmt::format("cannot apply the edit script to '{}': the result is not the text the "
                      "script was made for",
                      before.id.to_string()));
    }
    return after;
  }

  /// Recursion follows the depth of the tree, as copying and destroying a Node does. A script by
  /// hand may take a node into its own descendant by way of another: that ends at `max_takes`.
  Node rebuilt(const Node& node, int takes) {
    if (m_touched.count(&node) == 0) {
      return node;
    }
    Node after;
    after.kind = node.kind;
    after.designator = node.designator;
    after.label = node.label;
    after.text = node.text;
    after.ordinal = node.ordinal;
    after.published = node.published;
    after.normalised = node.normalised;
    const auto found = m_edits.find(&node);
    const NodeEdit* edit = found == m_edits.end() ? nullptr : found->second;
    if (edit != nullptr) {
      after.designator = edit->designator.value_or(node.designator);
      after.label = edit->label.value_or(node.label);
      after.text = edit->text.value_or(node.text);
    }
    if (edit != nullptr && edit->children) {
      for (const ChildRun& run : *edit->children) {
        append(after.children, node, run, takes);
      }
    } else {
      after.children.reserve(node.children.size());
      for (const Node& child : node.children) {
        after.children.push_back(rebuilt(child, takes));
      }
    }
    rehash_shallow(after);
    return after;
  }

  void append(std::vector<Node>& children, const Node& node, const ChildRun& run, int takes) {
    constexpr int max_takes = 64;
    switch (run.source) {
    case ChildRun::Source::keep:
      for (std::uint32_t i = run.first; i < run.first + run.count; ++i) {
        children.push_back(rebuilt(node.children[i], takes));
      }
      break;
    case ChildRun::Source::take:
      if (takes == max_takes) {
        m_taken_in_circles = true;
      } else if (!m_taken_in_circles) {
        children.push_back(rebuilt(*node_at(m_before, run.from), takes + 1));
      }
      break;
    case ChildRun::Source::insert:
      children.push_back(run.node);
      break;
    }
  }

  static void number(Node& root, const std::vector<OrdinalRun>& runs) {
    std::int64_t ordinal = 0;
    std::size_t run = 0;
    std::uint32_t used = 0;
    std::vector<Node*> open{&root};
    while (!open.empty()) {
      Node* node = open.back();
      open.pop_back();
      while (run < runs.size() && used == runs[run].count) {
        ++run;
        used = 0;
      }
      if (run == runs.size()) {
        return;
      }
      ++used;
      ordinal += runs[run].step;
      node->ordinal = static_cast<std::uint32_t>(ordinal);
      for (auto child = node->children.rbegin(); child != node->children.rend(); ++child) {
        open.push_back(&*child);
      }
    }
  }

  std::span<const Unit> m_before;
  const EditScript& m_script;
  std::unordered_map<const Node*, const NodeEdit*> m_edits;
  std::unordered_set<const Node*> m_touched; ///< edited nodes and all above them
  bool m_taken_in_circles = false;
};

} // namespace

Result<std::vector<Unit>> apply(std::span<const Unit> before, const EditScript& script) {
  return Applier(before, script).run();
}

const Node* node_at(std::span<const Unit> before, const NodePath& path) {
  if (path.unit >= before.size()) {
    return nullptr;
  }
  const Node* node = &before[path.unit].root;
  for (const std::uint32_t index : path.children) {
    if (index >= node->children.size()) {
      return nullptr;
    }
    node = &node->children[index];
  }
  return node;
}

Result<NodePath> find_path(std::span<const Unit> before, const Citation& citation) {
  for (std::uint32_t u = 0; u < before.size(); ++u) {
    if (!(before[u].id == citation.unit())) {
      continue;
    }
    const Node* wanted = find_node(before[u].root, before[u].id, citation);
    // The way down is found again by address: parents are few, and each is looked at once.
    NodePath path{u, {}};
    const Node* node = &before[u].root;
    std::vector<Citation> chain;
    for (Citation step = citation; wanted != nullptr && !(step == before[u].id) && !step.empty();
         step = step.parent()) {
      chain.push_back(step);
    }
    for (auto step = chain.rbegin(); step != chain.rend(); ++step) {
      const Node* next = find_node(before[u].root, before[u].id, *step);
      path.children.push_back(static_cast<std::uint32_t>(next - node->children.data()));
      node = next;
    }
    if (wanted != nullptr) {
      return path;
    }
  }
  return fail(ErrorKind::not_found,
              fmt::format("cannot find '{}' in the text to be amended", citation.to_string()));
}

} // namespace regtrail::tests
