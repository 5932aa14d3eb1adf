// What of a digest's news is one thing to its reader: a rule, a page, a day, or what happened to a
// place of the law without a rule that is known.
#pragma once

#include "notify/delivery/digest.hpp"

#include <string>
#include <vector>

namespace regtrail::delivery {

/// Borrows from the DigestInput that it was made of.
struct Topic {
  const ItemNews* news = nullptr; ///< nullptr: only changes
  std::string citation;           ///< page of a rule that is not held, "91 FR 60106"; else ""
  Citation place;                 ///< of changes without a known rule; else empty
  std::vector<const store::StoredChange*> changes;
  std::vector<Hit> hits; ///< one an entry, best first
  int severity = 1;

  [[nodiscard]] const Item* item() const { return news == nullptr ? nullptr : &news->item; }

  /// nullptr where no document is held.
  [[nodiscard]] const Document* rule() const {
    return news == nullptr || !news->item.rule ? nullptr : &*news->item.rule;
  }

  [[nodiscard]] bool told(StepKind kind) const; ///< whether such a step is news
};

/// The most severe first; then what hits an own partner, product, other entry; then what is in
/// force; then the oldest.
[[nodiscard]] std::vector<Topic> topics_of(const DigestInput& input);

/// Whether what is new of the topic was announced word for word, or says nothing to the reader.
[[nodiscard]] bool is_without_news(const Topic& topic);

/// The day on which it takes effect: of a rule its first, else the first issue of the eCFR that
/// shows it; nullopt unknown.
[[nodiscard]] std::optional<Date> day_of_effect(const Topic& topic);

/// What it does to texts, the most telling first: its changes, or where the eCFR has none yet the
/// effects that its instructions will have. One of changes that make the same replacement.
struct Shown {
  const Change* change = nullptr;
  const store::StoredChange* stored = nullptr; ///< nullptr for an effect
  std::vector<const Change*> alike;            ///< the same replacement elsewhere
};

[[nodiscard]] std::vector<Shown> shown_changes(const Topic& topic);

/// A row of a party list that came or went as a whole.
[[nodiscard]] bool is_whole_party(const Change& change);

/// Whether the hit is about the change, by the place of one of its reasons.
[[nodiscard]] bool is_about(const Hit& hit, const Change& change);

} // namespace regtrail::delivery
