#include "cli/paths.hpp"

#include <fmt/format.h>

namespace regtrail::cli {
namespace {

struct Place {
  const char* variable;   ///< REGTRAIL_...
  const char* xdg;        ///< XDG_..._HOME
  const char* below_home; ///< where the XDG folder is when the variable is unset
  const char* file;
  const char* option;
};

Result<ChosenPath>
choose(const Place& place, const std::string& option, const Environment& environment) {
  if (!option.empty()) {
    return ChosenPath{option, ChosenPath::By::user};
  }
  if (const auto named = environment.get(place.variable)) {
    return ChosenPath{*named, ChosenPath::By::user};
  }
  // The XDG specification wants relative values ignored.
  if (const auto xdg = environment.get(place.xdg); xdg && xdg->front() == '/') {
    return ChosenPath{std::filesystem::path(*xdg) / "regtrail" / place.file,
                      ChosenPath::By::convention};
  }
  if (const auto home = environment.get("HOME")) {
    return ChosenPath{std::filesystem::path(*home) / place.below_home / "regtrail" / place.file,
                      ChosenPath::By::convention};
  }
  return fail(ErrorKind::usage,
              fmt::format("cannot tell where '{}' is: HOME is not set; set it or "
                          "give {} FILE",
                          place.file,
                          place.option));
}

} // namespace

Result<ChosenPath> config_path(const std::string& option, const Environment& environment) {
  return choose({"REGTRAIL_CONFIG", "XDG_CONFIG_HOME", ".config", "config.toml", "--config"},
                option,
                environment);
}

Result<ChosenPath> database_path(const std::string& option, const Environment& environment) {
  return choose(
      {"REGTRAIL_DB", "XDG_DATA_HOME", ".local/share", "regtrail.db", "--db"}, option, environment);
}

std::filesystem::path expand_path(const std::string& text,
                                  const std::filesystem::path& folder,
                                  const Environment& environment) {
  if (text.starts_with("~/")) {
    if (const auto home = environment.get("HOME")) {
      return std::filesystem::path(*home) / text.substr(2);
    }
  }
  const std::filesystem::path path(text);
  return path.is_absolute() ? path : folder / path;
}

std::string shown_path(const std::filesystem::path& path, const Environment& environment) {
  const std::string text = path.string();
  const auto home = environment.get("HOME");
  if (home && text.starts_with(*home + "/")) {
    return "~" + text.substr(home->size());
  }
  return text;
}

} // namespace regtrail::cli
