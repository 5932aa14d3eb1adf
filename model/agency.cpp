#include "model/agency.hpp"

#include "model/characters.hpp"
#include "model/phrases.hpp"

#include <algorithm>

namespace regtrail {

namespace {

/// The telling words, sorted.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty() && !is_one_of(word, "of|the|and|for|on")) {
      words.push_back(word);
    }
    word.clear();
  };
  for (const char c : name) {
    const bool separates = is_blank(c) || c == ',' || c == '.' || c == ';' || c == '&' || c == '-';
    if (separates && c != '.') {
      finish();
    } else if (!separates) {
      word += to_lower(c);
    }
  }
  finish();
  std::sort(words.begin(), words.end());
  return words;
}

} // namespace

bool is_same_agency(std::string_view one, std::string_view other) {
  return one == other || words_of(one) == words_of(other);
}

void unite_agencies(std::vector<std::string>& names, const std::vector<std::string>& more) {
  for (const std::string& name : more) {
    if (std::none_of(names.begin(), names.end(), [&](const std::string& known) {
          return is_same_agency(known, name);
        })) {
      names.push_back(name);
    }
  }
}

} // namespace regtrail
