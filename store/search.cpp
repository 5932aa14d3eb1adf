// Keeping the search index and asking it.
#include "store/impl_internal.hpp"
#include "store/search_index_internal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::store {

namespace {

/// What of a unit or document is indexed, or should be.
struct Indexed {
  std::int64_t content = 0; ///< of a unit
  Sha256 digest;

  friend bool operator==(const Indexed& left, const Indexed& right) {
    return left.digest == right.digest;
  }
};

using IndexState = std::map<std::int64_t, Indexed>;

IndexState state_of(Database& db, std::string_view sql) {
  IndexState state;
  Query query = db.query(sql);
  while (query.next()) {
    state[query.integer(0)] = {query.integer(1), query.sha(2)};
  }
  return state;
}

constexpr std::string_view units_in_force =
    "SELECT v.unit, v.content, c.digest FROM versions v JOIN contents c ON c.id = v.content "
    "WHERE v.until_date IS NULL";
constexpr std::string_view units_indexed = "SELECT unit, content, digest FROM search_units";
constexpr std::string_view documents_held = "SELECT id, 0, digest FROM documents";
constexpr std::string_view documents_indexed = "SELECT document, 0, digest FROM search_documents";

} // namespace

/// Brings the index of one archive up to date.
class Archive::Impl::IndexRefresh {
public:
  explicit IndexRefresh(Impl& impl) : m_impl(impl), m_index(impl.db, IndexKind::newest) {}

  int run() {
    const std::int64_t held = places_indexed();
    refresh_units();
    refresh_documents();
    if (m_written > held) {
      m_index.merge();
    }
    return m_written;
  }

private:
  std::int64_t places_indexed() {
    Query query = m_impl.db.query("SELECT count(*) FROM search_words_docsize");
    query.next();
    return query.integer(0);
  }

  void refresh_units() {
    const IndexState wanted = state_of(m_impl.db, units_in_force);
    IndexState stored = state_of(m_impl.db, units_indexed);
    for (const auto& [unit, indexed] : stored) {
      if (!holds(indexed)) {
        m_index.clear();
        stored.clear();
        break;
      }
    }
    for (const auto& [unit, indexed] : stored) {
      if (wanted.count(unit) == 0) {
        replace(unit, texts(indexed.content), {});
      }
    }
    for (const auto& [unit, content] : wanted) {
      const auto old = stored.find(unit);
      if (old == stored.end()) {
        note(unit, content, replace(unit, {}, texts(content.content)));
      } else if (old->second.digest != content.digest) {
        note(unit, content, replace(unit, texts(old->second.content), texts(content.content)));
      }
    }
    for (const auto& [unit, indexed] : stored) {
      if (wanted.count(unit) == 0) {
        m_impl.db.run("DELETE FROM search_units WHERE unit = ?", unit);
      }
    }
  }

  /// True when the text that was indexed can still be had, to take it out again.
  bool holds(const Indexed& indexed) {
    Query query = m_impl.db.query(
        "SELECT 1 FROM contents WHERE id = ? AND digest = ?", indexed.content, indexed.digest);
    return query.next();
  }

  using Texts = std::map<std::string, std::string>;

  Texts texts(std::int64_t content) { return place_texts(m_impl.load(m_impl.content(content))); }

  PlaceRun new_run(std::size_t places) {
    Query query = m_impl.db.query("SELECT ifnull(max(first + room), 1) FROM search_units");
    query.next();
    return {query.integer(0), room_for(places), {}};
  }

  /// Returns the rows that the unit has then.
  PlaceRun replace(std::int64_t unit, const Texts& before, const Texts& after) {
    PlaceRun run = before.empty() ? new_run(after.size()) : m_impl.indexed_places(unit);
    for (const auto& [at, text] : before) {
      const auto now = after.find(at);
      const auto place = run.numbers.find(at);
      if (place == run.numbers.end() || (now != after.end() && now->second == text)) {
        continue;
      }
      m_index.remove(run.first + place->second, text);
      run.numbers.erase(place);
    }
    const PlaceNumbers kept = run.numbers;
    if (!number_places(run, after)) {
      for (const auto& [at, number] : kept) {
        m_index.remove(run.first + number, before.at(at));
      }
      return replace(unit, {}, after);
    }
    for (const auto& [at, number] : run.numbers) {
      if (kept.count(at) != 0) {
        continue;
      }
      m_index.add(run.first + number, after.at(at));
      ++m_written;
    }
    return run;
  }

