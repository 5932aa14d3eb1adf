#include "model/node.hpp"
