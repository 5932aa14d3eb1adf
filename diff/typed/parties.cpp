// Party lists: aliases and addresses, license requirements, review policies, FR citations.
#include "diff/typed/typed_internal.hpp"
#include "ear/entity_cell.hpp"
#include "ear/fr_citation.hpp"
#include "ear/review_policy.hpp"
#include "model/supplements.hpp"

#include <algorithm>
#include <map>

namespace regtrail::diff::typed {

namespace {

struct Words {
  std::string_view what;
  std::string_view came;
  std::string_view went;
};

/// What stands on one side only, compared by key.
void add_set_changes(Change& change,
                     const std::vector<std::string>& before,
                     const std::vector<std::string>& after,
                     const Words& words) {
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
        TypedChangeType::entity,
        std::string(words.what),
        gone[0],
        come[0],
        Direction::unclear,
        "one was replaced by another");
    return;
  }
  for (const auto& item : gone) {
    add(change,
        TypedChangeType::entity,
        std::string(words.what),
        item,
        "",
        Direction::loosened,
        words.went);
  }
  for (const auto& item : come) {
    add(change,
        TypedChangeType::entity,
        std::string(words.what),
        "",
        item,
        Direction::tightened,
        words.came);
  }
}

void type_entity_cell(Change& change) {
  const auto before = ear::parse_entity_cell(change.before);
  const auto after = ear::parse_entity_cell(change.after);
  if (ear::party_key(before.name) != ear::party_key(after.name)) {
    add(change,
        TypedChangeType::entity,
        "name",
        before.name,
        after.name,
        Direction::unclear,
        "the party was renamed or its name corrected");
  }
  add_set_changes(
      change,
      before.aliases,
      after.aliases,
      {"alias", "a further alias catches more parties", "a dropped alias catches fewer parties"});
  add_set_changes(change,
                  before.addresses,
                  after.addresses,
                  {"address",
                   "a further address catches more parties",
                   "a dropped address catches fewer parties"});
}

void type_requirement(Change& change) {
  using Class = ear::LicenseRequirement::Class;
  const auto before = ear::parse_license_requirement(change.before);
  const auto after = ear::parse_license_requirement(change.after);
  if (before == after) {
    return;
  }
  Direction direction = Direction::unclear;
  std::string_view rule = "scope and footnotes moved against each other";
  const bool gained = std::includes(after.footnotes.begin(),
                                    after.footnotes.end(),
                                    before.footnotes.begin(),
                                    before.footnotes.end());
  const bool lost = std::includes(before.footnotes.begin(),
                                  before.footnotes.end(),
                                  after.footnotes.begin(),
                                  after.footnotes.end());
  if (before.scope == Class::unknown || after.scope == Class::unknown) {
    rule = "the requirement was not understood on one side";
  } else if (before.scope == after.scope && gained) {
    direction = Direction::tightened;
    rule = "a further footnote widens the requirement";
  } else if (before.scope == after.scope && lost) {
    direction = Direction::loosened;
    rule = "a dropped footnote narrows the requirement";
  } else if (before.scope == Class::scoped && after.scope == Class::all && gained) {
    direction = Direction::tightened;
    rule = "all items instead of some";
  } else if (before.scope == Class::all && after.scope == Class::scoped && lost) {
    direction = Direction::loosened;
    rule = "some items instead of all";
  }
  add(change,
      TypedChangeType::license_requirement,
      "license requirement",
      to_string(before),
      to_string(after),
      direction,
      rule);
}

/// The name of the party: the step below the country.
std::string party_name(const Citation& at) {
  return at.steps().size() >= 2 ? at.steps()[1].name : std::string();
}

bool is_footnote(const Change& change) {
  return change.node_kind == NodeKind::footnote || has_step(change.at, "Footnote");
}

} // namespace

void type_party_list(Change& change) {
  if (is_footnote(change)) {
    return;
  }
  const bool is_veu = change.at.name() == supplements::validated_end_users;
  if (change.kind != ChangeKind::revised) {
    const bool added = change.kind == ChangeKind::added;
    const auto name = party_name(change.at);
    if (change.at.steps().size() == 2) {
      add(change,
          TypedChangeType::entity,
          "party",
          added ? "" : name,
          added ? name : "",
          added != is_veu ? Direction::tightened : Direction::loosened,
          is_veu  ? (added ? "a further validated end-user may be supplied without a license"
                           : "a validated end-user lost its authorization")
          : added ? "a further listed party needs licenses"
                  : "a party that leaves the list needs no license for that reason");
    }
    return;
  }
  if (has_step(change.at, "License requirement")) {
    type_requirement(change);
  } else if (has_step(change.at, "License review policy")) {
    type_review_policy(change);
  } else if (has_step(change.at, "Federal Register citation")) {
    type_references(change);
  } else if (!is_veu && change.at.steps().size() == 2) {
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
  Direction direction = Direction::unclear;
  std::string_view rule = "a mixture or a pointer has no single place in the order of policies";
  if (order == std::partial_ordering::greater) {
    direction = Direction::tightened;
    rule = "the policy is nearer to denial";
  } else if (order == std::partial_ordering::less) {
    direction = Direction::loosened;
    rule = "the policy is nearer to approval";
  } else if (order == std::partial_ordering::equivalent) {
    rule = "the same policies in another arrangement";
  }
  if (before.size() != after.size() && (before.size() > 2 || after.size() > 2)) {
    direction = Direction::unclear;
    rule = "several policies for several kinds of items";
  }
  add(change,
      TypedChangeType::review_policy,
      "license review policy",
      left,
      right,
      direction,
      rule);
}

} // namespace regtrail::diff::typed
