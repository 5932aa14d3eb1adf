// Countries: marks of the Commerce Country Chart, membership of Country Groups and other country
// lists, groups named in text.
#include "diff/typed/polarity_internal.hpp"
#include "diff/typed/typed_internal.hpp"
#include "ear/country_group.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/supplement.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>
#include <vector>

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

/// True where nothing but members of a list of groups came or went: ", D:1", "or D:1".
bool only_groups_differ(const Prose& before, const Prose& after) {
  const auto edits = edits_between(before.tokens(), after.tokens());
  const auto of_list = [](const Prose& prose, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const std::string_view key = prose.key(i);
      const bool group = key.size() == 1 && key >= "a" && key <= "e" && prose.key(i + 1) == ":";
      const bool number = i > 0 && prose.key(i - 1) == ":" && key.size() == 1;
      if (!group && !number && !is_one_of(key, ",|:|or|country|group|groups")) {
        return false;
      }
    }
    return true;
  };
  return edits && std::all_of(edits->begin(), edits->end(), [&](const Edit& edit) {
           return of_list(before, edit.before_begin, edit.before_end) &&
                  of_list(after, edit.after_begin, edit.after_end);
         });
}

/// A group that came to a list of alternatives ("D:1 or D:5"), or left it, by what the sentence
/// says of those in the list. `begin`: of the group in `text`.
Verdict judge_named_group(
    const Change& change, const Law& law, const std::string& text, std::size_t begin, bool came) {
  const Verdict unclear{Direction::unclear,
                        came ? "a country group is newly named"
                             : "a country group is no longer named"};
  const Prose prose(text);
  const std::size_t at = Prose(std::string_view(text).substr(0, begin)).size();
  const Surroundings around = surroundings_of(change, law, came ? Side::after : Side::before);
  const Polarity says =
      statement_of(prose, prose.sentence_begin(at), prose.sentence_end(at), Polarity::unknown);
  const bool said = around.led || says != Polarity::unknown;
  const Polarity polarity = said ? polarity_at(prose, at, around.polarity) : Polarity::unknown;
  if (polarity == Polarity::unknown) {
    return unclear;
  }
  return {direction_of(polarity, came),
          polarity == Polarity::restricts ? (came ? "a further country group is restricted"
                                                  : "a country group is no longer restricted")
                                          : (came ? "a further country group is relieved"
                                                  : "a country group is no longer relieved")};
}

/// Groups that the text names on one side only.
void type_named_groups(Change& change, const Law& law) {
  const auto before = ear::find_country_groups(change.before);
  const auto after = ear::find_country_groups(change.after);
  const auto names = [](const std::vector<ear::CountryGroupMention>& mentions,
                        const std::string& group) {
    return std::any_of(
        mentions.begin(), mentions.end(), [&](const auto& each) { return each.group == group; });
  };

  struct Named {
    ear::CountryGroupMention mention;
    bool came;
  };

  std::map<std::string, Named> differing;
  for (const auto& mention : before) {
    if (!names(after, mention.group)) {
      differing.emplace(mention.group, Named{mention, false});
    }
  }
  for (const auto& mention : after) {
    if (!names(before, mention.group)) {
      differing.emplace(mention.group, Named{mention, true});
    }
  }
  const bool one_way = std::all_of(differing.begin(), differing.end(), [&](const auto& each) {
    return each.second.came == differing.begin()->second.came;
  });
  const bool certain = one_way && !differing.empty() &&
                       only_groups_differ(Prose(change.before), Prose(change.after));
  for (const auto& [group, named] : differing) {
    const std::string& text = named.came ? change.after : change.before;
    add(change,
        Type::country,
        "Country Group " + group,
        one_sided(named.came, group),
        certain ? judge_named_group(change, law, text, named.mention.begin, named.came)
                : Verdict{Direction::unclear,
                          named.came ? "a country group is newly named"
                                     : "a country group is no longer named"});
  }
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

void type_country(Change& change, const Law& law) {
  if (!is_country_place(change.at)) {
    type_named_groups(change, law);
  } else if (change.at.name() == country_chart) {
    type_chart_mark(change);
  } else if (change.at.name() == country_groups) {
    type_group_mark(change);
  } else {
    type_exclusion(change);
  }
}

} // namespace regtrail::diff::typed
