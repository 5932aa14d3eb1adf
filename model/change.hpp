// What happened between two versions: changes, their typed meaning, their cause (ARCHITECTURE.md,
// Changes). The two sides are `before` and `after` everywhere.
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/node.hpp"
#include "model/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

enum class ChangeKind : std::uint8_t { added, removed, revised, redesignated, moved, cosmetic };

template<>
struct Vocabulary<ChangeKind> {
  static constexpr std::string_view name = "kind of change";
  static constexpr std::array<std::string_view, 6> words{
      "added", "removed", "revised", "redesignated", "moved", "cosmetic"};
};

/// One run of a word script. Joining `same` and `removed` gives before, `same` and `added` after.
struct WordRun {
  enum class Op : char { same = '=', removed = '-', added = '+' };
  Op op = Op::same;
  std::string text;

  friend bool operator==(const WordRun&, const WordRun&) = default;
};

enum class Direction : std::uint8_t { tightened, loosened, neutral, unclear };

template<>
struct Vocabulary<Direction> {
  static constexpr std::string_view name = "direction";
  static constexpr std::array<std::string_view, 4> words{
      "tightened", "loosened", "neutral", "unclear"};
};

/// What a revision is about.
enum class TypedChangeType : std::uint8_t {
  threshold,
  entity,
  license_requirement,
  license_exception,
  review_policy,
  country,
  cross_reference,
  date,
  definition,
  conjunction, ///< "and" or "or" of a list
  scope,
  quotation, ///< quotation marks around a defined term
  nomenclature,
};

template<>
struct Vocabulary<TypedChangeType> {
  static constexpr std::string_view name = "type of a change";
  static constexpr std::array<std::string_view, 13> words{"threshold",
                                                          "entity",
                                                          "license_requirement",
                                                          "license_exception",
                                                          "review_policy",
                                                          "country",
                                                          "cross_reference",
                                                          "date",
                                                          "definition",
                                                          "conjunction",
                                                          "scope",
                                                          "quotation",
                                                          "nomenclature"};
};

/// The meaning of a revision.
struct TypedChange {
  TypedChangeType type = TypedChangeType::scope;
  std::string subject;
  std::string before;
  std::string after;
  Direction direction = Direction::unclear;
  std::string rule; ///< which rule said so: "a higher upper bound catches more items"

  friend bool operator==(const TypedChange&, const TypedChange&) = default;
};

/// What speaks for a cause, or against it.
enum class CauseEvidence : std::uint8_t {
  cita,         ///< the source note or the list row newly cites a page of the document
  page_range,   ///< goes with cita: the page lies in the document's range
  pending_link, ///< the link to the pending document vanished
  instruction,  ///< an instruction names the place
  instruction_in_part,
  names_elsewhere, ///< all instructions were understood and none names the place
  not_understood,
  words,        ///< the instruction quotes the words that changed
  text,         ///< the document prints the new text
  text_differs, ///< the document prints another text
  dates,        ///< due within the week before the issue date
  too_late,     ///< due long before
  text_not_read,
  candidate,         ///< below the confidence of a claim
  document_not_held, ///< the law cites a page that is not in the archive
  editorial,         ///< no rule did it; goes with no_citation and no_instruction
  no_citation,
  no_instruction,
  unidentified, ///< nobody knows
};

template<>
struct Vocabulary<CauseEvidence> {
  static constexpr std::string_view name = "evidence of a cause";
  static constexpr std::array<std::string_view, 19> words{"cita",
                                                          "page_range",
                                                          "pending_link",
                                                          "instruction",
                                                          "instruction_in_part",
                                                          "names_elsewhere",
                                                          "not_understood",
                                                          "words",
                                                          "text",
                                                          "text_differs",
                                                          "dates",
                                                          "too_late",
                                                          "text_not_read",
                                                          "candidate",
                                                          "document_not_held",
                                                          "editorial",
                                                          "no_citation",
                                                          "no_instruction",
                                                          "unidentified"};
};

/// The link from a change to the FR document that made it, or the answer that there is none (see
/// CauseAnswer).
struct Cause {
  std::string document; ///< FR document number; "" when only the citation is known
  std::string citation; ///< "91 FR 52501"
  double confidence = 0.0;
  std::vector<CauseEvidence> evidence;
  std::string instruction = {}; ///< its ordinal in the document, "2.a"; "" unknown

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
  /// 32 hex digits, stable across rebuild: unit, its normalised hashes, after date, kind, at.
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
  /// The children into which the text of a revised paragraph was divided with its words kept, in
  /// printed order.
  std::vector<Citation> divided_into = {};

  friend bool operator==(const Change&, const Change&) = default;
};

struct NoteChange {
  Citation at;
  NoteField field = NoteField::cita;
  std::string before;
  std::string after;

  friend bool operator==(const NoteChange&, const NoteChange&) = default;
};

enum class StatusEventKind : std::uint8_t {
  stayed,
  lifted,
  expired,
  reverted,
  not_incorporated, ///< an amendment could not be carried out
};

template<>
struct Vocabulary<StatusEventKind> {
  static constexpr std::string_view name = "status event";
  static constexpr std::array<std::string_view, 5> words{
      "stayed", "lifted", "expired", "reverted", "not_incorporated"};
};

struct StatusEvent {
  Citation at;
  StatusEventKind event = StatusEventKind::stayed;
  std::optional<Date> date;
  std::optional<Date> until;
  /// What of the place, in the words of the note ("the second and third sentences"); "" for all of
  /// it.
  std::string extent = {};

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
