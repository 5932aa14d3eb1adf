// What a designator says of its node: a position in a list or the key of a set.
#include "diff/tree/tree_internal.hpp"
#include "model/characters.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff::tree {
namespace {

/// "1", "a", "iv", "12a": what a list counts with.
bool is_ordinal(std::string_view text) {
  return !text.empty() && text.size() <= 6 && std::all_of(text.begin(), text.end(), is_alnum) &&
         (text.size() <= 2 || text.find_first_not_of("ivxlcdmIVXLCDM") == std::string_view::npos ||
          std::all_of(text.begin(), text.end(), is_digit));
}

} // namespace

bool same_designator(const Node& left, const Node& right) {
  return left.designator == right.designator ||
         normalise(left.designator) == normalise(right.designator);
}

bool is_keyed(const Node& node) {
  const std::string_view name = node.designator;
  switch (node.kind) {
  case NodeKind::heading:
  case NodeKind::row:
  case NodeKind::cell:
  case NodeKind::entry:
  case NodeKind::definition:
    return !name.empty();
  case NodeKind::item:
    return false;
  default:
    break;
  }
  if (name.empty()) {
    return false;
  }
  if (name.front() == '(') {
    return name.size() < 3 || name.back() != ')' || !is_ordinal(name.substr(1, name.size() - 2));
  }
  const std::size_t blank = name.rfind(' '); // "Note 1", "Technical Note 2", "Footnote 5"
  return !is_ordinal(blank == std::string_view::npos ? name : name.substr(blank + 1)) ||
         (blank == std::string_view::npos && name.size() > 2);
}

bool similar_keys(const Node& a, const Node& b) {
  const auto words_of = [](const Node& node) {
    std::vector<std::string> words(1);
    for (const char c : node.designator) {
      if (is_alnum(c)) {
        words.back().push_back(c);
      } else if (!words.back().empty()) {
        words.emplace_back();
      }
    }
    if (words.back().empty()) {
      words.pop_back();
    }
    std::sort(words.begin(), words.end());
    return words;
  };
  const auto left = words_of(a);
  const auto right = words_of(b);
  std::vector<std::string> common;
  std::vector<std::string> different;
  std::set_intersection(
      left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(common));
  std::set_symmetric_difference(
      left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(different));
  const bool other_number =
      a.kind == NodeKind::entry &&
      std::any_of(different.begin(), different.end(), [](const std::string& word) {
        return std::any_of(word.begin(), word.end(), is_digit);
      });
  return !other_number && 2 * common.size() >= different.size();
}

} // namespace regtrail::diff::tree
