#include "model/characters.hpp"
#include "store/impl_internal.hpp"
#include "store/search_index_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace regtrail::store {

namespace {

constexpr std::size_t trigram = 3;
/// Deeper places are found by the text above them.
constexpr int depth_limit = 256;

bool is_word_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Begins a character of Chinese, Japanese or Korean writing in UTF-8 (U+3000 and up).
bool is_cjk_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0xe3 && byte <= 0xf0;
}

bool is_code(std::string_view word) {
  return std::any_of(
      word.begin(), word.end(), [](char c) { return (c >= '0' && c <= '9') || is_cjk_byte(c); });
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

/// The words of `text` that hold a digit or writing without blanks.
std::string codes_of(std::string_view text) {
  std::string codes;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && !is_blank(text[end])) {
      ++end;
    }
    if (const std::string_view word = text.substr(begin, end - begin); is_code(word)) {
      codes += codes.empty() ? "" : " ";
      codes += word;
    }
    begin = end + 1;
  }
  return codes;
}

/// FTS5's own form of a word, a phrase or, with a star behind it, a beginning; "" when there is
/// nothing in it to look for.
std::string fts_term(std::string_view term) {
  const bool beginning = term.ends_with('*');
  if (beginning) {
    term.remove_suffix(1);
  }
  if (std::none_of(term.begin(), term.end(), is_word_byte)) {
    return "";
  }
  std::string quoted = "\"";
  for (const char c : term) {
    quoted += c;
    if (c == '"') {
      quoted += c;
    }
  }
  return quoted + (beginning ? "\"*" : "\"");
}

std::string any_of(const std::vector<std::string>& terms) {
  std::string any;
  for (const std::string& term : terms) {
    if (const std::string quoted = fts_term(term); !quoted.empty()) {
      any += (any.empty() ? "" : " OR ") + quoted;
    }
  }
  return any;
}

std::string all_of(const std::vector<std::vector<std::string>>& terms) {
  std::string all;
  for (const std::vector<std::string>& forms : terms) {
    if (const std::string any = any_of(forms); !any.empty()) {
      all += fmt::format("{}({})", all.empty() ? "" : " AND ", any);
    }
  }
  return all;
}

void collect_places(std::map<std::string, std::string>& places,
                    const Node& node,
                    const Citation& at,
                    int depth) {
  if (const std::string text = shown_text(node); !text.empty()) {
    places.try_emplace(at.to_string(), text);
  }
  if (depth >= depth_limit) {
    return;
  }
  const std::vector<Step> steps = child_steps(node);
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    collect_places(places, node.children[i], at.child(steps[i]), depth + 1);
  }
}

} // namespace

std::map<std::string, std::string> place_texts(const Unit& unit) {
  std::map<std::string, std::string> places;
  collect_places(places, unit.root, unit.id, 0);
  return places;
}

std::string searched_text(const Document& document) {
  std::string text = document.title;
  const auto add = [&](const std::string& more) {
    if (!more.empty()) {
      text += "\n" + more;
    }
  };
  add(document.number);
  add(fr_citation_of(document));
  if (!document.executive_order.empty()) {
    add("Executive Order " + document.executive_order);
  }
  add(document.action);
  add(document.abstract);
  add(document.dates_text);
  for (const Instruction& instruction : document.instructions) {
    add(instruction.text);
  }
  add(document.body);
  return text;
}

// --- SearchIndex -----------------------------------------------------------------------------

const SearchIndex::Statements& SearchIndex::statements(IndexKind kind) {
  const auto make = [](std::string_view schema, std::string_view prefix) {
    const auto format = [&](const char* sql) {
      return fmt::format(fmt::runtime(sql), fmt::arg("s", schema), fmt::arg("p", prefix));
    };
    Statements sql;
    sql.add = format("INSERT INTO {s}.{p}_places (unit, text_id, document, at, text, codes) "
                     "VALUES (?, ?, ?, ?, ?, ?)");
    sql.add_words = format("INSERT INTO {s}.{p}_words (rowid, text) VALUES (?, ?)");
    sql.add_codes = format("INSERT INTO {s}.{p}_codes (rowid, codes) VALUES (?, ?)");
    // Of equal scores the order is that of the places, whatever the order of the rows.
    sql.find_words = format("SELECT w.rowid, -bm25({p}_words) FROM {s}.{p}_words w JOIN "
                            "{s}.{p}_places p ON p.id = w.rowid WHERE {p}_words MATCH ? "
                            "ORDER BY bm25({p}_words), p.at LIMIT ?");
    sql.find_codes = format("SELECT c.rowid, 0.0 FROM {s}.{p}_codes c JOIN {s}.{p}_places p ON "
                            "p.id = c.rowid WHERE {p}_codes MATCH ? ORDER BY p.at LIMIT ?");
    sql.find_both = format("SELECT c.rowid, 0.0 FROM {s}.{p}_codes c JOIN {s}.{p}_places p ON "
                           "p.id = c.rowid WHERE {p}_codes MATCH ? AND c.rowid IN (SELECT rowid "
                           "FROM {s}.{p}_words WHERE {p}_words MATCH ?) ORDER BY p.at LIMIT ?");
    sql.place = format("SELECT unit, document, at, text FROM {s}.{p}_places WHERE id = ?");
    return sql;
  };
  static const Statements newest = make("main", "search");
  static const Statements of_a_day = make("temp", "day");
  return kind == IndexKind::newest ? newest : of_a_day;
}

