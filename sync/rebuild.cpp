// All derived tables again from the facts.
#include "store/streams.hpp"
#include "sync/causes.hpp"
#include "sync/derive.hpp"
#include "sync/fr_documents.hpp"
#include "sync/part_text.hpp"
#include "sync/plan.hpp"
#include "sync/sync.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace regtrail::sync {
namespace {

using store::Answer;
using store::Archive;
using store::PartDate;

/// When an answer was taken for a date, or gave way to none.
struct Event {
  Timestamp when{};
  PartDate date;
  std::optional<store::RawId> raw;
};

/// In the order in which they happened. An answer that gave way to another ends with that one.
std::vector<Event> events_of(const std::vector<Answer>& answers) {
  std::vector<Event> events;
  for (const Answer& answer : answers) {
    events.push_back({answer.from, answer.date, answer.raw});
    const bool replaced = std::any_of(answers.begin(), answers.end(), [&](const Answer& other) {
      return other.date == answer.date && answer.until && other.from >= *answer.until;
    });
    if (answer.until && !replaced) {
      events.push_back({*answer.until, answer.date, std::nullopt});
    }
  }
  std::stable_sort(events.begin(), events.end(), [](const Event& left, const Event& right) {
    return left.when < right.when;
  });
  return events;
}

std::string part_of(const PartDate& date) {
  return to_string(PartName{date.title, date.part});
}

class Rebuild {
public:
  Rebuild(Archive& archive, const diff::Matcher& matcher, SyncObserver& observer)
      : m_archive(archive),
        m_matcher(matcher),
        m_observer(observer) {}

  Result<SyncReport> run() {
    TRY(m_archive.in_transaction([&]() -> Result<void> {
      TRY(m_archive.reindex());
      TRY_ASSIGN(m_kept, m_archive.drop_derived());
      TRY_ASSIGN(const auto answers, m_archive.answers());
      const std::vector<Event> events = events_of(answers);
      for (const Event& event : events) {
        ++m_planned[part_of(event.date)];
      }
      for (const Event& event : events) {
        TRY(derive(event));
      }
      if (m_kept.documents.empty()) {
        TRY_ASSIGN(const auto documents, rebuild_documents(m_archive));
        m_report.not_understood += documents.not_understood;
      }
      TRY(attribute_marked(m_archive));
      TRY_ASSIGN(
          const int hits,
          m_archive.match_documents(store::MatchedDocuments::all, [&](const Document& document) {
            return m_matcher.match(document);
          }));
      m_report.new_hits += hits;
      TRY(m_archive.refresh_search());
      return {};
    }));
    TRY(count());
    return std::move(m_report);
  }

private:
  Result<void> derive(const Event& event) {
    const std::string part = part_of(event.date);
    m_observer.on_part_progress(part, ++m_done[part], m_planned[part], 0);
    if (std::find(m_kept.dates.begin(), m_kept.dates.end(), event.date) != m_kept.dates.end()) {
      return {};
    }
    if (!event.raw) {
      return m_archive.withdraw_snapshot(event.date, event.when);
    }
    const auto derived =
        derive_again(m_archive, m_matcher, event.date, *event.raw, event.when, m_kept.dates);
    if (!derived) {
      m_report.troubles.push_back({name_of(event.date), derived.error()});
      return {};
    }
    add(m_report, *derived);
    return {};
  }

  void note_kept(std::string what, std::string_view kept) {
    m_report.troubles.push_back(
        {std::move(what),
         {ErrorKind::storage,
          fmt::format("the body of its answer is damaged, {}; run 'regtrail sync' to ask for it "
                      "again",
                      kept)}});
  }

  Result<void> count() {
    for (const PartDate& date : m_kept.dates) {
      note_kept(name_of(date), "what was derived from it is kept");
    }
    for (const store::RawRecord& record : m_kept.documents) {
      note_kept(record.url, "all documents are kept as they were read");
    }
    TRY_ASSIGN(const auto status, m_archive.status());
    m_report.pending_dates = status.pending_dates;
    TRY_ASSIGN(const auto parts, m_archive.planned_parts());
    m_report.parts = static_cast<int>(parts.size());
    for (const auto& [source, edition] : {std::pair{store::ecfr_source, Edition::ecfr},
                                          std::pair{store::govinfo_source, Edition::annual}}) {
      TRY_ASSIGN(const auto newest, newest_snapshot(m_archive, edition));
      if (newest) {
        m_report.sources.push_back({source, newest});
      }
    }
    m_report.newest_issue_date =
        m_report.sources.empty() ? std::nullopt : m_report.sources[0].newest;
    return {};
  }

  Archive& m_archive;
  const diff::Matcher& m_matcher;
  SyncObserver& m_observer;
  SyncReport m_report;
  store::Unreadable m_kept;
  std::map<std::string, int> m_planned; ///< events by part
  std::map<std::string, int> m_done;
};

} // namespace

Result<SyncReport> rebuild(Archive& archive, const diff::Matcher& matcher, SyncObserver& observer) {
  return Rebuild(archive, matcher, observer).run();
}

} // namespace regtrail::sync
