// The archive: one SQLite file with every byte received and everything derived from it
// (docs/archive.md). The only room that knows SQL; its interface speaks the model.
//
// Raw records are facts and are never overwritten. Texts, versions, changes and hits are derived:
// pure functions of the facts, so they can be dropped and made again. Trees are not stored: a text
// is read again from its bytes when it is asked for.
#pragma once

#include "model/change.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/error.hpp"
#include "model/hit.hpp"
#include "model/node.hpp"
#include "model/source.hpp"
#include "model/text_day.hpp"
#include "model/version.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::store {

enum class OpenMode {
  read_only,  ///< the file must exist
  read_write, ///< the file must exist
  create,     ///< made with its folders when absent
};

/// Reads the unit `id` again from the bytes `ranges` of the body of an answer.
using UnitReader = std::function<Result<Unit>(
    std::string_view body, const Citation& id, const std::vector<ByteRange>& ranges)>;

/// One accepted or quarantined answer of a source.
struct RawResponse {
  std::string source; ///< "ecfr"
  /// Answers of one stream are versions of one thing and are compressed against each other:
  /// "ecfr/full/title-15/part-744".
  std::string stream;
  std::string url;
  std::string final_url;
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  Timestamp fetched_at{};
  std::string body;
};

using RawId = std::int64_t;

struct RawRecord {
  RawId id = 0;
  std::string source;
  std::string stream;
  std::string url;
  std::string final_url;
  int status = 0;
  Timestamp fetched_at{};
  Sha256 sha256;
  std::uint64_t size = 0; ///< bytes of the body
  std::string quarantine; ///< reason; "" = accepted
};

/// One of the times at which an answer was received.
struct Fetch {
  Timestamp at{};
  std::string final_url;
  int status = 0; ///< 304: not modified
  std::vector<std::pair<std::string, std::string>> headers;
};

/// Where the text of a version was read.
struct TextSource {
  RawId raw = 0;
  std::vector<ByteRange> ranges; ///< of the answer's body
};

/// What an answer was received with.
struct RawOrigin {
  std::string final_url;
  std::vector<std::pair<std::string, std::string>> headers;
};

/// A part as of one eCFR issue date.
struct PartDate {
  int title = 15;
  std::string part;
  Date issue_date;

  friend auto operator<=>(const PartDate&, const PartDate&) = default;
};

/// How much is in a part: what an answer that lost some of it is told by.
struct Inventory {
  std::size_t units = 0;
  std::size_t rows = 0; ///< rows, entries and definitions of lists
};

/// What cannot be derived again, because the body of an answer is damaged.
struct Unreadable {
  std::vector<PartDate> dates;      ///< of parts, by title, part and date
  std::vector<RawRecord> documents; ///< answers that documents and measures are read from

  [[nodiscard]] bool empty() const { return dates.empty() && documents.empty(); }
};

/// Which answer was taken for the text of a date, and while which time.
struct Answer {
  PartDate date;
  RawId raw = 0;
  Timestamp from{};
  std::optional<Timestamp> until;
};

/// An issue date that `versions` named for a part, in the order of dates.
struct PlannedDate {
  Date issue_date;
  std::optional<RawId> raw; ///< the accepted answer for it, once fetched
  bool derived = false;     ///< its snapshot is stored
  Edition edition = Edition::ecfr;
};

/// What the changes between two neighbouring dates of a part amount to.
struct Transition {
  int title = 15;
  std::string part;
  Date before;
  Date after;
  DiffResult diff;
  /// One per diff.changes element, in the same order; may be empty for "not matched".
  std::vector<std::vector<Hit>> hits;
};

struct ChangeQuery {
  std::optional<Date> since;      ///< issue date on or after
  std::optional<Date> until;      ///< issue date on or before
  std::optional<Citation> within; ///< at or below; also changes whose `was` lies there
  std::string document;           ///< with it among their causes; "" = any
  std::string category;           ///< "" = any
  int min_severity = 0;
  bool only_hits = false; ///< leave out changes without a hit
  bool include_near = false;
  bool include_cosmetic = false;
  int limit = 0; ///< 0 = all
};

