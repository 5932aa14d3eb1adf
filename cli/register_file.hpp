// The register as files: found and read as one.
#pragma once

#include "cli/config.hpp"
#include "cli/environment.hpp"
#include "model/error.hpp"
#include "model/register.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::cli {

struct RegisterFile {
  enum class From {
    file,
    built_in, ///< the starter categories or watches
    absent,
  };

  std::vector<EntryKind> kinds; ///< whose new entries go there
  std::filesystem::path path;   ///< also when it does not exist
  std::string text;
  From from = From::file;
};

struct LoadedRegister {
  Register categories; ///< entries of all kinds
  std::vector<RegisterFile> files;
  std::string sha256; ///< of all texts; tells whether stored hits are still right

  [[nodiscard]] const RegisterFile& file(EntryKind kind) const;
};

/// What the program carries.
[[nodiscard]] std::string_view starter_categories();
[[nodiscard]] std::string_view starter_watches(); ///< for the starter categories, which they name

/// The files that the configuration names, else those beside it, as one register; without any of
/// categories the starter categories, and with these, without any of watches, the starter watches.
Result<LoadedRegister> load_register(const Config& config, const Environment& environment);

} // namespace regtrail::cli
