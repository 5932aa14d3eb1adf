// The command line as a whole: options, dispatch, errors to exit codes.
#pragma once

#include "cli/console.hpp"
#include "cli/environment.hpp"
#include "cli/exit_code.hpp"
#include "cli/host.hpp"

#include <string>
#include <vector>

namespace regtrail::cli {

/// `arguments` without the program's name. Writes to the console only.
ExitCode run(const std::vector<std::string>& arguments,
             Host& host,
             const Environment& environment,
             Console& console);

} // namespace regtrail::cli
