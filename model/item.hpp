// What a reader is told: one document, or one step of the eCFR without a known rule, with all of
// its changes, steps and dates, and whom it touches (ARCHITECTURE.md, Items).
#pragma once

#include "model/calendar.hpp"
#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/hit.hpp"
#include "model/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

/// The furthest that any instruction of an item has reached.
enum class Station : std::uint8_t { filed, proposed, published, in_force, codified };

template<>
struct Vocabulary<Station> {
  static constexpr std::string_view name = "station";
  static constexpr std::array<std::string_view, 5> words{
      "filed", "proposed", "published", "in_force", "codified"};
};

/// What an item was met by on its way.
enum class Mark : std::uint8_t { corrected, delayed, withdrawn, stayed, not_enforced };

template<>
struct Vocabulary<Mark> {
  static constexpr std::string_view name = "mark";
  static constexpr std::array<std::string_view, 5> words{
      "corrected", "delayed", "withdrawn", "stayed", "not_enforced"};
};

enum class StepKind : std::uint8_t {
  filed,
  proposed,
  published,
  in_force,
  codified,
  corrected,
  delayed,
  withdrawn,
  stayed,
  not_enforced,
  lifted,
  expired,
  reverted,
  due_30, ///< thirty days before a day on which something is due
  due_7,
  due,
};

template<>
struct Vocabulary<StepKind> {
  static constexpr std::string_view name = "step";
  static constexpr std::array<std::string_view, 16> words{"filed",
                                                          "proposed",
                                                          "published",
                                                          "in_force",
                                                          "codified",
                                                          "corrected",
                                                          "delayed",
                                                          "withdrawn",
                                                          "stayed",
                                                          "not_enforced",
                                                          "lifted",
                                                          "expired",
                                                          "reverted",
                                                          "due_30",
                                                          "due_7",
                                                          "due"};
};

struct ItemStep {
  StepKind kind = StepKind::published;
  std::optional<Date> date;              ///< nullopt: not known, or delayed indefinitely
  std::string document;                  ///< that brought it; "" for a step of the eCFR
  std::vector<std::string> instructions; ///< ordinals; empty: all, or not known

  friend bool operator==(const ItemStep&, const ItemStep&) = default;
};

/// What an instruction makes of the text in force, as far as it can be said.
struct Effect {
  enum class Outcome : std::uint8_t {
    compared,     ///< `change` is against the text in force
    not_compared, ///< the instruction is named without an effect: `reason`
    as_set_out,   ///< the eCFR shows the place as set out
    otherwise,    ///< the eCFR shows it with another text: `change` is from set out to shown
  };
  std::string instruction; ///< its ordinal
  Citation at;
  Outcome outcome = Outcome::not_compared;
  std::optional<Change> change;
  std::string reason; ///< "words that are not there"

  friend bool operator==(const Effect&, const Effect&) = default;
};

template<>
struct Vocabulary<Effect::Outcome> {
  static constexpr std::string_view name = "outcome of an instruction";
  static constexpr std::array<std::string_view, 4> words{
      "compared", "not_compared", "as_set_out", "otherwise"};
};

/// One plain sentence in both languages.
struct Headline {
  std::string en;
  std::string ja;

  friend bool operator==(const Headline&, const Headline&) = default;
};

/// The page of an item that is a version of one.
struct ItemPage {
  std::string watch; ///< id of the entry
  std::string address;
  std::string title;

  friend bool operator==(const ItemPage&, const ItemPage&) = default;
};

struct Item {
  /// The document's number, "15 CFR 744@2026-09-04", "page WATCH@2026-09-04", or for a day that
  /// only the Code names "15 CFR 744.21(a)@2026-12-31".
  std::string id;
  std::optional<Document> rule; ///< described; nullopt where none is known
  Station station = Station::published;
  std::vector<Mark> marks;     ///< ascending
  std::vector<ItemStep> steps; ///< oldest first; without a day last
  std::optional<Date> ecfr;    ///< first issue date that shows some of it
  int severity = 1;            ///< the highest of its hits, else of its changes
  Direction direction = Direction::unclear;
  std::vector<Hit> hits; ///< one an entry, best first: of the document and of its changes together
  std::vector<Change> changes;
  std::vector<Effect> effects;
  std::optional<ItemPage> page;
  std::vector<CalendarEntry> days;         ///< that it names, the earliest first
  std::vector<CalendarEntry> dropped_days; ///< that it named until another document took them
  std::vector<std::string> checks;         ///< what could not be understood or compared, in words
  std::vector<std::string> related;        ///< ids of other items: proposal and final rule

  friend bool operator==(const Item&, const Item&) = default;
};

} // namespace regtrail
