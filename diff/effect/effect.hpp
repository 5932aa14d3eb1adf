// What the instructions of a document make of the text in force, as far as it can be said: where
// they print a text, or quote words (ARCHITECTURE.md, Effects).
#pragma once

#include "model/document.hpp"
#include "model/item.hpp"
#include "model/node.hpp"

#include <functional>
#include <vector>

namespace regtrail::diff {

/// The unit of a place as it is when the document comes, and as the eCFR shows what it did there.
/// They must live as long as they are used; nullptr where it is not held, does not exist, or is not
/// shown yet.
struct UnitTexts {
  const Unit* in_force = nullptr;
  const Unit* shown = nullptr;
};

using TextOfPlace = std::function<UnitTexts(const Citation& place)>;

/// In the order of the instructions. One effect a change, by itself: what other instructions do to
/// the same place is not taken into account. Instructions without an effect on text (amend, stay,
/// continue to read) are left out; those that are not understood are not compared.
[[nodiscard]] std::vector<Effect> effects_of(const Document& document, const TextOfPlace& text_of);

} // namespace regtrail::diff
