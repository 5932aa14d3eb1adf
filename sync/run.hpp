// What the steps of one sync of a source share.
#pragma once

#include "diff/relevance/matcher.hpp"
#include "fetch/ecfr_client.hpp"
#include "fetch/transport.hpp"
#include "store/archive.hpp"
#include "sync/derive.hpp"
#include "sync/report.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::sync {

/// The archive, options and observer must outlive it.
class SourceRun {
public:
  SourceRun(store::Archive& the_archive,
            const char* source_name,
            const SyncOptions& the_options,
            SyncObserver& the_observer)
      : archive(the_archive),
        source(source_name),
        options(the_options),
        observer(the_observer) {}

  /// Counts the request and files the answer under `stream`, before anything is read from it.
  Result<store::RawId> record(const Result<fetch::Response>& response,
                              const std::string& url,
                              const std::string& stream);

  /// Reports trouble with `what`; only an error of kind storage is returned, and ends the run.
  Result<void> note(std::string what, Error error);

  /// Reports rows of the list `what` that could not be read, with what is wrong with the first.
  Result<void> note_unreadable(const std::string& what,
                               const std::string& url,
                               const std::vector<std::string>& rows);

  /// True when the observer asks for the end, which is then reported once, as trouble with `what`.
  bool cancelled(const std::string& what);

  /// To be called after a request failed: true, and reported, when three did in a row. Then the
  /// host is down or blocks us, and asking on would only make it worse.
  bool gave_up(ErrorKind kind);

  /// More than a day after now; the day allows for a clock that is a little behind.
  [[nodiscard]] bool is_ahead(Date date) const;

  /// `date`, unless it is_ahead(): then nullopt, and trouble with `what` that quotes the date as
  /// the `field` in the answer of `url`. Such a date must be neither used nor stored; as a
  /// watermark it would end all later questions.
  std::optional<Date> unless_ahead(std::optional<Date> date,
                                   const std::string& what,
                                   std::string_view field,
                                   const std::string& url);

  /// Adds what a date brought to the report.
  void count(const store::PartDate& date, const Derived& derived);

  /// Stores what `status` says of the source after this run. `newest`: the date of its newest text,
  /// nullopt when this run cannot say. `valid_through` likewise.
  Result<void> note_health(std::optional<Date> newest, std::optional<Date> valid_through);

  store::Archive& archive;
  const char* source;
  const SyncOptions& options;
  SyncObserver& observer;
  SyncReport report;
  /// Of questions that the user put, which say nothing of the health of the source: to be added to
  /// the report's when it was noted.
  std::vector<SyncTrouble> own_troubles;
  int failures = 0;            ///< requests that failed, in a row
  bool took_something = false; ///< an answer was used, whether or not it was news

private:
  bool m_cancelled = false;
};

/// Whether the answer is a file of a mirror folder. One file may stand there for several questions.
[[nodiscard]] bool is_from_folder(const store::RawRecord& record);

/// nullopt where the source does not have it.
Result<std::optional<store::RawId>> if_found(const Result<store::RawId>& raw);

/// One sync of the eCFR.
struct EcfrRun : SourceRun {
  EcfrRun(store::Archive& the_archive,
          fetch::Transport& transport,
          const diff::Matcher& the_matcher,
          const SyncOptions& the_options,
          SyncObserver& the_observer);

  /// Asks for the text of a part and files it. Status 404 is an answer, which read_part() reads as
  /// no units, where all units of the part were removed by that date; else not_found.
  Result<store::RawId> ask_part(const store::PartDate& date);

  fetch::EcfrClient client;
  const diff::Matcher& matcher;
  std::vector<PartName> parts;
};

/// The newest date whose text is stored.
Result<std::optional<Date>> newest_snapshot(store::Archive& archive, Edition edition);

/// SourceRun::note_health for a source of texts; puts the newest date into the report.
Result<void> note_text_health(SourceRun& run, Edition edition);

} // namespace regtrail::sync
