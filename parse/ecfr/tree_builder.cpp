#include "parse/ecfr/tree_builder.hpp"

#include "model/text.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace regtrail::parse {
namespace {

constexpr std::size_t longest_problem_text = 200;

} // namespace

TreeBuilder::TreeBuilder() {
  m_drafts.emplace_back().kind = NodeKind::unit;
}

int TreeBuilder::add(
    int parent, NodeKind kind, std::string designator, std::string label, std::string text) {
  if (parent < 0 || parent >= size()) {
    throw std::logic_error("a node needs a parent that was added before it");
  }
  Draft& draft = m_drafts.emplace_back();
  draft.kind = kind;
  draft.designator = std::move(designator);
  draft.label = std::move(label);
  draft.text = std::move(text);
  draft.parent = parent;
  return size() - 1;
}

bool TreeBuilder::is_ancestor_or_self(int ancestor, int node) const {
  for (int at_node = node; at_node >= 0; at_node = at(at_node).parent) {
    if (at_node == ancestor) {
      return true;
    }
  }
  return false;
}

void TreeBuilder::attach(int node, int parent) {
  if (!is_ancestor_or_self(node, parent)) {
    at(node).parent = parent;
  }
}

int TreeBuilder::depth(int node) const {
  int steps = 0;
  for (int at_node = at(node).parent; at_node >= 0; at_node = at(at_node).parent) {
    ++steps;
  }
  return steps;
}

void TreeBuilder::not_understood(int node, std::string what) {
  m_problems.push_back({node, std::move(what)});
}

void TreeBuilder::finish(Unit& unit) {
  std::vector<std::vector<int>> members(m_drafts.size()); // in printed order
  for (int node = 1; node < size(); ++node) {
    members[static_cast<std::size_t>(at(node).parent)].push_back(node);
  }
  place(root, members, unit.root);
  cite_problems(unit);
}

/// Moves a draft and all below it into `node`. A note may have been printed before its parent, so
/// that members are not always later than what they belong to.
void TreeBuilder::place(int index, const std::vector<std::vector<int>>& members, Node& node) {
  Draft& draft = at(index);
  node.kind = draft.kind;
  node.designator = std::move(draft.designator);
  node.label = std::move(draft.label);
  node.text = std::move(draft.text);
  node.ordinal = static_cast<std::uint32_t>(index + 1);
  const std::vector<int>& own = members[static_cast<std::size_t>(index)];
  node.children.resize(own.size());
  for (std::size_t i = 0; i < own.size(); ++i) {
    place(own[i], members, node.children[i]);
  }
  rehash_shallow(node);
}

/// Occurrence numbers depend on all siblings, so citations need the finished tree.
void TreeBuilder::cite_problems(Unit& unit) {
  std::map<const Node*, std::vector<Step>> steps;
  for (Problem& problem : m_problems) {
    std::vector<int> path; // from the node up to below the root
    for (int at_node = problem.node; at_node != root; at_node = at(at_node).parent) {
      path.push_back(at_node);
    }
    const Node* node = &unit.root;
    Citation citation = unit.id;
    for (auto step = path.rbegin(); step != path.rend(); ++step) {
      const auto [known, added] = steps.try_emplace(node);
      if (added) {
        known->second = child_steps(*node);
      }
      const auto found = std::lower_bound(
          node->children.begin(), node->children.end(), *step, [](const Node& child, int wanted) {
            return child.ordinal < static_cast<std::uint32_t>(wanted + 1);
          });
      citation = citation.child(
          known->second.at(static_cast<std::size_t>(found - node->children.begin())));
      node = &*found;
    }
    const std::string shown = node->label.empty() ? node->text : node->label + " " + node->text;
    unit.not_understood.push_back({std::move(citation),
                                   std::move(problem.what),
                                   std::string(cut_text(shown, longest_problem_text))});
  }
}

std::string_view cut_text(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) {
    return text;
  }
  while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0U) == 0x80U) {
    --longest;
  }
  return text.substr(0, longest);
}

std::string as_designator(std::string_view text, std::size_t longest) {
  const bool plain = is_plainly_normal(text);
  const std::string folded = plain ? std::string() : normalise(text);
  const std::string_view whole = plain ? text : folded;
  std::string out(cut_text(whole, longest));
  if (out.size() < whole.size()) {
    const std::size_t blank = out.find_last_of(' ');
    if (blank != std::string::npos && blank > longest / 2) {
      out.resize(blank);
    }
  }
  const auto find = [&out](std::string_view words, std::size_t from) {
    // by the first character, a search would stop at every blank
    return out.find(words[1], from) == std::string::npos ? std::string::npos
                                                         : out.find(words, from);
  };
  for (std::size_t at = find(" / ", 0); at != std::string::npos; at = find(" / ", at)) {
    out.replace(at, 3, "/");
  }
  for (std::size_t at = find(" #", 0); at != std::string::npos; at = find(" #", at)) {
    out.erase(at, 1);
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '-' || out.back() == ',')) {
    out.pop_back();
  }
  return out;
}

} // namespace regtrail::parse
