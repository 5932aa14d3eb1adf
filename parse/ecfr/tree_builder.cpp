#include "parse/ecfr/tree_builder.hpp"

#include "model/text.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace regtrail::parse {
namespace {

constexpr std::size_t longest_problem_text = 200;

} // namespace

TreeBuilder::TreeBuilder() {
  m_drafts.reserve(64);
  m_drafts.push_back({NodeKind::unit, {}, {}, {}, -1});
}

int TreeBuilder::add(
    int parent, NodeKind kind, std::string designator, std::string label, std::string text) {
  if (parent < 0 || parent >= size()) {
    throw std::logic_error("a node needs a parent that was added before it");
  }
  m_drafts.push_back({kind, std::move(designator), std::move(label), std::move(text), parent});
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
  const auto count = m_drafts.size();
  std::vector<std::vector<int>> children(count);
  for (std::size_t i = 1; i < count; ++i) {
    children[static_cast<std::size_t>(m_drafts[i].parent)].push_back(static_cast<int>(i));
  }
  // children before parents: the reverse of a preorder walk
  std::vector<int> order;
  order.reserve(count);
  std::vector<int> pending{root};
  while (!pending.empty()) {
    const int node = pending.back();
    pending.pop_back();
    order.push_back(node);
    const auto& below = children[static_cast<std::size_t>(node)];
    pending.insert(pending.end(), below.begin(), below.end());
  }
  for (Problem& problem : m_problems) {
    Citation at_citation = unit.id;
    std::vector<int> path;
    for (int node = problem.node; node != root; node = at(node).parent) {
      path.push_back(node);
    }
    NotUnderstood record;
    const Draft& draft = at(problem.node);
    record.text = cut_text(draft.label.empty()  ? draft.text
                           : draft.text.empty() ? draft.label
                                                : draft.label + " " + draft.text,
                           longest_problem_text);
    record.what = std::move(problem.what);
    unit.not_understood.push_back(std::move(record));
    problem.what.clear();
  }
  std::vector<Node> nodes(count);
  for (std::size_t i = order.size(); i-- > 0;) {
    const auto index = static_cast<std::size_t>(order[i]);
    Draft& draft = m_drafts[index];
    Node& node = nodes[index];
    node.kind = draft.kind;
    node.designator = std::move(draft.designator);
    node.label = std::move(draft.label);
    node.text = std::move(draft.text);
    node.ordinal = static_cast<std::uint32_t>(index + 1);
    node.children.reserve(children[index].size());
    for (const int child : children[index]) {
      node.children.push_back(std::move(nodes[static_cast<std::size_t>(child)]));
    }
    rehash_shallow(node);
  }
  // citations need the finished tree: occurrence numbers depend on all siblings
  for (std::size_t i = 0; i < m_problems.size(); ++i) {
    std::vector<std::uint32_t> ordinals;
    for (int node = m_problems[i].node; node != root; node = at(node).parent) {
      ordinals.push_back(static_cast<std::uint32_t>(node + 1));
    }
    const Node* node = &nodes[root];
    Citation citation = unit.id;
    for (auto ordinal = ordinals.rbegin(); ordinal != ordinals.rend(); ++ordinal) {
      const std::vector<Step> steps = child_steps(*node);
      const auto found = std::find_if(node->children.begin(),
                                      node->children.end(),
                                      [&](const Node& child) { return child.ordinal == *ordinal; });
      const auto position = static_cast<std::size_t>(found - node->children.begin());
      citation = citation.child(steps.at(position));
      node = &*found;
    }
    unit.not_understood[unit.not_understood.size() - m_problems.size() + i].at =
        std::move(citation);
  }
  unit.root = std::move(nodes[root]);
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
  const std::string folded = normalise(text);
  std::string out(cut_text(folded, longest));
  if (out.size() < folded.size()) {
    const std::size_t blank = out.find_last_of(' ');
    if (blank != std::string::npos && blank > longest / 2) {
      out.resize(blank);
    }
  }
  for (std::size_t at = out.find(" / "); at != std::string::npos; at = out.find(" / ", at)) {
    out.replace(at, 3, "/");
  }
  for (std::size_t at = out.find(" #"); at != std::string::npos; at = out.find(" #", at)) {
    out.erase(at, 1);
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '-' || out.back() == ',')) {
    out.pop_back();
  }
  return out;
}

} // namespace regtrail::parse
