// Pairs the children of two nodes that are the same place on both sides.
//
// In order: equal children at either end; equal keys (rows, entries, definitions, cells, headings,
// named lines) in any position; entries with the same letters and digits; equal content of
// positional children (paragraphs, items, notes), in order between anchors that are unique on both
// sides, then out of order; content that is far more similar to content under another designator;
// similar content between the anchors; equal designators; similar content under another key.
#include "diff/tree/sequences_internal.hpp"
#include "diff/tree/tree_internal.hpp"
#include "model/compared_text.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace regtrail::diff::tree {
namespace {

// Least similarity of a pair, by what the two have as designators.
constexpr double like_same_designator = 0.25;
constexpr double like_undesignated = 0.4;
constexpr double like_other_designator = 0.6;
constexpr double like_short = 0.75; ///< other designators and fewer than `proving_words`
constexpr double like_other_key = 0.7;

/// Below this a pair by designator alone is refused when the content is found elsewhere.
constexpr double like_successor = 0.4;

/// How much more similar content under another designator must be than what has the same one.
constexpr double far_better = 0.25;

/// Cells of a table of similarities; larger gaps are paired by designator only.
constexpr std::size_t max_cells = 4096;

constexpr std::uint32_t unpaired = 0xFFFF'FFFF;

/// The children of one side that are not paired yet.
struct Side {
  const std::vector<Node>& children;
  std::vector<std::uint32_t> partner;

  explicit Side(const Node& parent)
      : children(parent.children),
        partner(parent.children.size(), unpaired) {}
};

using Indices = std::vector<std::uint32_t>;

class Pairing {
public:
  Pairing(const Node& left, const Node& right, Context& context)
      : m_left(left),
        m_right(right),
        m_context(context) {}

  std::vector<IndexPair> run() {
    trim();
    if (m_begin < m_left_end && m_begin_right < m_right_end) {
      pair_keys();
      pair_tidied();
      pair_positions();
      pair_other_keys();
    }
    std::vector<IndexPair> pairs;
    for (std::uint32_t i = 0; i < m_left.partner.size(); ++i) {
      if (m_left.partner[i] != unpaired) {
        pairs.emplace_back(i, m_left.partner[i]);
      }
    }
    return pairs;
  }

private:
  [[nodiscard]] const Node& left(std::uint32_t i) const { return m_left.children[i]; }

  [[nodiscard]] const Node& right(std::uint32_t j) const { return m_right.children[j]; }

  void pair(std::uint32_t i, std::uint32_t j) {
    m_left.partner[i] = j;
    m_right.partner[j] = i;
  }

  /// Minus the similarity, then the two children.
  using Candidate = std::tuple<double, std::uint32_t, std::uint32_t>;

  void pair_best(const std::vector<Candidate>& sorted) {
    for (const auto& [negative, i, j] : sorted) {
      if (m_left.partner[i] == unpaired && m_right.partner[j] == unpaired) {
        pair(i, j);
      }
    }
  }

  [[nodiscard]] bool identical(std::uint32_t i, std::uint32_t j) const {
    return left(i).published == right(j).published && left(i).kind == right(j).kind &&
           left(i).designator == right(j).designator;
  }

  [[nodiscard]] bool equal_content(std::uint32_t i, std::uint32_t j) const {
    return left(i).normalised == right(j).normalised && left(i).kind == right(j).kind;
  }

  void trim() {
    m_left_end = static_cast<std::uint32_t>(m_left.children.size());
    m_right_end = static_cast<std::uint32_t>(m_right.children.size());
    while (m_begin < m_left_end && m_begin < m_right_end && identical(m_begin, m_begin)) {
      pair(m_begin, m_begin);
      ++m_begin;
    }
    m_begin_right = m_begin;
    while (m_left_end > m_begin && m_right_end > m_begin &&
           identical(m_left_end - 1, m_right_end - 1)) {
      pair(--m_left_end, --m_right_end);
    }
  }

  template<typename Wanted>
  [[nodiscard]] Indices open_left(Wanted wanted) const {
    return open(m_left, m_begin, m_left_end, wanted);
  }

  template<typename Wanted>
  [[nodiscard]] Indices open_right(Wanted wanted) const {
    return open(m_right, m_begin_right, m_right_end, wanted);
  }

