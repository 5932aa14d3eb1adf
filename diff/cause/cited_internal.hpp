// Which pages of the Federal Register a transition's source notes, list rows and links of pending
// amendments point to, and for which places.
#pragma once

#include "diff/cause/attribute.hpp"
#include "diff/cause/places_internal.hpp"

#include <optional>
#include <vector>

namespace regtrail::diff::cause {

struct Pointer {
  enum class Kind { cited, pending_gone };
  Kind kind = Kind::cited;
  Place place; ///< the unit or list entry that carries the citation
  FrPage page;
  std::optional<Date> published; ///< as printed
};

[[nodiscard]] std::vector<Pointer> pointers_of(const DiffResult& diff);

/// Those that stand for `change`: of its list row where rows carry citations, else of its unit.
[[nodiscard]] std::vector<const Pointer*> pointers_for(const std::vector<Pointer>& all,
                                                       const Change& change);

} // namespace regtrail::diff::cause
