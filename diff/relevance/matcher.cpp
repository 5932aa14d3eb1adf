#include "diff/relevance/matcher.hpp"
