#include "diff/tree/tree_diff.hpp"
