#include "diff/relevance/matcher.hpp"
#include "diff/relevance/party_hits_internal.hpp"
#include "ear/country.hpp"
#include "ear/entity_cell.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/supplement.hpp"

#include <algorithm>
#include <set>

namespace regtrail::diff {

namespace {

constexpr int critical = 5;
constexpr int high = 4;
constexpr int medium = 3;
constexpr int low = 2;

/// The parties that the text of an entry names, or one address where it names none.
struct Listed {
  std::set<std::string> names;
  std::set<std::string> addresses; ///< of entries that name only an address
};

/// A cell of the other columns: requirement, policy, citation.
bool is_other_cell(std::string_view line) {
  return find_word(line, "subject to the ear") != std::string_view::npos ||
         any_phrase("for all items|all items|presumption of|policy of|case-by-case|case by case|"
                    "see \u00a7",
                    [&](std::string_view lead) { return starts_with_ignoring_case(line, lead); }) ||
         (!line.empty() && is_digit(line.front()) && line.find(" FR ") < 4);
}

void read_cell(Listed& listed, std::string_view cell) {
  if (trimmed(cell).empty()) {
    return;
  }
  for (const auto& block : ear::divide_entity_cell(cell)) {
    const auto parsed = ear::parse_entity_cell(block.text);
    if (parsed.address_only) {
      listed.addresses.insert(parsed.addresses.begin(), parsed.addresses.end());
    } else if (!parsed.name.empty() && block.kind != ear::EntityBlock::Kind::joint_addresses) {
      listed.names.insert(parsed.name);
      listed.names.insert(parsed.aliases.begin(), parsed.aliases.end());
    }
  }
}

/// `text`: the entity cell, of an entry that came or went with the other cells behind it.
Listed read_entry(std::string_view text) {
  Listed listed;
  std::string cell;
  for (const auto line : split(text, '\n')) {
    if (is_other_cell(line)) {
      read_cell(listed, cell);
      cell.clear();
    } else {
      cell.append(line).append("\n");
    }
  }
  read_cell(listed, cell);
  return listed;
}

bool is_cell_step(const Step& step) {
  return is_one_of(step.name,
                   "License requirement|License review policy|Federal Register citation");
}

/// Names of the entries within which `at` lies.
std::vector<std::string> entry_names(const Citation& at) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i < at.steps().size(); ++i) {
    if (is_cell_step(at.steps()[i]) || at.steps()[i].name == "heading") {
      break;
    }
    names.push_back(at.steps()[i].name);
  }
  return names;
}

/// Two letters in another order, or one letter too many or too few, inside a word.
bool is_typing_error(std::string_view before, std::string_view after) {
  const auto [left, right] =
      std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  auto old_part = before.substr(static_cast<std::size_t>(left - before.begin()));
  auto new_part = after.substr(static_cast<std::size_t>(right - after.begin()));
  while (!old_part.empty() && !new_part.empty() && old_part.back() == new_part.back()) {
    old_part.remove_suffix(1);
    new_part.remove_suffix(1);
  }
  constexpr std::size_t longest = 3;
  std::string sorted_old(old_part);
  std::string sorted_new(new_part);
  std::sort(sorted_old.begin(), sorted_old.end());
  std::sort(sorted_new.begin(), sorted_new.end());
  const bool letters = std::all_of(sorted_old.begin(), sorted_old.end(), is_alpha) &&
                       std::all_of(sorted_new.begin(), sorted_new.end(), is_alpha);
  return letters && old_part.size() <= longest &&
         (sorted_old == sorted_new || old_part.size() + new_part.size() == 1);
}

/// Nothing that a party of the entry has to act on: a citation more, a typing error.
bool is_quiet(const Change& change) {
  return is_typing_error(change.before, change.after) ||
         std::all_of(change.typed.begin(), change.typed.end(), [](const TypedChange& typed) {
           return typed.direction == Direction::neutral ||
                  typed.type == TypedChangeType::cross_reference ||
                  typed.type == TypedChangeType::nomenclature ||
                  typed.type == TypedChangeType::quotation;
         });
}