  void note(std::int64_t unit, const Indexed& now, const PlaceRun& run) {
    const std::string places = pack_places(run.numbers);
    const auto dictionary = m_impl.newest_dictionary_of(unit);
    const std::string data = dictionary ? m_impl.dictionaries.compress(places, *dictionary)
                                        : m_impl.zstd.compress(places);
    m_impl.db.run("INSERT OR REPLACE INTO search_units (unit, content, digest, first, room, "
                  "dictionary, size, places) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                  unit,
                  now.content,
                  now.digest,
                  run.first,
                  run.room,
                  dictionary,
                  static_cast<std::int64_t>(places.size()),
                  Blob{data});
  }

  /// Documents that were replaced or removed have left the index by then (unindex_document).
  void refresh_documents() {
    const IndexState stored = state_of(m_impl.db, documents_indexed);
    for (const auto& [id, indexed] : state_of(m_impl.db, documents_held)) {
      if (stored.count(id) != 0) {
        continue;
      }
      const Document document = m_impl.document(id);
      m_index.add(row_of_document(id), searched_text(document));
      m_impl.db.run(
          "INSERT INTO search_documents (document, digest) VALUES (?, ?)", id, indexed.digest);
      ++m_written;
    }
  }

  Impl& m_impl;
  SearchIndex m_index;
  int m_written = 0;
};

PlaceRun Archive::Impl::indexed_places(std::int64_t unit) {
  Query query = db.query("SELECT first, room, dictionary, size, places FROM search_units "
                         "WHERE unit = ?",
                         unit);
  if (!query.next()) {
    throw Damage("a search index of a text that is not there");
  }
  const auto dictionary = query.maybe_integer(2);
  const auto size = static_cast<std::size_t>(query.integer(3));
  const std::string data = query.blob(4);
  return {query.integer(0),
          query.integer(1),
          unpack_places(dictionary ? dictionaries.decompress(data, size, *dictionary)
                                   : zstd.decompress(data, size))};
}

std::optional<std::int64_t> Archive::Impl::newest_dictionary_of(std::int64_t unit) {
  PartDate newest;
  {
    Query query = db.query("SELECT s.title, s.part, s.issue_date FROM units u JOIN snapshots s "
                           "USING (title, part) WHERE u.id = ? ORDER BY s.issue_date DESC LIMIT 1",
                           unit);
    if (!query.next()) {
      return std::nullopt;
    }
    newest = {query.small(0), query.text(1), query.date(2)};
  }
  return dictionary_of(newest);
}

Document Archive::Impl::document(std::int64_t id) {
  Query query = db.query("SELECT metadata_raw, text_raw, detail, content FROM documents "
                         "WHERE id = ?",
                         id);
  if (!query.next()) {
    throw Damage(fmt::format("no document number {}, though something refers to it", id));
  }
  return read_document(query, DocumentContent::whole).document;
}

void Archive::Impl::unindex_document(std::int64_t id) {
  {
    Query query = db.query("SELECT 1 FROM search_documents WHERE document = ?", id);
    if (!query.next()) {
      return;
    }
  }
  SearchIndex(db, IndexKind::newest).remove(row_of_document(id), searched_text(document(id)));
  db.run("DELETE FROM search_documents WHERE document = ?", id);
}

Result<int> Archive::refresh_search() {
  Impl& impl = *m_impl;
  TRY_ASSIGN(const bool stale, impl.read("read the search index of", [&] {
    return state_of(impl.db, units_in_force) != state_of(impl.db, units_indexed) ||
           state_of(impl.db, documents_held) != state_of(impl.db, documents_indexed);
  }));
  if (!stale) {
    return 0;
  }
  return impl.write("bring the search index up to date in", [&] {
    const int written = Impl::IndexRefresh(impl).run();
    impl.db.exec("PRAGMA incremental_vacuum"); // what was merged, and what a rebuild dropped
    return written;
  });
}

/// Says what the rows of one search stand for.
class Archive::Impl::RowReader {
public:
  explicit RowReader(Impl& impl) : m_impl(impl) {}

  /// Makes a place's rows known that the archive's index does not have.
  void add(std::int64_t unit, PlaceRun run) {
    const std::int64_t first = run.first;
    m_runs.insert_or_assign(first, Places{unit, std::move(run)});
  }

