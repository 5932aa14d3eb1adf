#include "model/citation.hpp"
