#include "ear/threshold.hpp"
#include "ear/unit_internal.hpp"
#include "model/scan.hpp"

#include <array>

namespace regtrail::ear {

namespace {

struct UnitEntry {
  std::string_view name;
  std::string_view dimension; ///< "" where values are not to be converted
  double factor;
};

// Signs: case matters ("mW" is not "MW").
constexpr std::array signs = {
    UnitEntry{"%", "ratio", 0.01},
    UnitEntry{"s", "time", 1},
    UnitEntry{"ms", "time", 1e-3},
    UnitEntry{"us", "time", 1e-6},
    UnitEntry{"ns", "time", 1e-9},
    UnitEntry{"ps", "time", 1e-12},
    UnitEntry{"fs", "time", 1e-15},
    UnitEntry{"min", "time", 60},
    UnitEntry{"nm", "length", 1e-9},
    UnitEntry{"um", "length", 1e-6},
    UnitEntry{"mm", "length", 1e-3},
    UnitEntry{"cm", "length", 1e-2},
    UnitEntry{"m", "length", 1},
    UnitEntry{"km", "length", 1e3},
    UnitEntry{"K", "", 1},
    UnitEntry{"°C", "", 1},
    UnitEntry{"°F", "", 1},
    UnitEntry{"°", "", 1},
    UnitEntry{"kg", "mass", 1},
    UnitEntry{"g", "mass", 1e-3},
    UnitEntry{"mg", "mass", 1e-6},
    UnitEntry{"ug", "mass", 1e-9},
    UnitEntry{"lb", "", 1},
    UnitEntry{"lbs", "", 1},
    UnitEntry{"V", "voltage", 1},
    UnitEntry{"kV", "voltage", 1e3},
    UnitEntry{"mV", "voltage", 1e-3},
    UnitEntry{"MV", "voltage", 1e6},
    UnitEntry{"uV", "voltage", 1e-6},
    UnitEntry{"A", "current", 1},
    UnitEntry{"mA", "current", 1e-3},
    UnitEntry{"uA", "current", 1e-6},
    UnitEntry{"kA", "current", 1e3},
    UnitEntry{"W", "power", 1},
    UnitEntry{"mW", "power", 1e-3},
    UnitEntry{"kW", "power", 1e3},
    UnitEntry{"MW", "power", 1e6},
    UnitEntry{"GW", "power", 1e9},
    UnitEntry{"J", "energy", 1},
    UnitEntry{"mJ", "energy", 1e-3},
    UnitEntry{"kJ", "energy", 1e3},
    UnitEntry{"eV", "particle energy", 1},
    UnitEntry{"keV", "particle energy", 1e3},
    UnitEntry{"MeV", "particle energy", 1e6},
    UnitEntry{"GeV", "particle energy", 1e9},
    UnitEntry{"Hz", "frequency", 1},
    UnitEntry{"kHz", "frequency", 1e3},
    UnitEntry{"MHz", "frequency", 1e6},
    UnitEntry{"GHz", "frequency", 1e9},
    UnitEntry{"THz", "frequency", 1e12},
    UnitEntry{"dB", "", 1},
    UnitEntry{"dBm", "", 1},
    UnitEntry{"dBc", "", 1},
    UnitEntry{"dBi", "", 1},
    UnitEntry{"Pa", "pressure", 1},
    UnitEntry{"kPa", "pressure", 1e3},
    UnitEntry{"MPa", "pressure", 1e6},
    UnitEntry{"GPa", "pressure", 1e9},
    UnitEntry{"mPa", "pressure", 1e-3},
    UnitEntry{"Torr", "", 1},
    UnitEntry{"bar", "pressure", 1e5},
    UnitEntry{"mbar", "pressure", 1e2},
    UnitEntry{"atm", "", 1},
    UnitEntry{"psi", "", 1},
    UnitEntry{"N", "force", 1},
    UnitEntry{"kN", "force", 1e3},
    UnitEntry{"T", "", 1},
    UnitEntry{"mT", "", 1},
    UnitEntry{"Ω", "", 1},
    UnitEntry{"F", "", 1},
    UnitEntry{"pF", "", 1},
    UnitEntry{"nF", "", 1},
    UnitEntry{"uF", "", 1},
    UnitEntry{"H", "", 1},
    UnitEntry{"mH", "", 1},
    UnitEntry{"kbit", "", 1},
    UnitEntry{"Mbit", "", 1},
    UnitEntry{"Gbit", "", 1},
    UnitEntry{"kB", "", 1},
    UnitEntry{"MB", "", 1},
    UnitEntry{"GB", "", 1},
    UnitEntry{"TB", "", 1},
    UnitEntry{"bps", "", 1},
    UnitEntry{"Mbps", "", 1},
    UnitEntry{"Gbps", "", 1},
    UnitEntry{"MSPS", "", 1},
    UnitEntry{"GSPS", "", 1},
    UnitEntry{"WT", "", 1},
    UnitEntry{"GFLOPS", "", 1},
    UnitEntry{"TFLOPS", "", 1},
    UnitEntry{"TOPS", "", 1},
    UnitEntry{"MacTOPS", "", 1},
    UnitEntry{"rpm", "", 1},
    UnitEntry{"l", "", 1},
    UnitEntry{"L", "", 1},
    UnitEntry{"ml", "", 1},
    UnitEntry{"mrad", "", 1},
    UnitEntry{"urad", "", 1},
    UnitEntry{"rad", "", 1},
    UnitEntry{"sr", "", 1},
    UnitEntry{"ft", "", 1},
    UnitEntry{"ppm", "", 1},
    UnitEntry{"ppb", "", 1},
    UnitEntry{"h", "", 1},
    UnitEntry{"hr", "", 1},
    UnitEntry{"mol", "", 1},
    UnitEntry{"USD", "", 1},
};

// Words: any case, with or without the plural's s.
constexpr std::array words = {
    UnitEntry{"percent", "ratio", 0.01},
    UnitEntry{"second", "time", 1},
    UnitEntry{"millisecond", "time", 1e-3},
    UnitEntry{"microsecond", "time", 1e-6},
    UnitEntry{"nanosecond", "time", 1e-9},
    UnitEntry{"picosecond", "time", 1e-12},
    UnitEntry{"minute", "time", 60},
    UnitEntry{"hour", "time", 3600},
    UnitEntry{"day", "time", 86400},
    UnitEntry{"week", "time", 604800},
    UnitEntry{"month", "", 1},
    UnitEntry{"year", "", 1},
    UnitEntry{"nanometer", "length", 1e-9},
    UnitEntry{"micrometer", "length", 1e-6},
    UnitEntry{"micron", "length", 1e-6},
    UnitEntry{"millimeter", "length", 1e-3},
    UnitEntry{"centimeter", "length", 1e-2},
    UnitEntry{"meter", "length", 1},
    UnitEntry{"metre", "length", 1},
    UnitEntry{"kilometer", "length", 1e3},
    UnitEntry{"inch", "length", 0.0254},
    UnitEntry{"foot", "", 1},
    UnitEntry{"feet", "", 1},
    UnitEntry{"mile", "", 1},
    UnitEntry{"degree", "", 1},
    UnitEntry{"gram", "mass", 1e-3},
    UnitEntry{"kilogram", "mass", 1},
    UnitEntry{"milligram", "mass", 1e-6},
    UnitEntry{"ton", "", 1},
    UnitEntry{"tonne", "", 1},
    UnitEntry{"pound", "", 1},
    UnitEntry{"volt", "voltage", 1},
    UnitEntry{"ampere", "current", 1},
    UnitEntry{"watt", "power", 1},
    UnitEntry{"joule", "energy", 1},
    UnitEntry{"hertz", "frequency", 1},
    UnitEntry{"tesla", "", 1},
    UnitEntry{"ohm", "", 1},
    UnitEntry{"torr", "", 1},
    UnitEntry{"pascal", "pressure", 1},
    UnitEntry{"liter", "", 1},
    UnitEntry{"litre", "", 1},
    UnitEntry{"bit", "", 1},
    UnitEntry{"byte", "", 1},
    UnitEntry{"gigabyte", "", 1},
    UnitEntry{"megabyte", "", 1},
    UnitEntry{"terabyte", "", 1},
    UnitEntry{"gigabit", "", 1},
    UnitEntry{"pixel", "", 1},
    UnitEntry{"atom", "", 1},
    UnitEntry{"knot", "", 1},
    UnitEntry{"dollar", "", 1},
    UnitEntry{"line", "", 1},
};

bool is_plural_of(std::string_view word, std::string_view singular) {
  return has_at(word, 0, singular) &&
         (word.size() == singular.size() ||
          (word.size() == singular.size() + 1 && to_lower(word.back()) == 's') ||
          (singular == "inch" && lowered(word) == "inches"));
}

const UnitEntry* find_unit(std::string_view word) {
  if (word.empty()) {
    return nullptr;
  }
  for (const auto& unit : signs) {
    if (unit.name == word) {
      return &unit;
    }
  }
  for (const auto& unit : words) {
    const bool alike = to_lower(word.front()) == unit.name.front(); // seldom
    if (alike && is_plural_of(word, unit.name)) {
      return &unit;
    }
  }
  return nullptr;
}

} // namespace

bool is_unit(std::string_view word) {
  const auto caret = word.find('^');
  return !word.empty() && find_unit(word.substr(0, caret)) != nullptr;
}

std::optional<double> convert(double value, std::string_view from, std::string_view to) {
  if (from == to) {
    return value;
  }
  const Folded folded_from(from);
  const Folded folded_to(to);
  const auto* left = find_unit(folded_from.text());
  const auto* right = find_unit(folded_to.text());
  if (left == nullptr || right == nullptr) {
    return std::nullopt;
  }
  if (left == right) {
    return value; // "hour" and "hours"
  }
  if (left->dimension.empty() || left->dimension != right->dimension) {
    return std::nullopt;
  }
  return value * left->factor / right->factor;
}

} // namespace regtrail::ear
