#include "model/date.hpp"
