#include "store/bodies_internal.hpp"

#include <fmt/format.h>

#include <vector>

namespace regtrail::store {

namespace {

constexpr int steps_of_a_key = 8;
constexpr int keys_of_a_run = 8;
constexpr std::size_t cache_limit = std::size_t{24} << 20U;

} // namespace

struct Bodies::Row {
  std::int64_t id = 0;
  std::optional<std::int64_t> base;
  std::optional<std::int64_t> root;
  int keys = 0;
  int steps = 0;
  Sha256 sha256;
  std::size_t size = 0;
  std::string data;
};

Bodies::Row Bodies::row(std::int64_t id) {
  Query query = m_db.query("SELECT base, root, keys, steps, sha256, size, data FROM raw_bodies "
                           "WHERE id = ?",
                           id);
  if (!query.next()) {
    throw Damage(fmt::format("no raw body number {}, though something refers to it", id));
  }
  return {id,
          query.maybe_integer(0),
          query.maybe_integer(1),
          query.small(2),
          query.small(3),
          query.sha(4),
          static_cast<std::size_t>(std::max<std::int64_t>(query.integer(5), 0)),
          query.blob(6)};
}

std::int64_t Bodies::put(std::string_view bytes, std::optional<std::int64_t> predecessor) {
  const Sha256 digest = sha256(bytes);
  std::optional<std::int64_t> known;
  {
    Query query = m_db.query("SELECT id, damaged FROM raw_bodies WHERE sha256 = ?", digest);
    if (query.next()) {
      known = query.integer(0);
      if (query.is_null(1)) {
        return *known;
      }
    }
  }
  if (known) {
    // It stands alone now: what it was made against may be damaged as well.
    m_db.run("UPDATE raw_bodies SET base = NULL, data = ?, damaged = NULL WHERE id = ?",
             Blob{m_zstd.compress(bytes)},
             *known);
    return *known;
  }
  Row made;
  if (predecessor) {
    const Row last = row(*predecessor);
    made.root = last.root ? last.root : last.id;
    made.keys = last.keys;
    if (last.steps + 1 < steps_of_a_key) {
      made.base = last.id;
      made.steps = last.steps + 1;
    } else if (last.keys + 1 < keys_of_a_run) {
      made.base = made.root;
      made.keys = last.keys + 1;
    } else {
      made = {};
    }
  }
  std::shared_ptr<const std::string> base;
  if (made.base) {
    try {
      base = get(*made.base);
    } catch (const Damage&) {
      made = {};
    }
  }
  const std::string frame = m_zstd.compress(bytes, base ? std::string_view(*base) : "");
  m_db.run("INSERT INTO raw_bodies (sha256, size, base, root, keys, steps, data) "
           "VALUES (?, ?, ?, ?, ?, ?, ?)",
           digest,
           static_cast<std::int64_t>(bytes.size()),
           made.base,
           made.root,
           made.keys,
           made.steps,
           Blob{frame});
  const std::int64_t id = m_db.last_row();
  remember(id, std::make_shared<const std::string>(bytes));
  return id;
}

std::shared_ptr<const std::string> Bodies::get(std::int64_t id) {
  std::vector<Row> way; // from the body wanted back to one that is known or stands alone
  std::shared_ptr<const std::string> body;
  for (std::optional<std::int64_t> next = id; next;) {
    if (const auto cached = m_cache.find(*next); cached != m_cache.end()) {
      body = cached->second;
      break;
    }
    way.push_back(row(*next));
    next = way.back().base;
    if (next && *next >= way.back().id) {
      throw Damage(fmt::format("raw body number {}, which refers to a later one", way.back().id));
    }
  }
  for (auto step = way.rbegin(); step != way.rend(); ++step) {
    body = std::make_shared<const std::string>(
        m_zstd.decompress(step->data, step->size, body ? std::string_view(*body) : ""));
    if (step == std::prev(way.rend()) && sha256(*body) != step->sha256) {
      throw Damage(fmt::format("other bytes as raw body number {} than were received", id));
    }
    remember(step->id, body);
  }
  return body;
}

void Bodies::forget() {
  m_cache.clear();
  m_cached_bytes = 0;
}

void Bodies::remember(std::int64_t id, const std::shared_ptr<const std::string>& body) {
  if (body->size() > cache_limit / 2) {
    return;
  }
  if (m_cached_bytes + body->size() > cache_limit) {
    forget();
  }
  if (m_cache.emplace(id, body).second) {
    m_cached_bytes += body->size();
  }
}

} // namespace regtrail::store
