// A Federal Register document: what it says about itself, what it orders done to the CFR, and how
// it stands to other documents (ARCHITECTURE.md, Causes).
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/error.hpp"
#include "model/node.hpp"
#include "model/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

enum class DocumentType : std::uint8_t {
  rule,
  proposed_rule,
  notice,
  presidential,
  correction, ///< of the printer (C1-, R1-) or of the corrections section of an issue
  measure,    ///< entered by hand: press release, guidance, agency letter; printed nowhere
  other,
};

template<>
struct Vocabulary<DocumentType> {
  static constexpr std::string_view name = "type of document";
  static constexpr std::array<std::string_view, 7> words{
      "rule", "proposed rule", "notice", "presidential document", "correction", "measure", "other"};
};

/// What an instruction does to a place. The words are those of the Document Drafting Handbook.
enum class Verb : std::uint8_t {
  revise,
  add,
  remove,
  redesignate,
  reserve, ///< "remove and reserve" is one operation of this verb
  republish,
  revise_and_republish,
  correct,
  designate,     ///< gives a designator to undesignated text
  transfer,      ///< to another subpart, number kept
  replace_words, ///< remove "A" and add "B" in its place
  remove_words,
  add_words,
  continue_to_read, ///< no change; authority citations
  amend,            ///< a container whose operations follow in lettered instructions
  stay,             ///< also "suspend"
  lift,             ///< of a stay
  delay,            ///< of an effective date
  withdraw,
  confirm, ///< an interim rule made final without change
};

template<>
struct Vocabulary<Verb> {
  static constexpr std::string_view name = "verb of an instruction";
  static constexpr std::array<std::string_view, 20> words{"revise",
                                                          "add",
                                                          "remove",
                                                          "redesignate",
                                                          "reserve",
                                                          "republish",
                                                          "revise and republish",
                                                          "correct",
                                                          "designate",
                                                          "transfer",
                                                          "replace words",
                                                          "remove words",
                                                          "add words",
                                                          "continue to read",
                                                          "amend",
                                                          "stay",
                                                          "lift",
                                                          "delay",
                                                          "withdraw",
                                                          "confirm"};
};

/// What of a place an operation means.
enum class TargetExtent : std::uint8_t {
  whole,             ///< with everything below it
  introductory_text, ///< only the text in front of the first child
  own_text,          ///< only the text of the place itself ("the last sentence of", "the phrase")
};

template<>
struct Vocabulary<TargetExtent> {
  static constexpr std::string_view name = "extent of a target";
  static constexpr std::array<std::string_view, 3> words{"whole", "introductory text", "own text"};
};

/// A place of the CFR as an instruction names it. Headings, definitions, entries, notes and tables
/// are steps of the citation ("15 CFR 744.23 / heading"); an authority citation is
/// "15 CFR Part 744 / authority", a source note "... / source".
struct Target {
  Citation at;
  TargetExtent extent = TargetExtent::whole;

  friend bool operator==(const Target&, const Target&) = default;
};

struct Operation {
  Verb verb = Verb::amend;
  std::vector<Target> targets; ///< in the order named, lists and ranges expanded
  std::vector<Citation> to;    ///< redesignate: one for each target; transfer: the subpart
  std::string old_words;       ///< replace_words, remove_words: as quoted, without the quotes
  std::string new_words;       ///< replace_words, add_words
  std::string
      note; ///< what else the words say, verbatim: "wherever it appears", "before the entry for"

  friend bool operator==(const Operation&, const Operation&) = default;
};

/// Text printed under an instruction, read with the paragraph grammar of the CFR. Asterisks that
/// stand for unchanged text are nodes of their own with the text "* * * * *"; "* * *" after a
/// designator is that paragraph's text.
struct SetOutText {
  Citation unit; ///< section or appendix printed; a part for its authority citation
  Node root;     ///< as Unit::root

  friend bool operator==(const SetOutText&, const SetOutText&) = default;
};

struct Instruction {
  std::string ordinal; ///< "2", "2.a", "2.a.i"; "#n" counted where none is printed
  std::string text;    ///< verbatim, white space folded
  int page = 0;        ///< FR page on which it stands, 0 unknown
  std::string title;   ///< of the CFR it amends: "15"
  std::string part;    ///< "744", "" unknown
  bool understood = false;
  std::string reason; ///< why it was not understood, or what was repaired; "" otherwise
  std::vector<Operation> operations;
  std::optional<Date> effective; ///< its own date, where it differs from the document's
  std::optional<Date> until;     ///< "from January 16, 2025, until January 1, 2026"
  bool indefinite = false;       ///< "delayed indefinitely"
  std::vector<SetOutText> set_out;

  friend bool operator==(const Instruction&, const Instruction&) = default;
};

enum class RelationKind : std::uint8_t {
  corrects,
  corrected_by,
  delays,
  delayed_by,
  withdraws,
  withdrawn_by,
  stays,
  stayed_by,
  extends, ///< a comment period or a stay
  extended_by,
  confirms,
  confirmed_by,
  same_rulemaking, ///< shares a RIN
  companion,       ///< same issue, cite each other
  amends,
  amended_by,
  revokes,
  revoked_by,
  supersedes,
  superseded_by,
  continues,
  continued_by,
  suspends,
  suspended_by,
  terminates,
  terminated_by,
  modifies,
  modified_by,
  implements,
  implemented_by,
  cites, ///< "See" in notes, a mention in text
  cited_by,
};

