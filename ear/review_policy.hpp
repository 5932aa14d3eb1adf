// License review policies of list entries and sections (docs/grammar.md, Party lists: review
// policies), in their order of restrictiveness.
#pragma once

#include "model/vocabulary.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

namespace ear {

/// From open to closed. A pointer ("See § 744.2(d) of the EAR") says nothing by itself.
enum class ReviewPolicy : std::uint8_t {
  pointer,
  approval,
  presumption_of_approval,
  case_by_case,
  presumption_of_denial,
  policy_of_denial,
};

} // namespace ear

template<>
struct Vocabulary<ear::ReviewPolicy> {
  static constexpr std::string_view name = "review policy";
  static constexpr std::array<std::string_view, 6> words = {"pointer",
                                                            "policy of approval",
                                                            "presumption of approval",
                                                            "case-by-case review",
                                                            "presumption of denial",
                                                            "policy of denial"};
};

namespace ear {

struct PolicyMention {
  ReviewPolicy policy = ReviewPolicy::pointer;
  std::size_t begin = 0; ///< span in the text
  std::size_t end = 0;

  friend bool operator==(const PolicyMention&, const PolicyMention&) = default;
};

/// Every policy named in `text`, in order, spelling variants and known typos included; a text that
/// names none but points elsewhere gives one pointer.
[[nodiscard]] std::vector<PolicyMention> find_review_policies(std::string_view text);

/// How the policies of `after` stand to those of `before`: greater is stricter, equivalent the same
/// set, unordered a mixture that moved both ways or a pointer on one side.
[[nodiscard]] std::partial_ordering compare_review_policies(std::string_view before,
                                                            std::string_view after);

} // namespace ear

} // namespace regtrail
