// Numeric limits in EAR text: comparator, number, unit (docs/grammar.md, Thresholds).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::ear {

enum class Comparator { less, less_equal, greater, greater_equal, equal, better, between };

struct Threshold {
  Comparator comparator = Comparator::equal;
  double value = 0.0;                ///< in `unit`
  std::optional<double> upper_value; ///< of `between`
  std::string number;                ///< `value` as printed: "5 × 10^-6"; words in digits
  std::string upper_number;          ///< `upper_value` as printed
  std::string unit;                  ///< as printed, "" where none is
  std::string subject;               ///< the words in front, for the report; may be ""
  std::size_t begin = 0;             ///< span in the text: first byte
  std::size_t end = 0;               ///< one past the last byte

  friend bool operator==(const Threshold&, const Threshold&) = default;
};

/// All thresholds of `text` in order. A conversion in parentheses is part of its threshold's span,
/// not a threshold of its own. Word numbers ("twenty or more") count. Nothing is invented: a
/// missing unit stays "".
[[nodiscard]] std::vector<Threshold> find_thresholds(std::string_view text);

/// "Or better" takes its sense from the noun: more "sensitivity" is better, less "noise"; nullopt
/// where the noun gives none (docs/grammar.md, Thresholds).
[[nodiscard]] std::optional<bool> larger_is_better(std::string_view noun);

/// True for one word or sign that is a unit: "nm", "micrometer", "percent", "%", "cm^2".
[[nodiscard]] bool is_unit(std::string_view word);

/// 1e9 of "billion"; nullopt for what scales no number.
[[nodiscard]] std::optional<double> scale_of(std::string_view word);

/// `value` of unit `from` in unit `to`: 800 ms are 0.8 s, "hour" is "hours"; nullopt where the
/// units measure different things or are not known to convert.
[[nodiscard]] std::optional<double>
convert(double value, std::string_view from, std::string_view to);

/// "<= 45 nm", with the numbers as printed.
[[nodiscard]] std::string to_string(const Threshold& threshold);

} // namespace regtrail::ear
