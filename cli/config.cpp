#include "cli/config.hpp"

#include "cli/files.hpp"
#include "notify/delivery/address.hpp"
#include "parse/toml_depth.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace regtrail::cli {
namespace {

constexpr std::uint64_t config_limit = std::uint64_t{4} << 20U;

/// Remembers the trouble that stands first in the file.
class Troubles {
public:
  explicit Troubles(std::string file) : m_file(std::move(file)) {}

  void add(int line, const std::string& what) {
    if (!m_first || line < m_line) {
      m_line = line;
      m_first = fmt::format("{}:{}: {}", m_file, line, what);
    }
  }

  [[nodiscard]] const std::optional<std::string>& first() const { return m_first; }

private:
  std::string m_file;
  int m_line = 0;
  std::optional<std::string> m_first;
};

int line_of(const toml::node& node) {
  return static_cast<int>(node.source().begin.line);
}

/// Reads the keys of one table; `finish` reports those that nobody asked for.
class TableReader {
public:
  TableReader(const toml::table& table, std::string name, Troubles& troubles)
      : m_table(table),
        m_name(std::move(name)),
        m_troubles(troubles) {}

  const toml::node* find(std::string_view key) {
    m_known.emplace_back(key);
    return m_table.get(key);
  }

  void text(std::string_view key, std::string& out) {
    const toml::node* node = find(key);
    if (node == nullptr) {
      return;
    }
    const auto* value = node->as_string();
    if (value == nullptr) {
      return trouble(*node, fmt::format("'{}' must be a string", key));
    }
    if (std::any_of(value->get().begin(), value->get().end(), [](char c) {
          return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        })) {
      return trouble(*node, fmt::format("'{}' must not hold control characters", key));
    }
    out = value->get();
  }

  void flag(std::string_view key, bool& out) {
    if (const toml::node* node = find(key)) {
      const auto* value = node->as_boolean();
      if (value == nullptr) {
        return trouble(*node, fmt::format("'{}' must be true or false", key));
      }
      out = value->get();
    }
  }

  void texts(std::string_view key, std::vector<std::string>& out) {
    const toml::node* node = find(key);
    if (node == nullptr) {
      return;
    }
    const auto* array = node->as_array();
    const bool all_text = array != nullptr &&
                          std::all_of(array->begin(), array->end(), [](const toml::node& element) {
                            return element.is_string();
                          });
    if (!all_text) {
      return trouble(*node, fmt::format("'{}' must be a list of strings", key));
    }
    out.clear();
    for (const toml::node& element : *array) {
      out.push_back(element.as_string()->get());
    }
  }

  /// Words of `known`.
  void words(std::string_view key,
             const std::vector<std::string>& known,
             std::vector<std::string>& out) {
    texts(key, out);
    for (const std::string& word : out) {
      if (std::find(known.begin(), known.end(), word) == known.end()) {
        m_troubles.add(
            line(key),
            fmt::format("'{}' holds '{}'{}", key, word, query::did_you_mean(word, known)));
      }
    }
  }

  void number(std::string_view key, int least, int most, int& out) {
    const toml::node* node = find(key);
    if (node == nullptr) {
      return;
    }
    const auto* value = node->as_integer();
    if (value == nullptr || value->get() < least || value->get() > most) {
      return trouble(*node,
                     fmt::format("'{}' must be a whole number from {} to {}", key, least, most));
    }
    out = static_cast<int>(value->get());
  }

  /// The index of the word among `words`, if the key is there and right.
  std::optional<std::size_t> choice(std::string_view key, const std::vector<std::string>& words) {
    std::string word;
    text(key, word);
    const toml::node* node = m_table.get(key);
    if (node == nullptr || !node->is_string()) {
      return std::nullopt;
    }
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) {
      trouble(*node, fmt::format("'{}' must be {}, not '{}'", key, query::one_of(words), word));
      return std::nullopt;
    }
    return static_cast<std::size_t>(found - words.begin());
  }