/// A stored change with its interval and its hits, newest date first, then legal order.
struct StoredChange {
  Change change;
  int title = 15;
  std::string part;
  Date before_date;
  Date after_date;
  std::string before_unit_sha; ///< hex; "" when the unit was absent
  std::string after_unit_sha;
  std::vector<Hit> hits; ///< best first
  /// Set by status_events(): no change of text, and `change` has only its id and its place.
  std::optional<StatusEvent> status;
};

/// A document and the raw records that it was read from.
struct StoredDocument {
  Document document;
  std::optional<RawId> metadata_raw; ///< the service's answer that describes it
  std::optional<RawId> text_raw;     ///< its text

  friend bool operator==(const StoredDocument&, const StoredDocument&) = default;
};

/// A day that a document or the newest law names (as deadlines_v tells), as it is printed: what
/// other documents make of it is not looked at, but for delays of effect.
struct StoredDay {
  CalendarEntry entry;        ///< without item; `at` is empty for a document
  std::vector<CfrPart> parts; ///< that the document is about, or in which the place lies
  std::string text;           ///< of the place; "" for a document
  std::optional<Timestamp> first_seen;

  friend bool operator==(const StoredDay&, const StoredDay&) = default;
};

enum class DocumentContent {
  described, ///< without instructions and body: cheap
  whole,
};

/// Whose hits are made anew.
enum class MatchedDocuments {
  all,   ///< for a new register
  fresh, ///< those that were stored since they were last matched
};

/// All that is given must hold.
struct DocumentQuery {
  std::optional<CfrPart> part;
  std::optional<Date> since; ///< published or effective, in whole or in part, on or after
  std::optional<Date> until; ///< ... on or before
  std::optional<Date> published_since;
  std::optional<Date> published_until;
  std::optional<DocumentType> type;
  std::string rin; ///< "" = any
  DocumentContent content = DocumentContent::described;
  int limit = 0; ///< 0 = all
};

struct SearchQuery {
  /// All must be found in one place: words, phrases ("license exception"), beginnings ("licens*"),
  /// each in one of its forms ("1200", "1,200").
  std::vector<std::vector<std::string>> all;
  /// Or any of these: what the words mean in another language.
  std::vector<std::string> any;
  std::optional<Date> on; ///< the law of that day and what was published by then; slower
  int limit = 20;
};

struct SearchResult {
  Citation at; ///< a place of the law, or a document's number
  Date on;     ///< issue date of the text, or publication
  std::string text;
  double score = 0.0; ///< higher is better
};

/// What a subscriber was told: a step of what happened to a place. In words, so that it is the same
/// when it is derived anew.
struct Told {
  Citation unit;
  Date issue_date; ///< on which the text changed or the event was read
  Citation at;
  std::string step; ///< "changed", or the word of a status event: "stayed"

  friend auto operator<=>(const Told&, const Told&) = default;
};

[[nodiscard]] Told told_of(const StoredChange& change);

struct OutboxMessage {
  std::int64_t id = 0;
  std::string subscriber;
  std::string recipient; ///< mail address
  std::string subject;
  std::string message_id; ///< "<...@...>", fixed when queued; every retry carries it
  std::string bytes;      ///< the whole RFC 5322 message
  std::vector<Told> told; ///< of the message; left empty by queued_messages
  Timestamp queued_at{};
  int attempts = 0;
  std::string last_error;
};

/// A message of the outbox and when it was handed over; nullopt: it was not.
struct QueuedMessage {
  OutboxMessage message;
  std::optional<Timestamp> sent_at;
};

/// What a person said of an item; shown in its trail, never used to leave something out.
struct Judgement {
  std::string item;
  bool relevant = true;
  std::string note;
  std::string who;
  Timestamp given_at{};

  friend bool operator==(const Judgement&, const Judgement&) = default;
};

/// Held for the length of a sync; released by the kernel when the process dies.
class SyncLock {
public:
  /// That of the archive `file`, as Archive::lock_for_sync.
  static Result<SyncLock> take(const std::filesystem::path& file,
                               std::chrono::milliseconds patience,
                               const std::function<void(std::chrono::milliseconds)>& wait);

  SyncLock(SyncLock&& other) noexcept;
  SyncLock& operator=(SyncLock&& other) noexcept;
  ~SyncLock();

private:
  friend class Archive;

