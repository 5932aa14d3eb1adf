// Days as a DATES paragraph states them (docs/grammar.md, DATES paragraphs).
#pragma once

#include "federal_register/document_dates.hpp"
#include "model/date.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace regtrail::federal_register {

/// "May 1, 2026"; "30 days after publication in the Federal Register"; "February 31, 2026".
struct StatedDay {
  std::optional<Date> date; ///< nullopt: the words name none
  std::size_t begin = 0;    ///< span in the text
  std::size_t end = 0;
  bool printed = false; ///< a day of the calendar: month, day and year
  bool close = false;   ///< means a day only right behind the word that says of what: "May 1"
};

/// All of them in order, none within another. `text` is folded. Days counted from publication or
/// filing are computed where `context` knows these; those counted from another day are not.
[[nodiscard]] std::vector<StatedDay> find_stated_days(std::string_view text,
                                                      const DatesContext& context);

} // namespace regtrail::federal_register
