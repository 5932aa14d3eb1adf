// Keeping the search index and asking it.
#include "model/text.hpp"
#include "store/impl_internal.hpp"
#include "store/search_index_internal.hpp"

#include <fmt/format.h>

namespace regtrail::store {

namespace {

/// Texts by units, of what is in force or of what is indexed.
using UnitTexts = std::map<std::int64_t, std::int64_t>;

UnitTexts texts_of(Database& db, std::string_view sql) {
  UnitTexts texts;
  Query query = db.query(sql);
  while (query.next()) {
    texts.emplace(query.integer(0), query.integer(1));
  }
  return texts;
}

constexpr std::string_view in_force =
    "SELECT unit, text FROM versions WHERE until_date IS NULL AND known_until IS NULL";
constexpr std::string_view indexed =
    "SELECT DISTINCT unit, text_id FROM search_places WHERE unit IS NOT NULL";
constexpr std::string_view documents_not_indexed =
    "SELECT number FROM documents d WHERE NOT EXISTS (SELECT 1 FROM search_places p WHERE "
    "p.document = d.id) ORDER BY number";

} // namespace

/// Brings the index of one archive up to date.
class Archive::Impl::IndexRefresh {
public:
  explicit IndexRefresh(Impl& impl) : m_impl(impl), m_index(impl.db, IndexKind::newest) {}

  int run() {
    const std::size_t held = m_impl.ids("SELECT id FROM search_places").size();
    refresh_units();
    refresh_documents();
    if (static_cast<std::size_t>(m_written) > held) {
      m_index.merge();
    }
    return m_written;
  }

private:
  void refresh_units() {
    const UnitTexts wanted = texts_of(m_impl.db, in_force);
    const UnitTexts stored = texts_of(m_impl.db, indexed);
    for (const auto& [unit, text] : stored) {
      if (!wanted.contains(unit)) {
        replace(unit, std::nullopt);
      }
    }
    for (const auto& [unit, text] : wanted) {
      const auto old = stored.find(unit);
      if (old == stored.end() || old->second != text) {
        replace(unit, text);
      }
    }
  }

  /// Of what stays the rows stay. A text whose bytes are damaged waits until they are whole again.
  void replace(std::int64_t unit, std::optional<std::int64_t> text) {
    std::map<std::string, std::string> places;
    if (text) {
      try {
        places = place_texts(m_impl.load(m_impl.text(*text)));
      } catch (const Damage&) {
        return;
      }
    }
    std::vector<std::int64_t> gone;
    {
      Query query = m_impl.db.query("SELECT id, at, text FROM search_places WHERE unit = ?", unit);
      while (query.next()) {
        const auto place = places.find(query.text(1));
        if (place == places.end() || place->second != query.text(2)) {
          gone.push_back(query.integer(0));
        } else {
          places.erase(place);
        }
      }
    }
    for (const std::int64_t row : gone) {
      m_index.remove(row);
    }
    m_impl.db.run("UPDATE search_places SET text_id = ? WHERE unit = ?", text, unit);
    for (auto& [at, words] : places) {
      m_index.add({unit, text, std::nullopt, at, std::move(words)});
      ++m_written;
    }
  }

  void refresh_documents() {
    std::vector<std::string> numbers;
    {
      Query query = m_impl.db.query(documents_not_indexed);
      while (query.next()) {
        numbers.push_back(query.text(0));
      }
    }
    for (const std::string& number : numbers) {
      const auto [id, document] = m_impl.document(number);
      m_index.add({std::nullopt, std::nullopt, id, number, searched_text(document)});
      ++m_written;
    }
  }