  explicit SyncLock(int descriptor) : m_descriptor(descriptor) {}

  int m_descriptor = -1;
};

/// What `verify` found.
struct Verified {
  std::vector<std::string> problems; ///< one line each; empty when sound
  std::vector<RawId> damaged_bodies; ///< answers whose bytes are not those received
  bool derived_damaged = false;      ///< something that a rebuild makes again
  bool structure_damaged = false;    ///< pages of the file
  bool facts_damaged = false;        ///< something that only a backup has
};

/// Not thread-safe. SQLite's exceptions end here: every call returns an Error of kind storage that
/// names the file and the remedy.
class Archive {
public:
  /// An archive of another schema is refused by name. `reader` reads texts from answers.
  static Result<Archive>
  open(const std::filesystem::path& file, OpenMode mode, UnitReader reader = {});
  static Result<Archive> in_memory(UnitReader reader = {});

  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  /// The lock beside the file ("FILE.lock"). `busy` names the holder's process id when the lock
  /// cannot be had within `patience`; `wait` is called between tries (500 ms each).
  Result<SyncLock> lock_for_sync(std::chrono::milliseconds patience,
                                 const std::function<void(std::chrono::milliseconds)>& wait);

  /// Runs `work` in one transaction: committed when it returns a value, rolled back on an Error or
  /// an exception. A call within another is a part of it, rolled back by itself.
  Result<void> in_transaction(const std::function<Result<void>()>& work);

  // --- raw records -------------------------------------------------------------------------

  /// Commits by itself. An answer whose bytes equal the newest of its url is not stored twice:
  /// the fetch is noted and the existing id returned; so is one of status 304 (not modified),
  /// which is not_found where none of its url is held.
  Result<RawId> put_raw(const RawResponse& response);
  /// "" lifts it again.
  Result<void> quarantine(RawId raw, const std::string& reason);
  Result<std::string> raw_bytes(RawId raw);
  Result<RawRecord> raw_record(RawId raw);
  Result<std::optional<RawRecord>> newest_raw(const std::string& url);
  /// Where the newest answer of `url` was last received from, and its headers with those that
  /// later answers of status 304 gave anew (RFC 9111, section 3.2). nullopt when none is held or
  /// it is quarantined or damaged.
  Result<std::optional<RawOrigin>> newest_origin(const std::string& url);
  Result<std::vector<RawRecord>> raw_records(const std::string& stream); ///< oldest first; "" = all

  // --- the plan: which dates of which parts exist ---------------------------------------------

  /// What is planned already keeps its edition.
  Result<void> plan_dates(int title,
                          const std::string& part,
                          const std::vector<Date>& dates,
                          Edition edition = Edition::ecfr);
  /// From `when` on the answer is taken for the text of the date, in place of an earlier one.
  Result<void> set_planned_raw(const PartDate& date, RawId raw, Timestamp when);
  /// Takes out of the plan what turned out not to exist. Of what was derived use withdraw_snapshot.
  Result<void> unplan_date(const PartDate& date);
  Result<std::vector<PlannedDate>> planned_dates(int title, const std::string& part);
  Result<std::vector<std::pair<int, std::string>>> planned_parts(); ///< (title, part), sorted

  // --- snapshots and versions -----------------------------------------------------------------

  /// Stores the units of a part as of a date, read from the answer `raw`, in any order of dates,
  /// replacing what stood there. Versions of a unit are the maximal runs of neighbouring stored
  /// dates with equal content (tree and notes); first_seen is the earliest fetch of the run's
  /// answers. What versions were before is kept as known until `when`.
  /// `days` reads what a new text prints.
  Result<void> put_snapshot(const PartDate& date,
                            RawId raw,
                            const std::vector<Unit>& units,
                            Timestamp when,
                            const TextDayReader& days = {});

  /// Takes a date back into the plan as not yet answered: its snapshot and the transitions that
  /// touch it are no longer known from `when` on, its raw record stays.
  Result<void> withdraw_snapshot(const PartDate& date, Timestamp when);

  Result<std::vector<Date>> snapshot_dates(int title, const std::string& part); ///< ascending