  void require(std::string_view key, const std::string& value) {
    if (value.empty() && (m_table.get(key) == nullptr || m_table.get(key)->is_string())) {
      const toml::node* node = m_table.get(key);
      trouble(node != nullptr ? *node : m_table, fmt::format("{} needs '{}'", m_name, key));
    }
  }

  void trouble(const toml::node& node, const std::string& what) {
    m_troubles.add(line_of(node), what);
  }

  [[nodiscard]] int line(std::string_view key) const {
    const toml::node* node = m_table.get(key);
    return line_of(node != nullptr ? *node : m_table);
  }

  void finish() {
    for (const auto& [key, node] : m_table) {
      const std::string_view name = key.str();
      if (std::find(m_known.begin(), m_known.end(), name) == m_known.end()) {
        m_troubles.add(
            static_cast<int>(key.source().begin.line),
            fmt::format(
                "unknown key '{}' in {}{}", name, m_name, query::did_you_mean(name, m_known)));
      }
    }
  }

private:
  const toml::table& m_table;
  std::string m_name;
  Troubles& m_troubles;
  std::vector<std::string> m_known;
};

void read_http(TableReader table, HttpConfig& http) {
  table.text("contact", http.contact);
  table.text("proxy", http.proxy);
  table.text("ca_bundle", http.ca_bundle);
  table.finish();
}

void read_sync(TableReader table, SyncConfig& sync, Troubles& troubles) {
  table.texts("sources", sync.sources);
  std::vector<std::string> parts;
  table.texts("parts", parts);
  for (const std::string& source : sync.sources) {
    const auto& known = known_sources();
    if (std::find(known.begin(), known.end(), source) == known.end()) {
      troubles.add(
          table.line("sources"),
          fmt::format("unknown source '{}'{}", source, query::did_you_mean(source, known)));
    }
  }
  for (const std::string& part : parts) {
    if (auto name = sync::read_part_name(part)) {
      sync.parts.push_back(std::move(*name));
    } else {
      troubles.add(table.line("parts"), name.error().message);
    }
  }
  table.finish();
}

void read_smtp(TableReader table, SmtpConfig& smtp, Troubles& troubles) {
  using Security = delivery::SmtpOptions::Security;
  table.text("url", smtp.url);
  table.text("from", smtp.from);
  table.text("user", smtp.user);
  table.text("password_env", smtp.password_env);
  table.text("password_file", smtp.password_file);
  table.text("ca_file", smtp.ca_file);
  const auto security = table.choice("security", {"starttls", "tls", "none"});
  table.require("url", smtp.url);
  table.require("from", smtp.from);
  const bool implicit_tls = smtp.url.starts_with("smtps://");
  if (!smtp.url.empty() && !smtp.url.starts_with("smtp://") && !implicit_tls) {
    troubles.add(
        table.line("url"),
        fmt::format("'{}' is not a mail server, e.g. \"smtp://mail.example.co.jp:587\"", smtp.url));
  }
  if (smtp.url.find('@') != std::string::npos) {
    troubles.add(table.line("url"), "'url' must not hold a login; give 'user' and 'password_env'");
  }
  if (const auto from = delivery::parse_mailbox(smtp.from); !smtp.from.empty() && !from) {
    troubles.add(table.line("from"), from.error().message);
  }
  if (!smtp.password_env.empty() && !smtp.password_file.empty()) {
    troubles.add(table.line("password_file"),
                 "'password_env' and 'password_file' exclude each other");
  }
  smtp.security = implicit_tls ? Security::tls : Security::starttls;
  if (security) {
    smtp.security = std::array{Security::starttls, Security::tls, Security::none}[*security];
    if (implicit_tls && smtp.security != Security::tls) {
      troubles.add(table.line("security"), "an smtps:// server needs security = \"tls\"");
    }
  }
  table.finish();
}

