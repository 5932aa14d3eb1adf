// Raw records and the plan of dates.
#include "store/impl_internal.hpp"
#include "store/raw_headers_internal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::store {

namespace {

constexpr std::size_t largest_body = 900'000'000; // SQLite's own limit is 1 GB a row

constexpr int status_not_modified = 304;

constexpr std::string_view record_by_id =
    "SELECT r.id, r.source, s.name, r.url, f.final_url, f.status, f.fetched_at, b.sha256, b.size, "
    "r.quarantine FROM raw_records r JOIN raw_streams s ON s.id = r.stream "
    "JOIN raw_bodies b ON b.id = r.body JOIN raw_fetches f ON f.raw = r.id AND f.number = 0 "
    "WHERE r.id = ?";

RawRecord record_of(const Query& row) {
  RawRecord record;
  record.id = row.integer(0);
  record.source = row.text(1);
  record.stream = row.text(2);
  record.url = row.text(3);
  record.final_url = row.text(4);
  record.status = row.small(5);
  record.fetched_at = row.instant(6);
  record.sha256 = row.sha(7);
  record.size = static_cast<std::uint64_t>(row.integer(8));
  record.quarantine = row.text(9);
  return record;
}

RawRecord record(Database& db, RawId raw) {
  Query query = db.query(record_by_id, raw);
  if (!query.next()) {
    refuse(ErrorKind::not_found, fmt::format("the archive has no raw record number {}", raw));
  }
  return record_of(query);
}

std::int64_t stream_id(Database& db, const std::string& name) {
  db.run("INSERT INTO raw_streams (name) VALUES (?) ON CONFLICT DO NOTHING", name);
  Query query = db.query("SELECT id FROM raw_streams WHERE name = ?", name);
  query.next();
  return query.integer(0);
}

std::optional<RawId> newest_of(Database& db, const std::string& url) {
  Query newest =
      db.query("SELECT max(id) FROM raw_records WHERE url_key = ? AND url = ?", url_key(url), url);
  newest.next();
  return newest.maybe_integer(0);
}

/// The newest accepted body of the stream: what an error page says helps nothing.
std::optional<std::int64_t> similar_body(Database& db, std::int64_t stream) {
  Query newest = db.query("SELECT body FROM raw_records WHERE stream = ? AND quarantine = '' "
                          "ORDER BY id DESC LIMIT 1",
                          stream);
  return newest.next() ? std::optional(newest.integer(0)) : std::nullopt;
}

/// The body's row, which may be there already for another record.
std::int64_t
put_body(Database& db, DeltaChain& bodies, const std::string& body, std::int64_t stream) {
  const Sha256 digest = sha256(body);
  {
    Query known = db.query("SELECT id FROM raw_bodies WHERE sha256 = ?", digest);
    if (known.next()) {
      return known.integer(0);
    }
  }
  const Frame frame = bodies.encode(body, similar_body(db, stream), Resemblance::earlier_version);
  db.run("INSERT INTO raw_bodies (sha256, base, keyframe, links, generation, size, data) "
         "VALUES (?, ?, ?, ?, ?, ?, ?)",
         digest,
         frame.base,
         frame.keyframe,
         frame.links,
         frame.generation,
         static_cast<std::int64_t>(body.size()),
         Blob{frame.data});
  return db.last_row();
}

void note_fetch(Database& db, Zstd& zstd, RawId raw, const RawResponse& response) {
  std::int64_t number = 0;
  {
    Query query = db.query("SELECT count(*) FROM raw_fetches WHERE raw = ?", raw);
    query.next();
    number = query.integer(0);
  }
  db.run("INSERT INTO raw_fetches (raw, number, fetched_at, final_url, status, headers) "
         "VALUES (?, ?, ?, ?, ?, ?)",
         raw,
         number,
         response.fetched_at,
         response.final_url == response.url ? std::string() : response.final_url,
         response.status,
         Blob{squeeze_headers(db, zstd, raw, number, response.headers)});
}

/// Adds those of `older` whose name `headers` lacks.
void add_missing(Headers& headers, const Headers& older) {
  const Headers newer = headers;
  for (const auto& header : older) {
    if (std::none_of(newer.begin(), newer.end(), [&](const auto& each) {
          return each.first == header.first;
        })) {
      headers.push_back(header);
    }
  }
}

} // namespace

