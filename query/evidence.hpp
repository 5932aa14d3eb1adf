// What an item rests on: answers with their bytes, documents, both texts of what changed, who was
// told, what was said of it. No printing.
#pragma once

#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/error.hpp"
#include "model/item.hpp"
#include "model/register.hpp"
#include "store/archive.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::query {

/// An answer as it was received.
struct EvidenceAnswer {
  store::RawRecord record;
  std::vector<store::Fetch> fetches; ///< oldest first
  std::string body;
  /// What it was read for: "text of 2026-16628"; of a part also while when it was taken for the
  /// date.
  std::vector<std::string> uses;
};

/// The text of a unit or page on a day.
struct EvidenceText {
  Citation unit;
  Date day;                          ///< an issue date; of a page the day on which it came
  std::optional<Unit> text;          ///< nullopt: the archive holds none of that day
  std::optional<Date> since;         ///< first issue date with this text
  store::RawId raw = 0;              ///< answer in which its bytes stand
  std::vector<ByteRange> ranges;     ///< of that answer's body; none: all of it
  std::optional<Sha256> sha256 = {}; ///< of the bytes `ranges`, joined
};

struct Evidence {
  Item item;
  std::vector<Document> documents;     ///< the rule, what acts on it, the causes of its changes
  std::vector<EvidenceAnswer> answers; ///< by number
  std::vector<EvidenceText> texts;     ///< in legal order, then by day
  std::vector<DiffResult> redlines;    ///< of the item's changes only
  std::vector<store::Judgement> judgements;
  std::vector<store::QueuedMessage> messages;
};

/// Everything about `item`, which find_items gave for the day `on`. A body that is damaged is an
/// Error: evidence without its bytes is none.
Result<Evidence>
gather_evidence(store::Archive& archive, const Register& entries, const Item& item, Date on);

} // namespace regtrail::query
