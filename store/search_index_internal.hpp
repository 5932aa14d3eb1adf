// The index of the search: which rows exist, what they say, and the two full-text tables.
#pragma once

#include "model/document.hpp"
#include "model/node.hpp"
#include "store/database_internal.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::store {

/// The archive's own index of the newest law, or one made for a single question about another day.
enum class IndexKind { newest, of_a_day };

/// A place of a unit or a document.
struct IndexRow {
  std::optional<std::int64_t> unit;
  std::optional<std::int64_t> document;
  std::string at; ///< pack_steps; "" for a document
};

/// Full-text tables keep no text, so that taking a row out needs the text that went in.
class SearchIndex {
public:
  SearchIndex(Database& db, IndexKind kind);

  void add(const IndexRow& row, std::string_view text);
  void remove_document(std::int64_t document, std::string_view text);
  /// Ids of the rows of a unit by their places.
  std::map<std::string, std::int64_t> rows_of_unit(std::int64_t unit);
  void remove(std::int64_t row, std::string_view text);
  void clear();

  struct Hit {
    std::int64_t row = 0;
    double score = 0.0;
  };

  /// Best first, at most `limit`.
  std::vector<Hit> find(const SearchQuery& query);
  IndexRow row(std::int64_t id);

private:
  struct Statements {
    std::string add_row, add_words, add_codes, drop_row, drop_words, drop_codes, of_unit,
        of_document, find_words, find_codes, find_both, row;
  };

  static const Statements& statements(IndexKind kind);

  Database& m_db;
  const Statements& m_sql;
};

/// The texts of a unit by their places, packed by pack_steps.
std::map<std::string, std::string> place_texts(const Unit& unit);

/// What of a document is searched.
std::string searched_text(const Document& document);

} // namespace regtrail::store
