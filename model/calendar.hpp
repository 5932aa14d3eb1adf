// A day that the law or a document names: what is due on it, and where that is printed.
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace regtrail {

enum class CalendarKind : std::uint8_t {
  effective,
  compliance,
  applicable,
  comments_close,
  task,      ///< of an executive order: "within 90 days"
  stay_ends, ///< of a stay of a text
  expires,   ///< of a rule, a license, a savings clause
  text_ends, ///< that a paragraph or note of the Code prints: "until December 31, 2026"
};

template<>
struct Vocabulary<CalendarKind> {
  static constexpr std::string_view name = "kind of day";
  static constexpr std::array<std::string_view, 8> words{"effective",
                                                         "compliance",
                                                         "applicable",
                                                         "comments_close",
                                                         "task",
                                                         "stay_ends",
                                                         "expires",
                                                         "text_ends"};
};

struct CalendarEntry {
  Date day;
  CalendarKind kind = CalendarKind::effective;
  std::string item;               ///< id
  std::string document;           ///< number; "" where the Code prints it
  Citation at;                    ///< empty for a document as a whole
  std::string words;              ///< as printed: "until December 31, 2026"; a task's sentence
  std::optional<Date> known = {}; ///< on which an answer with it was first received

  friend bool operator==(const CalendarEntry&, const CalendarEntry&) = default;
};

} // namespace regtrail
