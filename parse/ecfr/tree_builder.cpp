#include "parse/ecfr/tree_builder.hpp"

#include "model/text.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <span>
#include <stdexcept>
#include <utility>

namespace regtrail::parse {
namespace {

constexpr std::size_t longest_problem_text = 200;

/// What the assembly of a node takes beside that of its text, in bytes; and how many bytes are
/// assembled, or moved behind others, while one is read.
constexpr std::size_t weight_of_a_node = 100;
constexpr std::size_t weight_of_reading = 3;
constexpr std::size_t weight_of_moving = 30;

/// Several for each thread, since one that has to be woken comes late; none too light.
constexpr std::size_t most_shares = 6;
constexpr std::size_t least_share = std::size_t{16} << 10U;

} // namespace

TreeBuilder::TreeBuilder() {
  m_drafts.emplace_back().kind = NodeKind::unit;
}

int TreeBuilder::add(
    int parent, NodeKind kind, std::string designator, std::string label, std::string text) {
  if (parent < 0 || parent >= size() || !m_parts.empty()) {
    throw std::logic_error("a node needs a parent that was added before it, and no parts");
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
  m_problems.push_back({node, std::move(what), {}, {}});
}

void TreeBuilder::add_parts(std::size_t count,
                            std::size_t weight,
                            Crew& crew,
                            const std::function<void(TreeBuilder&, std::size_t)>& build) {
  m_parts.resize(count);
  crew.each(count, weight, [&](std::size_t i) {
    Crew nobody(Crew::Size::caller_only); // to share what is shared already takes longer
    build(m_parts[i], i);
    m_parts[i].assemble(nobody);
  });
  std::vector<std::uint32_t> before;
  for (const TreeBuilder& part : m_parts) {
    before.push_back(static_cast<std::uint32_t>(size() - 1));
    m_nodes_of_parts += part.size() - 1;
  }
  crew.each(
      count, weight / weight_of_moving, [&](std::size_t i) { m_parts[i].move_behind(before[i]); });
}

void TreeBuilder::finish(Unit& unit, Crew& crew) {
  assemble(crew);
  take_parts();
  rehash_shallow(m_top);
  unit.root = std::move(m_top);
  cite_problems(unit);
}

/// Puts `nodes` more in front of the assembled nodes below the root.
void TreeBuilder::move_behind(std::uint32_t nodes) {
  std::vector<Node*> open{&m_top};
  while (!open.empty()) {
    Node* const node = open.back();
    open.pop_back();
    for (Node& child : node->children) {
      child.ordinal += nodes;
      if (!child.children.empty()) {
        open.push_back(&child);
      }
    }
  }
  for (Problem& problem : m_problems) {
    for (std::uint32_t& ordinal : problem.ordinals) {
      ordinal += nodes;
    }
  }
}

void TreeBuilder::take_parts() {
  for (TreeBuilder& part : m_parts) {
    std::vector<Node>& nodes = part.m_top.children;
    m_top.children.insert(m_top.children.end(),
                          std::make_move_iterator(nodes.begin()),
                          std::make_move_iterator(nodes.end()));
    m_problems.insert(m_problems.end(),
                      std::make_move_iterator(part.m_problems.begin()),
                      std::make_move_iterator(part.m_problems.end()));
  }
}

/// The members of every draft in printed order.
class TreeBuilder::Members {
public:
  explicit Members(const std::vector<Draft>& drafts)
      : m_first(drafts.size() + 2),
        m_members(drafts.size()) {
    for (std::size_t i = 1; i < drafts.size(); ++i) {
      ++m_first[static_cast<std::size_t>(drafts[i].parent) + 2];
    }
    std::partial_sum(m_first.begin(), m_first.end(), m_first.begin());
    for (std::size_t i = 1; i < drafts.size(); ++i) {
      m_members[m_first[static_cast<std::size_t>(drafts[i].parent) + 1]++] = i;
    }
  }

  [[nodiscard]] std::span<const std::size_t> of(std::size_t draft) const {
    return std::span(m_members).subspan(m_first[draft], m_first[draft + 1] - m_first[draft]);
  }

private:
  std::vector<std::size_t> m_first; ///< m_first[i] to before m_first[i + 1] are those of i
  std::vector<std::size_t> m_members;
};

/// All but the hashes of the root.
void TreeBuilder::assemble(Crew& crew) {
  for (Problem& problem : m_problems) {
    locate(problem);
  }
  const Members members(m_drafts);
  place(root, members, m_top);
  const std::span<const std::size_t> outermost = members.of(root);
  std::size_t weight = 0;
  for (const Draft& draft : m_drafts) {
    weight += weight_of(draft);
  }
  const std::size_t most = crew.is_worth_sharing(weight / weight_of_reading) ? most_shares : 1;
  const std::size_t count = std::clamp<std::size_t>(weight / least_share, 1, most);
  const std::vector<std::size_t> cuts = cut_into_shares(outermost, weight, count);
  crew.each(count, weight / weight_of_reading, [&](std::size_t i) {
    assemble_below(members,
                   outermost.subspan(cuts[i], cuts[i + 1] - cuts[i]),
                   m_top.children.data() + cuts[i]);
  });
}

void TreeBuilder::locate(Problem& problem) const {
  const Draft& draft = at(problem.node);
  const std::string shown = draft.label.empty() ? draft.text : draft.label + " " + draft.text;
  problem.text = cut_text(shown, longest_problem_text);
  for (int node = problem.node; node != root; node = at(node).parent) {
    problem.ordinals.push_back(static_cast<std::uint32_t>(node + 1));
  }
}

std::size_t TreeBuilder::weight_of(const Draft& draft) {
  return weight_of_a_node + draft.text.size();
}

/// Which of the outermost nodes begin `count` shares of about one weight, and their number behind
/// them.
std::vector<std::size_t> TreeBuilder::cut_into_shares(std::span<const std::size_t> outermost,
                                                      std::size_t weight,
                                                      std::size_t count) const {
  std::vector<std::size_t> cuts{0};
  std::size_t draft = 0;
  std::size_t sum = 0;
  for (std::size_t share = 1; share < count; ++share) {
    for (; sum * count < weight * share; ++draft) {
      sum += weight_of(m_drafts[draft]);
    }
    const auto behind = std::lower_bound(outermost.begin(), outermost.end(), draft);
    cuts.push_back(static_cast<std::size_t>(behind - outermost.begin()));
  }
  cuts.push_back(outermost.size());
  return cuts;
}

/// Moves a draft into `node` and makes room for its members.
void TreeBuilder::place(std::size_t index, const Members& members, Node& node) {
  Draft& draft = m_drafts[index];
  node.kind = draft.kind;
  node.designator = std::move(draft.designator);
  node.label = std::move(draft.label);
  node.text = std::move(draft.text);
  node.ordinal = static_cast<std::uint32_t>(index + 1);
  node.children.resize(members.of(index).size());
}

/// The trees of some siblings, of which `nodes` is the first one's place.
void TreeBuilder::assemble_below(const Members& members,
                                 std::span<const std::size_t> siblings,
                                 Node* nodes) {
  // every node after its parent: a note may have been printed before it
  std::vector<std::pair<std::size_t, Node*>> order;
  order.reserve(std::min(m_drafts.size(), 4 * siblings.size()));
  const auto append = [&order](std::span<const std::size_t> drafts, Node* places) {
    for (const std::size_t draft : drafts) {
      order.emplace_back(draft, places++);
    }
  };
  append(siblings, nodes);
  for (std::size_t done = 0; done < order.size(); ++done) {
    const auto [index, node] = order[done];
    place(index, members, *node);
    append(members.of(index), node->children.data());
  }
  for (auto placed = order.rbegin(); placed != order.rend(); ++placed) {
    rehash_shallow(*placed->second);
  }
}

/// Occurrence numbers depend on all siblings, so citations need the finished tree.
void TreeBuilder::cite_problems(Unit& unit) {
  std::map<const Node*, std::vector<Step>> steps;
  for (Problem& problem : m_problems) {
    const Node* node = &unit.root;
    Citation citation = unit.id;
    for (auto ordinal = problem.ordinals.rbegin(); ordinal != problem.ordinals.rend(); ++ordinal) {
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
    unit.not_understood.push_back(
        {std::move(citation), std::move(problem.what), std::move(problem.text)});
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