template<>
struct Vocabulary<RelationKind> {
  static constexpr std::string_view name = "relation between documents";
  static constexpr std::array<std::string_view, 32> words{
      "corrects",      "corrected by", "delays",          "delayed by",   "withdraws",
      "withdrawn by",  "stays",        "stayed by",       "extends",      "extended by",
      "confirms",      "confirmed by", "same rulemaking", "companion",    "amends",
      "amended by",    "revokes",      "revoked by",      "supersedes",   "superseded by",
      "continues",     "continued by", "suspends",        "suspended by", "terminates",
      "terminated by", "modifies",     "modified by",     "implements",   "implemented by",
      "cites",         "cited by"};
};

/// revokes <-> revoked_by; same_rulemaking and companion are their own inverse.
[[nodiscard]] RelationKind inverse(RelationKind kind);

struct Relation {
  RelationKind kind = RelationKind::cites;
  Citation target; ///< executive_order, fr_document or fr_page
  bool in_part = false;
  std::string source; ///< "text", "notes", "metadata" or "inferred"
  std::string words;  ///< the clause that says so; "" for metadata

  friend bool operator==(const Relation&, const Relation&) = default;
};

/// "within 90 days of the date of this order", counted from the signing date.
struct Deadline {
  int days = 0;
  Date date;
  std::string text; ///< the sentence that sets it, at most 300 bytes

  friend bool operator==(const Deadline&, const Deadline&) = default;
};

struct CfrPart {
  std::string title;
  std::string part;

  friend auto operator<=>(const CfrPart&, const CfrPart&) = default;
};

/// One clause of the DATES paragraph: "except for amendatory instruction 5, which is effective
/// January 1, 2026".
struct DatedClause {
  enum class Kind : std::uint8_t {
    effective,
    compliance,
    comments_close,
    expires,
    other,
    applicable, ///< from which day the rule applies, where that is another than it is effective
  };
  Kind kind = Kind::effective;
  Date date;
  std::string instruction; ///< "5" where the clause is about one instruction
  std::string words;       ///< the clause, at most 300 bytes

  friend bool operator==(const DatedClause&, const DatedClause&) = default;
};

template<>
struct Vocabulary<DatedClause::Kind> {
  static constexpr std::string_view name = "kind of a dated clause";
  static constexpr std::array<std::string_view, 6> words{
      "effective", "compliance", "comments_close", "expires", "other", "applicable"};
};

/// A clause of the DATES paragraph that names no day that can be read: "effective 30 days after
/// publication", "delayed indefinitely", "effective February 31, 2026".
struct UnreadDate {
  DatedClause::Kind kind = DatedClause::Kind::effective;
  std::string words; ///< what stands in place of the day, as printed

  friend bool operator==(const UnreadDate&, const UnreadDate&) = default;
};

struct Document {
  std::string number; ///< "2024-28270", "E8-4768", "C1-2026-03111"; for a measure "M-" and a name
  DocumentType type = DocumentType::other;
  std::string subtype; ///< "Executive Order", "Proclamation"; "" otherwise
  std::string action;  ///< "Interim final rule; request for comments."
  std::string title;
  std::string abstract;
  std::vector<std::string> agencies;
  int volume = 0; ///< of the FR; 0 unknown
  int start_page = 0;
  int end_page = 0;
  std::optional<Date> published;
  std::optional<Date> filed; ///< for public inspection
  std::optional<Date> signed_on;
  std::vector<Date> effective; ///< all of them, ascending
  std::vector<Date> compliance;
  std::vector<Date> applicable; ///< "and is applicable as of February 24, 2026"
  std::optional<Date> comments_close;
  std::string dates_text; ///< the DATES paragraph
  std::vector<DatedClause> clauses;
  std::vector<UnreadDate> unread_dates;
  std::vector<std::string> rins;
  std::vector<std::string> dockets;
  std::vector<CfrPart> cfr;    ///< headings and instructions together, ascending
  std::string executive_order; ///< "14110", "" otherwise
  std::string order_notes;     ///< executive_order_notes of the service
  std::vector<Instruction> instructions;
  std::vector<Relation> relations;
  std::vector<Deadline> deadlines;
  std::vector<std::string> editorial_notes; ///< EDNOTE of the document, added after publication
  std::vector<std::string> not_understood;
  std::string body;     ///< running text without instructions and set-out text, paragraphs by "\n"
  std::string text_url; ///< where its full text is to be had; "" unknown
  /// The plain text of a filing, made of its PDF; "" where there is none. It stands in for the text
  /// until publication.
  std::string raw_text_url;
  bool on_inspection = false; ///< filed and not yet published: provisional
  bool withdrawn = false;     ///< taken off public inspection and not published
  bool has_text = false;      ///< false: known by its metadata only

  friend bool operator==(const Document&, const Document&) = default;
};

/// "91 FR 52501" of the start page; "" where volume or page is unknown.
[[nodiscard]] std::string fr_citation_of(const Document& document);

/// When `instruction` takes effect: its own date, else the document's first; nullopt when it is
/// delayed indefinitely or nothing is known.
[[nodiscard]] std::optional<Date> effective_date(const Document& document,
                                                 const Instruction& instruction);

/// What the service says about a document (`metadata`) joined with what its text says (`text`):
/// dates of both, instructions and relations of the text, notes and page range of the metadata.
/// Both must be of one number or one of them without.
[[nodiscard]] Document merge(const Document& metadata, const Document& text);

} // namespace regtrail
