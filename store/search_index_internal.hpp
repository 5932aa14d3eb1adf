// The index of the search: two full-text tables, whose rows are places of the law and documents.
//
//   row of a document  2^40 + document
//   row of a place     first + number: each unit has a run of rows (search_places_internal.hpp);
//                      neighbours in a list of rows cost a byte, so the runs are side by side
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

/// Full-text tables keep no text, so that taking a row out needs the text that went in.
class SearchIndex {
public:
  SearchIndex(Database& db, IndexKind kind);

  void add(std::int64_t row, std::string_view text);
  void remove(std::int64_t row, std::string_view text);
  void clear();
  /// To be called when most rows are new: one tree takes less room than the many they came in.
  void merge();

  struct Hit {
    std::int64_t row = 0;
    double score = 0.0;
  };

  /// Best first, at most `limit`.
  std::vector<Hit> find(const SearchQuery& query);

private:
  struct Statements {
    std::string add_words, add_codes, drop_words, drop_codes, find_words, find_codes, find_both;
  };

  static const Statements& statements(IndexKind kind);

  Database& m_db;
  const Statements& m_sql;
};

std::int64_t row_of_document(std::int64_t document);
/// nullopt for the row of a place.
std::optional<std::int64_t> document_of(std::int64_t row);

/// The texts of a unit by their places, packed by pack_steps.
std::map<std::string, std::string> place_texts(const Unit& unit);

/// What of a document is searched.
std::string searched_text(const Document& document);

} // namespace regtrail::store
