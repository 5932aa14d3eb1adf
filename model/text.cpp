#include "model/text.hpp"
