#include "cli/session.hpp"

#include "cli/files.hpp"
#include "cli/paths.hpp"

#include <fmt/format.h>

#include <system_error>

namespace regtrail::cli {

Result<std::optional<Date>> Session::date_option(const std::string& option,
                                                 const std::string& text) const {
  if (text.empty()) {
    return std::optional<Date>{};
  }
  auto date = parse_date_expression(text, today());
  if (!date) {
    return fail_while(option, std::move(date.error()));
  }
  return std::optional<Date>{*date};
}

Result<Config> Session::load_config() const {
  auto chosen = config_path(m_options.config, m_environment);
  if (!chosen) {
    return tl::unexpected(std::move(chosen.error()));
  }
  return cli::load_config(*chosen);
}

Result<LoadedRegister> Session::load_register(const Config& config) const {
  auto loaded = cli::load_register(config, m_environment);
  if (!loaded) {
    return loaded;
  }
  if (auto checked = check_subscribers(config, loaded->categories); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  return loaded;
}

Result<std::filesystem::path> Session::database() const {
  auto chosen = database_path(m_options.db, m_environment);
  if (!chosen) {
    return tl::unexpected(std::move(chosen.error()));
  }
  return chosen->path;
}

Result<store::Archive> Session::open_archive(store::OpenMode mode) const {
  auto file = database();
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  std::error_code error;
  if (mode == store::OpenMode::create) {
    if (auto made = make_private_folders(file->parent_path()); !made) {
      return tl::unexpected(std::move(made.error()));
    }
  } else if (!std::filesystem::exists(*file, error)) {
    return fail(ErrorKind::not_found,
                fmt::format("no archive at '{}'; run: regtrail sync", shown(*file)));
  }
  return store::Archive::open(*file, mode);
}

std::string Session::shown(const std::filesystem::path& path) const {
  return shown_path(path, m_environment);
}

} // namespace regtrail::cli
