#include "model/digest.hpp"
