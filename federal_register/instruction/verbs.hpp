// Verbs of instructions in all their forms.
#pragma once

#include "federal_register/instruction/tokens.hpp"
#include "model/document.hpp"

#include <cstdint>
#include <optional>

namespace regtrail::federal_register::instruction_detail {

enum class VerbForm : std::uint8_t {
  imperative, ///< "revise", "to revise"
  third,      ///< "the FAA amends"
  gerund,     ///< "revising"
  participle, ///< "revised"
};

struct FoundVerb {
  Verb verb = Verb::amend;
  VerbForm form = VerbForm::imperative;
};

/// One word; "replace" is replace_words, "delete" is remove, "suspend" is stay.
[[nodiscard]] std::optional<FoundVerb> verb_of(const Token& token);

/// The verb at the cursor with what widens it: "removing and reserving" is reserve, "revise and
/// republish" one verb. Advances the cursor; nullopt and unmoved where there is none. Participles
/// are left alone: read_passive takes them.
[[nodiscard]] std::optional<FoundVerb> read_active(Cursor& cursor);

/// "is amended", "are further revised", "is removed and reserved", "continues to read". One verb
/// for "is redesignated ... and revised" at a time.
[[nodiscard]] std::optional<FoundVerb> read_passive(Cursor& cursor);

/// The participle alone, as in "and revised".
[[nodiscard]] std::optional<FoundVerb> read_participle(Cursor& cursor);

} // namespace regtrail::federal_register::instruction_detail
