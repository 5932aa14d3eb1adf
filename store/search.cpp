// Keeping the search index and asking it.
#include "store/impl_internal.hpp"
#include "store/search_index_internal.hpp"

#include <fmt/format.h>

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
  while (query.next())
    state[query.integer(0)] = {query.integer(1), query.sha(2)};
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
    refresh_units();
    refresh_documents();
    return m_written;
  }

private:
  void refresh_units() {
    const IndexState wanted = state_of(m_impl.db, units_in_force);
    IndexState stored = state_of(m_impl.db, units_indexed);
    for (const auto& [unit, indexed] : stored)
      if (!holds(indexed)) {
        m_index.clear();
        stored.clear();
        break;
      }
    for (const auto& [unit, indexed] : stored)
      if (wanted.count(unit) == 0)
        replace(unit, texts(indexed.content), {});
    for (const auto& [unit, content] : wanted) {
      const auto old = stored.find(unit);
      if (old == stored.end())
        replace(unit, {}, texts(content.content));
      else if (old->second.digest != content.digest)
        replace(unit, texts(old->second.content), texts(content.content));
      else
        continue;
      m_impl.db.run("INSERT OR REPLACE INTO search_units (unit, content, digest) VALUES (?, ?, ?)",
                    unit,
                    content.content,
                    content.digest);
    }
    for (const auto& [unit, indexed] : stored)
      if (wanted.count(unit) == 0)
        m_impl.db.run("DELETE FROM search_units WHERE unit = ?", unit);
  }

  /// True when the text that was indexed can still be had, to take it out again.
  bool holds(const Indexed& indexed) {
    Query query = m_impl.db.query(
        "SELECT 1 FROM contents WHERE id = ? AND digest = ?", indexed.content, indexed.digest);
    return query.next();
  }

  using Texts = std::map<std::string, std::string>;

  Texts texts(std::int64_t content) { return place_texts(m_impl.load(m_impl.content(content))); }

  void replace(std::int64_t unit, const Texts& before, const Texts& after) {
    const auto rows =
        before.empty() ? std::map<std::string, std::int64_t>{} : m_index.rows_of_unit(unit);
    for (const auto& [at, text] : before) {
      const auto now = after.find(at);
      const auto row = rows.find(at);
      if (row != rows.end() && (now == after.end() || now->second != text))
        m_index.remove(row->second, text);
    }
    for (const auto& [at, text] : after) {
      const auto old = before.find(at);
      if (old == before.end() || old->second != text) {
        m_index.add({unit, std::nullopt, at}, text);
        ++m_written;
      }
    }
  }

  /// Documents that were replaced or removed have left the index by then (unindex_document).
  void refresh_documents() {
    const IndexState stored = state_of(m_impl.db, documents_indexed);
    for (const auto& [id, indexed] : state_of(m_impl.db, documents_held)) {
      if (stored.count(id) != 0)
        continue;
      const Document document = m_impl.document(id);
      m_index.add({std::nullopt, id, ""}, searched_text(document));
      m_impl.db.run(
          "INSERT INTO search_documents (document, digest) VALUES (?, ?)", id, indexed.digest);
      ++m_written;
    }
  }

  Impl& m_impl;
  SearchIndex m_index;
  int m_written = 0;
};

Document Archive::Impl::document(std::int64_t id) {
  Query query = db.query("SELECT metadata_raw, text_raw, detail, content FROM documents "
                         "WHERE id = ?",
                         id);
  if (!query.next())
    throw Damage(fmt::format("no document number {}, though something refers to it", id));
  return read_document(query, DocumentContent::whole).document;
}

void Archive::Impl::unindex_document(std::int64_t id) {
  {
    Query query = db.query("SELECT 1 FROM search_documents WHERE document = ?", id);
    if (!query.next())
      return;
  }
  SearchIndex(db, IndexKind::newest).remove_document(id, searched_text(document(id)));
  db.run("DELETE FROM search_documents WHERE document = ?", id);
}

Result<int> Archive::refresh_search() {
  Impl& impl = *m_impl;
  const auto stale = impl.read("read the search index of", [&] {
    return state_of(impl.db, units_in_force) != state_of(impl.db, units_indexed) ||
           state_of(impl.db, documents_held) != state_of(impl.db, documents_indexed);
  });
  if (!stale)
    return tl::unexpected(stale.error());
  if (!*stale)
    return 0;
  return impl.write("bring the search index up to date in",
                    [&] { return Impl::IndexRefresh(impl).run(); });
}

void Archive::Impl::fill_day(SearchIndex& index, Date day) {
  struct Row {
    std::int64_t unit = 0;
    std::int64_t content = 0;
  };

  std::vector<Row> rows;
  {
    Query query = db.query("SELECT unit, content FROM versions WHERE from_date <= ?1 AND "
                           "(until_date IS NULL OR until_date > ?1) ORDER BY unit",
                           day);
    while (query.next())
      rows.push_back({query.integer(0), query.integer(1)});
  }
  for (const Row& row : rows)
    for (const auto& [at, text] : place_texts(load(content(row.content))))
      index.add({row.unit, std::nullopt, at}, text);
  std::vector<std::int64_t> documents;
  {
    Query query = db.query("SELECT id FROM documents WHERE published <= ? ORDER BY id", day);
    while (query.next())
      documents.push_back(query.integer(0));
  }
  for (const std::int64_t id : documents) {
    index.add({std::nullopt, id, ""}, searched_text(document(id)));
  }
}

SearchResult
Archive::Impl::search_result(const IndexRow& row, double score, std::optional<Date> day) {
  SearchResult result;
  result.score = score;
  if (row.document) {
    const Document found = document(*row.document);
    result.at = Citation::fr_document(found.number);
    result.on = found.published.value_or(found.filed.value_or(Date()));
    result.text = searched_text(found);
    return result;
  }
  Query query = db.query("SELECT from_date, content FROM versions WHERE unit = ?1 AND "
                         "(?2 IS NULL OR from_date <= ?2) ORDER BY from_date DESC LIMIT 1",
                         row.unit,
                         day);
  if (!query.next())
    throw Damage("a search index of a text that is not there");
  result.on = query.date(0);
  const Citation unit = unit_citation(*row.unit);
  result.at = unpack_steps(row.at, unit);
  const auto node = nodes.load_node(content(query.integer(1)).root, unit, result.at);
  if (node)
    result.text = shown_text(*node);
  return result;
}

Result<std::vector<SearchResult>> Archive::search(const SearchQuery& query) {
  Impl& impl = *m_impl;
  return impl.read("search", [&] {
    SearchIndex index(impl.db, query.on ? IndexKind::of_a_day : IndexKind::newest);
    if (query.on)
      impl.fill_day(index, *query.on);
    std::vector<SearchResult> results;
    for (const SearchIndex::Hit& hit : index.find(query))
      results.push_back(impl.search_result(index.row(hit.row), hit.score, query.on));
    return results;
  });
}

} // namespace regtrail::store
