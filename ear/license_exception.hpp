// List-based license exceptions of a CCL entry: LVS is money, GBS, TSR, IEC and others are yes or
// no with their sets (docs/grammar.md, CCL: license exceptions).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::ear {

struct Money {
  std::int64_t dollars = 0;
  std::size_t begin = 0; ///< span in the text, "$" included
  std::size_t end = 0;
  std::string printed = {}; ///< "$5,000"

  friend bool operator==(const Money&, const Money&) = default;
};

/// "$500", "$5,000": whole dollars; cents are dropped.
[[nodiscard]] std::vector<Money> find_money(std::string_view text);

struct ExceptionLine {
  enum class Answer : std::uint8_t { unknown, no, yes, yes_with_limits };

  std::string symbol; ///< "LVS" when the text begins with it, else ""
  Answer answer = Answer::unknown;
  std::vector<Money> limits; ///< of LVS; spans count from behind the symbol
  std::string rest;          ///< what follows the answer: "except a.3 and e"

  friend bool operator==(const ExceptionLine&, const ExceptionLine&) = default;
};

/// "LVS: $500, except ...", "GBS: Yes, except a.3", "N/A".
[[nodiscard]] ExceptionLine parse_exception_line(std::string_view text);

} // namespace regtrail::ear