double weight_of(const PartyMatch& match) {
  constexpr double by_distance = 0.02;
  constexpr double least = 0.7;
  switch (match.likeness) {
  case NameLikeness::exact:
    return match.by_owner ? 0.9 : 1.0;
  case NameLikeness::folded:
    return match.by_owner ? 0.88 : 0.97;
  case NameLikeness::near:
    return std::max(least, (match.by_owner ? 0.8 : 0.9) - by_distance * match.distance);
  case NameLikeness::address:
  case NameLikeness::owner:
    break;
  }
  return 0.8;
}

/// The words of a side that the other side lacks.
std::string changed_text(const Change& change, WordRun::Op op) {
  if (change.words.empty()) {
    return op == WordRun::Op::added ? change.after : change.before;
  }
  std::string text;
  for (const WordRun& run : change.words) {
    text += run.op == op ? run.text : "\n";
  }
  return text;
}

} // namespace

struct PartyMatcher::Finding {
  std::vector<Reason> reasons;
  double score = 0.0;
  int severity = 1;
};

PartyMatcher::PartyMatcher(const std::vector<Party>& parties)
    : m_parties(parties),
      m_names(m_parties) {}

void PartyMatcher::take(Findings& findings,
                        PartyMatch match,
                        const Citation& at,
                        int severity) const {
  const Party& party = m_parties[match.party];
  double weight = weight_of(match);
  constexpr double other_country = 0.05;
  if (!party.country.empty() && is_in_party_list(at) &&
      ear::find_country(at.steps().front().name, party.country).begin == std::string_view::npos) {
    weight -= other_country;
  }
  Finding& finding = findings[match.party];
  finding.score = std::max(finding.score, weight);
  finding.severity = std::max(finding.severity, severity);
  Reason reason{Signal::party, std::move(match.words), at.to_string(), weight};
  reason.own = std::move(match.own);
  reason.likeness = match.by_owner ? NameLikeness::owner : match.likeness;
  reason.distance = match.distance;
  const bool known =
      std::any_of(finding.reasons.begin(), finding.reasons.end(), [&](const Reason& each) {
        return each.words == reason.words && each.own == reason.own;
      });
  if (!known) {
    finding.reasons.push_back(std::move(reason));
  }
}

void PartyMatcher::take_all(Findings& findings,
                            const std::vector<PartyMatch>& matches,
                            const Citation& at,
                            int severity) const {
  for (const PartyMatch& match : matches) {
    take(findings, match, at, severity);
  }
}

void PartyMatcher::match_list(Findings& findings,
                              const Change& change,
                              int severity,
                              const Node* above) const {
  const bool is_cell =
      std::any_of(change.at.steps().begin() + 1, change.at.steps().end(), is_cell_step);
  const bool restricts = change.at.name() != validated_end_users;
  const Listed before = is_cell ? Listed{} : read_entry(change.before);
  const Listed after = is_cell ? Listed{} : read_entry(change.after);
  const auto come = [&](const PartyMatch& match) {
    const bool sure = !match.by_owner && (match.likeness == NameLikeness::exact ||
                                          match.likeness == NameLikeness::folded ||
                                          match.likeness == NameLikeness::address);
    take(findings, match, change.at, restricts && sure ? critical : severity);
  };
  const int kept = is_quiet(change) ? std::min(severity, low) : severity;
  const auto each_side =
      [&](const std::set<std::string>& old_ones, const std::set<std::string>& new_ones, auto find) {
        for (const auto& name : new_ones) {
          for (const auto& match : find(name)) {
            if (old_ones.contains(name)) {
              take(findings, match, change.at, kept);
            } else {
              come(match);
            }
          }
        }
        for (const auto& name : old_ones) {
          if (!new_ones.contains(name)) {
            take_all(findings, find(name), change.at, severity);
          }
        }
      };
  each_side(before.names, after.names, [&](const std::string& name) { return m_names.find(name); });
  each_side(before.addresses, after.addresses, [&](const std::string& address) {
    return m_names.find_address(address);
  });
  // The place names the party as well where the text of the change does not.
  if (is_cell || change.kind == ChangeKind::moved || change.kind == ChangeKind::redesignated) {
    for (const auto& name : entry_names(change.at)) {
      take_all(findings, m_names.find(name), change.at, kept);
    }
  }
  if (is_cell && above != nullptr && above->kind == NodeKind::entry) {
    const Listed row = read_entry(above->text);
    for (const auto& name : row.names) {
      take_all(findings, m_names.find(name), change.at, kept);
    }
    for (const auto& address : row.addresses) {
      take_all(findings, m_names.find_address(address), change.at, kept);
    }
  }
}

