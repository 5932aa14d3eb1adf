#include "notify/render/json.hpp"
