#include "diff/words/word_diff.hpp"