  Impl& m_impl;
  SearchIndex m_index;
  int m_written = 0;
};

void Archive::Impl::unindex_document(const std::string& number) {
  std::optional<std::int64_t> row;
  {
    Query query = db.query("SELECT p.id FROM documents d JOIN search_places p ON p.document = d.id "
                           "WHERE d.number = ?",
                           number);
    if (query.next()) {
      row = query.integer(0);
    }
  }
  if (row) {
    SearchIndex(db, IndexKind::newest).remove(*row);
  }
}

Result<int> Archive::refresh_search() {
  Impl& impl = *m_impl;
  TRY_ASSIGN(const bool stale, impl.read("read the search index of", [&] {
    if (texts_of(impl.db, in_force) != texts_of(impl.db, indexed)) {
      return true;
    }
    Query query = impl.db.query(documents_not_indexed);
    return query.next();
  }));
  if (!stale) {
    return 0;
  }
  return impl.write("bring the search index up to date in", [&] {
    const int written = Impl::IndexRefresh(impl).run();
    impl.refresh_about();
    return written;
  });
}

void Archive::Impl::refresh_about() {
  db.run("INSERT OR REPLACE INTO about (name, value) VALUES ('reader', ?)",
         fmt::format("normaliser {}", normaliser_version));
  db.exec(
      "INSERT OR REPLACE INTO about (name, value) SELECT 'places of the law not understood', "
      "count(*) FROM (SELECT DISTINCT p.at, p.what, p.words FROM versions v JOIN not_understood p "
      "ON p.text = v.text WHERE v.known_until IS NULL);"
      "INSERT OR REPLACE INTO about (name, value) SELECT 'instructions not understood', count(*) "
      "FROM instructions WHERE NOT understood");
}

Result<std::vector<SearchResult>> Archive::search(const SearchQuery& query) {
  Impl& impl = *m_impl;
  return impl.read("search", [&] {
    SearchIndex index(impl.db, query.on ? IndexKind::of_a_day : IndexKind::newest);
    if (query.on) {
      impl.fill_day(index, *query.on);
    }
    std::vector<SearchResult> results;
    for (const SearchIndex::Hit& hit : index.find(query)) {
      SearchPlace place = index.place(hit.row);
      SearchResult& result = results.emplace_back();
      result.score = hit.score;
      result.text = std::move(place.text);
      if (place.document) {
        result.at = Citation::fr_document(place.at);
        Query day =
            impl.db.query("SELECT published, filed FROM documents WHERE id = ?", *place.document);
        if (day.next()) {
          result.on = day.maybe_date(0).value_or(day.maybe_date(1).value_or(Date()));
        }
        continue;
      }
      Query version = impl.db.query("SELECT u.citation, v.from_date FROM versions v JOIN units u "
                                    "ON u.id = v.unit WHERE v.unit = ?1 AND v.known_until IS NULL "
                                    "AND (?2 IS NULL OR v.from_date <= ?2) "
                                    "ORDER BY v.from_date DESC LIMIT 1",
                                    place.unit,
                                    query.on);
      if (!version.next()) {
        throw Damage("a search index of a text that is not there");
      }
      auto at = Citation::parse(place.at);
      if (!at) {
        throw Damage(at.error().message);
      }
      result.at = *std::move(at);
      result.on = version.date(1);
    }
    return results;
  });
}

void Archive::Impl::fill_day(SearchIndex& index, Date day) {
  std::vector<UnitText> units;
  {
    Query query = db.query("SELECT unit, text FROM versions WHERE from_date <= ?1 AND (until_date "
                           "IS NULL OR until_date > ?1) AND known_until IS NULL ORDER BY unit",
                           day);
    while (query.next()) {
      units.push_back({query.integer(0), query.integer(1)});
    }
  }
  for (const UnitText& each : units) {
    for (auto& [at, words] : place_texts(load(text(each.text)))) {
      index.add({each.unit, each.text, std::nullopt, at, words});
    }
  }
  std::vector<std::string> numbers;
  {
    Query query = db.query("SELECT number FROM documents WHERE published <= ? ORDER BY id", day);
    while (query.next()) {
      numbers.push_back(query.text(0));
    }
  }
  for (const std::string& number : numbers) {
    const auto [id, found] = document(number);
    index.add({std::nullopt, std::nullopt, id, number, searched_text(found)});
  }
}

} // namespace regtrail::store