ConfiguredSubscriber read_subscriber(TableReader table, Troubles& troubles) {
  ConfiguredSubscriber configured;
  delivery::Subscriber& subscriber = configured.subscriber;
  table.text("name", subscriber.name);
  table.text("to", subscriber.to);
  table.texts("categories", subscriber.categories);
  table.texts("products", subscriber.products);
  table.texts("parties", subscriber.parties);
  table.texts("procedures", subscriber.procedures);
  table.texts("destinations", subscriber.destinations);
  table.texts("watches", subscriber.watches);
  table.words("kinds", query::words_of<ChangeKind, TypedChangeType>(), subscriber.kinds);
  table.words("directions", query::words_of<Direction>(), subscriber.directions);
  table.number("min_severity", 1, 5, subscriber.min_severity);
  if (const auto lang = table.choice("lang", {"ja", "en"})) {
    subscriber.language = *lang == 0 ? render::Language::ja : render::Language::en;
  }
  if (const auto schedule = table.choice("schedule", {"daily", "immediate"})) {
    subscriber.schedule =
        std::array{delivery::Schedule::daily, delivery::Schedule::immediate}[*schedule];
  }
  table.flag("calendar", subscriber.calendar);
  table.require("name", subscriber.name);
  table.require("to", subscriber.to);
  if (const auto to = delivery::check_address(subscriber.to); !subscriber.to.empty() && !to) {
    troubles.add(table.line("to"), to.error().message);
  }
  table.finish();
  configured.line = table.line("categories");
  return configured;
}

void read_subscribers(const toml::node& node, Config& config, Troubles& troubles) {
  const auto* array = node.as_array();
  const bool tables =
      array != nullptr && std::all_of(array->begin(), array->end(), [](const toml::node& element) {
        return element.is_table();
      });
  if (!tables) {
    troubles.add(line_of(node), "subscribers are written as [[subscriber]] blocks");
    return;
  }
  for (const toml::node& element : *array) {
    ConfiguredSubscriber read =
        read_subscriber({*element.as_table(), "[[subscriber]]", troubles}, troubles);
    const bool repeated =
        std::any_of(config.subscribers.begin(), config.subscribers.end(), [&](const auto& other) {
          return other.subscriber.name == read.subscriber.name;
        });
    if (repeated && !read.subscriber.name.empty()) {
      troubles.add(line_of(element),
                   fmt::format("subscriber '{}' is there twice; give each its own name",
                               read.subscriber.name));
    }
    config.subscribers.push_back(std::move(read));
  }
}

void read_address(TableReader& keys, std::string& address, Troubles& troubles) {
  keys.text("address", address);
  if (!address.empty() && !address.starts_with("https://") && !address.starts_with("http://")) {
    troubles.add(keys.line("address"),
                 fmt::format("'{}' is not an address of pages, e.g. "
                             "\"https://regtrail.example.co.jp\"",
                             address));
  }
  while (address.ends_with('/')) {
    address.pop_back();
  }
}

