#include "notify/render/terminal.hpp"
