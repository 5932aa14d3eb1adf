#include "parse/ecfr/tree_builder.hpp"

#include "model/text.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace regtrail::parse {
namespace {

constexpr std::size_t longest_problem_text = 200;

/// What hashing takes beside the bytes, in bytes; and how much longer than hashing a byte it takes
/// to read one.
constexpr std::size_t weight_of_a_hash = 100;
constexpr std::size_t weight_of_reading = 4;

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

void TreeBuilder::finish(Unit& unit, Crew& crew) {
  for (const Problem& problem : m_problems) {
    const Draft& draft = at(problem.node);
    const std::string shown = draft.label.empty() ? draft.text : draft.label + " " + draft.text;
    unit.not_understood.push_back(
        {{}, problem.what, std::string(cut_text(shown, longest_problem_text))});
  }
  unit.root = assemble(crew);
  cite_problems(unit);
}

Node TreeBuilder::assemble(Crew& crew) {
  const std::size_t count = m_drafts.size();
  // the children of node i are members [first[i], first[i + 1]) of `children`, in printed order
  std::vector<std::size_t> first(count + 2);
  for (std::size_t i = 1; i < count; ++i) {
    ++first[static_cast<std::size_t>(m_drafts[i].parent) + 2];
  }
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<std::size_t> children(count);
  for (std::size_t i = 1; i < count; ++i) {
    children[first[static_cast<std::size_t>(m_drafts[i].parent) + 1]++] = i;
  }
  // every node after its parent: a note may have been printed before it
  Node top;
  std::vector<std::pair<std::size_t, Node*>> order;
  order.reserve(count);
  order.emplace_back(root, &top);
  for (std::size_t done = 0; done < order.size(); ++done) {
    const auto [index, node] = order[done];
    Draft& draft = m_drafts[index];
    node->kind = draft.kind;
    node->designator = std::move(draft.designator);
    node->label = std::move(draft.label);
    node->text = std::move(draft.text);
    node->ordinal = static_cast<std::uint32_t>(index + 1);
    node->children.resize(first[index + 1] - first[index]);
    for (std::size_t i = first[index]; i < first[index + 1]; ++i) {
      order.emplace_back(children[i], &node->children[i - first[index]]);
    }
  }
  const auto hash_leaves = [&](std::size_t from, std::size_t to) {
    for (; from != to; ++from) {
      if (order[from].second->children.empty()) {
        rehash_shallow(*order[from].second);
      }
    }
  };
  const auto weight_of = [](const std::pair<std::size_t, Node*>& placed) {
    return weight_of_a_hash + placed.second->text.size();
  };
  std::size_t weight = 0;
  for (const auto& placed : order) {
    weight += weight_of(placed);
  }
  std::size_t middle = 0;
  for (std::size_t half = 0; half < weight / 2; ++middle) {
    half += weight_of(order[middle]);
  }
  crew.both(
      weight / weight_of_reading,
      [&] { hash_leaves(0, middle); },
      [&] { hash_leaves(middle, order.size()); });
  for (auto placed = order.rbegin(); placed != order.rend(); ++placed) {
    if (!placed->second->children.empty()) {
      rehash_shallow(*placed->second);
    }
  }
  return top;
}

/// Occurrence numbers depend on all siblings, so citations need the finished tree.
void TreeBuilder::cite_problems(Unit& unit) const {
  std::map<const Node*, std::vector<Step>> steps;
  const std::size_t first = unit.not_understood.size() - m_problems.size();
  for (std::size_t i = 0; i < m_problems.size(); ++i) {
    std::vector<std::uint32_t> ordinals;
    for (int node = m_problems[i].node; node != root; node = at(node).parent) {
      ordinals.push_back(static_cast<std::uint32_t>(node + 1));
    }
    const Node* node = &unit.root;
    Citation citation = unit.id;
    for (auto ordinal = ordinals.rbegin(); ordinal != ordinals.rend(); ++ordinal) {
      const auto [known, added] = steps.try_emplace(node);
      if (added) {
        known->second = child_steps(*node);
      }
      const auto found = std::lower_bound(
          node->children.begin(),
          node->children.end(),
          *ordinal,
          [](const Node& child, std::uint32_t wanted) { return child.ordinal < wanted; });
      citation = citation.child(
          known->second.at(static_cast<std::size_t>(found - node->children.begin())));
      node = &*found;
    }
    unit.not_understood[first + i].at = std::move(citation);
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
