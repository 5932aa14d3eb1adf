// Names of countries and of destinations in the Code's lists.
#pragma once

#include "model/item.hpp"

#include <optional>
#include <string_view>

namespace regtrail::render {

/// "CHINA, PEOPLE'S REPUBLIC OF" is {"China", "中国"}; nullopt for what is no country.
[[nodiscard]] std::optional<Headline> country_words(std::string_view printed);

} // namespace regtrail::render
