// How the sources fare, the pipeline's settings, and the summary that `status` prints.
#include "store/impl_internal.hpp"
#include "store/streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace regtrail::store {

namespace {

constexpr std::string_view status_columns = "SELECT source, health, newest_issue_date, "
                                            "valid_through, last_success, last_attempt, message "
                                            "FROM sources ";

SourceStatus status_of(const Query& query) {
  SourceStatus status;
  status.source = query.text(0);
  status.health = query.word<Health>(1);
  status.newest_issue_date = query.maybe_date(2);
  status.valid_through = query.maybe_date(3);
  status.last_success = query.maybe_instant(4);
  status.last_attempt = query.maybe_instant(5);
  status.message = query.text(6);
  return status;
}

int count(Database& db, std::string_view sql) {
  Query query = db.query(sql);
  query.next();
  return query.small(0);
}

std::vector<QuarantinedRecord> quarantined(Database& db) {
  std::vector<QuarantinedRecord> records;
  Query query = db.query("SELECT r.source, r.url, f.fetched_at, r.quarantine, b.size "
                         "FROM raw_records r JOIN fetches f ON f.raw = r.id AND f.number = 0 "
                         "JOIN raw_bodies b ON b.id = r.body WHERE r.quarantine <> '' "
                         "ORDER BY f.fetched_at DESC, r.id DESC");
  while (query.next()) {
    records.push_back({query.text(0),
                       query.text(1),
                       query.instant(2),
                       query.text(3),
                       static_cast<std::uint64_t>(query.integer(4))});
  }
  return records;
}

/// A problem that many versions share is one problem, met first in the oldest of them.
std::vector<NotUnderstoodRecord> problems(Database& db) {
  std::vector<NotUnderstoodRecord> records;
  Query query = db.query("SELECT v.from_date, p.at, p.what, p.words FROM versions v "
                         "JOIN not_understood p ON p.text = v.text WHERE v.known_until IS NULL "
                         "ORDER BY v.from_date, v.text, p.position");
  while (query.next()) {
    records.push_back({{query.citation(1), query.text(2), query.text(3)}, query.date(0)});
  }
  const auto key = [](const NotUnderstoodRecord& record) {
    return std::tie(record.problem.at, record.problem.what, record.problem.text);
  };
  std::stable_sort(records.begin(), records.end(), [&](const auto& left, const auto& right) {
    return key(left) < key(right);
  });
  records.erase(std::unique(records.begin(),
                            records.end(),
                            [&](const auto& left, const auto& right) {
                              return left.problem == right.problem;
                            }),
                records.end());
  return records;
}

/// By the settings that a sync notes them in.
std::vector<MissingText> missing_texts(Database& db) {
  std::vector<MissingText> missing;
  Query query = db.query("SELECT d.number, iif(d.volume > 0 AND d.start_page > 0, d.volume || "
                         "' FR ' || d.start_page, ''), s.value FROM settings s JOIN documents d "
                         "ON s.key = ? || d.number WHERE s.value <> '' ORDER BY d.number",
                         std::string(missing_text_key));
  while (query.next()) {
    const std::string asked = query.text(2);
    const std::size_t cut = asked.find(' ');
    const auto first = parse_timestamp(asked.substr(0, cut));
    const auto last = parse_timestamp(asked.substr(cut + 1));
    missing.push_back(
        {query.text(0), query.text(1), first.value_or(Timestamp{}), last.value_or(Timestamp{})});
  }
  return missing;
}

} // namespace

Result<std::optional<SourceStatus>> Archive::source_status(const std::string& source) {
  static const std::string one = fmt::format("{}WHERE source = ?", status_columns);
  Impl& impl = *m_impl;
  return impl.read("read", [&]() -> std::optional<SourceStatus> {
    Query query = impl.db.query(one, source);
    return query.next() ? std::optional(status_of(query)) : std::nullopt;
  });
}

Result<void> Archive::put_source_status(const SourceStatus& status) {
  Impl& impl = *m_impl;
  return impl.write("write", [&] {
    impl.db.run("INSERT OR REPLACE INTO sources (source, health, newest_issue_date, valid_through, "
                "last_success, last_attempt, message) VALUES (?, ?, ?, ?, ?, ?, ?)",
                status.source,
                to_string(status.health),
                status.newest_issue_date,
                status.valid_through,
                status.last_success,
                status.last_attempt,
                status.message);
  });
}

Result<std::string> Archive::setting(const std::string& key) {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    Query query = impl.db.query("SELECT value FROM settings WHERE key = ?", key);
    return query.next() ? query.text(0) : std::string();
  });
}

Result<void> Archive::put_setting(const std::string& key, const std::string& value) {
  Impl& impl = *m_impl;
  return impl.write("write", [&] {
    impl.db.run("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", key, value);
  });
}

Result<ArchiveStatus> Archive::status() {
  static const std::string all = fmt::format("{}ORDER BY source", status_columns);
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    Database& db = impl.db;
    ArchiveStatus status;
    {
      Query query = db.query(all);
      while (query.next()) {
        status.sources.push_back(status_of(query));
      }
    }
    status.quarantined = quarantined(db);
    status.not_understood = problems(db);
    status.outbox_queued =
        count(db, "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND last_error = ''");
    status.outbox_failed =
        count(db, "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND last_error <> ''");
    status.outbox_sent = count(db, "SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL");
    status.units = count(db, "SELECT count(DISTINCT unit) FROM versions WHERE known_until IS NULL");
    status.versions = count(db, "SELECT count(*) FROM versions WHERE known_until IS NULL");
    status.changes = count(db, "SELECT count(*) FROM changes WHERE known_until IS NULL");
    status.hits = count(db,
                        "SELECT (SELECT count(*) FROM hits h JOIN changes c ON c.id = h.change "
                        "WHERE c.known_until IS NULL AND NOT h.near) + (SELECT count(*) FROM "
                        "document_hits WHERE NOT near)");
    status.documents = count(db, "SELECT count(*) FROM documents");
    status.instructions_not_understood =
        count(db, "SELECT count(*) FROM instructions WHERE NOT understood");
    status.missing_texts = missing_texts(db);
    status.pending_dates = count(db,
                                 "SELECT count(*) FROM planned_dates p WHERE NOT EXISTS (SELECT 1 "
                                 "FROM answers a WHERE a.title = p.title AND a.part = p.part AND "
                                 "a.issue_date = p.issue_date AND a.known_until IS NULL)");
    return status;
  });
}

} // namespace regtrail::store
