#include "cli/session.hpp"

#include "cli/files.hpp"
#include "cli/paths.hpp"
#include "parse/unit_text.hpp"

#include <fmt/format.h>

#include <system_error>

namespace regtrail::cli {

Result<std::optional<Date>> Session::date_option(const std::string& option,
                                                 const std::string& text) const {
  if (text.empty()) {
    return std::optional<Date>{};
  }
  const auto date = parse_date_expression(text, today());
  if (!date) {
    return fail_while(option, date.error());
  }
  return *date;
}

Result<Config> Session::load_config() const {
  TRY_ASSIGN(auto chosen, config_path(m_options.config, m_environment));
  return cli::load_config(chosen);
}

Result<LoadedRegister> Session::load_register(const Config& config) const {
  TRY_ASSIGN(auto loaded, cli::load_register(config, m_environment));
  TRY(check_subscribers(config, loaded.categories));
  return loaded;
}

Result<std::filesystem::path> Session::database() const {
  TRY_ASSIGN(auto chosen, database_path(m_options.db, m_environment));
  return chosen.path;
}

Result<store::Archive> Session::open_archive(store::OpenMode mode) const {
  TRY_ASSIGN(auto file, database());
  std::error_code error;
  if (mode == store::OpenMode::create) {
    TRY(make_private_folders(file.parent_path()));
  } else if (!std::filesystem::exists(file, error)) {
    return fail(ErrorKind::not_found,
                fmt::format("no archive at '{}'; run: regtrail sync", shown(file)));
  }
  return store::Archive::open(file, mode, parse::parse_unit);
}

Result<store::SyncLock> Session::lock(store::Archive& archive) {
  return archive.lock_for_sync(std::chrono::milliseconds(0), [](std::chrono::milliseconds) {});
}

std::string Session::shown(const std::filesystem::path& path) const {
  return shown_path(path, m_environment);
}

} // namespace regtrail::cli
