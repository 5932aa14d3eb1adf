// A paragraph that was divided into several with its words kept.
#include "diff/tree/report_internal.hpp"
#include "model/characters.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace regtrail::diff::tree {
namespace {

using Words = std::vector<std::string>;

/// Fewer words that went from a paragraph into others prove nothing.
constexpr std::size_t proving_words = 4;

/// Cells of the table of common sequences; longer paragraphs are not looked at.
constexpr std::size_t max_cells = 4'000'000;

/// The words of the subtree, lower case; labels are not of them.
Words words_of(const Node& root, bool with_children) {
  Words words(1);
  std::vector<const Node*> open{&root};
  while (!open.empty()) {
    const Node* node = open.back();
    open.pop_back();
    for (const char c : normalise(node->text) + ' ') {
      if (is_alnum(c) || static_cast<unsigned char>(c) >= 0x80U) {
        words.back().push_back(to_lower(c));
      } else if (!words.back().empty()) {
        words.emplace_back();
      }
    }
    for (auto child = node->children.rbegin(); with_children && child != node->children.rend();
         ++child) {
      open.push_back(&*child);
    }
  }
  words.pop_back();
  return words;
}

/// For each word of `right` whether it is part of a longest sequence common with `left`; none for
/// texts that are too long.
std::vector<char> in_common(const Words& left, const Words& right) {
  std::vector<char> marks(right.size(), 0);
  const std::size_t columns = right.size() + 1;
  if ((left.size() + 1) * columns > max_cells) {
    return marks;
  }
  std::vector<std::uint32_t> common((left.size() + 1) * columns, 0);
  for (std::size_t i = left.size(); i-- > 0;) {
    for (std::size_t j = right.size(); j-- > 0;) {
      const std::size_t cell = i * columns + j;
      common[cell] = left[i] == right[j] ? common[cell + columns + 1] + 1
                                         : std::max(common[cell + columns], common[cell + 1]);
    }
  }
  for (std::size_t i = 0, j = 0; i < left.size() && j < right.size();) {
    const std::size_t cell = i * columns + j;
    if (left[i] == right[j]) {
      marks[j++] = 1;
      ++i;
    } else if (common[cell + columns] >= common[cell + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  return marks;
}

std::size_t count(const std::vector<char>& marks, std::size_t begin, std::size_t end) {
  return static_cast<std::size_t>(std::count(marks.begin() + static_cast<std::ptrdiff_t>(begin),
                                             marks.begin() + static_cast<std::ptrdiff_t>(end),
                                             char{1}));
}

} // namespace

std::vector<std::size_t>
divided_into(const Node& whole, const Node& rest, const std::vector<const Node*>& pieces) {
  const Words before = words_of(whole, false);
  Words after = words_of(rest, false);
  const std::size_t rest_size = after.size();
  const auto gone = [&] {
    const std::vector<char> stayed = in_common(before, after);
    return before.size() - count(stayed, 0, stayed.size());
  }();
  if (pieces.empty() || gone < proving_words) {
    return {};
  }
  std::vector<std::size_t> ends;
  for (const Node* piece : pieces) {
    const Words words = words_of(*piece, true);
    after.insert(after.end(), words.begin(), words.end());
    ends.push_back(after.size());
  }
  const std::vector<char> kept = in_common(before, after);
  std::vector<std::size_t> parts;
  std::size_t begin = rest_size;
  std::size_t found = count(kept, 0, rest_size);
  std::size_t size = rest_size;
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    const std::size_t here = count(kept, begin, ends[k]);
    if (10 * here >= 6 * (ends[k] - begin) && here > 0) {
      parts.push_back(k);
      found += here;
      size += ends[k] - begin;
    }
    begin = ends[k];
  }
  const std::size_t moved = found - std::min(found, before.size() - gone);
  const bool words_kept = 10 * found >= 8 * before.size() && 10 * found >= 7 * size;
  return words_kept && moved >= proving_words ? parts : std::vector<std::size_t>{};
}

} // namespace regtrail::diff::tree