  /// All units of a part as of a stored date, in printed order.
  Result<std::vector<Unit>> load_snapshot(const PartDate& date);

  /// How much a part holds as of a stored date, without reading its texts.
  Result<Inventory> inventory(const PartDate& date);

  /// Both sides of a transition; units that are equal as a whole are left out on both sides.
  Result<std::pair<std::vector<Unit>, std::vector<Unit>>> load_pair(const PartDate& before,
                                                                    const PartDate& after);

  /// Every unit ever seen, in legal order; `part` "" = all.
  Result<std::vector<Citation>> units(const std::string& part);
  Result<std::vector<UnitVersion>> versions(const Citation& unit); ///< oldest first
  /// The version in force on a day (nullopt: the newest); nullopt when the unit did not exist.
  Result<std::optional<UnitVersion>> version_on(const Citation& unit, std::optional<Date> day);
  Result<Unit> load(const UnitVersion& version);
  /// Only the node at `citation`, with its subtree; nullopt when the version has none.
  Result<std::optional<Node>> load_node(const UnitVersion& version, const Citation& citation);

  // --- changes and hits -----------------------------------------------------------------------

  /// Replaces what stood for the same part and dates; that, and transitions that overlap it, are no
  /// longer known from `when` on.
  Result<void> put_transition(const Transition& transition, Timestamp when);
  /// Replaces the hits of all stored changes (a new register). `match` must not use the archive.
  Result<void> replace_hits(const std::function<std::vector<Hit>(const StoredChange&)>& match);
  /// Of the hits only those that the query asks for are kept. With `category`, `min_severity` or
  /// `only_hits`, changes without such a hit are left out.
  Result<std::vector<StoredChange>> changes(const ChangeQuery& query);
  /// Stays, their ends and amendments that could not be made, newest date first. Of the query only
  /// the dates count, and the hits are for the caller to find.
  Result<std::vector<StoredChange>> status_events(const ChangeQuery& query);
  Result<bool> has_transition(int title, const std::string& part, Date before, Date after);
  /// The dates of every transition, by part and date; its `diff` and `hits` are left empty.
  Result<std::vector<Transition>> transition_dates();
  /// One with all that belongs to it; an Error of kind not_found when there is none.
  Result<Transition> transition(int title, const std::string& part, Date before, Date after);
  /// Sets the causes of each change of a transition, in the order of its changes; returns how many
  /// changes had other causes before. What is equal is not written.
  Result<int> replace_causes(int title,
                             const std::string& part,
                             Date before,
                             Date after,
                             const std::vector<std::vector<Cause>>& causes);

  /// The same events with other days, in the order in which they are stored.
  Result<void> replace_status(int title,
                              const std::string& part,
                              Date before,
                              Date after,
                              const std::vector<StatusEvent>& status);

  // --- documents ------------------------------------------------------------------------------

  /// Replaces what stood under its number. Returns whether something was written: an equal document
  /// from the same records is not.
  Result<bool> put_document(const StoredDocument& stored);
  Result<void> remove_document(const std::string& number);
  Result<std::vector<StoredDocument>> documents(const DocumentQuery& query); ///< oldest first
  /// By number, order number or page ("89 FR 96837": every document whose pages hold it).
  Result<std::vector<StoredDocument>> find_documents(const Citation& id, DocumentContent content);
  /// What a comparison of documents found, in place of what the last one did; by document number.
  Result<void>
  replace_inferred_relations(const std::vector<std::pair<std::string, Relation>>& relations);

  /// The days by which a stored document is found (DocumentQuery::since, deadlines_v) become those
  /// of `document`: the same with other dates of effect, after delays. What else is stored of it
  /// stays as printed.
  Result<void> replace_days(const Document& document);
  /// What the document says of others and, inverted, what others say of it.
  Result<std::vector<Relation>> relations_of(const std::string& number);

  /// Replaces the hits of documents by themselves, and returns how many came that are not near.
  /// `match` must not use the archive.
  Result<int> match_documents(MatchedDocuments which,
                              const std::function<std::vector<Hit>(const Document&)>& match);
  /// Of all documents that have some, by number, best first.
  Result<std::map<std::string, std::vector<Hit>>> document_hits();

  // --- days -----------------------------------------------------------------------------------

