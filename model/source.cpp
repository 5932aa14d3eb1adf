#include "model/source.hpp"
