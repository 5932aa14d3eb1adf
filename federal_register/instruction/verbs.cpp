#include "federal_register/instruction/verbs.hpp"

#include <array>
#include <string_view>

namespace regtrail::federal_register::instruction_detail {

namespace {

struct Forms {
  Verb verb;
  std::string_view imperative;
  std::string_view third;
  std::string_view gerund;
  std::string_view participle;
};

constexpr std::array forms = {
    Forms{Verb::amend, "amend", "amends", "amending", "amended"},
    Forms{Verb::revise, "revise", "revises", "revising", "revised"},
    Forms{Verb::revise, "modify", "modifies", "modifying", "modified"},
    Forms{Verb::add, "add", "adds", "adding", "added"},
    Forms{Verb::add, "insert", "inserts", "inserting", "inserted"},
    Forms{Verb::remove, "remove", "removes", "removing", "removed"},
    Forms{Verb::remove, "delete", "deletes", "deleting", "deleted"},
    Forms{Verb::remove, "strike", "strikes", "striking", "stricken"},
    Forms{Verb::redesignate, "redesignate", "redesignates", "redesignating", "redesignated"},
    Forms{Verb::redesignate, "renumber", "renumbers", "renumbering", "renumbered"},
    Forms{Verb::reserve, "reserve", "reserves", "reserving", "reserved"},
    Forms{Verb::republish, "republish", "republishes", "republishing", "republished"},
    Forms{Verb::correct, "correct", "corrects", "correcting", "corrected"},
    Forms{Verb::designate, "designate", "designates", "designating", "designated"},
    Forms{Verb::transfer, "transfer", "transfers", "transferring", "transferred"},
    Forms{Verb::replace_words, "replace", "replaces", "replacing", "replaced"},
    Forms{Verb::stay, "stay", "stays", "staying", "stayed"},
    Forms{Verb::stay, "suspend", "suspends", "suspending", "suspended"},
    Forms{Verb::lift, "lift", "lifts", "lifting", "lifted"},
    Forms{Verb::delay, "delay", "delays", "delaying", "delayed"},
    Forms{Verb::withdraw, "withdraw", "withdraws", "withdrawing", "withdrawn"},
    Forms{Verb::confirm, "confirm", "confirms", "confirming", "confirmed"},
    Forms{Verb::confirm, "adopt", "adopts", "adopting", "adopted"},
};

/// "remove and reserve" and the like, the second verb at the cursor behind "and".
std::optional<Verb> joined(Verb first, Verb second) {
  if (second == Verb::reserve && (first == Verb::remove || first == Verb::add)) {
    return Verb::reserve;
  }
  if (second == Verb::republish && first == Verb::revise) {
    return Verb::revise_and_republish;
  }
  return std::nullopt;
}

void take_second(Cursor& cursor, FoundVerb& found) {
  if (!cursor.is("and")) {
    return;
  }
  const auto second = verb_of(cursor.peek(1));
  const auto both =
      second && second->form == found.form ? joined(found.verb, second->verb) : std::nullopt;
  if (both) {
    found.verb = *both;
    cursor.skip(2);
  }
}

void skip_adverbs(Cursor& cursor) {
  while (cursor.take(
      "further|hereby|also|being|been|be|therefore|additionally|now|temporarily|correctly")) {
  }
}

} // namespace

std::optional<FoundVerb> verb_of(const Token& token) {
  if (token.kind != TokenKind::word) {
    return std::nullopt;
  }
  for (const auto& verb : forms) {
    if (token.lower == verb.imperative) {
      return FoundVerb{verb.verb, VerbForm::imperative};
    }
    if (token.lower == verb.third) {
      return FoundVerb{verb.verb, VerbForm::third};
    }
    if (token.lower == verb.gerund) {
      return FoundVerb{verb.verb, VerbForm::gerund};
    }
    if (token.lower == verb.participle) {
      return FoundVerb{verb.verb, VerbForm::participle};
    }
  }
  return std::nullopt;
}

std::optional<FoundVerb> read_active(Cursor& cursor) {
  Cursor ahead = cursor;
  // What an editor left for "add in its order".
  if (ahead.is(TokenKind::bracketed) && ahead.peek().text == "insert-in-order") {
    cursor.skip();
    return FoundVerb{Verb::add, VerbForm::imperative};
  }
  skip_adverbs(ahead);
  if (!ahead.take("proposes to")) {
    ahead.take("to");
  }
  auto found = verb_of(ahead.peek());
  if (!found || found->form == VerbForm::participle) {
    return std::nullopt;
  }
  ahead.skip();
  take_second(ahead, *found);
  cursor = ahead;
  return found;
}

std::optional<FoundVerb> read_passive(Cursor& cursor) {
  Cursor ahead = cursor;
  if (ahead.take("continue|continues") && ahead.take("to read")) {
    cursor = ahead;
    return FoundVerb{Verb::continue_to_read, VerbForm::participle};
  }
  ahead = cursor;
  if (ahead.take("should read|should have read")) {
    ahead.take("as follows");
    cursor = ahead;
    return FoundVerb{Verb::correct, VerbForm::participle};
  }
  ahead = cursor;
  if (!ahead.take("is|are|was|were") &&
      !(ahead.take("has|have|will|shall") && ahead.is("been|be"))) {
    return std::nullopt;
  }
  auto found = read_participle(ahead);
  if (found) {
    cursor = ahead;
  }
  return found;
}

std::optional<FoundVerb> read_participle(Cursor& cursor) {
  Cursor ahead = cursor;
  skip_adverbs(ahead);
  auto found = verb_of(ahead.peek());
  if (!found || found->form != VerbForm::participle) {
    return std::nullopt;
  }
  ahead.skip();
  take_second(ahead, *found);
  cursor = ahead;
  return found;
}

} // namespace regtrail::federal_register::instruction_detail
