// Countries: marks of the Commerce Country Chart, membership of Country Groups and other country
// lists, groups named in text.
#include "diff/typed/typed_internal.hpp"
#include "ear/country_group.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/supplement.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>

namespace regtrail::diff::typed {

namespace {

/// "A:5" in a step such as "[A:5]", "A:5", "[D:1] National Security".
std::string group_in(const Citation& at) {
  for (auto step = at.steps().rbegin(); step != at.steps().rend(); ++step) {
    const auto found = ear::find_country_groups(step->name);
    if (!found.empty()) {
      return found.front().group;
    }
  }
  return "";
}

/// Groups A and B have easier treatment, D and E harder.
Verdict judge_group(std::string_view group, bool joined) {
  if (group.empty()) {
    return {Direction::unclear, "the country group is not known"};
  }
  if (group.front() == 'A' || group.front() == 'B') {
    return joined ? Verdict{Direction::loosened, "a country joined a group with easier treatment"}
                  : Verdict{Direction::tightened, "a country left a group with easier treatment"};
  }
  return joined ? Verdict{Direction::tightened, "a country joined a group with harder treatment"}
                : Verdict{Direction::loosened, "a country left a group with harder treatment"};
}

std::string country_of(const Citation& at) {
  for (const auto& step : at.steps()) {
    if (!step.name.starts_with("Country Group") && !step.name.starts_with("Table")) {
      return step.name;
    }
  }
  return "";
}

/// A cell of a chart that gained or lost its X; nullopt for any other revision.
std::optional<bool> gained_mark(const Change& change) {
  const auto before = trimmed(change.before);
  const auto after = trimmed(change.after);
  const bool marks = (before.empty() && after == "X") || (before == "X" && after.empty());
  return change.kind == ChangeKind::revised && marks ? std::optional(after == "X") : std::nullopt;
}

void type_chart_mark(Change& change) {
  const auto gained = gained_mark(change);
  if (!gained || change.at.steps().size() < 2) {
    return;
  }
  const auto country = country_of(change.at);
  // Their rows hold a pointer instead of marks, so an empty cell says nothing (docs/grammar.md,
  // Country Chart and country groups).
  constexpr std::array<std::string_view, 5> embargoed = {
      "Cuba", "Iran", "North Korea", "Korea, North", "Syria"};
  const bool is_embargoed = std::any_of(
      embargoed.begin(), embargoed.end(), [&](auto name) { return country.starts_with(name); });
  add(change,
      Type::country,
      country + ", " + change.at.steps().back().name,
      one_sided(*gained, "X"),
      is_embargoed ? Verdict{Direction::unclear, "the country is embargoed beside the chart"}
      : *gained    ? Verdict{Direction::tightened, "a mark in the Country Chart requires a license"}
                   : Verdict{Direction::loosened, "a mark in the Country Chart is gone"});
}

void type_group_mark(Change& change) {
  const auto country = country_of(change.at);
  const auto group = group_in(change.at);
  if (change.kind == ChangeKind::revised) {
    if (const auto gained = gained_mark(change)) {
      add(change,
          Type::country,
          country + ", " + (group.empty() ? "group" : group),
          one_sided(*gained, "X"),
          judge_group(group, *gained));
    }
    return;
  }
  const bool joined = change.kind == ChangeKind::added;
  add(change,
      Type::country,
      group.empty() ? country : country + ", " + group,
      one_sided(joined, country),
      judge_group(group, joined));
}

void type_exclusion(Change& change) {
  if (change.kind == ChangeKind::revised) {
    return;
  }
  const bool joined = change.kind == ChangeKind::added;
  std::string country = country_of(change.at);
  if (country.empty() || country.starts_with("text ")) {
    country = trimmed(joined ? change.after : change.before);
  }
  add(change,
      Type::country,
      country,
      one_sided(joined, country),
      joined
          ? Verdict{Direction::loosened, "a further country is excused from the requirements"}
          : Verdict{Direction::tightened, "a country is no longer excused from the requirements"});
}

/// Groups that the text names on one side only.
void type_named_groups(Change& change) {
  const auto groups_of = [](std::string_view text) {
    std::set<std::string> groups;
    for (const auto& mention : ear::find_country_groups(text)) {
      groups.insert(mention.group);
    }
    return groups;
  };
  const auto before = groups_of(change.before);
  const auto after = groups_of(change.after);
  const auto add_missing = [&](const auto& groups, const auto& other, bool came, const char* rule) {
    for (const auto& group : groups) {
      if (other.count(group) == 0) {
        add(change,
            Type::country,
            "Country Group " + group,
            one_sided(came, group),
            {Direction::unclear, rule});
      }
    }
  };
  add_missing(before, after, false, "a country group is no longer named");
  add_missing(after, before, true, "a country group is newly named");
}

/// The heading of the unit in which `at` lies; "" where it has none.
std::string heading_of(std::span<const Unit> units, const Citation& at) {
  for (const Unit& unit : units) {
    if (!(unit.id == at.unit())) {
      continue;
    }
    for (const Node& child : unit.root.children) {
      if (child.kind == NodeKind::heading) {
        return lowered(child.text);
      }
    }
  }
  return "";
}

/// "Thailand", "Korea, Republic of", "Chile (For all activities related to INFCIRC/834 only)": a
/// name and no sentence.
bool reads_as_country(std::string_view text) {
  constexpr std::size_t longest = 48;
  const std::string_view name = trimmed(text.substr(0, text.find('(')), ".;");
  return !name.empty() && name.size() <= longest && is_upper(name.front()) &&
         name.find_first_of(".:;[]0123456789") == std::string_view::npos &&
         find_word(lowered(name), "reserved") == std::string_view::npos;
}

struct ListRule {
  std::string_view words; ///< in its heading
  Verdict joined;
  Verdict left;
};

/// The first that fits.
constexpr std::array list_rules = {
    ListRule{"prohibited|embargoed|restricted|sanctioned|denied|ineligible",
             {Direction::tightened, "a further country is on a list of restricted ones"},
             {Direction::loosened, "a country left a list of restricted ones"}},
    ListRule{"authorized|eligible|exempt|exempted|excluded|excepted|permitted|approved|favorable",
             {Direction::loosened, "a further country is on a list of those with easier treatment"},
             {Direction::tightened, "a country left a list of those with easier treatment"}},
    ListRule{"countries|country|destinations|destination",
             {Direction::unclear, "what follows from the list is not known"},
             {Direction::unclear, "what follows from the list is not known"}},
};

} // namespace

bool type_listed_country(Change& change, const Law& law) {
  const bool joined = change.kind == ChangeKind::added;
  const std::string& country = joined ? change.after : change.before;
  if (change.at.kind() != CitationKind::appendix || is_in_party_list(change.at) ||
      is_country_place(change.at) || change.node_kind == NodeKind::heading ||
      change.node_kind == NodeKind::note || !reads_as_country(country)) {
    return false;
  }
  const std::string heading = heading_of(joined ? law.after() : law.before(), change.at);
  const auto names = [&](std::string_view words) {
    return any_phrase(words, [&](std::string_view word) {
      return find_word(heading, word) != std::string_view::npos;
    });
  };
  if (!names(list_rules.back().words)) {
    return false;
  }
  for (const ListRule& rule : list_rules) {
    if (names(rule.words)) {
      add(change,
          Type::country,
          country,
          one_sided(joined, country),
          joined ? rule.joined : rule.left);
      break;
    }
  }
  return true;
}

bool is_country_place(const Citation& at) {
  return at.kind() == CitationKind::appendix && !at.steps().empty() && !has_step(at, "Footnote") &&
         !has_step(at, "Note") && !has_step(at, "heading") &&
         (at.name() == country_chart || at.name() == country_groups ||
          at.name() == excluded_countries);
}

void type_country(Change& change) {
  if (!is_country_place(change.at)) {
    type_named_groups(change);
  } else if (change.at.name() == country_chart) {
    type_chart_mark(change);
  } else if (change.at.name() == country_groups) {
    type_group_mark(change);
  } else {
    type_exclusion(change);
  }
}

} // namespace regtrail::diff::typed
