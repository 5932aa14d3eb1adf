// Versions of a unit and what the commands say about them (ARCHITECTURE.md, The archive).
#pragma once

#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/node.hpp"
#include "model/vocabulary.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace regtrail {

/// The text of a unit over an interval of eCFR issue dates of its part.
struct UnitVersion {
  Citation unit;
  Date from;                 ///< first issue date that carries this text
  std::optional<Date> until; ///< first issue date that no longer does; nullopt: still current
  Timestamp first_seen{};    ///< when we first received it
  Sha256 raw;                ///< over the unit's element as received on `from`
  Hash128 published;         ///< of the root node
  Hash128 normalised;
  bool baseline = false; ///< the oldest version we hold: its origin is unknown, it is no amendment
  std::int64_t key = 0;  ///< the archive's handle; meaningless elsewhere, not stable across rebuild

  friend bool operator==(const UnitVersion&, const UnitVersion&) = default;
};

enum class VersionStatus : std::uint8_t { in_force, pending, stayed, removed };

template<>
struct Vocabulary<VersionStatus> {
  static constexpr std::string_view name = "status of a version";
  static constexpr std::array<std::string_view, 4> words{
      "in_force", "pending", "stayed", "removed"};
};

/// One line of `history CITATION`, newest first.
struct HistoryEntry {
  Date from;
  std::optional<Date> until;
  Timestamp first_seen{};
  Sha256 raw;
  std::map<std::string, int> kinds; ///< changes that made this version: {"revised": 2}
  VersionStatus status = VersionStatus::in_force;
  std::vector<Cause> causes;   ///< newest first
  std::vector<Change> changes; ///< at or below the citation, for the terminal's summary
  std::optional<Citation> was; ///< the citation before this version renumbered it
  bool baseline = false;
  std::optional<Date> reverted_to; ///< this text is that of an earlier version, of this date
  /// The day of law: from its cause, where that is above 0.8 and its day was read.
  std::optional<Date> in_force_from = {};
  std::optional<Citation> became = {}; ///< for `removed`: what it was redesignated as

  friend bool operator==(const HistoryEntry&, const HistoryEntry&) = default;
};

/// Something published or filed that is to change a place and has not yet.
struct PendingAmendment {
  std::string document; ///< FR document number
  std::string citation; ///< "91 FR 60123", "" while on public inspection
  std::string title;
  std::optional<Date> published;
  std::optional<Date> effective; ///< nullopt: not known or delayed indefinitely
  bool indefinite = false;
  bool on_inspection = false;
  std::string instruction;       ///< its ordinal; "" when only the part is known to be concerned
  std::string text;              ///< the instruction's words
  std::vector<Citation> targets; ///< what it is to change; of metadata alone the part

  friend bool operator==(const PendingAmendment&, const PendingAmendment&) = default;
};

struct History {
  Citation citation;
  std::vector<HistoryEntry> versions; ///< newest first
  /// Soonest first; nullopt where the Federal Register was never read.
  std::optional<std::vector<PendingAmendment>> pending = {};
};

/// Which text was shown for a day, and what is known of it. The day of law decides where it is
/// known, else the eCFR's date.
struct TextOnDay {
  std::optional<Date> asked = {}; ///< nullopt: the newest text
  std::optional<Date> from = {};  ///< first eCFR date that carries the text; nullopt: not asked for
  bool baseline = false;          ///< unchanged since the oldest version held
  std::optional<Date> in_force_from = {}; ///< as HistoryEntry::in_force_from
  std::optional<Cause> cause = {};        ///< of the change that made this text
  /// The last day that the eCFR has answered for, where the day asked for is later.
  std::optional<Date> known_through = {};
  /// Amendments in force on the day asked for that the eCFR has not answered for yet.
  std::vector<PendingAmendment> in_force_not_shown = {};
  /// Of the newest text: what is to change later. nullopt: the Federal Register was never read.
  std::optional<std::vector<PendingAmendment>> pending = std::vector<PendingAmendment>{};
};

} // namespace regtrail