  /// The earliest first, then those of the law before those of documents.
  Result<std::vector<StoredDay>> days();

  // --- judgements -----------------------------------------------------------------------------

  Result<void> put_judgement(const Judgement& judgement);
  Result<std::vector<Judgement>> judgements(); ///< oldest first

  // --- evidence -------------------------------------------------------------------------------

  /// Every time that the answer was received, oldest first.
  Result<std::vector<Fetch>> fetches(RawId raw);
  Result<TextSource> text_source(const UnitVersion& version);
  /// The messages that tell something of which `wanted` is true, oldest first; `told` is only that.
  Result<std::vector<QueuedMessage>>
  messages_telling(const std::function<bool(const Told&)>& wanted);

  // --- search ---------------------------------------------------------------------------------

  /// Brings the index up to the newest law and the documents; writes only what is different and
  /// returns the number of places indexed anew.
  Result<int> refresh_search();
  Result<std::vector<SearchResult>> search(const SearchQuery& query); ///< best first

  // --- delivery ---------------------------------------------------------------------------------

  /// Those of `changes` that `subscriber` was not told and no queued message tells.
  Result<std::vector<StoredChange>> untold(const std::string& subscriber,
                                           std::vector<StoredChange> changes);
  /// What `subscriber` was told of a unit or a document.
  Result<std::vector<Told>> told_of(const std::string& subscriber, const Citation& unit);
  /// One transaction: the message and the note of what it tells the subscriber. Refused as a whole
  /// when another message tells some of it.
  Result<std::int64_t> enqueue(const OutboxMessage& message);
  Result<std::vector<OutboxMessage>> queued_messages(); ///< oldest first, failed ones included
  Result<void> mark_sent(std::int64_t message, Timestamp when);
  Result<void> mark_attempt_failed(std::int64_t message, Timestamp when, const std::string& error);

  // --- sources and status -----------------------------------------------------------------------

  Result<std::optional<SourceStatus>> source_status(const std::string& source);
  Result<void> put_source_status(const SourceStatus& status);
  /// Small values of the pipeline's own ("ecfr.watermark.15"); "" when unset.
  Result<std::string> setting(const std::string& key);
  Result<void> put_setting(const std::string& key, const std::string& value);
  Result<ArchiveStatus> status();

  // --- housekeeping -----------------------------------------------------------------------------

  /// The answers taken for the dates of parts, in the order in which they were, those that gave way
  /// to others included.
  Result<std::vector<Answer>> answers();
  /// What drop_derived() would keep; the bodies are marked as damaged.
  Result<Unreadable> unreadable();
  /// Drops what is derived from answers that can be read, and returns what it keeps: the dates, and
  /// all documents where one of their answers cannot be read. For use within in_transaction.
  Result<Unreadable> drop_derived();
  /// All derived rows as text, without surrogate keys, in a fixed order: two archives with equal
  /// exports hold the same law. For rebuild's promise and its tests.
  Result<std::string> export_derived();
  /// Checks the file's structure, its schema, references between rows, every raw body against its
  /// SHA-256, every table against the digest of its rows, the search index against its texts, and
  /// what was told against the outbox.
  Result<Verified> verify();
  /// Marks answers whose bodies verify() found damaged, so that their sources are asked again.
  Result<void> mark_damaged(const std::vector<RawId>& raws);
  Result<std::vector<RawRecord>> damaged(); ///< those marked and not yet received again
  /// Empties derived tables that may hold anything, and makes digests again that alone are wrong.
  Result<void> empty_derived();
  /// Writes the whole file anew; not within in_transaction.
  Result<void> compact();
  /// Makes the indexes of all tables again.
  Result<void> reindex();
  /// A copy of the archive as of now, made beside `file` and renamed to it; mode 0600. Readers and
  /// a sync may go on meanwhile.
  Result<void> backup(const std::filesystem::path& file);

  /// Brings back `backup`, an archive that verifies as sound, as `file`. What stood there is kept
  /// as "FILE.damaged". The caller holds no archive of `file` open.
  static Result<void> restore(const std::filesystem::path& backup,
                              const std::filesystem::path& file);

private:
  struct Impl;
  explicit Archive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

} // namespace regtrail::store
