#include "fetch/mirror.hpp"
