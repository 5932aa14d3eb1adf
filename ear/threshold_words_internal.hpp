// The words of limits: comparator phrases in front of and behind a number, numbers as words
// (docs/grammar.md, Thresholds).
#pragma once

#include "ear/threshold.hpp"

#include <array>
#include <string_view>

namespace regtrail::ear {

struct Phrase {
  std::string_view words; ///< tokens in lower case, one blank between
  Comparator comparator;
};

// In front of the number. Where one ends with another the longer stands first.
inline constexpr std::array prefixes = {
    Phrase{"less ( better ) than or equal to", Comparator::less_equal},
    Phrase{"equal to or less ( better ) than", Comparator::less_equal},
    Phrase{"less than or equal to", Comparator::less_equal},
    Phrase{"less than or equal", Comparator::less_equal},
    Phrase{"equal to or less than", Comparator::less_equal},
    Phrase{"equal or less than", Comparator::less_equal},
    Phrase{"less or equal to", Comparator::less_equal},
    Phrase{"equal to or smaller than", Comparator::less_equal},
    Phrase{"smaller than or equal to", Comparator::less_equal},
    Phrase{"equal to or shorter than", Comparator::less_equal},
    Phrase{"shorter than or equal to", Comparator::less_equal},
    Phrase{"equal to or lower than", Comparator::less_equal},
    Phrase{"lower than or equal to", Comparator::less_equal},
    Phrase{"equal to or below", Comparator::less_equal},
    Phrase{"equal to or fewer than", Comparator::less_equal},
    Phrase{"up to and including", Comparator::less_equal},
    Phrase{"but not exceeding", Comparator::less_equal},
    Phrase{"not exceeding", Comparator::less_equal},
    Phrase{"does not exceed", Comparator::less_equal},
    Phrase{"do not exceed", Comparator::less_equal},
    Phrase{"not to exceed", Comparator::less_equal},
    Phrase{"not exceed", Comparator::less_equal},
    Phrase{"not more than", Comparator::less_equal},
    Phrase{"no more than", Comparator::less_equal},
    Phrase{"not greater than", Comparator::less_equal},
    Phrase{"no greater than", Comparator::less_equal},
    Phrase{"at most", Comparator::less_equal},
    Phrase{"up to", Comparator::less_equal},
    Phrase{"within", Comparator::less_equal},
    Phrase{"greater than or equal to", Comparator::greater_equal},
    Phrase{"equal to or greater than", Comparator::greater_equal},
    Phrase{"equal or greater than", Comparator::greater_equal},
    Phrase{"greater or equal to", Comparator::greater_equal},
    Phrase{"more than or equal to", Comparator::greater_equal},
    Phrase{"equal to or more than", Comparator::greater_equal},
    Phrase{"equal to or longer than", Comparator::greater_equal},
    Phrase{"longer than or equal to", Comparator::greater_equal},
    Phrase{"equal to or higher than", Comparator::greater_equal},
    Phrase{"higher than or equal to", Comparator::greater_equal},
    Phrase{"equal to or larger than", Comparator::greater_equal},
    Phrase{"equal to or above", Comparator::greater_equal},
    Phrase{"equal to or exceeding", Comparator::greater_equal},
    Phrase{"equal or exceed", Comparator::greater_equal},
    Phrase{"equals or exceeds", Comparator::greater_equal},
    Phrase{"meets or exceeds", Comparator::greater_equal},
    Phrase{"meet or exceed", Comparator::greater_equal},
    Phrase{"meeting or exceeding", Comparator::greater_equal},
    Phrase{"not less than", Comparator::greater_equal},
    Phrase{"no less than", Comparator::greater_equal},
    Phrase{"at least", Comparator::greater_equal},
    Phrase{"less ( better ) than", Comparator::less},
    Phrase{"less than", Comparator::less},
    Phrase{"fewer than", Comparator::less},
    Phrase{"lower than", Comparator::less},
    Phrase{"smaller than", Comparator::less},
    Phrase{"shorter than", Comparator::less},
    Phrase{"thinner than", Comparator::less},
    Phrase{"finer than", Comparator::less},
    Phrase{"below", Comparator::less},
    Phrase{"under", Comparator::less},
    Phrase{"better than", Comparator::better},
    Phrase{"greater than", Comparator::greater},
    Phrase{"more than", Comparator::greater},
    Phrase{"higher than", Comparator::greater},
    Phrase{"larger than", Comparator::greater},
    Phrase{"longer than", Comparator::greater},
    Phrase{"in excess of", Comparator::greater},
    Phrase{"exceeding", Comparator::greater},
    Phrase{"exceeds", Comparator::greater},
    Phrase{"exceed", Comparator::greater},
    Phrase{"above", Comparator::greater},
    Phrase{"over", Comparator::greater},
    Phrase{"equal to", Comparator::equal},
    Phrase{"< =", Comparator::less_equal},
    Phrase{"<=", Comparator::less_equal},
    Phrase{">=", Comparator::greater_equal},
    Phrase{"<", Comparator::less},
    Phrase{">", Comparator::greater},
};

// Behind number and unit.
inline constexpr std::array suffixes = {
    Phrase{"or more", Comparator::greater_equal},
    Phrase{"or greater", Comparator::greater_equal},
    Phrase{"or higher", Comparator::greater_equal},
    Phrase{"or larger", Comparator::greater_equal},
    Phrase{"or longer", Comparator::greater_equal},
    Phrase{"or above", Comparator::greater_equal},
    Phrase{"and above", Comparator::greater_equal},
    Phrase{"or over", Comparator::greater_equal},
    Phrase{"and higher", Comparator::greater_equal},
    Phrase{"or less", Comparator::less_equal},
    Phrase{"or fewer", Comparator::less_equal},
    Phrase{"or lower", Comparator::less_equal},
    Phrase{"or smaller", Comparator::less_equal},
    Phrase{"or shorter", Comparator::less_equal},
    Phrase{"or below", Comparator::less_equal},
    Phrase{"and below", Comparator::less_equal},
    Phrase{"or finer", Comparator::less_equal},
    Phrase{"or under", Comparator::less_equal},
    Phrase{"or better", Comparator::better},
};

struct WordNumber {
  std::string_view word;
  double value;
};

inline constexpr std::array word_numbers = {
    WordNumber{"one", 1},      WordNumber{"two", 2},      WordNumber{"three", 3},
    WordNumber{"four", 4},     WordNumber{"five", 5},     WordNumber{"six", 6},
    WordNumber{"seven", 7},    WordNumber{"eight", 8},    WordNumber{"nine", 9},
    WordNumber{"ten", 10},     WordNumber{"eleven", 11},  WordNumber{"twelve", 12},
    WordNumber{"fifteen", 15}, WordNumber{"sixteen", 16}, WordNumber{"eighteen", 18},
    WordNumber{"twenty", 20},  WordNumber{"thirty", 30},  WordNumber{"forty", 40},
    WordNumber{"fifty", 50},   WordNumber{"sixty", 60},   WordNumber{"hundred", 100},
};

/// Letters with which one of the word numbers begins: most words of running text begin otherwise.
inline constexpr std::array begins_word_number = [] {
  std::array<bool, 256> letters{};
  for (const WordNumber& number : word_numbers) {
    letters[static_cast<unsigned char>(number.word[0])] = true;
    letters[static_cast<unsigned char>(number.word[0] - 'a' + 'A')] = true;
  }
  return letters;
}();

} // namespace regtrail::ear
