#include "model/change.hpp"
