// What the upstream services tell about themselves, and how they fare (docs/sources.md).
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/node.hpp"
#include "model/version.hpp"
#include "model/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

/// One title in the answer of the eCFR's titles.json.
struct TitleState {
  int number = 0;
  std::string name;
  std::optional<Date> latest_amended_on;
  std::optional<Date> latest_issue_date; ///< the watermark for `versions`
  std::optional<Date> up_to_date_as_of;  ///< last date the versioner can answer for
  bool reserved = false;
  bool processing_in_progress = false;
};

struct Titles {
  std::vector<TitleState> titles;
  std::optional<Date> date; ///< the service's "today"
  bool import_in_progress = false;
};

/// One row of the eCFR's `versions`: a unit whose text appeared in or left an issue.
struct VersionRow {
  Citation unit;
  std::string name; ///< heading as the service prints it
  std::string part;
  Date issue_date;
  std::optional<Date> amendment_date;
  bool substantive = true; ///< a hint, not a filter (docs/sources.md, eCFR: versions)
  bool removed = false;
};

struct VersionsPage {
  std::vector<VersionRow> rows;
  std::optional<int> result_count; ///< of all pages together
  std::optional<int> total_pages;  ///< absent on some servers: page until a short page
};

/// One entry of the eCFR operator's list of own errors (docs/sources.md, eCFR: corrections).
struct EcfrCorrection {
  std::int64_t id = 0;
  std::vector<std::string> references; ///< "15 CFR 742.6"
  std::string action;
  std::optional<Date> occurred;
  std::optional<Date> corrected;
  std::string fr_citation;
};

enum class Health : std::uint8_t { unknown, healthy, degraded, failing };

template<>
struct Vocabulary<Health> {
  static constexpr std::string_view name = "state of a source";
  static constexpr std::array<std::string_view, 4> words{
      "unknown", "healthy", "degraded", "failing"};
};

/// `status` shows one per source.
struct SourceStatus {
  std::string source; ///< "ecfr", "federal-register", "govinfo"
  Health health = Health::unknown;
  std::optional<Date> newest_issue_date; ///< newest issue date stored
  std::optional<Date> valid_through; ///< up to which day "nothing changed" is a positive statement
  std::optional<Timestamp> last_success; ///< last run that ended without a failure
  std::optional<Timestamp> last_attempt;
  std::string message; ///< last trouble, "" when healthy
};

/// Where the text of an issue date comes from.
enum class Edition : std::uint8_t {
  ecfr,
  annual, ///< an annual edition of the CFR
};

template<>
struct Vocabulary<Edition> {
  static constexpr std::string_view name = "edition of the CFR";
  static constexpr std::array<std::string_view, 2> words{"ecfr", "annual"};
};

/// The text of a document that its source named and does not have yet.
struct MissingText {
  std::string document; ///< FR document number
  std::string citation; ///< "91 FR 60100"; "" unknown
  Timestamp asked_first{};
  Timestamp asked_last{};
};

struct QuarantinedRecord {
  std::string source;
  std::string url;
  Timestamp fetched_at{};
  std::string reason;
  std::uint64_t size = 0; ///< bytes
};

/// A NotUnderstood with the issue date of the version it was met in.
struct NotUnderstoodRecord {
  NotUnderstood problem;
  Date issue_date;
};

struct ArchiveStatus {
  std::vector<SourceStatus> sources;
  std::vector<QuarantinedRecord> quarantined; ///< newest first
  std::vector<NotUnderstoodRecord> not_understood;
  int outbox_queued = 0;
  int outbox_sent = 0;
  int outbox_failed = 0;
  int units = 0;
  int versions = 0;
  int changes = 0;
  int hits = 0;
  int pending_dates = 0; ///< issue dates known but not yet fetched
  int documents = 0;
  int instructions_not_understood = 0;        ///< of documents held
  std::vector<PendingAmendment> pending = {}; ///< of the parts held; filled by who asks for them
  std::vector<PendingAmendment> withdrawn =
      {};                                      ///< were on public inspection and were not published
  std::vector<MissingText> missing_texts = {}; ///< by document
};

} // namespace regtrail
