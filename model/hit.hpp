// What the register makes of a change or a document: hits and their reasons.
#pragma once

#include "model/register.hpp"
#include "model/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

/// What a reason rests on.
enum class Signal : std::uint8_t {
  eccn,
  ear_term,
  term,
  cfr,
  entity,
  parameter, ///< a figure of the product against a threshold
  reference,
  hs,
  excluded, ///< a false-positive context; a negative weight
  required, ///< the required context is absent; a negative weight
  party,    ///< a name or an address; never a statement of identity
  product,
  destination,
  procedure,
  document, ///< what a document says of itself: title, abstract
  watch,
  page,
};

template<>
struct Vocabulary<Signal> {
  static constexpr std::string_view name = "signal";
  static constexpr std::array<std::string_view, 17> words{"eccn",
                                                          "ear_term",
                                                          "term",
                                                          "cfr",
                                                          "entity",
                                                          "parameter",
                                                          "reference",
                                                          "hs",
                                                          "excluded",
                                                          "required",
                                                          "party",
                                                          "product",
                                                          "destination",
                                                          "procedure",
                                                          "document",
                                                          "watch",
                                                          "page"};
};

/// How a figure of a product stands to a limit before and after.
enum class ParameterEffect : std::uint8_t { now_inside, now_outside, still_inside, still_outside };

template<>
struct Vocabulary<ParameterEffect> {
  static constexpr std::string_view name = "effect on a parameter";
  static constexpr std::array<std::string_view, 4> words{
      "now-inside", "now-outside", "still-inside", "still-outside"};
};

/// How two names are alike, best first.
enum class NameLikeness : std::uint8_t {
  exact,   ///< letter by letter
  folded,  ///< but for case, punctuation, legal forms, spacing, widths
  near,    ///< but for a few letters
  address, ///< an entry without a name, at the party's address
  owner,   ///< the name of one of the party's owners
};

template<>
struct Vocabulary<NameLikeness> {
  static constexpr std::string_view name = "likeness of names";
  static constexpr std::array<std::string_view, 5> words{
      "exact", "folded", "near", "address", "owner"};
};

/// Why an entry was hit.
struct Reason {
  Signal signal = Signal::term;
  std::string words; ///< the matched words as printed
  std::string at;    ///< canonical citation
  double weight = 0.0;
  std::string own = {}; ///< what of the entry matched, where it is spelled otherwise: the name of a
                        ///< party, a parameter with its figure
  std::optional<ParameterEffect> effect = {};
  std::optional<NameLikeness> likeness = {};
  int distance = 0; ///< letters by which a near name differs

  friend bool operator==(const Reason&, const Reason&) = default;
};

/// A change or a document x an entry. `near`: between min_score_mention and min_score_flag.
struct Hit {
  std::string id; ///< 32 hex digits over the change's id or the document's number, and the entry
  std::string category; ///< the id of the entry, whatever its kind
  double score = 0.0;   ///< 0..1
  int severity = 1;     ///< 1 info .. 5 critical
  bool near = false;
  std::vector<Reason> reasons;
  EntryKind entry = EntryKind::category;

  friend bool operator==(const Hit&, const Hit&) = default;
};

} // namespace regtrail
