// The configuration file (README.md, Configuration): TOML in, checked values out.
#pragma once

#include "cli/environment.hpp"
#include "cli/paths.hpp"
#include "model/error.hpp"
#include "model/register.hpp"
#include "notify/delivery/digest.hpp"
#include "notify/delivery/mailer.hpp"
#include "store/streams.hpp"
#include "sync/parts.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::cli {

struct HttpConfig {
  std::string contact;
  std::string proxy;
  std::string ca_bundle;
};

struct SyncConfig {
  std::vector<std::string> sources{store::ecfr_source, store::fr_source};
  std::vector<sync::PartName> parts; ///< empty: all of the EAR
};

/// Pages that are watched.
struct PagesConfig {
  std::vector<std::string> hosts; ///< that may be asked, as named in addresses
};

/// The pages that `publish` writes.
struct PublishConfig {
  std::string address; ///< under which readers find them, without a slash at its end
};

struct SmtpConfig {
  std::string url;
  std::string from; ///< "regtrail <regtrail@example.co.jp>" or a bare address
  std::string user;
  std::string password_env;
  std::string password_file; ///< as written; relative to the configuration's folder
  delivery::SmtpOptions::Security security = delivery::SmtpOptions::Security::starttls;
  std::string ca_file;
  int line = 0;
};

struct ConfiguredSubscriber {
  delivery::Subscriber subscriber;
  int line = 0; ///< of its categories, else of its block
};

/// The register's files by the kind of their entries, as written; "" = "products.toml" and so on
/// beside the configuration, where there is one.
struct RegisterFiles {
  std::string categories;
  std::string products;
  std::string parties;
  std::string procedures;
  std::string destinations;
  std::string watches;
};

struct Config {
  std::filesystem::path path; ///< of the file, whether or not it exists
  HttpConfig http;
  SyncConfig sync;
  PagesConfig pages;
  PublishConfig publish;
  std::optional<SmtpConfig> smtp;
  std::vector<ConfiguredSubscriber> subscribers;
  RegisterFiles register_files;
};

/// The sources of docs/sources.md.
[[nodiscard]] const std::vector<std::string>& known_sources();

/// Unknown keys, wrong types and values that cannot be are errors: `config.toml:3: ...`, always
/// the first one in the file.
Result<Config> parse_config(std::string_view toml, const std::filesystem::path& path);

/// A missing file is the default configuration, unless the user named it.
Result<Config> load_config(const ChosenPath& chosen);

/// Subscribers may only name entries of the register.
Result<void> check_subscribers(const Config& config, const Register& entries);

/// With the password from the environment or from a file of mode 0600.
Result<delivery::SmtpOptions> smtp_options(const Config& config, const Environment& environment);

/// What `init` writes.
[[nodiscard]] std::string_view starter_config();

} // namespace regtrail::cli
