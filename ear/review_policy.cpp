#include "ear/review_policy.hpp"

#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>

namespace regtrail::ear {

namespace {

struct Spellings {
  ReviewPolicy policy;
  std::string_view words; ///< lower case, '|' between them
};

constexpr std::array spellings = {
    Spellings{ReviewPolicy::policy_of_denial, "policy of denial"},
    Spellings{ReviewPolicy::presumption_of_denial,
              "policy of presumptive denial|presumption of denial|presumption for denial|"
              "presumptive denial|presumptively denied"},
    Spellings{ReviewPolicy::case_by_case, "case-by-case|case by case|casa-by-case"},
    Spellings{ReviewPolicy::presumption_of_approval,
              "presumption of approval|presumptive approval"},
    Spellings{ReviewPolicy::approval, "policy of approval"},
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

std::vector<PolicyMention> find_review_policies(std::string_view text) {
  const Folded folded(text);
  const auto plain = folded.text();
  std::vector<PolicyMention> mentions;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const char c = to_lower(plain[i]);
    if ((c != 'p' && c != 'c') || (i > 0 && is_alnum(plain[i - 1]))) {
      continue;
    }
    for (const auto& [policy, words] : spellings) {
      std::size_t end = i;
      if (any_phrase(words, [&](std::string_view spelling) {
            end = i + spelling.size();
            return has_word_at(plain, i, spelling);
          })) {
        mentions.push_back({policy, folded.original_begin(i), folded.original_end(end)});
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
