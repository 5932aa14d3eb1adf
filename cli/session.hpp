// What every command is given: the common options and what follows from them.
#pragma once

#include "cli/config.hpp"
#include "cli/console.hpp"
#include "cli/environment.hpp"
#include "cli/host.hpp"
#include "cli/register_file.hpp"
#include "model/date.hpp"
#include "store/archive.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace regtrail::cli {

struct CommonOptions {
  std::string db;
  std::string config;
  std::string now;
  std::string color = "auto";
  bool json = false;
  bool quiet = false;
};

/// Everything referred to must outlive the session.
class Session {
public:
  Session(Host& host,
          const Environment& environment,
          Console& console,
          const CommonOptions& options,
          Timestamp now)
      : m_host(host),
        m_environment(environment),
        m_console(console),
        m_options(options),
        m_now(now) {}

  [[nodiscard]] Host& host() const { return m_host; }

  [[nodiscard]] Console& console() const { return m_console; }

  [[nodiscard]] const Environment& environment() const { return m_environment; }

  [[nodiscard]] const CommonOptions& options() const { return m_options; }

  [[nodiscard]] bool json() const { return m_options.json; }

  [[nodiscard]] Timestamp now() const { return m_now; }

  [[nodiscard]] Date today() const { return date_of(m_now); }

  /// A day as people write it; "" is none. `option` stands in the message.
  [[nodiscard]] Result<std::optional<Date>> date_option(const std::string& option,
                                                        const std::string& text) const;

  [[nodiscard]] Result<Config> load_config() const;

  /// The register that the configuration names, checked against its subscribers.
  [[nodiscard]] Result<LoadedRegister> load_register(const Config& config) const;

  [[nodiscard]] Result<std::filesystem::path> database() const;

  /// For everything but `create` the file must exist; the error says to run sync.
  [[nodiscard]] Result<store::Archive> open_archive(store::OpenMode mode) const;

  /// The sync lock, without waiting for it.
  [[nodiscard]] static Result<store::SyncLock> lock(store::Archive& archive);

  /// A path for messages: "~/...".
  [[nodiscard]] std::string shown(const std::filesystem::path& path) const;

private:
  Host& m_host;
  const Environment& m_environment;
  Console& m_console;
  const CommonOptions& m_options;
  Timestamp m_now;
};

} // namespace regtrail::cli