  template<typename Wanted>
  [[nodiscard]] static Indices
  open(const Side& side, std::uint32_t begin, std::uint32_t end, Wanted wanted) {
    Indices indices;
    for (std::uint32_t i = begin; i < end; ++i) {
      if (side.partner[i] == unpaired && wanted(side.children[i])) {
        indices.push_back(i);
      }
    }
    return indices;
  }

  /// Same kind and same key in any position; of several with one key those with equal content
  /// first, the others in order.
  void pair_keys() {
    pair_by_name(is_keyed, [](std::uint32_t, std::uint32_t) { return true; });
  }

  /// `trusted(i, j)`: whether the same name is enough to pair the two.
  template<typename Wanted, typename Trusted>
  void pair_by_name(Wanted wanted, Trusted trusted) {
    using Name = std::pair<NodeKind, std::string>;
    std::map<Name, std::pair<Indices, Indices>> by_name;
    for (const std::uint32_t i : open_left(wanted)) {
      by_name[{left(i).kind, name_of(left(i))}].first.push_back(i);
    }
    for (const std::uint32_t j : open_right(wanted)) {
      by_name[{right(j).kind, name_of(right(j))}].second.push_back(j);
    }
    for (auto& [name, sides] : by_name) {
      auto& [lefts, rights] = sides;
      if (lefts.size() > 1 || rights.size() > 1) {
        pair_equal(lefts, rights, [](const Node&) { return true; });
      }
      drop_paired(lefts, m_left);
      drop_paired(rights, m_right);
      if (name.first == NodeKind::entry && lefts.size() * rights.size() > 1) {
        pair_bearers(lefts, rights);
        continue;
      }
      for (std::size_t k = 0; k < std::min(lefts.size(), rights.size()); ++k) {
        if (trusted(lefts[k], rights[k])) {
          pair(lefts[k], rights[k]);
        }
      }
    }
  }

  /// Parties are known by the letters and digits of their names.
  static std::string name_of(const Node& node) {
    return node.kind == NodeKind::entry ? party_name(node) : normalise(node.designator);
  }

  /// Entries with one name: the most similar first.
  void pair_bearers(const Indices& lefts, const Indices& rights) {
    if (lefts.size() * rights.size() > max_cells) {
      return;
    }
    std::vector<Candidate> candidates;
    for (const std::uint32_t i : lefts) {
      for (const std::uint32_t j : rights) {
        candidates.emplace_back(-m_context.similarity.of(left(i), right(j)), i, j);
      }
    }
    std::sort(candidates.begin(), candidates.end());
    pair_best(candidates);
  }

  /// Entries with the same letters and digits, although the names are divided from the addresses
  /// otherwise.
  void pair_tidied() {
    const auto is_entry = [](const Node& node) { return node.kind == NodeKind::entry; };
    std::map<std::string, Indices> by_letters;
    const Indices rights = open_right(is_entry);
    for (auto j = rights.rbegin(); j != rights.rend(); ++j) {
      by_letters[letters_and_digits(shown_text(right(*j)))].push_back(*j);
    }
    if (by_letters.empty()) {
      return;
    }
    for (const std::uint32_t i : open_left(is_entry)) {
      const auto found = by_letters.find(letters_and_digits(shown_text(left(i))));
      if (found != by_letters.end() && !found->second.empty()) {
        pair(i, found->second.back());
        found->second.pop_back();
      }
    }
  }

  static void drop_paired(Indices& indices, const Side& side) {
    indices.erase(std::remove_if(indices.begin(),
                                 indices.end(),
                                 [&](std::uint32_t i) { return side.partner[i] != unpaired; }),
                  indices.end());
  }

  /// Equal content, in order of position among equals.
  template<typename Wanted>
  void pair_equal(const Indices& lefts, const Indices& rights, Wanted wanted) {
    std::map<std::pair<Hash128, NodeKind>, Indices> by_content;
    for (auto j = rights.rbegin(); j != rights.rend(); ++j) {
      if (m_right.partner[*j] == unpaired) {
        by_content[{right(*j).normalised, right(*j).kind}].push_back(*j);
      }
    }
    for (const std::uint32_t i : lefts) {
      const auto found = by_content.find({left(i).normalised, left(i).kind});
      if (m_left.partner[i] == unpaired && found != by_content.end() && !found->second.empty() &&
          wanted(left(i))) {
        pair(i, found->second.back());
        found->second.pop_back();
      }
    }
  }

