// Measures that the Code does not print: press releases, guidance, agency letters, entered by hand.
// What was entered is a raw record like any answer, so that a rebuild makes the document again.
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"
#include "store/streams.hpp"

#include <string>
#include <vector>

namespace regtrail::sync {

enum class Enforcement {
  unsaid,
  not_enforced, ///< the law is printed and, by this measure, not enforced
};

struct Measure {
  std::string kind; ///< "press release", "guidance", "agency letter"
  std::string title;
  Date date;
  std::string url;
  std::vector<Citation> about; ///< places of the law
  std::string text;
  Enforcement enforcement = Enforcement::unsaid;
};

/// "M-2025-05-13-rescission-of-the-ai-diffusion-rule": the number under which it is found.
[[nodiscard]] std::string measure_number(const Measure& measure);

/// Stores it; entering the same date and title again replaces what was entered. Returns the number.
Result<std::string> add_measure(store::Archive& archive, const Measure& measure, Timestamp now);

/// The document of a raw record of the stream `store::measure_stream`.
Result<Document> read_measure(std::string_view record);

} // namespace regtrail::sync
