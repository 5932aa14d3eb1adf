#include "parse/ecfr_json.hpp"