  void pair_positions() {
    const auto positional = [](const Node& node) { return !is_keyed(node); };
    const Indices lefts = open_left(positional);
    const Indices rights = open_right(positional);
    const auto anchors = unique_anchors(lefts, rights);
    std::size_t i = 0;
    std::size_t j = 0;
    for (const auto& [x, y] : anchors) {
      fill_equal(lefts, rights, {i, x, j, y});
      i = x + 1;
      j = y + 1;
    }
    fill_equal(lefts, rights, {i, lefts.size(), j, rights.size()});
    pair_equal(lefts, rights, proves_identity);
    find_displaced(lefts, rights);
    fill_similar(lefts, rights);
    pair_best(m_displaced);
    pair_by_name([&](const Node& node) { return positional(node) && !node.designator.empty(); },
                 [&](std::uint32_t x, std::uint32_t y) { return succeeds(x, y); });
  }

  /// Pairs content that occurs once on either side, the longest sequence in the same order
  /// (patience diff). Returns positions in `lefts` and `rights`.
  std::vector<Point> unique_anchors(const Indices& lefts, const Indices& rights) {
    struct Seen {
      std::size_t left = 0;
      std::size_t right = 0;
      int lefts = 0;
      int rights = 0;
    };

    std::map<std::pair<Hash128, NodeKind>, Seen> seen;
    for (std::size_t x = 0; x < lefts.size(); ++x) {
      Seen& here = seen[{left(lefts[x]).normalised, left(lefts[x]).kind}];
      here.left = x;
      ++here.lefts;
    }
    for (std::size_t y = 0; y < rights.size(); ++y) {
      Seen& here = seen[{right(rights[y]).normalised, right(rights[y]).kind}];
      here.right = y;
      ++here.rights;
    }
    std::vector<Point> unique;
    for (const auto& [content, here] : seen) {
      if (here.lefts == 1 && here.rights == 1) {
        unique.emplace_back(here.left, here.right);
      }
    }
    std::sort(unique.begin(), unique.end());
    auto chain = longest_rising(unique);
    for (const auto& [x, y] : chain) {
      pair(lefts[x], rights[y]);
    }
    return chain;
  }

  /// Equal content between two anchors, repeated texts included: the ends first, then the longest
  /// common sequence, the same designator preferred.
  void fill_equal(const Indices& lefts, const Indices& rights, Gap gap) {
    const auto equal = [&](std::size_t x, std::size_t y) {
      return equal_content(lefts[x], rights[y]) && m_left.partner[lefts[x]] == unpaired &&
             m_right.partner[rights[y]] == unpaired;
    };
    while (gap.x0 < gap.x1 && gap.y0 < gap.y1 && equal(gap.x0, gap.y0)) {
      pair(lefts[gap.x0++], rights[gap.y0++]);
    }
    while (gap.x0 < gap.x1 && gap.y0 < gap.y1 && equal(gap.x1 - 1, gap.y1 - 1)) {
      pair(lefts[--gap.x1], rights[--gap.y1]);
    }
    if (gap.x0 < gap.x1 && gap.y0 < gap.y1 && gap.cells() <= max_cells) {
      pair_sequence(lefts, rights, gap, [&](std::size_t x, std::size_t y) {
        if (!equal(x, y)) {
          return 0.0;
        }
        return same_designator(left(lefts[x]), right(rights[y])) ? 1.1 : 1.0;
      });
    }
  }

  /// Similar content between what is already paired in order.
  void fill_similar(const Indices& lefts, const Indices& rights) {
    std::vector<std::size_t> place(m_right.children.size(), rights.size());
    for (std::size_t y = 0; y < rights.size(); ++y) {
      place[rights[y]] = y;
    }
    std::vector<Point> paired;
    for (std::size_t x = 0; x < lefts.size(); ++x) {
      if (m_left.partner[lefts[x]] != unpaired) {
        paired.emplace_back(x, place[m_left.partner[lefts[x]]]);
      }
    }
    std::size_t i = 0;
    std::size_t j = 0;
    for (const auto& [x, y] : longest_rising(paired)) {
      similar_in(lefts, rights, {i, x, j, y});
      i = x + 1;
      j = y + 1;
    }
    similar_in(lefts, rights, {i, lefts.size(), j, rights.size()});
  }

