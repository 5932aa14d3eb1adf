// The table `transitions`: what happened to a part between two neighbouring dates, a row each (the
// form is transition_pack_internal.hpp's).
#pragma once

#include "store/archive.hpp"
#include "store/database_internal.hpp"
#include "store/dictionary_internal.hpp"
#include "store/transition_pack_internal.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace regtrail::store {

/// A row without its changes and hits.
struct TransitionRow {
  std::int64_t id = 0;
  PartDate before;
  PartDate after;
};

class TransitionTable {
public:
  TransitionTable(Database& database, Zstd& zstd, BodyDictionaries& dictionaries)
      : m_database(database),
        m_zstd(zstd),
        m_dictionaries(dictionaries) {}

  /// What row() and the others read; a condition on `t` follows.
  static constexpr std::string_view columns =
      "SELECT t.id, t.title, t.part, t.before_date, t.after_date, t.units, t.before_body, "
      "t.after_body, t.dictionary, t.size, t.data FROM transitions t ";

  static TransitionRow row(const Query& query);
  /// Whether a change of the row is of the unit, or was.
  static bool names_unit(const Query& query, std::int64_t unit);
  PackedTransition content(const Query& query);
  std::optional<PackedTransition> content(std::int64_t id);

  /// `units` are those that the changes name; one element of content.hits per change.
  void insert(const PartDate& before,
              Date after,
              std::vector<std::int64_t> units,
              const PackedTransition& content);
  /// In place of the content of the row, with the same changes.
  void rewrite(std::int64_t id, const PackedTransition& content);

private:
  struct Bodies {
    std::optional<std::int64_t> before;
    std::optional<std::int64_t> after;
    std::optional<std::int64_t> dictionary;
  };

  std::optional<std::int64_t> body_of(const Sha256& digest);
  KnownSides known(const Bodies& bodies);
  std::string compress(const PackedTransition& content, const Bodies& bodies, std::size_t& size);

  Database& m_database;
  Zstd& m_zstd;
  BodyDictionaries& m_dictionaries;
};

} // namespace regtrail::store
