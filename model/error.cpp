#include "model/error.hpp"
