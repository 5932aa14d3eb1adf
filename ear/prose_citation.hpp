// Cross-references in running text: "§ 742.6(a)(6)(iii)(A)", "§§ 744.11 and 744.23(d)", "supplement
// no. 1 to part 740", "part 746 of the EAR", "22 CFR part 121", "USML Category XI(c)", ECCNs with
// their paragraphs, "Executive Order 14179", "89 FR 96790".
#pragma once

#include "model/citation.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace regtrail::ear {

struct ProseCitation {
  Citation citation;
  std::size_t begin = 0; ///< span in the text
  std::size_t end = 0;

  friend bool operator==(const ProseCitation&, const ProseCitation&) = default;
};

/// All cross-references in order of their place. Without a title in front they are of `title`, that
/// of the text itself. "This part" and "this section" are not resolved: print errs there
/// (docs/grammar.md, Citations).
[[nodiscard]] std::vector<ProseCitation> find_citations(std::string_view text,
                                                        std::string_view title = "15");

} // namespace regtrail::ear