void read_root(const toml::table& root, Config& config, Troubles& troubles) {
  TableReader reader(root, "the top level", troubles);
  const auto table = [&](std::string_view key) -> const toml::table* {
    const toml::node* node = reader.find(key);
    if (node != nullptr && !node->is_table()) {
      reader.trouble(*node, fmt::format("'{0}' must be a table, written [{0}]", key));
    }
    return node == nullptr ? nullptr : node->as_table();
  };
  if (const auto* http = table("http")) {
    read_http({*http, "[http]", troubles}, config.http);
  }
  if (const auto* sync = table("sync")) {
    read_sync({*sync, "[sync]", troubles}, config.sync, troubles);
  }
  if (const auto* smtp = table("smtp")) {
    config.smtp.emplace();
    config.smtp->line = line_of(*smtp);
    read_smtp({*smtp, "[smtp]", troubles}, *config.smtp, troubles);
  }
  RegisterFiles& files = config.register_files;
  if (const auto* categories = table("categories")) {
    TableReader keys(*categories, "[categories]", troubles);
    keys.text("file", files.categories);
    keys.finish();
  }
  if (const auto* entries = table("register")) {
    TableReader keys(*entries, "[register]", troubles);
    if (!files.categories.empty() && entries->contains("categories")) {
      troubles.add(keys.line("categories"),
                   "'categories' is named by [categories] file too; keep one of them");
    }
    keys.text("categories", files.categories);
    keys.text("products", files.products);
    keys.text("parties", files.parties);
    keys.text("procedures", files.procedures);
    keys.text("destinations", files.destinations);
    keys.text("watches", files.watches);
    keys.finish();
  }
  if (const auto* pages = table("pages")) {
    TableReader keys(*pages, "[pages]", troubles);
    keys.texts("hosts", config.pages.hosts);
    keys.finish();
  }
  if (const auto* publish = table("publish")) {
    TableReader keys(*publish, "[publish]", troubles);
    read_address(keys, config.publish.address, troubles);
    keys.finish();
  }
  if (const toml::node* subscribers = reader.find("subscriber")) {
    read_subscribers(*subscribers, config, troubles);
  }
  reader.finish();
}

} // namespace

const std::vector<std::string>& known_sources() {
  static const std::vector<std::string> sources{
      store::ecfr_source, store::fr_source, store::govinfo_source, store::pages_source};
  return sources;
}

Result<Config> parse_config(std::string_view toml, const std::filesystem::path& path) {
  Config config;
  config.path = path;
  Troubles troubles(path.string());
  if (const auto deep = parse::toml_depth_trouble(toml)) {
    return fail(ErrorKind::malformed,
                fmt::format("cannot read {}:{}: {}", path.string(), deep->line, deep->what));
  }
  try {
    const toml::table root = toml::parse(toml, path.string());
    read_root(root, config, troubles);
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::malformed,
                fmt::format("cannot read {}:{}:{}: {}",
                            path.string(),
                            error.source().begin.line,
                            error.source().begin.column,
                            error.description()));
  }
  if (troubles.first()) {
    return fail(ErrorKind::malformed, "cannot read " + *troubles.first());
  }
  return config;
}

Result<Config> load_config(const ChosenPath& chosen) {
  auto bytes = read_file(chosen.path, config_limit);
  if (!bytes) {
    if (bytes.error().kind == ErrorKind::not_found && chosen.by == ChosenPath::By::convention) {
      Config config;
      config.path = chosen.path;
      return config;
    }
    if (bytes.error().kind == ErrorKind::not_found) {
      bytes.error().message += "; run: regtrail init";
    }
    return fail_while("configuration", std::move(bytes.error()));
  }
  return parse_config(*bytes, chosen.path);
}

Result<void> check_subscribers(const Config& config, const Register& entries) {
  const auto check = [&](EntryKind kind, const auto& of_kind) -> Result<void> {
    std::vector<std::string> known;
    for (const auto& entry : of_kind) {
      known.push_back(entry.id);
    }
    for (const ConfiguredSubscriber& configured : config.subscribers) {
      for (const std::string& id : delivery::named_entries(configured.subscriber, kind)) {
        if (std::find(known.begin(), known.end(), id) == known.end()) {
          return fail(ErrorKind::malformed,
                      fmt::format("cannot read {}:{}: subscriber '{}' names {} '{}', which is not "
                                  "in the register; near: {}",
                                  config.path.string(),
                                  configured.line,
                                  configured.subscriber.name,
                                  to_string(kind),
                                  id,
                                  query::one_of(query::closest(id, known, 3))));
        }
      }
    }
    return {};
  };
  TRY(check(EntryKind::category, entries.categories));
  TRY(check(EntryKind::product, entries.products));
  TRY(check(EntryKind::party, entries.parties));
  TRY(check(EntryKind::procedure, entries.procedures));
  TRY(check(EntryKind::destination, entries.destinations));
  return check(EntryKind::watch, entries.watches);
}

