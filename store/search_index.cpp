#include "model/characters.hpp"
#include "store/impl_internal.hpp"
#include "store/search_index_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace regtrail::store {

namespace {

constexpr std::size_t trigram = 3;
constexpr std::int64_t first_document = std::int64_t{1} << 40U;

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

std::string joined(const std::vector<std::string>& terms, std::string_view by) {
  std::string all;
  for (const std::string& term : terms) {
    if (const std::string quoted = fts_term(term); !quoted.empty()) {
      all += (all.empty() ? "" : std::string(by)) + quoted;
    }
  }
  return all;
}

void collect_places(std::map<std::string, std::string>& places,
                    const Node& node,
                    const Citation& at,
                    int depth) {
  if (const std::string text = shown_text(node); !text.empty()) {
    places.try_emplace(pack_steps(at), text);
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
  const auto make = [](std::string_view prefix, std::string_view schema) {
    const std::string words = fmt::format("{}words", prefix);
    const std::string codes = fmt::format("{}codes", prefix);
    Statements sql;
    sql.add_words = fmt::format("INSERT INTO {}{} (rowid, text) VALUES (?, ?)", schema, words);
    sql.add_codes = fmt::format("INSERT INTO {}{} (rowid, text) VALUES (?, ?)", schema, codes);
    sql.drop_words =
        fmt::format("INSERT INTO {0}{1} ({1}, rowid, text) VALUES ('delete', ?, ?)", schema, words);
    sql.drop_codes =
        fmt::format("INSERT INTO {0}{1} ({1}, rowid, text) VALUES ('delete', ?, ?)", schema, codes);
    sql.find_words = fmt::format("SELECT rowid, -bm25({1}) FROM {0}{1} WHERE {1} MATCH ? "
                                 "ORDER BY bm25({1}), rowid LIMIT ?",
                                 schema,
                                 words);
    sql.find_codes = fmt::format(
        "SELECT rowid, 0.0 FROM {0}{1} WHERE {1} MATCH ? ORDER BY rowid LIMIT ?", schema, codes);
    sql.find_both = fmt::format("SELECT rowid, 0.0 FROM {0}{1} WHERE {1} MATCH ? AND rowid IN "
                                "(SELECT rowid FROM {0}{2} WHERE {2} MATCH ?) ORDER BY rowid "
                                "LIMIT ?",
                                schema,
                                codes,
                                words);
    return sql;
  };
  static const Statements newest = make("search_", "main.");
  static const Statements of_a_day = make("day_", "temp.");
  return kind == IndexKind::newest ? newest : of_a_day;
}

SearchIndex::SearchIndex(Database& db, IndexKind kind) : m_db(db), m_sql(statements(kind)) {
  if (kind == IndexKind::newest) {
    return;
  }
  for (const char* sql : {"DROP TABLE IF EXISTS temp.day_words",
                          "DROP TABLE IF EXISTS temp.day_codes",
                          "CREATE VIRTUAL TABLE temp.day_words USING fts5 (text, content = '', "
                          "tokenize = 'unicode61 remove_diacritics 2')",
                          "CREATE VIRTUAL TABLE temp.day_codes USING fts5 (text, content = '', "
                          "tokenize = 'trigram')"}) {
    m_db.exec(sql);
  }
}

void SearchIndex::add(std::int64_t row, std::string_view text) {
  m_db.run(m_sql.add_words, row, text);
  if (const std::string codes = codes_of(text); !codes.empty()) {
    m_db.run(m_sql.add_codes, row, codes);
  }
}

void SearchIndex::remove(std::int64_t row, std::string_view text) {
  m_db.run(m_sql.drop_words, row, text);
  if (const std::string codes = codes_of(text); !codes.empty()) {
    m_db.run(m_sql.drop_codes, row, codes);
  }
}

void SearchIndex::clear() {
  for (const char* sql : {"INSERT INTO search_words (search_words) VALUES ('delete-all')",
                          "INSERT INTO search_codes (search_codes) VALUES ('delete-all')",
                          "DELETE FROM search_documents",
                          "DELETE FROM search_units"}) {
    m_db.exec(sql);
  }
}

void SearchIndex::merge() {
  for (const char* sql : {"INSERT INTO search_words (search_words) VALUES ('optimize')",
                          "INSERT INTO search_codes (search_codes) VALUES ('optimize')"}) {
    m_db.exec(sql);
  }
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
  std::string words = joined(query.all, " AND ");
  const std::string others = joined(query.any, " OR ");
  if (!others.empty()) {
    words = words.empty() ? others : fmt::format("({}) OR {}", words, others);
  }
  if (!words.empty()) {
    collect(m_db.query(m_sql.find_words, words, query.limit));
  }

  std::vector<std::string> codes;
  std::vector<std::string> rest;
  for (const std::string& term : query.all) {
    const bool by_code = is_code(term) && characters(term) >= trigram;
    (by_code ? codes : rest).push_back(term);
  }
  const std::string wanted_codes = joined(codes, " AND ");
  const std::string wanted_rest = joined(rest, " AND ");
  if (!wanted_codes.empty() && wanted_rest.empty()) {
    collect(m_db.query(m_sql.find_codes, wanted_codes, query.limit));
  } else if (!wanted_codes.empty()) {
    collect(m_db.query(m_sql.find_both, wanted_codes, wanted_rest, query.limit));
  }
  return hits;
}

std::int64_t row_of_document(std::int64_t document) {
  return first_document + document;
}

std::optional<std::int64_t> document_of(std::int64_t row) {
  return row < first_document ? std::nullopt : std::optional(row - first_document);
}

} // namespace regtrail::store
