// `import`: rows of a workbook or a CSV file into entries of the register.
#pragma once

#include "cli/exit_code.hpp"
#include "cli/register_file.hpp"
#include "cli/session.hpp"
#include "model/error.hpp"

#include <string>
#include <vector>

namespace regtrail::cli {

struct ImportOptions {
  std::string file;
  std::string sheet;
  std::vector<std::string> map; ///< "COLUMN=FIELD"
  bool dry_run = false;
};

/// Writes what is new or altered and says what was read, which rows were refused and why, and what
/// today's law says of the rows; a dry run shows the first rows instead. ExitCode::incomplete when
/// rows were refused.
template<typename Entry>
Result<ExitCode>
import_file(Session& session, const LoadedRegister& loaded, const ImportOptions& options);

} // namespace regtrail::cli
