#include "model/roman.hpp"

#include <array>
#include <utility>

namespace regtrail {

namespace {

using Digit = std::pair<int, std::string_view>;
constexpr std::array<Digit, 9> digits{{{100, "c"},
                                       {90, "xc"},
                                       {50, "l"},
                                       {40, "xl"},
                                       {10, "x"},
                                       {9, "ix"},
                                       {5, "v"},
                                       {4, "iv"},
                                       {1, "i"}}};

} // namespace

std::string roman_numeral(int value) {
  std::string numeral;
  for (const auto& [weight, letters] : digits) {
    for (; value >= weight; value -= weight) {
      numeral += letters;
    }
  }
  return numeral;
}

std::optional<int> roman_value(std::string_view numeral) {
  int value = 0;
  std::string_view rest = numeral;
  for (const auto& [weight, letters] : digits) {
    for (; rest.starts_with(letters); rest.remove_prefix(letters.size())) {
      value += weight;
    }
  }
  return value > 0 && rest.empty() && roman_numeral(value) == numeral ? std::optional(value)
                                                                      : std::nullopt;
}

std::optional<int> roman_designator_value(std::string_view designator) {
  return designator == "c" || designator == "l" ? std::nullopt : roman_value(designator);
}

} // namespace regtrail
