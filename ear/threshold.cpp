#include "ear/threshold.hpp"
