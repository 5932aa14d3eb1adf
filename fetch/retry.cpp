#include "fetch/retry.hpp"
