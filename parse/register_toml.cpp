#include "parse/register_toml.hpp"
