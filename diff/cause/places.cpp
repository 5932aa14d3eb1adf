#include "diff/cause/places_internal.hpp"
#include "model/characters.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <optional>

namespace regtrail::diff::cause {

namespace {

/// A name may be quoted with what follows it in the cell; shorter ones must be equal.
constexpr std::size_t shortest_prefix = 8;

std::string folded(std::string_view text) {
  std::string out = lowered(normalise(text));
  out.erase(out.find_last_not_of(".,;: ") + 1);
  return out;
}

bool is_letter_or_digit(char c) {
  return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool same_step(std::string_view one, std::string_view other) {
  if (one == other) {
    return true;
  }
  if (one.size() > other.size()) {
    std::swap(one, other);
  }
  return one.size() >= shortest_prefix && other.starts_with(one) &&
         !is_letter_or_digit(other[one.size()]);
}

/// True when a change of `kind` is what the verb does to its own target.
bool agrees(Verb verb, ChangeKind kind) {
  switch (kind) {
  case ChangeKind::added:
    return verb == Verb::add || verb == Verb::designate || verb == Verb::correct;
  case ChangeKind::removed:
    return verb == Verb::remove || verb == Verb::reserve || verb == Verb::correct;
  case ChangeKind::redesignated:
  case ChangeKind::moved:
    return verb == Verb::redesignate || verb == Verb::transfer || verb == Verb::designate;
  case ChangeKind::revised:
  case ChangeKind::cosmetic:
    return verb != Verb::add && verb != Verb::remove && verb != Verb::redesignate;
  }
  return false;
}

/// True when what the verb does to a place reaches what lies below it.
bool replaces(Verb verb) {
  return verb == Verb::revise || verb == Verb::revise_and_republish || verb == Verb::correct ||
         verb == Verb::replace_words || verb == Verb::remove_words || verb == Verb::add_words;
}

/// Where the change was before and where it is after.
struct Sides {
  std::optional<Place> before;
  std::optional<Place> after;
};

Sides sides_of(const Change& change) {
  Sides sides;
  if (change.kind != ChangeKind::added) {
    sides.before = place_of(change.was.value_or(change.at));
  }
  if (change.kind != ChangeKind::removed) {
    sides.after = place_of(change.at);
  }
  return sides;
}

bool reaches(const Target& target, const Place& named, const Place& place) {
  if (!lies_within(place, named)) {
    return false;
  }
  return target.extent == TargetExtent::whole || place.steps.size() == named.steps.size();
}

/// Added and removed nodes carry their subtree, so a target below them is about them as well.
bool carries(const Change& change, const Place& place, const Place& named) {
  const bool subtree = change.kind == ChangeKind::added || change.kind == ChangeKind::removed;
  return subtree && lies_within(named, place);
}

Naming by_target(Verb verb, const Target& target, const Change& change, const Place& place) {
  const Place named = place_of(target.at);
  if (!reaches(target, named, place)) {
    return carries(change, place, named) && agrees(verb, change.kind) ? Naming::around : Naming::no;
  }
  if (named.whole_part) {
    return Naming::weakly;
  }
  const bool exact = place.steps.size() == named.steps.size();
  if (agrees(verb, change.kind)) {
    return exact || verb == Verb::add || verb == Verb::remove ? Naming::exactly : Naming::around;
  }
  return replaces(verb) ? Naming::around : Naming::weakly;
}

Naming by_redesignation(const Operation& operation, const Change& change, const Sides& sides) {
  Naming best = Naming::no;
  for (std::size_t i = 0; i < operation.targets.size(); ++i) {
    const bool from = sides.before && lies_within(*sides.before, place_of(operation.targets[i].at));
    const bool to = sides.after && i < operation.to.size() &&
                    lies_within(*sides.after, place_of(operation.to[i]));
    if (from && to) {
      return change.kind == ChangeKind::added || change.kind == ChangeKind::removed
                 ? Naming::weakly
                 : Naming::exactly;
    }
    best = from || to ? Naming::weakly : best;
  }
  return best;
}

Naming by_operation(const Operation& operation, const Change& change, const Sides& sides) {
  if (!orders_text(operation.verb)) {
    return Naming::no;
  }
  if (operation.verb == Verb::redesignate) {
    return by_redesignation(operation, change, sides);
  }
  Naming best = Naming::no;
  for (const Target& target : operation.targets) {
    const bool only_after = operation.verb == Verb::add || operation.verb == Verb::designate;
    const bool only_before = operation.verb == Verb::remove;
    if (sides.before && !only_after) {
      best = std::max(best, by_target(operation.verb, target, change, *sides.before));
    }
    if (sides.after && !only_before) {
      best = std::max(best, by_target(operation.verb, target, change, *sides.after));
    }
  }
  return best;
}

} // namespace

bool orders_text(Verb verb) {
  switch (verb) {
  case Verb::revise:
  case Verb::add:
  case Verb::remove:
  case Verb::redesignate:
  case Verb::reserve:
  case Verb::revise_and_republish:
  case Verb::correct:
  case Verb::designate:
  case Verb::transfer:
  case Verb::replace_words:
  case Verb::remove_words:
  case Verb::add_words:
    return true;
  case Verb::republish:
  case Verb::continue_to_read:
  case Verb::amend:
  case Verb::stay:
  case Verb::lift:
  case Verb::delay:
  case Verb::withdraw:
  case Verb::confirm:
    break;
  }
  return false;
}

Place place_of(const Citation& citation) {
  Place place;
  place.part = citation.part_number();
  place.whole_part = citation.kind() == CitationKind::part && citation.steps().empty();
  place.steps.push_back(folded(citation.unit().to_string()));
  if (citation.kind() == CitationKind::eccn) {
    place.steps.push_back(folded(citation.name()));
  }
  for (const Step& step : citation.steps()) {
    place.steps.push_back(folded(step.name));
    if (step.occurrence > 1) {
      place.steps.back() += " #" + std::to_string(step.occurrence);
    }
  }
  return place;
}

bool lies_within(const Place& place, const Place& above) {
  if (above.whole_part) {
    return place.part == above.part;
  }
  return place.steps.size() >= above.steps.size() && place.steps.front() == above.steps.front() &&
         std::equal(above.steps.begin(), above.steps.end(), place.steps.begin(), same_step);
}

Naming naming_of(const Instruction& instruction, const Change& change) {
  if (!instruction.understood) {
    return mentions(instruction, change) ? Naming::weakly : Naming::no;
  }
  const Sides sides = sides_of(change);
  Naming best = Naming::no;
  for (const Operation& operation : instruction.operations) {
    best = std::max(best, by_operation(operation, change, sides));
  }
  return best;
}

bool mentions(const Instruction& instruction, const Change& change) {
  const std::string text = folded(instruction.text);
  const auto stands_in = [&](const std::string& name) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      const bool begins = at == 0 || !is_alnum(text[at - 1]); // "§744.1"
      if (begins && (end == text.size() || !is_letter_or_digit(text[end]))) {
        return true;
      }
    }
    return false;
  };
  const Citation& at = change.at;
  const std::string name = at.kind() == CitationKind::appendix && !at.steps().empty()
                               ? at.steps().size() > 1 ? at.steps()[1].name : at.steps()[0].name
                               : at.name();
  return !name.empty() && stands_in(folded(name));
}

} // namespace regtrail::diff::cause
