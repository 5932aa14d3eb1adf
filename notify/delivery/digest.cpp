#include "notify/delivery/digest.hpp"
