#include "model/version.hpp"
