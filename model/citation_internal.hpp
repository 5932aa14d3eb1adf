// What reading, printing and ordering of citations share.
#pragma once

#include "model/characters.hpp"
#include "model/citation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::citation_detail {

/// The unit whose entries are cited by their ECCN.
inline constexpr std::string_view separator = " / ";

inline bool starts_with_word(std::string_view lower_text, std::string_view word) {
  return lower_text.starts_with(word) &&
         (lower_text.size() == word.size() || !is_alnum(lower_text[word.size()]));
}

/// "(a)", "(xviii)", "(ii-iv)": what stands between steps of paragraphs, twelve bytes at most.
inline bool is_paragraph_name(std::string_view name) {
  return name.size() > 2 && name.size() <= 12 && name.front() == '(' && name.back() == ')' &&
         std::all_of(
             name.begin() + 1, name.end() - 1, [](char c) { return is_alnum(c) || c == '-'; });
}

/// The steps as which text between two " / " is read: paragraphs, items (below an ECCN) or one
/// name.
std::vector<Step> read_segment(std::string_view segment, CitationKind unit);

inline std::string with_occurrence(std::string text, std::uint32_t occurrence) {
  if (occurrence > 1) {
    text += fmt::format(" #{}", occurrence);
  }
  return text;
}

inline std::string rendered(const Step& step) {
  return with_occurrence(step.name, step.occurrence);
}

/// Steps below the CFR unit: an ECCN is the first step below the Commerce Control List.
inline std::vector<Step> steps_below_unit(const Citation& citation) {
  std::vector<Step> steps;
  if (citation.kind() == CitationKind::eccn) {
    steps.push_back(Step{Step::Kind::named, citation.name(), 1});
  }
  steps.insert(steps.end(), citation.steps().begin(), citation.steps().end());
  return steps;
}

inline int kind_rank(CitationKind kind) {
  switch (kind) {
  case CitationKind::part:
    return 0;
  case CitationKind::section:
    return 1;
  case CitationKind::appendix:
  case CitationKind::eccn:
    return 2;
  case CitationKind::fr_page:
    return 3;
  case CitationKind::fr_document:
    return 4;
  case CitationKind::executive_order:
    return 5;
  }
  return 6;
}

inline bool is_cfr(CitationKind kind) {
  return kind_rank(kind) < 3;
}

} // namespace regtrail::citation_detail
