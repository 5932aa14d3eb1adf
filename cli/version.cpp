#include "cli/version.hpp"

namespace regtrail::cli {

const char* version() {
  return REGTRAIL_VERSION;
}

} // namespace regtrail::cli
