#include "model/version.hpp"

#include <stdexcept>

namespace regtrail {

std::string_view to_string(VersionStatus status) {
  switch (status) {
  case VersionStatus::in_force:
    return "in_force";
  case VersionStatus::pending:
    return "pending";
  case VersionStatus::stayed:
    return "stayed";
  case VersionStatus::removed:
    return "removed";
  }
  throw std::logic_error("unknown VersionStatus");
}

} // namespace regtrail
