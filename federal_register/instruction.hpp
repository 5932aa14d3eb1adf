// Amendatory instructions in words ("In § 744.11, revise paragraph (a)(2) introductory text") read
// into operations on places of the CFR (docs/grammar.md, Amendatory language).
#pragma once

#include "model/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register {

/// What the lettered instructions below one inherit.
struct InstructionLevel {
  std::string number;         ///< printed in front: "2", "a", "iv"
  std::vector<Target> places; ///< what it is about: sections, a supplement, an entry
  std::optional<Verb> verb;   ///< a verb that governs what follows
  std::optional<Date> effective;
  std::optional<Date> until;
  bool indefinite = false; ///< "delayed indefinitely"
  Citation country;        ///< of a list of parties, whose heading it names
  bool unread = false;     ///< not understood: nothing below it is placed by it
};

/// What instructions before it in the document leave as context for the next one.
struct InstructionContext {
  std::string title; ///< of REGTEXT or the last part named: "15"
  std::string part;  ///< "744"
  Citation place;    ///< section, supplement or paragraph that lettered instructions continue
  std::optional<Verb>
      verb;            ///< a verb that governs what follows ("revising the following entries:")
  std::string ordinal; ///< of the last instruction: "2.a"

  Citation corrected; ///< of a correction: the document that it corrects; may be empty

  int unnumbered = 0;                   ///< instructions without a printed number so far
  std::vector<InstructionLevel> levels; ///< one for each step of `ordinal`
  std::vector<CfrPart> named;           ///< parts that were named with their title
};

/// How many there are, of words such as "three Emirati entities"; nullopt where they do not say.
[[nodiscard]] std::optional<int> count_said(std::string_view words);

/// Reads one AMDPAR. `text` has its inline markup resolved and white space folded; the printed
/// number is still in front. Never fails: what is not understood has understood == false, a reason,
/// and its text verbatim. Updates `context`.
/// Reasons, each up to its colon: "unknown words", "unknown verb", "target not found", "paragraph
/// of an unknown section", "title of the CFR unknown", "a quotation that does not end", "unequal
/// lists in a redesignation", "unequal numbers of words to remove and to add", "two verbs for one
/// list", "objects in several places", "a range that is none", "a path that continues none", "a
/// list of names without quotes", "under nothing" and a few more of their kind. `following` are
/// headings of the text set out under it ("§ 744.23", "Supplement No. 4 to Part 744", "3B001"),
/// which decide a place that the words leave open.
[[nodiscard]] Instruction read_instruction(std::string_view text,
                                           InstructionContext& context,
                                           const std::vector<std::string>& following = {});

} // namespace regtrail::federal_register
