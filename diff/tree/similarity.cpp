#include "diff/tree/tree_internal.hpp"
#include "model/characters.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace regtrail::diff::tree {
namespace {

/// Words of a subtree that a sketch looks at, and those it keeps.
constexpr std::size_t looked_at = 1024;
constexpr std::size_t kept = 256;

bool is_word_byte(char c) {
  return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// Calls `on_word(word)` until it returns false; false when it did.
template<typename OnWord>
bool each_word(std::string_view text, OnWord on_word) {
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && !is_word_byte(text[at])) {
      ++at;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_word_byte(text[at])) {
      ++at;
    }
    if (at > begin && !on_word(text.substr(begin, at - begin))) {
      return false;
    }
  }
  return true;
}

/// Calls `on_node(node)` for the node and all below it, in printed order, until it returns false.
template<typename OnNode>
void each_node(const Node& root, OnNode on_node) {
  std::vector<const Node*> open{&root};
  while (!open.empty()) {
    const Node* node = open.back();
    open.pop_back();
    if (!on_node(*node)) {
      return;
    }
    for (auto child = node->children.rbegin(); child != node->children.rend(); ++child) {
      open.push_back(&*child);
    }
  }
}

std::uint32_t hash_word(std::string_view word) {
  std::uint32_t hash = 2166136261U;
  for (const char c : word) {
    hash = (hash ^ static_cast<unsigned char>(to_lower(c))) * 16777619U;
  }
  return hash;
}

std::uint32_t mix(std::uint32_t value) {
  value ^= value >> 16U;
  value *= 0x7FEB352DU;
  value ^= value >> 15U;
  value *= 0x846CA68BU;
  return value ^ (value >> 16U);
}

} // namespace

bool proves_identity(const Node& root) {
  std::size_t count = 0;
  each_node(root, [&](const Node& node) {
    each_word(node.text, [&](std::string_view) { return ++count < proving_words; });
    return count < proving_words;
  });
  return count >= proving_words;
}

namespace {

bool share_significant_word(const Node& left, const Node& right) {
  const auto significant = [](std::string_view word) {
    return word.size() >= 4 || std::any_of(word.begin(), word.end(), is_digit);
  };
  const std::string left_text = normalise(left.text);
  const std::string right_text = normalise(right.text);
  std::unordered_set<std::uint32_t> known;
  each_word(left_text, [&](std::string_view word) {
    if (significant(word)) {
      known.insert(hash_word(word));
    }
    return true;
  });
  return !each_word(right_text, [&](std::string_view word) {
    return !significant(word) || known.count(hash_word(word)) == 0;
  });
}

/// The n-th occurrence of a word becomes an element of its own, so that sets stand for multisets.
void make_sketch(std::vector<std::uint32_t>& elements) {
  std::sort(elements.begin(), elements.end());
  std::uint32_t occurrence = 0;
  std::uint32_t previous = 0;
  for (std::uint32_t& element : elements) {
    occurrence = element == previous ? occurrence + 1 : 0;
    previous = element;
    element = mix(element + occurrence * 0x9E3779B9U);
  }
  std::sort(elements.begin(), elements.end());
  if (elements.size() > kept) {
    elements.resize(kept);
  }
}

double likeness_of(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  if (a.empty() || b.empty()) {
    return a.empty() && b.empty() ? 1.0 : 0.0;
  }
  // Both samples hold the smallest elements; beyond the smaller of the two largest ones nothing
  // can be compared when either was cut.
  std::uint32_t limit = 0xFFFF'FFFFU;
  if (a.size() == kept) {
    limit = std::min(limit, a.back());
  }
  if (b.size() == kept) {
    limit = std::min(limit, b.back());
  }
  std::size_t common = 0;
  std::size_t all = 0;
  auto i = a.begin();
  auto j = b.begin();
  while (i != a.end() || j != b.end()) {
    const bool only_left = j == b.end() || (i != a.end() && *i < *j);
    const bool only_right = !only_left && (i == a.end() || *j < *i);
    if ((only_left ? *i : *j) > limit) {
      break;
    }
    common += !only_left && !only_right ? 2 : 0;
    all += only_left || only_right ? 1 : 2;
    i += only_right ? 0 : 1;
    j += only_left ? 0 : 1;
  }
  return all == 0 ? 0.0 : static_cast<double>(common) / static_cast<double>(all);
}

/// False when enough words were seen.
bool take_words(std::string_view text, std::vector<std::uint32_t>& elements) {
  return each_word(normalise(text), [&](std::string_view word) {
    elements.push_back(hash_word(word));
    return elements.size() < looked_at;
  });
}

} // namespace

bool nothing_kept(const Node& left, const Node& right) {
  return left.children.empty() && right.children.empty() && left.kind == right.kind &&
         proves_identity(left) && proves_identity(right) && !share_significant_word(left, right);
}

double likeness_of_texts(std::string_view left, std::string_view right) {
  std::vector<std::uint32_t> a;
  std::vector<std::uint32_t> b;
  take_words(left, a);
  take_words(right, b);
  if (std::min(a.size(), b.size()) < proving_words) {
    return 0.0;
  }
  make_sketch(a);
  make_sketch(b);
  return likeness_of(a, b);
}

const Similarity::Sketch& Similarity::sketch(const Node& root) {
  const auto [place, is_new] = m_sketches.try_emplace(&root);
  Sketch& made = place->second;
  if (!is_new) {
    return made;
  }
  each_node(root, [&](const Node& node) { return take_words(node.text, made.elements); });
  made.words = made.elements.size();
  make_sketch(made.elements);
  return made;
}

double Similarity::of(const Node& left, const Node& right) {
  const Sketch& a = sketch(left); // references into the map stay good
  return likeness_of(a.elements, sketch(right).elements);
}

std::size_t Similarity::words(const Node& node) {
  return sketch(node).words;
}

bool ContentIndex::has(const Node& node) {
  if (!m_built) {
    m_built = true;
    for (const Node* root : m_roots) {
      each_node(*root, [&](const Node& each) {
        m_hashes.insert(each.normalised);
        return true;
      });
    }
  }
  return m_hashes.count(node.normalised) != 0 && proves_identity(node);
}

} // namespace regtrail::diff::tree
