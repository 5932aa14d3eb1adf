// Party lists: aliases and addresses, license requirements, review policies, FR citations.
#include "diff/typed/typed_internal.hpp"
#include "ear/entity_cell.hpp"
#include "ear/fr_citation.hpp"
#include "ear/license_requirement.hpp"
#include "ear/review_policy.hpp"
#include "model/supplement.hpp"

#include <algorithm>
#include <map>

namespace regtrail::diff::typed {

namespace {

/// What stands on one side only, compared by key. `what`: "alias" or "address".
void add_set_changes(Change& change,
                     const std::vector<std::string>& before,
                     const std::vector<std::string>& after,
                     const std::string& what) {
  std::map<std::string, int> balance;
  for (const auto& item : after) {
    ++balance[ear::party_key(item)];
  }
  std::vector<std::string> gone;
  for (const auto& item : before) {
    if (--balance[ear::party_key(item)] < 0) {
      gone.push_back(item);
    }
  }
  std::vector<std::string> come;
  for (const auto& item : after) {
    auto& left = balance[ear::party_key(item)];
    if (left > 0) {
      --left;
      come.push_back(item);
    }
  }
  // One for one is a correction of the same alias or address.
  if (gone.size() == 1 && come.size() == 1) {
    add(change,
        Type::entity,
        what,
        {gone[0], come[0]},
        {Direction::unclear, "one was replaced by another"});
    return;
  }
  const std::string fewer = "a dropped " + what + " catches fewer parties";
  const std::string more = "a further " + what + " catches more parties";
  for (const auto& item : gone) {
    add(change, Type::entity, what, {item, ""}, {Direction::loosened, fewer});
  }
  for (const auto& item : come) {
    add(change, Type::entity, what, {"", item}, {Direction::tightened, more});
  }
}

void type_entity_cell(Change& change) {
  // Without "Subordinate institution:" in front.
  const auto before = ear::parse_entity_cell(ear::divide_entity_cell(change.before).front().text);
  const auto after = ear::parse_entity_cell(ear::divide_entity_cell(change.after).front().text);
  if (ear::party_key(before.name) != ear::party_key(after.name)) {
    add(change,
        Type::entity,
        "name",
        {before.name, after.name},
        {Direction::unclear, "the party was renamed or its name corrected"});
  }
  add_set_changes(change, before.aliases, after.aliases, "alias");
  add_set_changes(change, before.addresses, after.addresses, "address");
}

Verdict judge_requirement(const ear::LicenseRequirement& before,
                          const ear::LicenseRequirement& after) {
  using Class = ear::LicenseRequirement::Class;
  const auto includes = [](const std::set<int>& all, const std::set<int>& some) {
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
  };
  const bool gained = includes(after.footnotes, before.footnotes);
  const bool lost = includes(before.footnotes, after.footnotes);
  if (before.scope == Class::unknown || after.scope == Class::unknown) {
    return {Direction::unclear, "the requirement was not understood on one side"};
  }
  if (before.scope == after.scope && gained) {
    return {Direction::tightened, "a further footnote widens the requirement"};
  }
  if (before.scope == after.scope && lost) {
    return {Direction::loosened, "a dropped footnote narrows the requirement"};
  }
  if (before.scope == Class::scoped && after.scope == Class::all && gained) {
    return {Direction::tightened, "all items instead of some"};
  }
  if (before.scope == Class::all && after.scope == Class::scoped && lost) {
    return {Direction::loosened, "some items instead of all"};
  }
  return {Direction::unclear, "scope and footnotes moved against each other"};
}

void type_requirement(Change& change, const Law& law) {
  const auto before = ear::parse_license_requirement(change.before);
  const auto after = ear::parse_license_requirement(change.after);
  if (before != after) {
    add(change,
        Type::license_requirement,
        "license requirement",
        {to_string(before), to_string(after)},
        judge_requirement(before, after));
  } else {
    type_edits(change, law);
  }
}

bool is_footnote(const Change& change) {
  return change.node_kind == NodeKind::footnote || has_step(change.at, "Footnote");
}

} // namespace

void type_party_list(Change& change, const Law& law) {
  if (is_footnote(change)) {
    return;
  }
  const bool is_veu = change.at.name() == validated_end_users;
  if (change.kind != ChangeKind::revised) {
    const bool added = change.kind == ChangeKind::added;
    if (change.node_kind == NodeKind::entry) {
      const std::string_view rule =
          is_veu  ? (added ? "a further validated end-user may be supplied without a license"
                           : "a validated end-user lost its authorization")
          : added ? "a further listed party needs licenses"
                  : "a party that leaves the list needs no license for that reason";
      add(change,
          Type::entity,
          "party",
          one_sided(added, change.at.steps().back().name),
          {added != is_veu ? Direction::tightened : Direction::loosened, rule});
    }
    return;
  }
  if (has_step(change.at, "License requirement")) {
    type_requirement(change, law);
  } else if (has_step(change.at, "License review policy")) {
    type_review_policy(change);
  } else if (has_step(change.at, "Federal Register citation")) {
    type_references(change);
  } else if (!is_veu && change.node_kind == NodeKind::entry) {
    type_entity_cell(change);
  }
}

void type_review_policy(Change& change) {
  const auto before = ear::find_review_policies(change.before);
  const auto after = ear::find_review_policies(change.after);
  const auto list = [](const std::vector<ear::PolicyMention>& mentions) {
    std::string text;
    for (const auto& mention : mentions) {
      text += text.empty() ? "" : "; ";
      text += to_string(mention.policy);
    }
    return text;
  };
  const auto left = list(before);
  const auto right = list(after);
  const bool cell = has_step(change.at, "License review policy");
  const auto only_pointer = [](const std::vector<ear::PolicyMention>& mentions) {
    return mentions.empty() || mentions.front().policy == ear::ReviewPolicy::pointer;
  };
  if (left == right || (!cell && (only_pointer(before) || only_pointer(after)))) {
    return;
  }
  const auto order = ear::compare_review_policies(change.before, change.after);
  Verdict verdict{Direction::unclear,
                  "a mixture or a pointer has no single place in the order of policies"};
  if (before.size() != after.size() && (before.size() > 2 || after.size() > 2)) {
    verdict.rule = "several policies for several kinds of items";
  } else if (order == std::partial_ordering::greater) {
    verdict = {Direction::tightened, "the policy is nearer to denial"};
  } else if (order == std::partial_ordering::less) {
    verdict = {Direction::loosened, "the policy is nearer to approval"};
  } else if (order == std::partial_ordering::equivalent) {
    verdict.rule = "the same policies in another arrangement";
  }
  add(change, Type::review_policy, "license review policy", {left, right}, verdict);
}

} // namespace regtrail::diff::typed
