#include "diff/typed/typed_diff.hpp"
#include "diff/typed/typed_internal.hpp"
#include "model/characters.hpp"
#include "model/digest.hpp"

#include <string>
#include <vector>

namespace regtrail::diff {

namespace typed {

namespace {

bool is_word_byte(char c) {
  return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80U;
}

} // namespace

void each_word(std::string_view text, const std::function<void(std::string_view)>& on_word) {
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && is_word_byte(text[i])) {
      word.push_back(to_lower(text[i]));
    } else if (!word.empty()) {
      on_word(word);
      word.clear();
    }
  }
}

void each_text(std::span<const Unit> units,
               const std::function<void(const std::string&)>& on_text) {
  std::vector<const Node*> open;
  for (const Unit& unit : units) {
    open.push_back(&unit.root);
  }
  while (!open.empty()) {
    const Node* node = open.back();
    open.pop_back();
    on_text(node->text);
    for (const Node& child : node->children) {
      open.push_back(&child);
    }
  }
}

} // namespace typed

std::size_t Law::count(std::string_view word) const {
  if (m_counts.empty()) {
    for (const auto side : {m_before, m_after}) {
      typed::each_text(side, [&](const std::string& text) {
        typed::each_word(text, [&](std::string_view each) { ++m_counts[hash128(each).low]; });
      });
    }
  }
  const auto found = m_counts.find(hash128(word).low);
  return found == m_counts.end() ? 0 : found->second;
}

} // namespace regtrail::diff
