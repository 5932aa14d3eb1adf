// The units that EAR texts print beside numbers, and how they convert (ear-domain.md 2.4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace regtrail::ear {

/// True for one word or sign that is a unit: "nm", "micrometer", "percent", "%", "cm^2".
[[nodiscard]] bool is_unit(std::string_view word);

/// `value` of `unit` in the base unit of its dimension, with the dimension's name; nullopt for
/// compound and unknown units.
struct BaseValue {
  double value = 0.0;
  std::string_view dimension;
};

[[nodiscard]] std::optional<BaseValue> to_base(double value, std::string_view unit);

} // namespace regtrail::ear