  void similar_in(const Indices& all_left, const Indices& all_right, const Gap& gap) {
    Indices lefts;
    Indices rights;
    for (std::size_t x = gap.x0; x < gap.x1; ++x) {
      if (m_left.partner[all_left[x]] == unpaired) {
        lefts.push_back(all_left[x]);
      }
    }
    for (std::size_t y = gap.y0; y < gap.y1; ++y) {
      if (m_right.partner[all_right[y]] == unpaired) {
        rights.push_back(all_right[y]);
      }
    }
    if (lefts.size() == 1 && rights.size() == 1 && same_words(left(lefts[0]), right(rights[0]))) {
      pair(lefts[0], rights[0]);
      return;
    }
    const Gap inner{0, lefts.size(), 0, rights.size()};
    if (lefts.empty() || rights.empty() || inner.cells() > max_cells) {
      return;
    }
    pair_sequence(lefts, rights, inner, [&](std::size_t x, std::size_t y) {
      return m_doubted.count({lefts[x], rights[y]}) != 0
                 ? 0.0
                 : likeness(left(lefts[x]), right(rights[y]));
    });
    pair_unnamed(lefts, rights);
  }

  /// Pairs children without designators by position where both sides have as many of them:
  /// "LVS: $5,500" and "LVS: $6,000" have one word in common.
  void pair_unnamed(Indices& lefts, Indices& rights) {
    const auto drop = [](Indices& indices, const Side& side) {
      indices.erase(std::remove_if(indices.begin(),
                                   indices.end(),
                                   [&](std::uint32_t i) {
                                     return side.partner[i] != unpaired ||
                                            !side.children[i].designator.empty();
                                   }),
                    indices.end());
    };
    drop(lefts, m_left);
    drop(rights, m_right);
    for (std::size_t k = 0; lefts.size() == rights.size() && k < lefts.size(); ++k) {
      if (left(lefts[k]).kind == right(rights[k]).kind && succeeds(lefts[k], rights[k])) {
        pair(lefts[k], rights[k]);
      }
    }
  }

  [[nodiscard]] static bool same_words(const Node& a, const Node& b) {
    return a.kind == b.kind && same_designator(a, b) && compared_text(a) == compared_text(b);
  }

  /// Similarity of two nodes with the same designator: of the subtrees or of the own texts,
  /// whichever is greater, because the children of a paragraph may have moved.
  [[nodiscard]] double own_similarity(const Node& a, const Node& b) {
    const double similarity = m_context.similarity.of(a, b);
    const bool alone = a.children.empty() && b.children.empty();
    return alone ? similarity : std::max(similarity, likeness_of_texts(a.text, b.text));
  }

  /// 0 when the two are no pair, else how good a pair they are.
  [[nodiscard]] double likeness(const Node& a, const Node& b) {
    if (a.kind != b.kind) {
      return 0.0;
    }
    if (!a.designator.empty() && same_designator(a, b)) {
      const double own = own_similarity(a, b);
      return own >= like_same_designator ? own + 0.25 : 0.0;
    }
    const double similarity = m_context.similarity.of(a, b);
    if (a.designator.empty() && b.designator.empty()) {
      return similarity >= like_undesignated ? similarity : 0.0;
    }
    const bool long_enough =
        std::min(m_context.similarity.words(a), m_context.similarity.words(b)) >= proving_words;
    return similarity >= (long_enough ? like_other_designator : like_short) ? similarity : 0.0;
  }

  /// The child with the same designator on the other side.
  struct Counterpart {
    std::uint32_t index = unpaired;
    double similarity = 0.0;
  };

  /// By index of the child on either side.
  void find_counterparts(const Indices& lefts,
                         const Indices& rights,
                         std::vector<Counterpart>& of_left,
                         std::vector<Counterpart>& of_right) {
    of_left.resize(m_left.children.size());
    of_right.resize(m_right.children.size());
    std::map<std::string, std::uint32_t> by_designator;
    for (const std::uint32_t j : rights) {
      by_designator.emplace(normalise(right(j).designator), j);
    }
    for (const std::uint32_t i : lefts) {
      const auto found = by_designator.find(normalise(left(i).designator));
      if (found != by_designator.end()) {
        const std::uint32_t j = found->second;
        of_left[i] = {j, own_similarity(left(i), right(j))};
        of_right[j] = {i, of_left[i].similarity};
      }
    }
  }

