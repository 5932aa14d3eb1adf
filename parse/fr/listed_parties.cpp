#include "parse/fr/listed_parties.hpp"

#include "federal_register/instruction.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace regtrail::parse {
namespace {

bool is_unnamed(const Target& target) {
  const auto& steps = target.at.steps();
  return steps.size() == 2 && steps.back().name == "entries";
}

bool sets_out(Verb verb) {
  return verb == Verb::add || verb == Verb::revise;
}

/// Entries by country, as citations.
std::map<Citation, std::vector<Citation>> entries_of(const std::vector<Instruction>& instructions,
                                                     std::size_t first) {
  std::map<Citation, std::vector<Citation>> entries;
  for (std::size_t i = first; i < instructions.size(); ++i) {
    for (const SetOutText& text : instructions[i].set_out) {
      const auto countries = child_steps(text.root);
      for (std::size_t c = 0; c < countries.size(); ++c) {
        const Node& country = text.root.children[c];
        const auto names = child_steps(country);
        for (std::size_t e = 0; e < names.size(); ++e) {
          if (country.children[e].kind == NodeKind::entry) {
            const Citation at = text.unit.child(countries[c]);
            entries[at].push_back(at.child(names[e]));
          }
        }
      }
    }
  }
  return entries;
}

/// What one country is told in a run.
struct Told {
  std::vector<Citation> named; ///< entries that are added or revised by name
  std::vector<std::pair<Operation*, std::size_t>> unnamed; ///< operation, index of its target
};

} // namespace

void name_listed_parties(std::vector<Instruction>& instructions, std::size_t first) {
  std::map<Citation, Told> countries;
  bool any = false;
  for (std::size_t i = first; i < instructions.size(); ++i) {
    for (Operation& operation : instructions[i].operations) {
      if (!sets_out(operation.verb)) {
        continue;
      }
      for (std::size_t t = 0; t < operation.targets.size(); ++t) {
        const Citation& at = operation.targets[t].at;
        if (at.steps().size() < 2) {
          continue;
        }
        if (is_unnamed(operation.targets[t])) {
          countries[at.parent()].unnamed.emplace_back(&operation, t);
          any = true;
        } else {
          countries[at.parent()].named.push_back(at);
        }
      }
    }
  }
  if (!any) {
    return;
  }
  const auto entries = entries_of(instructions, first);
  std::map<Operation*, std::vector<Target>> settled;
  for (const auto& [country, told] : countries) {
    const auto set_out = entries.find(country);
    if (told.unnamed.size() != 1 || set_out == entries.end()) {
      continue;
    }
    std::vector<Target> left;
    for (const Citation& entry : set_out->second) {
      if (std::find(told.named.begin(), told.named.end(), entry) == told.named.end()) {
        left.push_back(Target{entry});
      }
    }
    const Operation& operation = *told.unnamed.front().first;
    const auto count = federal_register::count_said(operation.note);
    const bool agrees = count ? static_cast<std::size_t>(*count) == left.size() : !left.empty();
    // a note on several countries says the number of none of them
    const auto places = static_cast<std::size_t>(
        std::count_if(operation.targets.begin(), operation.targets.end(), is_unnamed));
    if (agrees && places == 1) {
      settled[told.unnamed.front().first] = std::move(left);
    }
  }
  for (auto& [operation, names] : settled) {
    const auto at = std::find_if(operation->targets.begin(), operation->targets.end(), is_unnamed);
    const auto behind = operation->targets.erase(at);
    operation->targets.insert(behind, names.begin(), names.end());
  }
}

} // namespace regtrail::parse
