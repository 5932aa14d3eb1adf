#include "ear/threshold.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <array>

namespace regtrail::ear {

namespace {

struct Unit {
  std::string_view name;
  std::string_view dimension; ///< "" where values are not to be converted
  double factor = 1;          ///< to the unit of the dimension
};

// Signs: case matters ("mW" is not "MW").
constexpr std::array signs = {
    Unit{"%", "ratio", 0.01},      Unit{"s", "time", 1},           Unit{"ms", "time", 1e-3},
    Unit{"us", "time", 1e-6},      Unit{"ns", "time", 1e-9},       Unit{"ps", "time", 1e-12},
    Unit{"fs", "time", 1e-15},     Unit{"min", "time", 60},        Unit{"nm", "length", 1e-9},
    Unit{"um", "length", 1e-6},    Unit{"mm", "length", 1e-3},     Unit{"cm", "length", 1e-2},
    Unit{"m", "length", 1},        Unit{"km", "length", 1e3},      Unit{"kg", "mass", 1},
    Unit{"g", "mass", 1e-3},       Unit{"mg", "mass", 1e-6},       Unit{"ug", "mass", 1e-9},
    Unit{"V", "voltage", 1},       Unit{"kV", "voltage", 1e3},     Unit{"mV", "voltage", 1e-3},
    Unit{"MV", "voltage", 1e6},    Unit{"uV", "voltage", 1e-6},    Unit{"A", "current", 1},
    Unit{"mA", "current", 1e-3},   Unit{"uA", "current", 1e-6},    Unit{"kA", "current", 1e3},
    Unit{"W", "power", 1},         Unit{"mW", "power", 1e-3},      Unit{"kW", "power", 1e3},
    Unit{"MW", "power", 1e6},      Unit{"GW", "power", 1e9},       Unit{"J", "energy", 1},
    Unit{"mJ", "energy", 1e-3},    Unit{"kJ", "energy", 1e3},      Unit{"eV", "eV energy", 1},
    Unit{"keV", "eV energy", 1e3}, Unit{"MeV", "eV energy", 1e6},  Unit{"GeV", "eV energy", 1e9},
    Unit{"Hz", "frequency", 1},    Unit{"kHz", "frequency", 1e3},  Unit{"MHz", "frequency", 1e6},
    Unit{"GHz", "frequency", 1e9}, Unit{"THz", "frequency", 1e12}, Unit{"Pa", "pressure", 1},
    Unit{"kPa", "pressure", 1e3},  Unit{"MPa", "pressure", 1e6},   Unit{"GPa", "pressure", 1e9},
    Unit{"mPa", "pressure", 1e-3}, Unit{"bar", "pressure", 1e5},   Unit{"mbar", "pressure", 1e2},
    Unit{"N", "force", 1},         Unit{"kN", "force", 1e3},
};
constexpr std::string_view other_signs =
    "K|°C|°F|°|lb|lbs|dB|dBm|dBc|dBi|Torr|atm|psi|T|mT|Ω|F|pF|nF|uF|H|mH|kbit|Mbit|Gbit|kB|MB|GB|"
    "TB|bps|Mbps|Gbps|MSPS|GSPS|WT|GFLOPS|TFLOPS|TOPS|MacTOPS|rpm|l|L|ml|mrad|urad|rad|sr|ft|ppm|"
    "ppb|h|hr|mol|USD";

// Words: any case, with or without the plural's s.
constexpr std::array words = {
    Unit{"percent", "ratio", 0.01},     Unit{"second", "time", 1},
    Unit{"millisecond", "time", 1e-3},  Unit{"microsecond", "time", 1e-6},
    Unit{"nanosecond", "time", 1e-9},   Unit{"picosecond", "time", 1e-12},
    Unit{"minute", "time", 60},         Unit{"hour", "time", 3600},
    Unit{"day", "time", 86400},         Unit{"week", "time", 604800},
    Unit{"month", "calendar", 1},       Unit{"year", "calendar", 12},
    Unit{"nanometer", "length", 1e-9},  Unit{"micrometer", "length", 1e-6},
    Unit{"micron", "length", 1e-6},     Unit{"millimeter", "length", 1e-3},
    Unit{"centimeter", "length", 1e-2}, Unit{"meter", "length", 1},
    Unit{"metre", "length", 1},         Unit{"kilometer", "length", 1e3},
    Unit{"inch", "length", 0.0254},     Unit{"gram", "mass", 1e-3},
    Unit{"kilogram", "mass", 1},        Unit{"milligram", "mass", 1e-6},
    Unit{"volt", "voltage", 1},         Unit{"ampere", "current", 1},
    Unit{"watt", "power", 1},           Unit{"joule", "energy", 1},
    Unit{"hertz", "frequency", 1},      Unit{"pascal", "pressure", 1},
};
constexpr std::string_view other_words =
    "foot|feet|mile|degree|ton|tonne|pound|tesla|ohm|torr|liter|litre|bit|byte|gigabyte|"
    "megabyte|terabyte|gigabit|pixel|atom|knot|dollar|line";

bool is_plural_of(std::string_view word, std::string_view singular) {
  return has_at(word, 0, singular) &&
         (word.size() == singular.size() ||
          (word.size() == singular.size() + 1 && to_lower(word.back()) == 's') ||
          (singular == "inch" && lowered(word) == "inches"));
}

std::optional<Unit> find_unit(std::string_view word) {
  for (const Unit& unit : signs) {
    if (unit.name == word) {
      return unit;
    }
  }
  for (const Unit& unit : words) {
    if (is_plural_of(word, unit.name)) {
      return unit;
    }
  }
  for (const std::string_view name : split(other_words, '|')) {
    if (is_plural_of(word, name)) {
      return Unit{name, "", 1};
    }
  }
  return is_one_of(word, other_signs) ? std::optional(Unit{word, "", 1}) : std::nullopt;
}

} // namespace

bool is_unit(std::string_view word) {
  const auto caret = word.find('^');
  return find_unit(word.substr(0, caret)).has_value();
}

std::optional<double> convert(double value, std::string_view from, std::string_view to) {
  if (from == to) {
    return value;
  }
  const Folded folded_from(from);
  const Folded folded_to(to);
  const auto left = find_unit(folded_from.text());
  const auto right = find_unit(folded_to.text());
  if (!left || !right) {
    return std::nullopt;
  }
  if (left->name == right->name) {
    return value; // "hour" and "hours"
  }
  if (left->dimension.empty() || left->dimension != right->dimension) {
    return std::nullopt;
  }
  return value * left->factor / right->factor;
}

} // namespace regtrail::ear
