// Days that documents and the newest law name.
#include "store/impl_internal.hpp"
#include "store/json_columns_internal.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace regtrail::store {

namespace {

/// Of documents; the columns are read here, since views with functions on JSON are for shells only.
class DocumentDays {
public:
  DocumentDays(Database& db, std::vector<StoredDay>& days) : m_db(db), m_days(days) {}

  void read() {
    Query query = m_db.query(
        "SELECT d.id, d.number, d.compliance, d.applicable, d.comments_close, d.clauses, "
        "d.deadlines, (SELECT min(f.fetched_at) FROM fetches f WHERE f.raw IN (d.metadata_raw, "
        "d.text_raw)) FROM documents d");
    while (query.next()) {
      m_id = query.integer(0);
      m_number = query.text(1);
      m_parts.clear();
      m_seen = query.maybe_instant(7);
      const auto clauses = from_json<std::vector<DatedClause>>(query.text(5));
      add_dates(clauses);
      add_all(from_json<std::vector<Date>>(query.text(2)), CalendarKind::compliance, clauses);
      add_all(from_json<std::vector<Date>>(query.text(3)), CalendarKind::applicable, clauses);
      if (const auto day = query.maybe_date(4)) {
        add_all({*day}, CalendarKind::comments_close, clauses);
      }
      for (const DatedClause& clause : clauses) {
        if (clause.kind == DatedClause::Kind::expires) {
          add(clause.date, CalendarKind::expires, clause.words);
        }
      }
      for (const Deadline& deadline : from_json<std::vector<Deadline>>(query.text(6))) {
        add(deadline.date, CalendarKind::task, deadline.text);
      }
    }
  }

private:
  /// Days of effect after delays, and ends of single instructions.
  void add_dates(const std::vector<DatedClause>& clauses) {
    std::vector<std::pair<Date, bool>> dates; ///< and whether it is an end
    {
      Query query = m_db.query("SELECT date, what = 'until' FROM document_dates WHERE document = ? "
                               "AND what <> 'published' AND date < '9999-12-31'",
                               m_id);
      while (query.next()) {
        dates.emplace_back(query.date(0), query.flag(1));
      }
    }
    for (const auto& [date, ends] : dates) {
      if (ends) {
        add_end(date, clauses);
      } else {
        add_all({date}, CalendarKind::effective, clauses);
      }
    }
  }

  /// A stay where one of the instructions that end on the day orders it.
  void add_end(Date date, const std::vector<DatedClause>& clauses) {
    bool stays = false;
    std::string words = words_of(date, clauses);
    Query query = m_db.query("SELECT operations, text FROM instructions WHERE document = ? AND "
                             "until = ? ORDER BY position",
                             m_id,
                             date);
    while (query.next()) {
      words = words.empty() ? query.text(1) : words;
      for (const Operation& operation : from_json<std::vector<Operation>>(query.text(0))) {
        stays = stays || operation.verb == Verb::stay;
      }
    }
    add(date, stays ? CalendarKind::stay_ends : CalendarKind::expires, std::move(words));
  }

  void add_all(const std::vector<Date>& dates,
               CalendarKind kind,
               const std::vector<DatedClause>& clauses) {
    for (const Date date : dates) {
      add(date, kind, words_of(date, clauses));
    }
  }

  static std::string words_of(Date date, const std::vector<DatedClause>& clauses) {
    const auto found = std::find_if(clauses.begin(), clauses.end(), [&](const DatedClause& clause) {
      return clause.date == date;
    });
    return found == clauses.end() ? "" : found->words;
  }

  void add(Date date, CalendarKind kind, std::string words) {
    if (m_parts.empty()) {
      Query query = m_db.query("SELECT title, part FROM document_parts WHERE document = ?", m_id);
      while (query.next()) {
        m_parts.push_back({query.text(0), query.text(1)});
      }
    }
    m_days.push_back(
        {{date, kind, "", m_number, Citation(), std::move(words)}, m_parts, "", m_seen});
  }

  Database& m_db;
  std::vector<StoredDay>& m_days;
  std::int64_t m_id = 0;
  std::string m_number;
  std::vector<CfrPart> m_parts;
  std::optional<Timestamp> m_seen;
};

} // namespace

Result<std::vector<StoredDay>> Archive::days() {
  Impl& impl = *m_impl;
  return impl.read("read days from", [&] {
    std::vector<StoredDay> days;
    DocumentDays(impl.db, days).read();
    Query query = impl.db.query(
        "SELECT date, kind, at, words, first_seen, title, part, place FROM law_days_v");
    while (query.next()) {
      days.push_back(
          {{query.date(0), query.word<CalendarKind>(1), "", "", query.citation(2), query.text(3)},
           {{std::to_string(query.integer(5)), query.text(6)}},
           query.text(7),
           query.maybe_instant(4)});
    }
    // A sentence and an instruction may say the same of a document.
    const auto key = [](const StoredDay& each) {
      return std::tuple(each.entry.day,
                        each.entry.at.empty(),
                        each.entry.at,
                        each.entry.document,
                        each.entry.kind);
    };
    std::stable_sort(days.begin(), days.end(), [&](const StoredDay& left, const StoredDay& right) {
      return key(left) < key(right);
    });
    const auto same = [&](const StoredDay& left, const StoredDay& right) {
      return key(left) == key(right) &&
             (left.entry.kind != CalendarKind::task || left.entry.words == right.entry.words);
    };
    days.erase(std::unique(days.begin(), days.end(), same), days.end());
    return days;
  });
}

} // namespace regtrail::store
