// The product register and what it makes of a change: categories, hits and their reasons.
#pragma once

#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

/// One product category; the field names are those of the TOML register.
struct Category {
  std::string id; ///< stable key, kebab-case
  std::string label_en;
  std::string label_ja;
  std::string group;
  bool seed = false;
  std::vector<std::string> terms_en;
  std::vector<std::string> ear_terms; ///< spellings as the EAR prints them
  std::vector<std::string> terms_ja;
  std::vector<std::string> eccn; ///< prefixes by whole steps: "3B001.c" covers 3B001.c.1.a
  std::vector<std::string> cfr;  ///< "744.23(a)(4)", "736 Supp. 1"
  std::vector<std::string> hs;   ///< hints only
  std::vector<std::string> require_any;
  std::vector<std::string> false_positives;
  double weight = 0.6; ///< of a plain term hit, 0..1
  std::string evidence;
  std::string note;

  friend bool operator==(const Category&, const Category&) = default;
};

struct CategoryGroup {
  std::string id;
  std::string label_en;
  std::string label_ja;

  friend bool operator==(const CategoryGroup&, const CategoryGroup&) = default;
};

/// Weights and thresholds of the register, all 0..1 but the window.
struct MatchingRules {
  double eccn_hit_weight = 1.0;
  double ear_term_hit_weight = 0.9;
  double cfr_hit_weight = 0.6;
  double hs_hit_weight = 0.3;
  double false_positive_penalty = 0.5;
  double min_score_flag = 0.6;
  double min_score_mention = 0.35;
  int proximity_window_tokens = 40; ///< tokens on either side

  friend bool operator==(const MatchingRules&, const MatchingRules&) = default;
};

struct Register {
  MatchingRules rules;
  std::vector<CategoryGroup> groups;
  std::vector<Category> categories;

  friend bool operator==(const Register&, const Register&) = default;
};

/// What a reason rests on.
enum class Signal : std::uint8_t {
  eccn,
  ear_term,
  term,
  cfr,
  entity,
  parameter,
  reference,
  hs,
  excluded, ///< a false-positive context; a negative weight
  required, ///< the required context is absent; a negative weight
};

template<>
struct Vocabulary<Signal> {
  static constexpr std::string_view name = "signal";
  static constexpr std::array<std::string_view, 10> words{"eccn",
                                                          "ear_term",
                                                          "term",
                                                          "cfr",
                                                          "entity",
                                                          "parameter",
                                                          "reference",
                                                          "hs",
                                                          "excluded",
                                                          "required"};
};

/// Why a category was hit.
struct Reason {
  Signal signal = Signal::term;
  std::string words; ///< the matched words as printed
  std::string at;    ///< canonical citation
  double weight = 0.0;

  friend bool operator==(const Reason&, const Reason&) = default;
};

/// A change x a category. `near`: between min_score_mention and min_score_flag.
struct Hit {
  std::string id; ///< 32 hex digits over change id and category
  std::string category;
  double score = 0.0; ///< 0..1
  int severity = 1;   ///< 1 info .. 5 critical
  bool near = false;
  std::vector<Reason> reasons;

  friend bool operator==(const Hit&, const Hit&) = default;
};

} // namespace regtrail
