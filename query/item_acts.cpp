#include "query/item_acts.hpp"

#include "federal_register/document_acts.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace regtrail::query {
namespace {

std::optional<StepKind> step_of(RelationKind kind) {
  switch (kind) {
  case RelationKind::corrects:
    return StepKind::corrected;
  case RelationKind::delays:
    return StepKind::delayed;
  case RelationKind::withdraws:
    return StepKind::withdrawn;
  case RelationKind::stays:
    return StepKind::stayed;
  default:
    return std::nullopt;
  }
}

bool says(const Document& document, std::string_view word) {
  return find_word(lowered(document.title), word) != std::string::npos ||
         find_word(lowered(document.action), word) != std::string::npos;
}

/// "Lifting of the stay of ..." acts on the stayed rule as the stay did.
bool lifts(const Document& document) {
  return says(document, "lift") || says(document, "lifts") || says(document, "lifting");
}

/// The acts that the action and the title announce; an abstract may mention them in passing.
std::vector<RelationKind> announced(const Document& document) {
  Document heading;
  heading.type = document.type;
  heading.action = document.action;
  heading.title = document.title;
  return federal_register::acts_of(heading);
}

/// A document that may act on another: the relations of the others need not be read.
bool may_act(const Document& document) {
  return document.type == DocumentType::correction ||
         !federal_register::acts_of(document).empty() ||
         std::any_of(document.relations.begin(),
                     document.relations.end(),
                     [](const Relation& each) { return step_of(each.kind).has_value(); });
}

bool amends(const Instruction& instruction) {
  return std::any_of(
      instruction.operations.begin(), instruction.operations.end(), [](const Operation& operation) {
        switch (operation.verb) {
        case Verb::stay:
        case Verb::lift:
        case Verb::delay:
        case Verb::withdraw:
        case Verb::confirm:
        case Verb::correct:
        case Verb::continue_to_read:
          return false;
        default:
          return true;
        }
      });
}

/// A correction, a delay or a stay is nothing beside it, though a correction may amend the CFR. A
/// rule with amendments of its own may withdraw a proposal, or mention in its abstract that it
/// corrects an earlier rule.
Result<bool> is_only_step(store::Archive& archive, const Document& document, RelationKind act) {
  if (document.type == DocumentType::correction || document.type == DocumentType::notice) {
    return true;
  }
  const auto acts = announced(document);
  const bool in_heading = std::find(acts.begin(), acts.end(), act) != acts.end();
  if (in_heading && act != RelationKind::withdraws) {
    return true;
  }
  TRY_ASSIGN(const auto whole,
             archive.find_documents(Citation::fr_document(document.number),
                                    store::DocumentContent::whole));
  return in_heading && std::none_of(whole.begin(), whole.end(), [](const auto& stored) {
           const auto& instructions = stored.document.instructions;
           return std::any_of(instructions.begin(), instructions.end(), amends);
         });
}

bool meet(const auto& left, const auto& right) {
  return std::any_of(left.begin(), left.end(), [&](const auto& one) {
    return std::find(right.begin(), right.end(), one) != right.end();
  });
}

/// The held document that `target` names; of several on a page the one that shares a rulemaking or
/// parts with `asking`, if it is one.
Result<std::optional<std::string>>
held_target(store::Archive& archive, const Citation& target, const Document& asking) {
  TRY_ASSIGN(auto found, archive.find_documents(target, store::DocumentContent::described));
  std::erase_if(found, [&](const store::StoredDocument& each) {
    return each.document.number == asking.number;
  });
  if (found.size() > 1) {
    std::erase_if(found, [&](const store::StoredDocument& each) {
      return !meet(each.document.rins, asking.rins) && !meet(each.document.cfr, asking.cfr);
    });
  }
  return found.size() == 1 ? std::optional(found.front().document.number) : std::nullopt;
}

} // namespace

Result<ItemActs> ItemActs::read(store::Archive& archive,
                                const std::map<std::string, Document>& documents) {
  ItemActs acts;
  for (const auto& [number, document] : documents) {
    // What was on file and never printed does nothing.
    if (!may_act(document) || document.withdrawn) {
      continue;
    }
    TRY_ASSIGN(const auto relations, archive.relations_of(number));
    for (const Relation& relation : relations) {
      const auto step = step_of(relation.kind);
      if (!step) {
        continue;
      }
      TRY_ASSIGN(const auto target, held_target(archive, relation.target, document));
      if (!target) {
        continue;
      }
      const ItemAct act{
          *step == StepKind::stayed && lifts(document) ? StepKind::lifted : *step, number, *target};
      auto& own = acts.m_by_document[number];
      if (std::find(own.begin(), own.end(), act) == own.end()) {
        own.push_back(act);
        acts.m_by_target[*target].push_back(act);
      }
      TRY_ASSIGN(const bool only_step, is_only_step(archive, document, relation.kind));
      if (only_step) {
        acts.m_only_steps.insert(number);
      }
    }
  }
  return acts;
}

std::set<std::string> ItemActs::items_of(const std::string& number) const {
  std::set<std::string> items;
  std::set<std::string> seen;
  std::vector<std::string> open{number};
  while (!open.empty()) {
    const std::string each = open.back();
    open.pop_back();
    if (!seen.insert(each).second) {
      continue;
    }
    if (!m_only_steps.contains(each)) {
      items.insert(each);
      continue;
    }
    for (const ItemAct& act : m_by_document.at(each)) {
      open.push_back(act.target);
    }
  }
  // Two that correct each other: neither is lost.
  return items.empty() ? std::set{number} : items;
}

std::vector<ItemAct> ItemActs::on(const std::string& number) const {
  std::vector<ItemAct> found;
  std::set<std::string> seen{number};
  std::vector<std::string> open{number};
  while (!open.empty()) {
    const std::string each = open.back();
    open.pop_back();
    const auto acts = m_by_target.find(each);
    if (acts == m_by_target.end()) {
      continue;
    }
    for (const ItemAct& act : acts->second) {
      found.push_back({act.kind, act.document, number});
      // What acts on an item of its own stays there.
      if (m_only_steps.contains(act.document) && seen.insert(act.document).second) {
        open.push_back(act.document);
      }
    }
  }
  std::sort(found.begin(), found.end(), [](const ItemAct& left, const ItemAct& right) {
    return std::pair(left.document, left.kind) < std::pair(right.document, right.kind);
  });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

} // namespace regtrail::query
