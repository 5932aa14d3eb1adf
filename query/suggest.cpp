#include "query/suggest.hpp"

#include "model/characters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace regtrail::query {
namespace {

constexpr std::size_t longest_word = 64;

} // namespace

int edit_distance(std::string_view left, std::string_view right) {
  left = left.substr(0, longest_word);
  right = right.substr(0, longest_word);
  std::array<int, longest_word + 1> row{};
  for (std::size_t j = 0; j <= right.size(); ++j) {
    row[j] = static_cast<int>(j);
  }
  for (std::size_t i = 1; i <= left.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const int replace = diagonal + (to_lower(left[i - 1]) == to_lower(right[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replace, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[right.size()];
}

std::vector<std::string>
closest(std::string_view word, const std::vector<std::string>& known, std::size_t count) {
  std::vector<std::pair<int, std::size_t>> ranked;
  ranked.reserve(known.size());
  for (std::size_t i = 0; i < known.size(); ++i) {
    ranked.emplace_back(edit_distance(word, known[i]), i);
  }
  count = std::min(count, ranked.size());
  std::partial_sort(
      ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count), ranked.end());
  std::vector<std::string> nearest;
  for (std::size_t i = 0; i < count; ++i) {
    nearest.push_back(known[ranked[i].second]);
  }
  return nearest;
}

std::string one_of(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) {
      text += i + 1 == words.size() ? " or " : ", ";
    }
    text += fmt::format("'{}'", words[i]);
  }
  return text;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::vector<std::string> nearest = closest(word, known, 1);
  if (nearest.empty() ||
      edit_distance(word, nearest.front()) > 1 + static_cast<int>(word.size()) / 3) {
    return "";
  }
  return fmt::format("; did you mean '{}'?", nearest.front());
}

} // namespace regtrail::query