  /// Finds content under another designator where what has the same designator is far less
  /// similar: old (b) is now (k), and the new (b) says something else.
  void find_displaced(const Indices& positional_lefts, const Indices& positional_rights) {
    const auto designated = [](const Indices& indices, const Side& side) {
      Indices result;
      std::copy_if(
          indices.begin(), indices.end(), std::back_inserter(result), [&](std::uint32_t i) {
            return side.partner[i] == unpaired && !side.children[i].designator.empty() &&
                   proves_identity(side.children[i]);
          });
      return result;
    };
    const Indices lefts = designated(positional_lefts, m_left);
    const Indices rights = designated(positional_rights, m_right);
    if (lefts.size() * rights.size() > max_cells) {
      return;
    }
    std::vector<Counterpart> of_left;
    std::vector<Counterpart> of_right;
    find_counterparts(lefts, rights, of_left, of_right);
    for (const std::uint32_t i : lefts) {
      for (const std::uint32_t j : rights) {
        const auto [same_as_left, left_similarity] = of_left[i];
        const auto [same_as_right, right_similarity] = of_right[j];
        if (same_as_left == j || (same_as_left == unpaired && same_as_right == unpaired)) {
          continue;
        }
        const double wanted = std::max(left_similarity, right_similarity) + far_better;
        const double similarity = wanted > 1.0 ? 0.0 : likeness(left(i), right(j));
        if (similarity >= wanted) {
          m_displaced.emplace_back(-similarity, i, j);
          m_doubted.insert({i, same_as_left});
          m_doubted.insert({same_as_right, j});
        }
      }
    }
    std::sort(m_displaced.begin(), m_displaced.end());
  }

  template<typename Value>
  void pair_sequence(const Indices& lefts, const Indices& rights, const Gap& gap, Value value) {
    for (const auto& [x, y] : best_sequence(gap, value)) {
      pair(lefts[x], rights[y]);
    }
  }

  /// Whether two nodes with the same designator are the same place, revised. They are, however
  /// different the words, unless they have little in common and the content of one is found
  /// elsewhere on the other side (it moved), or unless they have nothing in common.
  [[nodiscard]] bool succeeds(std::uint32_t i, std::uint32_t j) {
    const double similarity = m_context.similarity.of(left(i), right(j));
    return similarity >= like_successor ||
           !(m_context.right.has(left(i)) || m_context.left.has(right(j)) ||
             nothing_kept(left(i), right(j)));
  }

  /// Keys that changed: equal content first, then similar content whose key is similar too.
  void pair_other_keys() {
    const Indices lefts = open_left(is_keyed);
    const Indices rights = open_right(is_keyed);
    if (lefts.empty() || rights.empty()) {
      return;
    }
    pair_equal(lefts, rights, proves_identity);
    if (lefts.size() * rights.size() > max_cells) {
      return;
    }
    std::vector<Candidate> candidates;
    for (const std::uint32_t i : lefts) {
      for (const std::uint32_t j : rights) {
        if (m_left.partner[i] == unpaired && m_right.partner[j] == unpaired &&
            left(i).kind == right(j).kind) {
          const double similarity = m_context.similarity.of(left(i), right(j));
          if (similarity >= like_other_key && similar_keys(left(i), right(j))) {
            candidates.emplace_back(-similarity, i, j);
          }
        }
      }
    }
    std::sort(candidates.begin(), candidates.end());
    pair_best(candidates);
  }

  Side m_left;
  Side m_right;
  Context& m_context;
  std::vector<Candidate> m_displaced;
  std::set<IndexPair> m_doubted; ///< same designator, but one of the two is displaced
  std::uint32_t m_begin = 0;
  std::uint32_t m_begin_right = 0;
  std::uint32_t m_left_end = 0;
  std::uint32_t m_right_end = 0;
};

} // namespace

std::vector<IndexPair> pair_children(const Node& left, const Node& right, Context& context) {
  return Pairing(left, right, context).run();
}

} // namespace regtrail::diff::tree