Result<delivery::SmtpOptions> smtp_options(const Config& config, const Environment& environment) {
  if (!config.smtp) {
    return fail(ErrorKind::usage,
                fmt::format("no mail server is configured; add [smtp] with url and from to '{}'",
                            config.path.string()));
  }
  const SmtpConfig& smtp = *config.smtp;
  TRY_ASSIGN(const delivery::Mailbox from, delivery::parse_mailbox(smtp.from));
  delivery::SmtpOptions options;
  options.url = smtp.url;
  options.from = from.address;
  options.user = smtp.user;
  options.security = smtp.security;
  const std::filesystem::path folder = config.path.parent_path();
  if (!smtp.ca_file.empty()) {
    options.ca_file = expand_path(smtp.ca_file, folder, environment).string();
  }
  if (!smtp.password_env.empty()) {
    const auto password = environment.get(smtp.password_env);
    if (!password) {
      return fail(ErrorKind::usage,
                  fmt::format("the environment variable '{}' named by [smtp] password_env ({}:{}) "
                              "is not set",
                              smtp.password_env,
                              config.path.string(),
                              smtp.line));
    }
    options.password = *password;
  } else if (!smtp.password_file.empty()) {
    const auto path = expand_path(smtp.password_file, folder, environment);
    if (auto checked = check_private(path); !checked) {
      return fail_while("[smtp] password_file", std::move(checked.error()));
    }
    auto password = read_file(path, 4096);
    if (!password) {
      return fail_while("[smtp] password_file", std::move(password.error()));
    }
    options.password = password->substr(0, password->find_first_of("\r\n"));
  }
  return options;
}

std::string_view starter_config() {
  return R"(# regtrail configuration. Every line is optional; unknown keys are refused.

[http]
# Who to write to when our requests disturb; sent in the User-Agent.
# contact = "export-control@example.co.jp"
# proxy = "http://proxy.example.co.jp:8080"
# ca_bundle = "/etc/ssl/certs/company.pem"

[sync]
# sources = ["ecfr", "federal-register"] # also "govinfo": the annual editions of before 2017
# parts = ["734", "742", "744", "774"]            # without this: all of the EAR
# Parts of other titles with their title: parts = ["744", "22 CFR 121", "48 CFR 52"]

[register]
# What you wrote down of your own world (regtrail register); relative to this file's folder.
# categories = "categories.toml"
# products = "products.toml"
# parties = "parties.toml"
# procedures = "procedures.toml"
# destinations = "destinations.toml"
# watches = "watches.toml"

[pages]
# Hosts of the pages that may be read (regtrail register watches); none without this.
# hosts = ["www.bis.gov", "www.whitehouse.gov"]

# The mail server. The password comes from the environment or from a file of mode 0600.
# [smtp]
# url = "smtp://mail.example.co.jp:587"
# from = "regtrail <regtrail@example.co.jp>"
# user = "regtrail"
# password_env = "REGTRAIL_SMTP_PASSWORD"         # or: password_file = "smtp-password"
# security = "starttls"                           # "tls" from the first byte, "none" without
# ca_file = "/etc/ssl/certs/company.pem"

# One block a reader. categories, products, parties, procedures, destinations: ids of the register
# (regtrail register list), none = all of that kind.
# kinds, directions: only such changes, e.g. ["added", "threshold"], ["tightened", "unclear"].
# min_severity: 1 all .. 5 only what is critical. schedule: "daily" = at most one mail a day of the reader.
# Each mail carries the days ahead as iCalendar where calendar = true stands here.
# [[subscriber]]
# name = "trade-control"
# to = "export-control@example.co.jp"
# lang = "ja"
# categories = ["vacuum-valves", "etching-equipment"]
# min_severity = 2
# schedule = "daily"
)";
}

} // namespace regtrail::cli
