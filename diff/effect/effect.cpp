#include "diff/effect/effect.hpp"

#include "diff/effect/carried_out_internal.hpp"
#include "diff/tree/tree_diff.hpp"
#include "model/digest.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace regtrail::diff {

namespace {

/// Nothing happens to a text.
bool is_without_effect(Verb verb) {
  switch (verb) {
  case Verb::amend:
  case Verb::continue_to_read:
  case Verb::republish:
  case Verb::stay:
  case Verb::lift:
  case Verb::delay:
  case Verb::withdraw:
  case Verb::confirm:
    return true;
  default:
    return false;
  }
}

std::string_view does(Verb verb) {
  switch (verb) {
  case Verb::revise:
  case Verb::revise_and_republish:
    return "revises";
  case Verb::add:
    return "adds";
  case Verb::remove:
    return "removes";
  case Verb::redesignate:
    return "redesignates";
  case Verb::reserve:
    return "removes and reserves";
  case Verb::correct:
    return "corrects";
  case Verb::designate:
    return "designates";
  case Verb::transfer:
    return "transfers";
  case Verb::replace_words:
    return "replaces words in";
  case Verb::remove_words:
    return "removes words from";
  case Verb::add_words:
    return "adds words to";
  default:
    return "concerns";
  }
}

/// Authority citations and source notes are no law.
bool is_beside_law(const Citation& at) {
  if (at.steps().empty()) {
    return false;
  }
  const std::string& last = at.steps().back().name;
  return last == "authority" || last == "source";
}

class Effects {
public:
  Effects(const Document& document, const TextOfPlace& text_of)
      : m_document(document),
        m_text_of(text_of) {}

  std::vector<Effect> run() {
    for (const Instruction& instruction : m_document.instructions) {
      if (!instruction.understood) {
        not_compared(instruction.ordinal,
                     instruction.part.empty() ? Citation()
                                              : Citation::part(instruction.title, instruction.part),
                     "not understood: " + instruction.text);
        continue;
      }
      for (const Operation& operation : instruction.operations) {
        if (!is_without_effect(operation.verb)) {
          for (const Target& target : operation.targets) {
            carry_out(instruction, operation, target);
          }
        }
      }
    }
    return std::move(m_effects);
  }

private:
  void not_compared(const std::string& ordinal, const Citation& at, std::string reason) {
    m_effects.push_back(
        {ordinal, at, Effect::Outcome::not_compared, std::nullopt, std::move(reason)});
  }

  void carry_out(const Instruction& instruction, const Operation& operation, const Target& target) {
    if (is_beside_law(target.at)) {
      return;
    }
    const auto give_up = [&](std::string_view why) {
      not_compared(instruction.ordinal,
                   target.at,
                   fmt::format("{} {}; text not compared{}{}",
                               does(operation.verb),
                               target.at.to_string(),
                               why.empty() ? "" : ": ",
                               why));
    };
    const UnitTexts texts = m_text_of(target.at);
    if (texts.in_force == nullptr) {
      give_up("its unit is not held as it was before");
      return;
    }
    const Unit before = part_around(*texts.in_force, target.at);
    const auto after = carried_out(operation, target, instruction.set_out, before);
    if (!after) {
      give_up(after.error());
      return;
    }
    if (texts.shown != nullptr) {
      const Node* expected = find_node(after->root, after->id, target.at);
      const Node* shown = find_node(texts.shown->root, texts.shown->id, target.at);
      const bool same = expected != nullptr && shown != nullptr
                            ? expected->normalised == shown->normalised
                            : expected == shown;
      if (!same) {
        add_otherwise(instruction, target, *after, *texts.shown);
        return;
      }
    }
    add(instruction,
        target,
        diff_units(std::span(&before, 1), std::span(&*after, 1), {}),
        texts.shown == nullptr ? Effect::Outcome::compared : Effect::Outcome::as_set_out);
  }

  void add_otherwise(const Instruction& instruction,
                     const Target& target,
                     const Unit& expected,
                     const Unit& shown) {
    const Unit part = part_around(shown, target.at);
    DiffResult diff = diff_units(std::span(&expected, 1), std::span(&part, 1), {});
    std::erase_if(diff.changes, [&](const Change& change) {
      return !change.at.is_within(target.at) && !(change.was && change.was->is_within(target.at));
    });
    add(instruction, target, std::move(diff), Effect::Outcome::otherwise);
  }

  void add(const Instruction& instruction,
           const Target& target,
           DiffResult&& diff,
           Effect::Outcome outcome) {
    if (diff.changes.empty()) {
      m_effects.push_back({instruction.ordinal,
                           target.at,
                           outcome,
                           std::nullopt,
                           "the text is the same as before"});
    }
    for (Change& change : diff.changes) {
      change.id = to_hex(hash128(fmt::format("{}\n{}\n{}\n{}",
                                             m_document.number,
                                             instruction.ordinal,
                                             to_string(change.kind),
                                             change.at.to_string())));
      const Citation at = change.at;
      m_effects.push_back({instruction.ordinal, at, outcome, std::move(change), ""});
    }
  }

  const Document& m_document;
  const TextOfPlace& m_text_of;
  std::vector<Effect> m_effects;
};

} // namespace

std::vector<Effect> effects_of(const Document& document, const TextOfPlace& text_of) {
  return Effects(document, text_of).run();
}

} // namespace regtrail::diff
