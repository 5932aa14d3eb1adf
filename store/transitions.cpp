#include "store/transitions_internal.hpp"
#include "store/trouble_internal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::store {

namespace {

constexpr std::int64_t most_samples = 3;
constexpr std::size_t smallest_sample = std::size_t{4} * 1024;
/// Of a larger one the beginning.
constexpr std::size_t largest_sample = std::size_t{16} * 1024;

/// Ascending, each as its distance from the one before.
std::string pack_ids(std::vector<std::int64_t> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  Writer out;
  std::int64_t last = 0;
  for (const std::int64_t id : ids) {
    out.zigzag(id - last);
    last = id;
  }
  return out.take();
}

std::int64_t hits_in(const PackedTransition& content) {
  std::size_t all = 0;
  for (const std::vector<Hit>& hits : content.hits) {
    all += hits.size();
  }
  return static_cast<std::int64_t>(all);
}

} // namespace

TransitionRow TransitionTable::row(const Query& query) {
  TransitionRow row;
  row.id = query.integer(0);
  row.before = {query.small(1), query.text(2), query.date(3)};
  row.after = row.before;
  row.after.issue_date = query.date(4);
  return row;
}

bool TransitionTable::names_unit(const Query& query, std::int64_t unit) {
  const std::string units = query.blob(5);
  std::int64_t id = 0;
  for (Reader in(units); !in.done() && id < unit;) {
    id += in.zigzag();
  }
  return id == unit;
}

PackedTransition TransitionTable::content(const Query& query) {
  const Bodies bodies{
      query.maybe_integer(6), query.maybe_integer(7), query.maybe_integer(8), query.integer(9)};
  const std::int64_t size = query.integer(10);
  if (size < 0) {
    throw Damage("a transition of negative size");
  }
  const std::string bytes = decompress(query.blob(11), static_cast<std::size_t>(size), bodies);
  return unpack_transition(bytes, known(bodies));
}

std::optional<PackedTransition> TransitionTable::content(std::int64_t id) {
  static const std::string by_id = fmt::format("{}WHERE t.id = ?", columns);
  Query query = m_database.query(by_id, id);
  return query.next() ? std::optional(content(query)) : std::nullopt;
}

void TransitionTable::insert(const PartDate& before,
                             Date after,
                             std::vector<std::int64_t> units,
                             const PackedTransition& content) {
  Bodies bodies;
  bodies.before = body_of(content.diff.before.sha256);
  bodies.after = body_of(content.diff.after.sha256);
  if (bodies.after) {
    bodies.dictionary = m_dictionaries.suitable(*bodies.after);
  }
  const std::string bytes = pack_transition(content, known(bodies));
  if (bodies.dictionary) {
    bodies.samples = offer_sample(bytes);
  }
  m_database.run("INSERT INTO transitions (title, part, before_date, after_date, changes, hits, "
                 "units, before_body, after_body, dictionary, samples, size, data) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 before.title,
                 before.part,
                 before.issue_date,
                 after,
                 static_cast<std::int64_t>(content.diff.changes.size()),
                 hits_in(content),
                 Blob{pack_ids(std::move(units))},
                 bodies.before,
                 bodies.after,
                 bodies.dictionary,
                 bodies.samples,
                 static_cast<std::int64_t>(bytes.size()),
                 Blob{compress(bytes, bodies)});
}

void TransitionTable::rewrite(std::int64_t id, const PackedTransition& content) {
  Bodies bodies;
  {
    Query query =
        m_database.query("SELECT before_body, after_body, dictionary, samples FROM transitions "
                         "WHERE id = ?",
                         id);
    if (!query.next()) {
      throw Damage(fmt::format("no transition number {}", id));
    }
    bodies = {
        query.maybe_integer(0), query.maybe_integer(1), query.maybe_integer(2), query.integer(3)};
  }
  const std::string bytes = pack_transition(content, known(bodies));
  m_database.run("UPDATE transitions SET hits = ?, size = ?, data = ? WHERE id = ?",
                 hits_in(content),
                 static_cast<std::int64_t>(bytes.size()),
                 Blob{compress(bytes, bodies)},
                 id);
}

std::optional<std::int64_t> TransitionTable::body_of(const Sha256& digest) {
  Query query = m_database.query("SELECT id FROM raw_bodies WHERE sha256 = ?", digest);
  return query.next() ? std::optional(query.integer(0)) : std::nullopt;
}

KnownSides TransitionTable::known(const Bodies& bodies) {
  const auto digest_of = [&](std::optional<std::int64_t> body) -> std::optional<Sha256> {
    if (!body) {
      return std::nullopt;
    }
    Query query = m_database.query("SELECT sha256 FROM raw_bodies WHERE id = ?", *body);
    if (!query.next()) {
      throw Damage(fmt::format("no raw body number {}, though something refers to it", *body));
    }
    return query.sha(0);
  };
  return {digest_of(bodies.before), digest_of(bodies.after)};
}

std::string TransitionTable::compress(std::string_view bytes, const Bodies& bodies) {
  return bodies.dictionary
             ? m_dictionaries.compress(bytes, *bodies.dictionary, samples(bodies.samples))
             : m_zstd.compress(bytes);
}

std::string
TransitionTable::decompress(std::string_view data, std::size_t size, const Bodies& bodies) {
  return bodies.dictionary
             ? m_dictionaries.decompress(data, size, *bodies.dictionary, samples(bodies.samples))
             : m_zstd.decompress(data, size);
}

std::string_view TransitionTable::samples(std::int64_t count) {
  if (m_sample_count == count) {
    return m_samples;
  }
  m_samples.clear();
  m_sample_count = 0;
  Query query =
      m_database.query("SELECT size, data FROM transition_samples ORDER BY id LIMIT ?", count);
  while (query.next()) {
    m_samples += m_zstd.decompress(query.blob(1), static_cast<std::size_t>(query.integer(0)));
    ++m_sample_count;
  }
  if (m_sample_count != count) {
    throw Damage("a transition in the words of samples that are not there");
  }
  return m_samples;
}

std::int64_t TransitionTable::offer_sample(std::string_view bytes) {
  std::int64_t count = 0;
  {
    Query query = m_database.query("SELECT count(*) FROM transition_samples");
    query.next();
    count = query.integer(0);
  }
  if (count == most_samples || bytes.size() < smallest_sample) {
    return count;
  }
  const std::string_view sample = bytes.substr(0, largest_sample);
  m_database.run("INSERT INTO transition_samples (size, data) VALUES (?, ?)",
                 static_cast<std::int64_t>(sample.size()),
                 Blob{m_zstd.compress(sample)});
  return count + 1;
}

void TransitionTable::forget() {
  m_dictionaries.forget();
  m_samples.clear();
  m_sample_count = 0;
}

} // namespace regtrail::store
