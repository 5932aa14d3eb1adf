#include "ear/country_group.hpp"

#include "model/scan.hpp"

namespace regtrail::ear {

namespace {

bool is_group_letter(char c) {
  return c == 'A' || c == 'B' || c == 'D' || c == 'E';
}

} // namespace

std::vector<CountryGroupMention> find_country_groups(std::string_view text) {
  const Folded folded(text);
  const auto plain = folded.text();
  std::vector<CountryGroupMention> mentions;
  const auto add = [&](std::size_t begin, std::size_t end) {
    mentions.push_back({std::string(plain.substr(begin, end - begin)),
                        folded.original_begin(begin),
                        folded.original_end(end)});
  };
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const bool may_begin = plain[i] == 'c' || plain[i] == 'C';
    if (may_begin &&
        (has_word_at(plain, i, "country group") || has_word_at(plain, i, "country groups"))) {
      const std::size_t word = i + (has_word_at(plain, i, "country group") ? 13U : 14U);
      const std::size_t letter = skip_blanks(plain, word);
      if (is_group_letter(folded.at(letter)) && !is_alnum(folded.at(letter + 1)) &&
          folded.at(letter + 1) != ':') {
        add(letter, letter + 1);
      }
      i = word - 1;
      continue;
    }
    if (is_group_letter(plain[i]) && (i == 0 || !is_alnum(plain[i - 1])) &&
        folded.at(i + 1) == ':' && is_digit(folded.at(i + 2)) && !is_alnum(folded.at(i + 3))) {
      add(i, i + 3);
      i += 2;
    }
  }
  return mentions;
}

} // namespace regtrail::ear
