// The table `transitions`: what happened to a part between two neighbouring dates, a row each (the
// form is transition_pack_internal.hpp's).
//
// All of them say the same of other places, in the words of the law and in the register's. The
// first few of some size are kept once more in `transition_samples`, which only grows until all
// that is derived is dropped. A row is compressed with the raw body and the samples there were by
// then.
#pragma once

#include "store/archive.hpp"
#include "store/database_internal.hpp"
#include "store/dictionary_internal.hpp"
#include "store/transition_pack_internal.hpp"

#include <cstdint>
#include <optional>
#include <string>
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
  TransitionTable(Database& database, Zstd& zstd, DeltaChain& bodies)
      : m_database(database),
        m_zstd(zstd),
        m_dictionaries(database, zstd, bodies) {}

  /// What row() and the others read; a condition on `t` follows.
  static constexpr std::string_view columns =
      "SELECT t.id, t.title, t.part, t.before_date, t.after_date, t.units, t.before_body, "
      "t.after_body, t.dictionary, t.samples, t.size, t.data FROM transitions t ";

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

  /// To be called when rows may have changed under us.
  void forget();

private:
  struct Bodies {
    std::optional<std::int64_t> before;
    std::optional<std::int64_t> after;
    std::optional<std::int64_t> dictionary;
    std::int64_t samples = 0;
  };

  std::optional<std::int64_t> body_of(const Sha256& digest);
  KnownSides known(const Bodies& bodies);
  std::string compress(std::string_view bytes, const Bodies& bodies);
  std::string decompress(std::string_view data, std::size_t size, const Bodies& bodies);
  /// The first `count` of them, one behind the other.
  std::string_view samples(std::int64_t count);
  /// How many there are, `bytes` among them when it is to be one.
  std::int64_t offer_sample(std::string_view bytes);

  Database& m_database;
  Zstd& m_zstd;
  BodyDictionaries m_dictionaries; ///< of its own: others use bodies without the samples
  std::string m_samples;
  std::int64_t m_sample_count = 0; ///< in m_samples
};

} // namespace regtrail::store
