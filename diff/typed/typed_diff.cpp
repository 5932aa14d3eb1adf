#include "diff/typed/typed_diff.hpp"
