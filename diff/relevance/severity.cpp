// Severity by docs/grammar.md, Severity, before any category is known.
#include "diff/relevance/matcher.hpp"
#include "model/cfr_pattern.hpp"
#include "model/scan.hpp"
#include "model/supplement.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace regtrail::diff {

namespace {

constexpr int info = 1;
constexpr int low = 2;
constexpr int medium = 3;
constexpr int high = 4;
constexpr int critical = 5;

/// `type`: nullopt for any.
bool has_typed(const Change& change, std::optional<TypedChangeType> type, Direction direction) {
  return std::any_of(change.typed.begin(), change.typed.end(), [&](const TypedChange& typed) {
    return (!type || typed.type == *type) && typed.direction == direction;
  });
}

/// What all typed changes say together; nullopt where they say nothing, or one this and one that.
std::optional<Direction> direction_of(const Change& change) {
  const bool tightened = has_typed(change, std::nullopt, Direction::tightened);
  const bool loosened = has_typed(change, std::nullopt, Direction::loosened);
  if (tightened || loosened) {
    return tightened && loosened ? std::nullopt
           : tightened           ? std::optional(Direction::tightened)
                                 : std::optional(Direction::loosened);
  }
  const bool unclear = has_typed(change, std::nullopt, Direction::unclear);
  return change.typed.empty() || unclear ? std::nullopt : std::optional(Direction::neutral);
}

bool is_nomenclature(const Change& change) {
  return !change.typed.empty() &&
         std::all_of(change.typed.begin(), change.typed.end(), [](const TypedChange& typed) {
           return typed.type == TypedChangeType::nomenclature;
         });
}

bool ends_in_step(const Citation& at, std::string_view name) {
  return !at.steps().empty() && at.steps().back().name == name;
}

bool has_step(const Citation& at, std::string_view beginning) {
  return std::any_of(at.steps().begin(), at.steps().end(), [beginning](const Step& step) {
    return step.name.compare(0, beginning.size(), beginning) == 0;
  });
}

std::vector<std::string> sorted_words(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == ',' || c == ';' || c == '.') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  std::erase_if(words, [](const std::string& word) { return word.empty() || word == "and"; });
  std::sort(words.begin(), words.end());
  return words;
}

/// A list of parties: what comes stops shipments, what goes frees them.
int party_severity(const Change& change) {
  switch (change.kind) {
  case ChangeKind::added:
  case ChangeKind::moved:
    return critical;
  case ChangeKind::removed:
    return low;
  default:
    break;
  }
  if (ends_in_step(change.at, "Federal Register citation")) {
    return low;
  }
  if (change.typed.empty() && change.node_kind == NodeKind::entry &&
      sorted_words(change.before) == sorted_words(change.after)) {
    return info; // the same names and addresses in another order
  }
  if (has_typed(change, TypedChangeType::license_requirement, Direction::tightened)) {
    return critical;
  }
  const auto direction = direction_of(change);
  return direction == Direction::loosened ? low : direction == Direction::neutral ? info : high;
}

/// What is tightened can stop a shipment, also where something else is loosened.
int directed_severity(const Change& change, int undirected) {
  if (has_typed(change, std::nullopt, Direction::tightened)) {
    return critical;
  }
  const auto direction = direction_of(change);
  return direction ? low : undirected;
}

/// "[Reserved]" that came or went.
bool is_reserved_place(const Change& change) {
  return change.kind != ChangeKind::revised && direction_of(change) == Direction::neutral;
}

int ccl_severity(const Change& change) {
  if (change.node_kind == NodeKind::note || has_step(change.at, "Note") ||
      has_step(change.at, "Technical Note")) {
    return directed_severity(change, medium);
  }
  // "License Requirements", "Special Conditions for STA": labels of blocks.
  if (change.node_kind == NodeKind::heading && !ends_in_step(change.at, "heading")) {
    return info;
  }
  if (ends_in_step(change.at, "STA")) {
    return directed_severity(change, high);
  }
  const bool exception = ends_in_step(change.at, "LVS") || ends_in_step(change.at, "GBS") ||
                         ends_in_step(change.at, "TSR") || ends_in_step(change.at, "IEC");
  if (change.at.steps().empty() && change.kind == ChangeKind::removed) {
    return medium; // out of control or under another number: to be looked up either way
  }
  if (has_step(change.at, "Related")) {
    return low;
  }
  if (!direction_of(change)) {
    switch (change.kind) {
    case ChangeKind::added:
      return exception ? low : critical;
    case ChangeKind::removed:
      return exception ? critical : low;
    default:
      break;
    }
  }
  return directed_severity(change, high);
}

