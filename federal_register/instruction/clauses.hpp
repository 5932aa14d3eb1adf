// Sentences of an instruction: verbs with their places, words and notes.
#pragma once

#include "federal_register/instruction/places.hpp"
#include "federal_register/instruction/tokens.hpp"
#include "federal_register/instruction/verbs.hpp"
#include "model/date.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::federal_register::instruction_detail {

/// One verb and what it governs.
struct Clause {
  Verb verb = Verb::amend;
  bool container = false;         ///< "is amended by": its places are where the next clauses work
  Places objects;                 ///< what is revised, added, removed
  std::vector<Target> base;       ///< where we were when it began
  std::vector<Target> where;      ///< "in paragraph (c)"
  std::vector<Citation> to;       ///< "as paragraph (d)"
  std::vector<std::string> words; ///< quoted, or "." for "the period"
  std::vector<std::string> new_words; ///< "to read “X”"
  bool in_place = false;              ///< "in its place"
  bool continues = false;             ///< more words of the clause before, at another place
  std::string note;
};

struct Sentences {
  std::vector<Clause> clauses;
  std::vector<Target> subject; ///< places without a verb
  std::vector<Target> base;    ///< where the instruction leaves us
  std::optional<Date> effective;
  std::optional<Date> until;
  bool indefinite = false;
  bool located = false;   ///< a place was entered: "Under JAPAN:"
  bool only_text = false; ///< "The revisions read as follows:"
  std::string reason;     ///< why it is not understood; "" when it is
};

/// Reads everything behind the printed number. `context.base` is where the instruction above left
/// us.
[[nodiscard]] Sentences read_sentences(Cursor cursor, Context& context);

/// The operations that clauses amount to; sets `reason` when one of them lacks its place.
[[nodiscard]] std::vector<Operation> operations_of(const Sentences& sentences, std::string& reason);

} // namespace regtrail::federal_register::instruction_detail
