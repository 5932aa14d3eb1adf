// Federal Register citations in source notes and list cells (docs/grammar.md, Source notes).
#pragma once

#include "model/date.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::ear {

struct FrCitation {
  int volume = 0;
  int page = 0;
  std::optional<Date> date; ///< publication date as printed
  std::size_t begin = 0;    ///< span in the text
  std::size_t end = 0;

  friend bool operator==(const FrCitation&, const FrCitation&) = default;
};

/// "61 FR 12786, Mar. 25, 1996, as amended at 91 FR 9743, Feb. 24, 2026; ..." and list cells such
/// as "87 FR 57082, 9/19/22.", with the variants in docs/grammar.md, Source notes. An elided volume
/// is inherited.
[[nodiscard]] std::vector<FrCitation> find_fr_citations(std::string_view text);

/// "91 FR 9743".
[[nodiscard]] std::string to_string(const FrCitation& citation);

} // namespace regtrail::ear
