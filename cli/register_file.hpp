// The product register as a file: found, read, and edited without losing its comments.
#pragma once

#include "cli/config.hpp"
#include "cli/environment.hpp"
#include "model/error.hpp"
#include "model/register.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace regtrail::cli {

struct LoadedRegister {
  Register categories;
  std::filesystem::path path; ///< of the file, also when it does not exist
  std::string text;
  std::string sha256; ///< of the text; tells whether stored hits are still right
  enum class From { file, built_in } from = From::file;
};

/// The starter categories that the program carries.
[[nodiscard]] std::string_view starter_register();

/// `[categories] file`, else categories.toml beside the configuration, else the starter categories.
Result<LoadedRegister> load_register(const Config& config, const Environment& environment);

/// The text with a block for `category` behind it. An id that is there already, or a result that
/// would not read back, is an error.
Result<std::string> with_category(const LoadedRegister& loaded, const Category& category);

/// The text without the block of `id` and the comment lines directly above it.
Result<std::string> without_category(const LoadedRegister& loaded, const std::string& id);

/// The category, or an error that names the nearest ones.
Result<Category> find_category(const LoadedRegister& loaded, const std::string& id);

} // namespace regtrail::cli
