#include "cli/measure_notes.hpp"

#include "model/text.hpp"
#include "query/measures.hpp"

#include <fmt/format.h>

namespace regtrail::cli {

Result<std::string> measure_notes(store::Archive& archive, const Citation& place) {
  TRY_ASSIGN(const auto measures, query::measures_about(archive, place));
  std::string notes;
  for (const Document& measure : measures) {
    const std::string day = measure.published ? measure.published->to_string() : "unknown";
    const std::string said = query::says_not_enforced(measure)
                                 ? fmt::format("printed, not enforced since {}", day)
                                 : day;
    notes += fmt::format("note: {}: {} '{}'; see: regtrail doc {}\n",
                         said,
                         measure.subtype,
                         printable(measure.title),
                         measure.number);
  }
  return notes;
}

} // namespace regtrail::cli
