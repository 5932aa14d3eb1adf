// The index of the search: a row a place of the law or document, and two full-text tables over
// them.
#pragma once

#include "model/document.hpp"
#include "model/node.hpp"
#include "store/database_internal.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::store {

/// The archive's own index of the newest law, or one made for a single question about another day.
enum class IndexKind { newest, of_a_day };

/// A row of search_places: of a unit's text or of a document.
struct SearchPlace {
  std::optional<std::int64_t> unit;
  std::optional<std::int64_t> text_id;
  std::optional<std::int64_t> document;
  std::string at; ///< a citation, or the number of a document
  std::string text;
};

class SearchIndex {
public:
  SearchIndex(Database& db, IndexKind kind);

  void add(const SearchPlace& place);
  void remove(std::int64_t row); ///< of the archive's own index
  /// To be called when most rows are new: one tree takes less room than the many they came in.
  void merge();

  struct Hit {
    std::int64_t row = 0;
    double score = 0.0;
  };

  /// Best first, at most `limit`.
  std::vector<Hit> find(const SearchQuery& query);

  SearchPlace place(std::int64_t row);

private:
  struct Statements {
    std::string add, add_words, add_codes, find_words, find_codes, find_both, place;
  };

  static const Statements& statements(IndexKind kind);

  Database& m_db;
  const Statements& m_sql;
};

/// The texts of a unit by their citations.
std::map<std::string, std::string> place_texts(const Unit& unit);

/// What of a document is searched.
std::string searched_text(const Document& document);

} // namespace regtrail::store
