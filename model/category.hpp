// Categories of the register: fields of interest, by terms and places.
#pragma once

#include <string>
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

} // namespace regtrail
