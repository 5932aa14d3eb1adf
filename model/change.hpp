// What happened between two versions: changes, their typed meaning, their cause (ARCHITECTURE.md,
// Changes). The two sides are `before` and `after` everywhere.
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/node.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

enum class ChangeKind : std::uint8_t { added, removed, revised, redesignated, moved, cosmetic };

[[nodiscard]] std::string_view to_string(ChangeKind kind);
Result<ChangeKind> parse_change_kind(std::string_view word);

/// One run of a word script. Joining `same` and `removed` gives before, `same` and `added` after.
struct WordRun {
  enum class Op : char { same = '=', removed = '-', added = '+' };
  Op op = Op::same;
  std::string text;

  friend bool operator==(const WordRun&, const WordRun&) = default;
};

enum class Direction : std::uint8_t { tightened, loosened, neutral, unclear };

[[nodiscard]] std::string_view to_string(Direction direction);
Result<Direction> parse_direction(std::string_view word);

/// The meaning of a revision. `type` is one of the words of ARCHITECTURE.md, Changes ("threshold",
/// ...).
struct TypedChange {
  std::string type;
  std::string subject;
  std::string before;
  std::string after;
  Direction direction = Direction::unclear;
  std::string rule; ///< which rule said so: "a higher upper bound catches more items"

  friend bool operator==(const TypedChange&, const TypedChange&) = default;
};

/// The link from a change to the FR document that made it, or the answer that there is none (see
/// CauseAnswer).
struct Cause {
  std::string document; ///< FR document number; "" when only the citation is known
  std::string citation; ///< "91 FR 52501"
  double confidence = 0.0;
  std::vector<std::string> evidence; ///< "cita", "page_range", "instruction", ...
  std::string instruction = {};      ///< its ordinal in the document, "2.a"; "" unknown

  friend bool operator==(const Cause&, const Cause&) = default;
};

enum class CauseAnswer : std::uint8_t {
  identified,   ///< a document, with a confidence of at least one half
  cited,        ///< the law cites a page of the FR, the document is not held: no `document`
  editorial,    ///< no rule did it: neither document nor citation, evidence "editorial"
  unidentified, ///< nobody knows: neither, evidence "unidentified"; candidates follow
  candidate,    ///< a document, with a confidence below one half
};

[[nodiscard]] CauseAnswer answer_of(const Cause& cause);

struct Change {
  /// 32 hex digits, stable across rebuild: unit, both published hashes, after date, kind, at.
  std::string id;
  ChangeKind kind = ChangeKind::revised;
  NodeKind node_kind = NodeKind::paragraph;
  Citation at;                 ///< where it is after; for a removal where it was
  std::optional<Citation> was; ///< the former citation of what was redesignated or moved
  std::string before;          ///< shown_text, for added and removed nodes subtree_text
  std::string after;
  std::vector<WordRun> words; ///< empty for added and removed
  std::vector<TypedChange> typed;
  std::vector<Cause> causes; ///< newest first
  std::string group;         ///< shared by changes that make the same replacement; "" for none

  friend bool operator==(const Change&, const Change&) = default;
};

struct NoteChange {
  Citation at;
  NoteField field = NoteField::cita;
  std::string before;
  std::string after;

  friend bool operator==(const NoteChange&, const NoteChange&) = default;
};

struct StatusEvent {
  Citation at;
  std::string event; ///< stayed, lifted, expired, reverted, not_incorporated
  std::optional<Date> date;
  std::optional<Date> until;

  friend bool operator==(const StatusEvent&, const StatusEvent&) = default;
};

/// One side of a comparison, as the JSON names it.
struct SideInfo {
  std::string unit;         ///< "15 CFR 744.23", "15 CFR Part 742" or a file's name
  std::optional<Date> date; ///< eCFR issue date, unknown for a file
  Sha256 sha256;

  friend bool operator==(const SideInfo&, const SideInfo&) = default;
};

struct DiffResult {
  SideInfo before;
  SideInfo after;
  std::vector<Change> changes; ///< in legal order of `at`, then kind
  std::vector<NoteChange> notes;
  std::vector<StatusEvent> status;
  std::vector<NotUnderstood> not_understood; ///< of the after side

  /// True when something other than `cosmetic` is among the changes (--exit-code).
  [[nodiscard]] bool substantive() const;

  friend bool operator==(const DiffResult&, const DiffResult&) = default;
};

} // namespace regtrail
