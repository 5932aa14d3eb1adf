// The version of the program, from the CMake project.
#pragma once

namespace regtrail::cli {

[[nodiscard]] const char* version();

} // namespace regtrail::cli