Result<RawId> Archive::put_raw(const RawResponse& response) {
  Impl& impl = *m_impl;
  return impl.write("store an answer in", [&] {
    if (response.body.size() > largest_body) {
      refuse(ErrorKind::too_large,
             fmt::format("cannot store '{}': {} bytes are more than one "
                         "record may have",
                         response.url,
                         response.body.size()));
    }
    Database& db = impl.db;
    const auto newest = newest_of(db, response.url);
    const bool not_modified = response.status == status_not_modified;
    if (not_modified && !newest) {
      refuse(
          ErrorKind::not_found,
          fmt::format("the archive has no answer of '{}' that could be unchanged", response.url));
    }
    if (newest && (not_modified || record(db, *newest).sha256 == sha256(response.body))) {
      note_fetch(db, impl.zstd, *newest, response);
      return *newest;
    }
    const std::int64_t stream = stream_id(db, response.stream);
    const std::int64_t body = put_body(db, impl.bodies, response.body, stream);
    db.run("INSERT INTO raw_records (stream, source, url, url_key, body) VALUES (?, ?, ?, ?, ?)",
           stream,
           response.source,
           response.url,
           url_key(response.url),
           body);
    const RawId raw = db.last_row();
    note_fetch(db, impl.zstd, raw, response);
    return raw;
  });
}

Result<void> Archive::quarantine(RawId raw, const std::string& reason) {
  Impl& impl = *m_impl;
  return impl.write("quarantine a record in", [&] {
    record(impl.db, raw);
    impl.db.run("UPDATE raw_records SET quarantine = ? WHERE id = ?", reason, raw);
  });
}

Result<std::string> Archive::raw_bytes(RawId raw) {
  Impl& impl = *m_impl;
  return impl.read("read a raw record of", [&] {
    const RawRecord wanted = record(impl.db, raw);
    std::int64_t body = 0;
    {
      Query query = impl.db.query("SELECT body FROM raw_records WHERE id = ?", raw);
      query.next();
      body = query.integer(0);
    }
    std::string bytes = *impl.bodies.get(body);
    if (sha256(bytes) != wanted.sha256) {
      throw Damage(fmt::format("other bytes for '{}' than were received", wanted.url));
    }
    return bytes;
  });
}

Result<RawRecord> Archive::raw_record(RawId raw) {
  Impl& impl = *m_impl;
  return impl.read("read a raw record of", [&] { return record(impl.db, raw); });
}

Result<std::vector<std::pair<std::string, std::string>>> Archive::raw_headers(RawId raw) {
  Impl& impl = *m_impl;
  return impl.read("read a raw record of", [&] {
    auto headers = stored_headers(impl.db, impl.zstd, raw, 0);
    if (!headers) {
      refuse(ErrorKind::not_found, fmt::format("the archive has no raw record number {}", raw));
    }
    return *std::move(headers);
  });
}

Result<std::optional<RawRecord>> Archive::newest_raw(const std::string& url) {
  Impl& impl = *m_impl;
  return impl.read("read", [&]() -> std::optional<RawRecord> {
    const auto newest = newest_of(impl.db, url);
    return newest ? std::optional(record(impl.db, *newest)) : std::nullopt;
  });
}

