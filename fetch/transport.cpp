#include "fetch/transport.hpp"
