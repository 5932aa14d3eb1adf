// Where things are: the XDG folders, overridden by REGTRAIL_CONFIG and REGTRAIL_DB.
#pragma once

#include "cli/environment.hpp"
#include "model/error.hpp"

#include <filesystem>

namespace regtrail::cli {

/// A place and who chose it: a file that somebody named must exist, a default one need not.
struct ChosenPath {
  std::filesystem::path path;
  enum class By { convention, user } by = By::convention;
};

/// --config, else REGTRAIL_CONFIG, else $XDG_CONFIG_HOME/regtrail/config.toml.
Result<ChosenPath> config_path(const std::string& option, const Environment& environment);

/// --db, else REGTRAIL_DB, else $XDG_DATA_HOME/regtrail/regtrail.db.
Result<ChosenPath> database_path(const std::string& option, const Environment& environment);

/// "~/x" by HOME; a relative path is relative to `folder`.
[[nodiscard]] std::filesystem::path expand_path(const std::string& text,
                                                const std::filesystem::path& folder,
                                                const Environment& environment);

/// "~/..." for what lies below HOME: for messages only.
[[nodiscard]] std::string shown_path(const std::filesystem::path& path,
                                     const Environment& environment);

} // namespace regtrail::cli
