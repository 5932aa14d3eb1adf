// Raw records.
#include "store/impl_internal.hpp"
#include "store/json_columns_internal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::store {

namespace {

constexpr std::size_t largest_body = 900'000'000; // SQLite's own limit is 1 GB a row

constexpr int status_not_modified = 304;

constexpr std::string_view record_by_id =
    "SELECT r.id, r.source, r.stream, r.url, f.final_url, f.status, f.fetched_at, b.sha256, "
    "b.size, r.quarantine FROM raw_records r JOIN raw_bodies b ON b.id = r.body "
    "JOIN fetches f ON f.raw = r.id AND f.number = 0 WHERE r.id = ?";

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

std::optional<RawId> newest_of(Database& db, const std::string& url) {
  Query newest = db.query("SELECT max(id) FROM raw_records WHERE url = ?", url);
  newest.next();
  return newest.maybe_integer(0);
}

/// The newest accepted body of the stream: what an error page says helps nothing.
std::optional<std::int64_t> predecessor(Database& db, const std::string& stream) {
  Query newest = db.query("SELECT body FROM raw_records WHERE stream = ? AND quarantine = '' "
                          "ORDER BY id DESC LIMIT 1",
                          stream);
  return newest.next() ? std::optional(newest.integer(0)) : std::nullopt;
}

void note_fetch(Database& db, RawId raw, const RawResponse& response) {
  db.run("INSERT INTO fetches (raw, number, fetched_at, final_url, status, headers) "
         "VALUES (?1, (SELECT count(*) FROM fetches WHERE raw = ?1), ?2, ?3, ?4, ?5)",
         raw,
         response.fetched_at,
         response.final_url,
         response.status,
         to_json(response.headers));
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

RawRecord Archive::Impl::record(RawId raw) {
  Query query = db.query(record_by_id, raw);
  if (!query.next()) {
    refuse(ErrorKind::not_found, fmt::format("the archive has no raw record number {}", raw));
  }
  return record_of(query);
}

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
    if (newest && not_modified) {
      note_fetch(db, *newest, response);
      return *newest;
    }
    const std::int64_t body = impl.bodies.put(response.body, predecessor(db, response.stream));
    if (newest && impl.body_of(*newest) == body) {
      note_fetch(db, *newest, response);
      return *newest;
    }
    db.run("INSERT INTO raw_records (stream, source, url, body) VALUES (?, ?, ?, ?)",
           response.stream,
           response.source,
           response.url,
           body);
    const RawId raw = db.last_row();
    note_fetch(db, raw, response);
    return raw;
  });
}

std::int64_t Archive::Impl::body_of(RawId raw) {
  Query query = db.query("SELECT body FROM raw_records WHERE id = ?", raw);
  if (!query.next()) {
    refuse(ErrorKind::not_found, fmt::format("the archive has no raw record number {}", raw));
  }
  return query.integer(0);
}

bool Archive::Impl::is_damaged(RawId raw) {
  Query query = db.query("SELECT 1 FROM raw_records r JOIN raw_bodies b ON b.id = r.body WHERE "
                         "r.id = ? AND b.damaged IS NOT NULL",
                         raw);
  return query.next();
}

Result<void> Archive::quarantine(RawId raw, const std::string& reason) {
  Impl& impl = *m_impl;
  return impl.write("quarantine a record in", [&] {
    impl.record(raw);
    impl.db.run("UPDATE raw_records SET quarantine = ? WHERE id = ?", reason, raw);
  });
}

Result<std::string> Archive::raw_bytes(RawId raw) {
  Impl& impl = *m_impl;
  return impl.read("read a raw record of", [&] {
    try {
      return *impl.bodies.get(impl.body_of(raw));
    } catch (const Damage& damage) {
      throw Damage(fmt::format("{} (the answer of '{}')", damage.what(), impl.record(raw).url));
    }
  });
}

Result<RawRecord> Archive::raw_record(RawId raw) {
  Impl& impl = *m_impl;
  return impl.read("read a raw record of", [&] { return impl.record(raw); });
}

Result<std::optional<RawRecord>> Archive::newest_raw(const std::string& url) {
  Impl& impl = *m_impl;
  return impl.read("read", [&]() -> std::optional<RawRecord> {
    const auto newest = newest_of(impl.db, url);
    return newest ? std::optional(impl.record(*newest)) : std::nullopt;
  });
}

Result<std::optional<RawOrigin>> Archive::newest_origin(const std::string& url) {
  Impl& impl = *m_impl;
  return impl.read("read", [&]() -> std::optional<RawOrigin> {
    const auto newest = newest_of(impl.db, url);
    if (!newest || !impl.record(*newest).quarantine.empty() || impl.is_damaged(*newest)) {
      return std::nullopt;
    }
    RawOrigin origin;
    Query fetches = impl.db.query(
        "SELECT status, final_url, headers FROM fetches WHERE raw = ? ORDER BY number DESC",
        *newest);
    while (fetches.next()) {
      if (origin.final_url.empty()) {
        origin.final_url = fetches.text(1);
      }
      add_missing(origin.headers, from_json<Headers>(fetches.text(2)));
      if (fetches.small(0) != status_not_modified) {
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
      Query query = impl.db.query(
          "SELECT id FROM raw_records WHERE ?1 = '' OR stream = ?1 ORDER BY id", stream);
      while (query.next()) {
        ids.push_back(query.integer(0));
      }
    }
    std::vector<RawRecord> records;
    records.reserve(ids.size());
    for (const RawId id : ids) {
      records.push_back(impl.record(id));
    }
    return records;
  });
}

Result<void> Archive::mark_damaged(const std::vector<RawId>& raws) {
  Impl& impl = *m_impl;
  return impl.write("mark damaged answers in", [&] {
    for (const RawId raw : raws) {
      impl.db.run("UPDATE raw_bodies SET damaged = 'not the bytes that were received' WHERE id = ?",
                  impl.body_of(raw));
    }
  });
}

Result<std::vector<RawRecord>> Archive::damaged() {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    std::vector<RawRecord> records;
    for (const RawId raw : impl.ids("SELECT r.id FROM raw_records r JOIN raw_bodies b ON "
                                    "b.id = r.body WHERE b.damaged IS NOT NULL ORDER BY r.id")) {
      records.push_back(impl.record(raw));
    }
    return records;
  });
}

} // namespace regtrail::store
