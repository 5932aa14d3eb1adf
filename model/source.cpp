#include "model/source.hpp"

#include <stdexcept>

namespace regtrail {

std::string_view to_string(Health health) {
  switch (health) {
  case Health::unknown:
    return "unknown";
  case Health::healthy:
    return "healthy";
  case Health::degraded:
    return "degraded";
  case Health::failing:
    return "failing";
  }
  throw std::logic_error("unknown Health");
}

} // namespace regtrail