SearchIndex::SearchIndex(Database& db, IndexKind kind) : m_db(db), m_sql(statements(kind)) {
  if (kind == IndexKind::newest) {
    return;
  }
  m_db.exec("DROP TABLE IF EXISTS temp.day_words; DROP TABLE IF EXISTS temp.day_codes;"
            "DROP TABLE IF EXISTS temp.day_places;"
            "CREATE TABLE temp.day_places (id INTEGER PRIMARY KEY, unit INTEGER, text_id INTEGER, "
            "document INTEGER, at TEXT, text TEXT, codes TEXT);"
            "CREATE VIRTUAL TABLE temp.day_words USING fts5 (text, content = '', "
            "tokenize = 'unicode61 remove_diacritics 2');"
            "CREATE VIRTUAL TABLE temp.day_codes USING fts5 (codes, content = '', "
            "tokenize = 'trigram')");
}

void SearchIndex::add(const SearchPlace& place) {
  const std::string codes = codes_of(place.text);
  m_db.run(m_sql.add, place.unit, place.text_id, place.document, place.at, place.text, codes);
  const std::int64_t row = m_db.last_row();
  m_db.run(m_sql.add_words, row, place.text);
  m_db.run(m_sql.add_codes, row, codes);
}

void SearchIndex::remove(std::int64_t row) {
  // The index is taken out by the text that went in, which its content still holds.
  m_db.run("INSERT INTO search_words (search_words, rowid, text) SELECT 'delete', id, text FROM "
           "search_places WHERE id = ?",
           row);
  m_db.run("INSERT INTO search_codes (search_codes, rowid, codes) SELECT 'delete', id, codes FROM "
           "search_places WHERE id = ?",
           row);
  m_db.run("DELETE FROM search_places WHERE id = ?", row);
}

void SearchIndex::merge() {
  m_db.exec("INSERT INTO search_words (search_words) VALUES ('optimize');"
            "INSERT INTO search_codes (search_codes) VALUES ('optimize')");
}

SearchPlace SearchIndex::place(std::int64_t row) {
  Query query = m_db.query(m_sql.place, row);
  if (!query.next()) {
    throw Damage("a search index of a text that is not there");
  }
  return {
      query.maybe_integer(0), std::nullopt, query.maybe_integer(1), query.text(2), query.text(3)};
}

std::vector<SearchIndex::Hit> SearchIndex::find(const SearchQuery& query) {
  std::vector<Hit> hits;
  const auto collect = [&](Query select) {
    while (select.next()) {
      const Hit hit{select.integer(0), select.real(1)};
      const bool known = std::any_of(
          hits.begin(), hits.end(), [&](const Hit& other) { return other.row == hit.row; });
      if (!known && hits.size() < static_cast<std::size_t>(query.limit)) {
        hits.push_back(hit);
      }
    }
  };
  std::string words = all_of(query.all);
  const std::string others = any_of(query.any);
  if (!others.empty()) {
    words = words.empty() ? others : fmt::format("({}) OR {}", words, others);
  }
  if (!words.empty()) {
    collect(m_db.query(m_sql.find_words, words, query.limit));
  }

  std::vector<std::vector<std::string>> codes;
  std::vector<std::vector<std::string>> rest;
  for (const std::vector<std::string>& forms : query.all) {
    const bool by_code = std::all_of(forms.begin(), forms.end(), [](const std::string& term) {
      return is_code(term) && characters(term) >= trigram;
    });
    (by_code ? codes : rest).push_back(forms);
  }
  const std::string wanted_codes = all_of(codes);
  const std::string wanted_rest = all_of(rest);
  if (!wanted_codes.empty() && wanted_rest.empty()) {
    collect(m_db.query(m_sql.find_codes, wanted_codes, query.limit));
  } else if (!wanted_codes.empty()) {
    collect(m_db.query(m_sql.find_both, wanted_codes, wanted_rest, query.limit));
  }
  return hits;
}

} // namespace regtrail::store
