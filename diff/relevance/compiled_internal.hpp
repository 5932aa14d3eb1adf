// A register made ready for matching.
#pragma once

#include "diff/relevance/automaton_internal.hpp"
#include "diff/relevance/evidence_internal.hpp"
#include "model/cfr_pattern.hpp"
#include "model/register.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace regtrail::diff {

/// One term of one category in the automaton.
struct Pattern {
  enum class Kind : std::uint8_t {
    term,
    ear_term,
    false_positive,
    required,
    hs,
    name, ///< the category's label: counts in titles only
  };

  std::uint32_t category = 0;
  Kind kind = Kind::term;
  bool japanese = false;
  bool acronym = false;  ///< "FAR": in lower case it is likely another word
  bool one_word = false; ///< short and without a joint: "UPS" is not "up s"
  std::string term;      ///< as the register writes it
};

struct CompiledCategory {
  std::vector<EccnPlace> eccns;
  std::vector<CfrPattern> places;
  std::vector<std::string> places_text;    ///< beside `places`, as the register writes them
  std::vector<EccnPlace> excluded_entries; ///< false positives that are ECCNs
  std::vector<CfrPattern> excluded_places;
  std::vector<std::string> required_eccn; ///< "3B": satisfied by any entry that begins so
  bool has_requirement = false;
};

/// A term found in one side.
struct Find {
  std::uint32_t pattern = 0;
  std::uint32_t first_word = 0;
  std::uint32_t last_word = 0;
};

class CompiledRegister {
public:
  explicit CompiledRegister(Register categories);

  [[nodiscard]] const Register& source() const { return m_register; }

  [[nodiscard]] const std::vector<CompiledCategory>& categories() const { return m_categories; }

  [[nodiscard]] const Pattern& pattern(std::uint32_t id) const { return m_patterns[id]; }

  /// Whole words only, in order of their end; a Japanese term inside a longer one of its
  /// category is left out.
  [[nodiscard]] std::vector<Find> find(const Side& side) const;

private:
  void add_terms(const std::vector<std::string>& terms, std::uint32_t category, Pattern::Kind kind);

  Register m_register;
  std::vector<CompiledCategory> m_categories;
  std::vector<Pattern> m_patterns;
  std::set<std::string> m_spellings;    ///< of the category being compiled
  std::vector<std::uint32_t> m_lengths; ///< of the squeezed pattern, by id
  Automaton m_automaton;
};

} // namespace regtrail::diff
