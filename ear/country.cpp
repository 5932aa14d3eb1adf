#include "ear/country.hpp"

#include "model/characters.hpp"
#include "model/country.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>

namespace regtrail::ear {

namespace {

struct LongerNames {
  std::string_view code;
  std::string_view names; ///< '|' between them
};

/// Longer names of other countries in which a name stands.
constexpr std::array longer_names = {
    LongerNames{"GN", "Equatorial Guinea|Guinea-Bissau|Papua New Guinea|New Guinea"},
    LongerNames{"KR", "Democratic People's Republic of Korea"},
    LongerNames{"SD", "South Sudan"},
    LongerNames{"DM", "Dominican"},
};

/// Where `name` stands inside a longer name of another country, the end of that.
std::size_t end_of_longer(std::string_view text, std::string_view code, std::size_t at) {
  for (const LongerNames& other : longer_names) {
    if (other.code != code) {
      continue;
    }
    for (const auto name : split(other.names, '|')) {
      const std::size_t from = at >= name.size() ? at - name.size() : 0;
      const std::size_t found = find_word(text, lowered(name), from);
      if (found != std::string_view::npos && found <= at && found + name.size() > at) {
        return found + name.size();
      }
    }
  }
  return std::string_view::npos;
}

} // namespace

std::vector<std::string_view> names_of_country(std::string_view code) {
  const auto all = countries();
  const auto found = std::find_if(all.begin(), all.end(), [code](const Country& each) {
    return each.code.size() == code.size() && starts_with_ignoring_case(code, lowered(each.code));
  });
  return found == all.end() ? std::vector<std::string_view>{} : split(found->names, '|');
}

CountryMention find_country(std::string_view text, std::string_view code, std::size_t from) {
  CountryMention best;
  for (const auto name : names_of_country(code)) {
    const auto lower = lowered(name);
    std::size_t at = find_word(text, lower, from);
    while (at != std::string_view::npos) {
      const std::size_t beyond = end_of_longer(text, code, at);
      if (beyond == std::string_view::npos) {
        break;
      }
      at = find_word(text, lower, beyond);
    }
    if (at < best.begin ||
        (at == best.begin && at != std::string_view::npos && at + name.size() > best.end)) {
      best = {at, at + name.size()};
    }
  }
  return best;
}

} // namespace regtrail::ear
