#include "ear/country.hpp"

#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>

namespace regtrail::ear {

namespace {

struct Country {
  std::string_view code;
  std::string_view names; ///< '|' between them
};

constexpr std::array countries = {
    Country{"AE", "United Arab Emirates|UAE"},
    Country{"AF", "Afghanistan"},
    Country{"AG", "Antigua and Barbuda"},
    Country{"AL", "Albania"},
    Country{"AM", "Armenia"},
    Country{"AO", "Angola"},
    Country{"AR", "Argentina"},
    Country{"AT", "Austria"},
    Country{"AU", "Australia"},
    Country{"AW", "Aruba"},
    Country{"AZ", "Azerbaijan"},
    Country{"BA", "Bosnia and Herzegovina"},
    Country{"BB", "Barbados"},
    Country{"BD", "Bangladesh"},
    Country{"BE", "Belgium"},
    Country{"BF", "Burkina Faso"},
    Country{"BG", "Bulgaria"},
    Country{"BH", "Bahrain"},
    Country{"BI", "Burundi"},
    Country{"BJ", "Benin"},
    Country{"BN", "Brunei"},
    Country{"BO", "Bolivia"},
    Country{"BR", "Brazil"},
    Country{"BS", "Bahamas, The|Bahamas"},
    Country{"BT", "Bhutan"},
    Country{"BW", "Botswana"},
    Country{"BY", "Belarus|Belarusian"},
    Country{"BZ", "Belize"},
    Country{"CA", "Canada"},
    Country{"CD",
            "Congo (Democratic Republic of the)|Congo (Democratic Republic of)|Democratic "
            "Republic of the Congo"},
    Country{"CF", "Central African Republic"},
    Country{"CG", "Congo (Republic of the)|Republic of the Congo"},
    Country{"CH", "Switzerland"},
    Country{"CI", "Cote d'Ivoire"},
    Country{"CL", "Chile"},
    Country{"CM", "Cameroon"},
    Country{"CN", "China|China, People's Republic of|People's Republic of China|PRC|Chinese"},
    Country{"CO", "Colombia"},
    Country{"CR", "Costa Rica"},
    Country{"CU", "Cuba|Cuban"},
    Country{"CV", "Cape Verde"},
    Country{"CW", "Curaçao"},
    Country{"CY", "Cyprus"},
    Country{"CZ", "Czech Republic|Czechia"},
    Country{"DE", "Germany"},
    Country{"DJ", "Djibouti"},
    Country{"DK", "Denmark"},
    Country{"DM", "Dominica"},
    Country{"DO", "Dominican Republic"},
    Country{"DZ", "Algeria"},
    Country{"EC", "Ecuador"},
    Country{"EE", "Estonia"},
    Country{"EG", "Egypt"},
    Country{"EH", "Western Sahara"},
    Country{"ER", "Eritrea"},
    Country{"ES", "Spain"},
    Country{"ET", "Ethiopia"},
    Country{"FI", "Finland"},
    Country{"FJ", "Fiji"},
    Country{"FM", "Micronesia"},
    Country{"FR", "France"},
    Country{"GA", "Gabon"},
    Country{"GB", "United Kingdom"},
    Country{"GD", "Grenada"},
    Country{"GE", "Georgia"},
    Country{"GH", "Ghana"},
    Country{"GM", "Gambia, The|Gambia"},
    Country{"GN", "Guinea"},
    Country{"GQ", "Equatorial Guinea"},
    Country{"GR", "Greece"},
    Country{"GT", "Guatemala"},
    Country{"GW", "Guinea-Bissau"},
    Country{"GY", "Guyana"},
    Country{"HK", "Hong Kong|China|China, People's Republic of|People's Republic of China"},
    Country{"HN", "Honduras"},
    Country{"HR", "Croatia"},
    Country{"HT", "Haiti"},
    Country{"HU", "Hungary"},
    Country{"ID", "Indonesia"},
    Country{"IE", "Ireland"},
    Country{"IL", "Israel"},
    Country{"IN", "India"},
    Country{"IQ", "Iraq|Iraqi"},
    Country{"IR", "Iran|Iranian"},
    Country{"IS", "Iceland"},
    Country{"IT", "Italy"},
    Country{"JM", "Jamaica"},
    Country{"JO", "Jordan"},
    Country{"JP", "Japan|Japanese"},
    Country{"KE", "Kenya"},
    Country{"KG", "Kyrgyzstan"},
    Country{"KH", "Cambodia"},
    Country{"KI", "Kiribati"},
    Country{"KM", "Comoros"},
    Country{"KN", "St. Kitts and Nevis"},
    Country{"KP", "Korea, North|North Korea|North Korean|Democratic People's Republic of Korea"},
    Country{"KR", "Korea, South|South Korea|Republic of Korea|Korea, Republic of"},
    Country{"KW", "Kuwait"},
    Country{"KZ", "Kazakhstan"},
    Country{"LA", "Laos"},
    Country{"LB", "Lebanon"},
    Country{"LC", "St. Lucia"},
    Country{"LI", "Liechtenstein"},
    Country{"LK", "Sri Lanka"},
    Country{"LR", "Liberia"},
    Country{"LS", "Lesotho"},
    Country{"LT", "Lithuania"},
    Country{"LU", "Luxembourg"},
    Country{"LV", "Latvia"},
    Country{"LY", "Libya"},
    Country{"MA", "Morocco"},
    Country{"MC", "Monaco"},
    Country{"MD", "Moldova"},
    Country{"ME", "Montenegro"},
    Country{"MG", "Madagascar"},
    Country{"MH", "Marshall Islands"},
    Country{"MK", "North Macedonia"},
    Country{"ML", "Mali"},
    Country{"MM", "Burma|Myanmar"},
    Country{"MN", "Mongolia"},
    Country{"MO", "Macau|Macao"},
    Country{"MR", "Mauritania"},
    Country{"MT", "Malta"},
    Country{"MU", "Mauritius"},
    Country{"MV", "Maldives"},
    Country{"MW", "Malawi"},
    Country{"MX", "Mexico"},
    Country{"MY", "Malaysia"},
    Country{"MZ", "Mozambique"},
    Country{"NA", "Namibia"},
    Country{"NE", "Niger"},
    Country{"NG", "Nigeria"},
    Country{"NI", "Nicaragua"},
    Country{"NL", "Netherlands"},
    Country{"NO", "Norway"},
    Country{"NP", "Nepal"},
    Country{"NR", "Nauru"},
    Country{"NZ", "New Zealand"},
    Country{"OM", "Oman"},
    Country{"PA", "Panama"},
    Country{"PE", "Peru"},
    Country{"PG", "Papua New Guinea"},
    Country{"PH", "Philippines"},
    Country{"PK", "Pakistan"},
    Country{"PL", "Poland"},
    Country{"PT", "Portugal"},
    Country{"PW", "Palau"},
    Country{"PY", "Paraguay"},
    Country{"QA", "Qatar"},
    Country{"RO", "Romania"},
    Country{"RS", "Serbia"},
    Country{"RU", "Russia|Russian Federation|Russian"},
    Country{"RW", "Rwanda"},
    Country{"SA", "Saudi Arabia"},
    Country{"SB", "Solomon Islands"},
    Country{"SC", "Seychelles|Seycheles"}, // the Chart prints the second
    Country{"SD", "Sudan"},
    Country{"SE", "Sweden"},
    Country{"SG", "Singapore"},
    Country{"SI", "Slovenia"},
    Country{"SK", "Slovakia"},
    Country{"SL", "Sierra Leone"},
    Country{"SM", "San Marino"},
    Country{"SN", "Senegal"},
    Country{"SO", "Somalia"},
    Country{"SR", "Suriname"},
    Country{"SS", "South Sudan, Republic of|South Sudan"},
    Country{"ST", "Sao Tome and Principe"},
    Country{"SV", "El Salvador"},
    Country{"SX", "Sint Maarten"},
    Country{"SY", "Syria|Syrian"},
    Country{"SZ", "Eswatini"},
    Country{"TD", "Chad"},
    Country{"TG", "Togo"},
    Country{"TH", "Thailand"},
    Country{"TJ", "Tajikistan"},
    Country{"TL", "Timor-Leste"},
    Country{"TM", "Turkmenistan"},
    Country{"TN", "Tunisia"},
    Country{"TO", "Tonga"},
    Country{"TR", "Türkiye|Turkey"},
    Country{"TT", "Trinidad and Tobago"},
    Country{"TV", "Tuvalu"},
    Country{"TW", "Taiwan"},
    Country{"TZ", "Tanzania"},
    Country{"UA", "Ukraine"},
    Country{"UG", "Uganda"},
    Country{"US", "United States"},
    Country{"UY", "Uruguay"},
    Country{"UZ", "Uzbekistan"},
    Country{"VA", "Vatican City"},
    Country{"VC", "St. Vincent and the Grenadines"},
    Country{"VE", "Venezuela"},
    Country{"VN", "Vietnam"},
    Country{"VU", "Vanuatu"},
    Country{"WS", "Samoa"},
    Country{"XK", "Kosovo"},
    Country{"YE", "Yemen"},
    Country{"ZA", "South Africa"},
    Country{"ZM", "Zambia"},
    Country{"ZW", "Zimbabwe"},
};

/// Longer names of other countries in which a name stands.
constexpr std::array longer_names = {
    Country{"GN", "Equatorial Guinea|Guinea-Bissau|Papua New Guinea|New Guinea"},
    Country{"KR", "Democratic People's Republic of Korea"},
    Country{"SD", "South Sudan"},
    Country{"DM", "Dominican"},
};

/// Where `name` stands inside a longer name of another country, the end of that.
std::size_t end_of_longer(std::string_view text, std::string_view code, std::size_t at) {
  for (const Country& other : longer_names) {
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
  const auto found = std::find_if(countries.begin(), countries.end(), [code](const Country& each) {
    return each.code.size() == code.size() && starts_with_ignoring_case(code, lowered(each.code));
  });
  return found == countries.end() ? std::vector<std::string_view>{} : split(found->names, '|');
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
