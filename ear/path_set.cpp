#include "ear/path_set.hpp"