struct PlaceRule {
  std::string_view place;
  int added;
  int removed;
  int revised;
};

// The first that covers the place. Jurisdiction and end-use sections can stop a shipment of goods
// made in Japan; a country that leaves an exclusion list loses its shelter.
constexpr std::array rules = {
    PlaceRule{"734.3", critical, high, critical},
    PlaceRule{"734.4", critical, high, critical},
    PlaceRule{"734.9", critical, high, critical},
    PlaceRule{"736.2", critical, high, critical},
    PlaceRule{"736 Supp. 1", high, critical, high},
    PlaceRule{"742 Supp. 4", low, critical, high},
    PlaceRule{"744.23", critical, low, critical},
    PlaceRule{"744.11", critical, low, critical},
    PlaceRule{"744.21", critical, low, critical},
    PlaceRule{"744.22", critical, low, critical},
    PlaceRule{"772.1 specially designed", critical, critical, critical},
    PlaceRule{"772.1 advanced-node integrated circuits", critical, critical, critical},
    PlaceRule{"772.1 supercomputer", critical, critical, critical},
    PlaceRule{"772.1", medium, medium, medium},
    PlaceRule{"740 Supp. 1", high, high, high},
    PlaceRule{"738 Supp. 1", high, high, high},
    PlaceRule{"740", low, critical, high},
    PlaceRule{"742", high, low, high},
    PlaceRule{"744", high, low, high},
    PlaceRule{"746", high, low, high},
    PlaceRule{"748", medium, low, medium},
    PlaceRule{"734", medium, medium, medium},
};

std::vector<CfrPattern> patterns_of_rules() {
  std::vector<CfrPattern> patterns;
  for (const auto& rule : rules) {
    const auto pattern = parse_cfr_pattern(rule.place);
    if (!pattern) {
      throw std::logic_error("a severity rule names no place: " + pattern.error().message);
    }
    patterns.push_back(*pattern);
  }
  return patterns;
}

/// A country there is news either way: hundreds of requirements speak of its groups.
bool is_country_table(const Citation& at) {
  return at.kind() == CitationKind::appendix &&
         (at.name() == country_groups || at.name() == country_chart);
}

int place_severity(const Change& change) {
  // A note explains; only what it is sure to bring stops a shipment.
  if (change.node_kind == NodeKind::note || change.node_kind == NodeKind::footnote) {
    return directed_severity(change, medium);
  }
  static const auto patterns = patterns_of_rules();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto& rule = rules[i];
    if (!covers(patterns[i], change.at)) {
      continue;
    }
    switch (change.kind) {
    case ChangeKind::added:
      return is_country_table(change.at)
                 ? std::max(rule.added, directed_severity(change, rule.added))
                 : directed_severity(change, rule.added);
    case ChangeKind::removed:
      return is_country_table(change.at)
                 ? std::max(rule.removed, directed_severity(change, rule.removed))
                 : directed_severity(change, rule.removed);
    default:
      return directed_severity(change, rule.revised);
    }
  }
  return directed_severity(change, change.kind == ChangeKind::removed ? low : medium);
}

bool is_ear(const Citation& at) {
  std::size_t pos = 0;
  const int part = read_int(at.part_number(), pos).value_or(0);
  return (at.title().empty() || at.title() == "15") && part >= 730 && part <= 774;
}

} // namespace

int base_severity(const Change& change) {
  const bool whole_eccn = change.at.kind() == CitationKind::eccn && change.at.steps().empty();
  if (whole_eccn && (change.kind == ChangeKind::redesignated || change.kind == ChangeKind::moved)) {
    return medium; // the masters of products must follow
  }
  if (is_reserved_place(change) || change.kind == ChangeKind::cosmetic ||
      change.kind == ChangeKind::redesignated || is_nomenclature(change)) {
    return info;
  }
  if (is_in_party_list(change.at)) {
    return party_severity(change);
  }
  if (change.kind == ChangeKind::moved) {
    return low;
  }
  if (change.at.kind() == CitationKind::eccn) {
    return ccl_severity(change);
  }
  return is_ear(change.at) ? place_severity(change) : low;
}

} // namespace regtrail::diff
