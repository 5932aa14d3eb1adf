// Names of countries as the Commerce Country Chart and the party lists print them, and in Japanese.
#include "notify/render/headline_countries.hpp"

#include "model/characters.hpp"
#include "model/country.hpp"
#include "model/phrases.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::render {

namespace {

/// Of a name with a comma ("China, People's Republic of") the first other one of the country.
std::string_view plain_name(const std::vector<std::string_view>& names, std::string_view found) {
  const auto has_comma = [](std::string_view name) {
    return name.find(',') != std::string_view::npos;
  };
  const auto plain = std::find_if_not(names.begin(), names.end(), has_comma);
  return !has_comma(found) || plain == names.end() ? found : *plain;
}

std::optional<Headline> find_country(std::string_view name) {
  const std::string asked = lowered(name);
  for (const Country& country : countries()) {
    const auto names = split(country.names, '|');
    const auto found = std::find_if(
        names.begin(), names.end(), [&](std::string_view each) { return lowered(each) == asked; });
    if (found != names.end()) {
      return Headline{std::string(plain_name(names, *found)), std::string(country.ja)};
    }
  }
  return std::nullopt;
}

} // namespace

std::optional<Headline> country_words(std::string_view printed) {
  const std::string_view name = trimmed(printed);
  if (name == "Crimea region of Ukraine") {
    return Headline{std::string(name), "ウクライナのクリミア地域"};
  }
  const auto country = find_country(name);
  // "CHINA, PEOPLE'S REPUBLIC OF", "Chile (For all activities ...)".
  return country ? country : find_country(trimmed(name.substr(0, name.find_first_of(",("))));
}

} // namespace regtrail::render
