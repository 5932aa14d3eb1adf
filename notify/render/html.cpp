#include "notify/render/html.hpp"