Result<std::optional<RawOrigin>> Archive::newest_origin(const std::string& url) {
  Impl& impl = *m_impl;
  return impl.read("read", [&]() -> std::optional<RawOrigin> {
    const auto newest = newest_of(impl.db, url);
    if (!newest || !record(impl.db, *newest).quarantine.empty()) {
      return std::nullopt;
    }
    RawOrigin origin;
    Query fetches = impl.db.query(
        "SELECT number, status, final_url FROM raw_fetches WHERE raw = ? ORDER BY number DESC",
        *newest);
    while (fetches.next()) {
      if (origin.final_url.empty()) {
        origin.final_url = fetches.text(2).empty() ? url : fetches.text(2);
      }
      add_missing(origin.headers, *stored_headers(impl.db, impl.zstd, *newest, fetches.integer(0)));
      if (fetches.small(1) != status_not_modified) {
        break;
      }
    }
    return origin;
  });
}

Result<std::vector<RawRecord>> Archive::raw_records(const std::string& stream) {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    std::vector<RawId> ids;
    {
      Query query = impl.db.query("SELECT r.id FROM raw_records r JOIN raw_streams s "
                                  "ON s.id = r.stream WHERE ?1 = '' OR s.name = ?1 ORDER BY r.id",
                                  stream);
      while (query.next()) {
        ids.push_back(query.integer(0));
      }
    }
    std::vector<RawRecord> records;
    records.reserve(ids.size());
    for (const RawId id : ids) {
      records.push_back(record(impl.db, id));
    }
    return records;
  });
}

// --- the plan --------------------------------------------------------------------------------

Result<void>
Archive::plan_dates(int title, const std::string& part, const std::vector<Date>& dates) {
  Impl& impl = *m_impl;
  return impl.write("note dates in", [&] {
    for (const Date date : dates) {
      impl.db.run("INSERT INTO planned_dates (title, part, issue_date) VALUES (?, ?, ?) "
                  "ON CONFLICT DO NOTHING",
                  title,
                  part,
                  date);
    }
  });
}

Result<void> Archive::set_planned_raw(const PartDate& date, RawId raw) {
  Impl& impl = *m_impl;
  return impl.write("note an answer in", [&] {
    record(impl.db, raw);
    impl.db.run("INSERT INTO planned_dates (title, part, issue_date, raw) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET raw = excluded.raw",
                date.title,
                date.part,
                date.issue_date,
                raw);
  });
}

Result<void> Archive::unplan_date(const PartDate& date) {
  Impl& impl = *m_impl;
  return impl.write("take a date out of the plan in", [&] {
    impl.db.run("DELETE FROM planned_dates WHERE title = ?1 AND part = ?2 AND issue_date = ?3 AND "
                "NOT EXISTS (SELECT 1 FROM snapshots WHERE title = ?1 AND part = ?2 AND "
                "issue_date = ?3)",
                date.title,
                date.part,
                date.issue_date);
  });
}

Result<std::vector<PlannedDate>> Archive::planned_dates(int title, const std::string& part) {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    std::vector<PlannedDate> plan;
    Query query = impl.db.query(
        "SELECT p.issue_date, p.raw, s.seen IS NOT NULL FROM planned_dates p LEFT JOIN snapshots s "
        "USING (title, part, issue_date) WHERE p.title = ? AND p.part = ? ORDER BY p.issue_date",
        title,
        part);
    while (query.next()) {
      plan.push_back({query.date(0), query.maybe_integer(1), query.integer(2) != 0});
    }
    return plan;
  });
}

Result<std::vector<std::pair<int, std::string>>> Archive::planned_parts() {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    std::vector<std::pair<int, std::string>> parts;
    {
      Query query = impl.db.query("SELECT DISTINCT title, part FROM planned_dates");
      while (query.next()) {
        parts.emplace_back(query.small(0), query.text(1));
      }
    }
    std::sort(parts.begin(), parts.end(), [](const auto& left, const auto& right) {
      if (left.first != right.first) {
        return left.first < right.first;
      }
      return compare_natural(left.second, right.second) < 0;
    });
    return parts;
  });
}

} // namespace regtrail::store
