#include "ear/review_policy.hpp"

#include "model/scan.hpp"

#include <algorithm>
#include <array>

namespace regtrail::ear {

namespace {

struct Spelling {
  std::string_view words; ///< lower case
  ReviewPolicy policy;
};

constexpr std::array spellings = {
    Spelling{"policy of denial", ReviewPolicy::policy_of_denial},
    Spelling{"policy of presumptive denial", ReviewPolicy::presumption_of_denial},
    Spelling{"presumption of denial", ReviewPolicy::presumption_of_denial},
    Spelling{"presumption for denial", ReviewPolicy::presumption_of_denial},
    Spelling{"presumptive denial", ReviewPolicy::presumption_of_denial},
    Spelling{"presumptively denied", ReviewPolicy::presumption_of_denial},
    Spelling{"case-by-case", ReviewPolicy::case_by_case},
    Spelling{"case by case", ReviewPolicy::case_by_case},
    Spelling{"casa-by-case", ReviewPolicy::case_by_case},
    Spelling{"presumption of approval", ReviewPolicy::presumption_of_approval},
    Spelling{"presumptive approval", ReviewPolicy::presumption_of_approval},
    Spelling{"policy of approval", ReviewPolicy::approval},
};

/// The policies as a sorted set without pointers.
std::vector<ReviewPolicy> policy_set(std::string_view text) {
  std::vector<ReviewPolicy> set;
  for (const auto& mention : find_review_policies(text)) {
    if (mention.policy != ReviewPolicy::pointer) {
      set.push_back(mention.policy);
    }
  }
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

} // namespace

std::string_view to_string(ReviewPolicy policy) {
  switch (policy) {
  case ReviewPolicy::pointer:
    return "pointer";
  case ReviewPolicy::approval:
    return "policy of approval";
  case ReviewPolicy::presumption_of_approval:
    return "presumption of approval";
  case ReviewPolicy::case_by_case:
    return "case-by-case review";
  case ReviewPolicy::presumption_of_denial:
    return "presumption of denial";
  case ReviewPolicy::policy_of_denial:
    return "policy of denial";
  }
  return "";
}

std::vector<PolicyMention> find_review_policies(std::string_view text) {
  const Folded folded(text);
  const auto plain = folded.text();
  std::vector<PolicyMention> mentions;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const char c = to_lower(plain[i]);
    if ((c != 'p' && c != 'c') || (i > 0 && is_alnum(plain[i - 1]))) {
      continue;
    }
    for (const auto& spelling : spellings) {
      if (has_word_at(plain, i, spelling.words)) {
        const std::size_t end = i + spelling.words.size();
        mentions.push_back({spelling.policy, folded.original_begin(i), folded.original_end(end)});
        i = end - 1;
        break;
      }
    }
  }
  const std::size_t see = find_word(plain, "see");
  if (mentions.empty() && see != std::string_view::npos) {
    mentions.push_back(
        {ReviewPolicy::pointer, folded.original_begin(see), folded.original_end(plain.size())});
  }
  return mentions;
}

std::partial_ordering compare_review_policies(std::string_view before, std::string_view after) {
  const auto left = policy_set(before);
  const auto right = policy_set(after);
  if (left.empty() || right.empty()) {
    return std::partial_ordering::unordered;
  }
  if (left == right) {
    return std::partial_ordering::equivalent;
  }
  const bool stricter = right.front() >= left.front() && right.back() >= left.back();
  const bool milder = right.front() <= left.front() && right.back() <= left.back();
  if (stricter == milder) {
    return std::partial_ordering::unordered;
  }
  return stricter ? std::partial_ordering::greater : std::partial_ordering::less;
}

} // namespace regtrail::ear
