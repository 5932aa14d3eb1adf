// Hits of procedures, by the places that they cite, and of destinations, by their names.
#pragma once

#include "diff/relevance/evidence_internal.hpp"
#include "model/cfr_pattern.hpp"
#include "model/change.hpp"
#include "model/hit.hpp"
#include "model/register.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::diff {

/// A citation as the user typed it: a paragraph of the CCL or another place.
struct CitedPlace {
  std::string typed;
  std::optional<EccnPlace> eccn;
  std::optional<CfrPattern> place;
};

/// nullopt for what names no place.
[[nodiscard]] std::optional<CitedPlace> read_cited_place(const std::string& typed);

/// How a change at `at` concerns a cited place: none, in the text above that governs it, or at or
/// within it.
enum class Concern : std::uint8_t { none, governs, within };

[[nodiscard]] Concern concern_of(const EccnPlace& own, const Change& change, const Citation& at);
[[nodiscard]] Concern concern_of(const CitedPlace& own, const Change& change, const Citation& at);

class PlaceMatcher {
public:
  explicit PlaceMatcher(const Register& source);

  [[nodiscard]] std::vector<Hit> match(const Change& change, int severity) const;

private:
  struct CitedProcedure {
    std::string id;
    std::vector<CitedPlace> places;
  };

  struct NamedCountry {
    std::string id; ///< of the entry; "home" for the firm's own country
    std::string code;
  };

  std::vector<CitedProcedure> m_procedures;
  std::vector<NamedCountry> m_countries;
};

} // namespace regtrail::diff
