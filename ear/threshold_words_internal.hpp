// The words of limits: comparator phrases in front of and behind a number, numbers as words
// (docs/grammar.md, Thresholds).
#pragma once

#include "ear/threshold.hpp"

#include <array>
#include <string_view>

namespace regtrail::ear {

struct Phrases {
  Comparator comparator;
  std::string_view words; ///< tokens in lower case, one blank between, '|' between phrases
};

// In front of the number. Where one ends with another the longer stands first.
inline constexpr std::array prefixes = {
    Phrases{Comparator::less_equal,
            "less ( better ) than or equal to|equal to or less ( better ) than|"
            "less than or equal to|less than or equal|equal to or less than|equal or less than|"
            "less or equal to|equal to or smaller than|smaller than or equal to|"
            "equal to or shorter than|shorter than or equal to|equal to or lower than|"
            "lower than or equal to|equal to or below|equal to or fewer than|up to and including|"
            "but not exceeding|not exceeding|does not exceed|do not exceed|not to exceed|"
            "not exceed|not more than|no more than|not greater than|no greater than|at most|up to|"
            "within"},
    Phrases{Comparator::greater_equal,
            "greater than or equal to|equal to or greater than|equal or greater than|"
            "greater or equal to|more than or equal to|equal to or more than|"
            "equal to or longer than|longer than or equal to|equal to or higher than|"
            "higher than or equal to|equal to or larger than|equal to or above|"
            "equal to or exceeding|equal or exceed|equals or exceeds|meets or exceeds|"
            "meet or exceed|meeting or exceeding|not less than|no less than|at least"},
    Phrases{Comparator::less,
            "less ( better ) than|less than|fewer than|lower than|smaller than|shorter than|"
            "thinner than|finer than|below|under"},
    Phrases{Comparator::better, "better than"},
    Phrases{Comparator::greater,
            "greater than|more than|higher than|larger than|longer than|in excess of|exceeding|"
            "exceeds|exceed|above|over"},
    Phrases{Comparator::equal, "equal to"},
    Phrases{Comparator::less_equal, "< =|<="},
    Phrases{Comparator::greater_equal, ">="},
    Phrases{Comparator::less, "<"},
    Phrases{Comparator::greater, ">"},
};

// Behind number and unit.
inline constexpr std::array suffixes = {
    Phrases{
        Comparator::greater_equal,
        "or more|or greater|or higher|or larger|or longer|or above|and above|or over|and higher"},
    Phrases{Comparator::less_equal,
            "or less|or fewer|or lower|or smaller|or shorter|or below|and below|or finer|or under"},
    Phrases{Comparator::better, "or better"},
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

} // namespace regtrail::ear