std::vector<Hit> PartyMatcher::hits_of(const Findings& findings) const {
  constexpr std::size_t most = 8;
  std::vector<Hit> hits;
  for (const auto& [party, finding] : findings) {
    Hit hit;
    hit.category = m_parties[party].id;
    hit.entry = EntryKind::party;
    hit.score = finding.score;
    hit.severity = finding.severity;
    hit.reasons = finding.reasons;
    std::stable_sort(
        hit.reasons.begin(), hit.reasons.end(), [](const auto& left, const auto& right) {
          return left.weight > right.weight;
        });
    if (hit.reasons.size() > most) {
      hit.reasons.resize(most);
    }
    hits.push_back(std::move(hit));
  }
  return hits;
}

std::vector<Hit> PartyMatcher::match(const Change& change, int severity, const Node* above) const {
  if (m_parties.empty()) {
    return {};
  }
  Findings findings;
  if (is_in_party_list(change.at)) {
    match_list(findings, change, severity, above);
  } else {
    for (const auto op : {WordRun::Op::removed, WordRun::Op::added}) {
      take_all(findings, m_names.find_in_text(changed_text(change, op)), change.at, severity);
    }
  }
  return hits_of(findings);
}

void PartyMatcher::match_set_out(Findings& findings,
                                 const Node& node,
                                 const Citation& at,
                                 int severity) const {
  const auto steps = child_steps(node);
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const Node& child = node.children[i];
    const auto place = at.child(steps[i]);
    if (child.kind == NodeKind::entry) {
      const Listed listed = read_entry(child.text);
      for (const auto& name : listed.names) {
        take_all(findings, m_names.find(name), place, severity);
      }
      for (const auto& address : listed.addresses) {
        take_all(findings, m_names.find_address(address), place, severity);
      }
    }
    match_set_out(findings, child, place, severity);
  }
}

std::vector<Hit> PartyMatcher::match(const Document& document) const {
  if (m_parties.empty()) {
    return {};
  }
  Findings findings;
  for (const Instruction& instruction : document.instructions) {
    bool adds = false;
    for (const Operation& operation : instruction.operations) {
      adds = adds || operation.verb == Verb::add;
      const int severity = operation.verb == Verb::add      ? critical
                           : operation.verb == Verb::remove ? low
                                                            : high;
      for (const Target& target : operation.targets) {
        if (is_in_party_list(target.at)) {
          for (const auto& name : entry_names(target.at)) {
            take_all(findings, m_names.find(name), target.at, severity);
          }
        }
      }
    }
    for (const SetOutText& text : instruction.set_out) {
      match_set_out(findings, text.root, text.unit, adds ? critical : high);
    }
  }
  const auto at = Citation::fr_document(document.number);
  for (const auto* text : {&document.title, &document.abstract, &document.body}) {
    take_all(findings, m_names.find_in_text(*text), at, medium);
  }
  for (const Instruction& instruction : document.instructions) {
    take_all(findings, m_names.find_in_text(instruction.text), at, medium);
  }
  return hits_of(findings);
}

} // namespace regtrail::diff
