// What a document of the Federal Register does to an earlier one, and how it names that one
// (docs/grammar.md, Acts on earlier documents): "Final rule; correction.", "Delay of Effective
// Date", "The comment period for the notice published November 17, 2023, at 88 FR 80269, is
// extended."
#pragma once

#include "model/document.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::federal_register {

/// Of corrects, delays, withdraws, stays, extends, confirms: those that the action, the title or
/// the abstract announces, each once. A new rule with "Corrections" among its subjects is none.
[[nodiscard]] std::vector<RelationKind> acts_of(const Document& document);

/// How a text names the document acted on.
struct EarlierDocument {
  std::vector<Citation> cited;     ///< fr_document or fr_page, in the order named
  std::optional<Date> published;   ///< where only the day is said
  std::vector<std::string> titles; ///< between quotes in the sentence or the one before, normalised
  std::string words;               ///< the sentence

  friend bool operator==(const EarlierDocument&, const EarlierDocument&) = default;
};

/// The document on which `document` performs `act`, from its dates, abstract and body: the first
/// that is cited, else what day or titles the first sentence about the act has. nullopt where no
/// such sentence names a document that was there before.
[[nodiscard]] std::optional<EarlierDocument> find_earlier(const Document& document,
                                                          RelationKind act);

} // namespace regtrail::federal_register
