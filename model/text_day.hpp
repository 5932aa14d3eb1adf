// A day that the text of a unit prints, as the archive keeps it.
#pragma once

#include "model/calendar.hpp"
#include "model/node.hpp"

#include <functional>
#include <string>
#include <vector>

namespace regtrail {

struct TextDay {
  CalendarEntry entry; ///< without item and document
  std::string text;    ///< of its place with all below it, at most 4,000 bytes

  friend bool operator==(const TextDay&, const TextDay&) = default;
};

using TextDayReader = std::function<std::vector<TextDay>(const Unit&)>;

} // namespace regtrail