  SearchResult read(std::int64_t row, std::optional<Date> day) {
    if (const auto document = document_of(row)) {
      return m_impl.document_found(*document);
    }
    const Places& places = places_around(row);
    const PlaceNumbers& numbers = places.run.numbers;
    const auto place = std::find_if(numbers.begin(), numbers.end(), [&](const auto& each) {
      return places.run.first + each.second == row;
    });
    if (place == numbers.end()) {
      throw Damage("a row of the search index that is no place of its unit");
    }
    return m_impl.place_found(places.unit, place->first, day);
  }

private:
  struct Places {
    std::int64_t unit = 0;
    PlaceRun run;
  };

  const Places& places_around(std::int64_t row) {
    const auto next = m_runs.upper_bound(row);
    if (next != m_runs.begin()) {
      const Places& known = std::prev(next)->second;
      if (row < known.run.first + known.run.room) {
        return known;
      }
    }
    std::int64_t unit = 0;
    {
      Query query = m_impl.db.query("SELECT unit FROM search_units WHERE first <= ? "
                                    "ORDER BY first DESC LIMIT 1",
                                    row);
      if (!query.next()) {
        throw Damage("a row of the search index before all units");
      }
      unit = query.integer(0);
    }
    PlaceRun run = m_impl.indexed_places(unit);
    const std::int64_t first = run.first;
    return m_runs.insert_or_assign(first, Places{unit, std::move(run)}).first->second;
  }

  Impl& m_impl;
  std::map<std::int64_t, Places> m_runs; ///< by their first rows
};

void Archive::Impl::fill_day(SearchIndex& index, RowReader& reader, Date day) {
  struct Row {
    std::int64_t unit = 0;
    std::int64_t content = 0;
  };

  std::vector<Row> rows;
  {
    Query query = db.query("SELECT unit, content FROM versions WHERE from_date <= ?1 AND "
                           "(until_date IS NULL OR until_date > ?1) ORDER BY unit",
                           day);
    while (query.next()) {
      rows.push_back({query.integer(0), query.integer(1)});
    }
  }
  std::int64_t next = 1;
  for (const Row& row : rows) {
    const auto texts = place_texts(load(content(row.content)));
    PlaceRun run{next, static_cast<std::int64_t>(texts.size()), {}};
    for (const auto& [steps, text] : texts) {
      run.numbers.emplace_hint(run.numbers.end(), steps, next - run.first);
      index.add(next++, text);
    }
    reader.add(row.unit, std::move(run));
  }
  std::vector<std::int64_t> documents;
  {
    Query query = db.query("SELECT id FROM documents WHERE published <= ? ORDER BY id", day);
    while (query.next()) {
      documents.push_back(query.integer(0));
    }
  }
  for (const std::int64_t id : documents) {
    index.add(row_of_document(id), searched_text(document(id)));
  }
}

SearchResult Archive::Impl::document_found(std::int64_t id) {
  const Document found = document(id);
  SearchResult result;
  result.at = Citation::fr_document(found.number);
  result.on = found.published.value_or(found.filed.value_or(Date()));
  result.text = searched_text(found);
  return result;
}

SearchResult
Archive::Impl::place_found(std::int64_t unit, std::string_view steps, std::optional<Date> day) {
  Query query = db.query("SELECT from_date, content FROM versions WHERE unit = ?1 AND "
                         "(?2 IS NULL OR from_date <= ?2) ORDER BY from_date DESC LIMIT 1",
                         unit,
                         day);
  if (!query.next()) {
    throw Damage("a search index of a text that is not there");
  }
  SearchResult result;
  result.on = query.date(0);
  const Citation citation = unit_citation(unit);
  result.at = unpack_steps(steps, citation);
  const auto node = nodes.load_node(content(query.integer(1)).root, citation, result.at);
  if (node) {
    result.text = shown_text(*node);
  }
  return result;
}

Result<std::vector<SearchResult>> Archive::search(const SearchQuery& query) {
  Impl& impl = *m_impl;
  return impl.read("search", [&] {
    SearchIndex index(impl.db, query.on ? IndexKind::of_a_day : IndexKind::newest);
    Impl::RowReader reader(impl);
    if (query.on) {
      impl.fill_day(index, reader, *query.on);
    }
    std::vector<SearchResult> results;
    for (const SearchIndex::Hit& hit : index.find(query)) {
      results.push_back(reader.read(hit.row, query.on));
      results.back().score = hit.score;
    }
    return results;
  });
}

} // namespace regtrail::store
