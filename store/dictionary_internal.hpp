// Raw bodies as dictionaries: what is derived from an answer of a source says it in the same words,
// so that it costs a few bytes where the answer is at hand. A body is a fact and never changes,
// which makes it safe to depend on.
#pragma once

#include "store/delta_chain_internal.hpp"
#include "store/zstd_internal.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace regtrail::store {

class BodyDictionaries {
public:
  BodyDictionaries(Database& database, Zstd& zstd, DeltaChain& bodies)
      : m_database(database),
        m_zstd(zstd),
        m_bodies(bodies) {}

  /// The dictionary for what is derived from `body`: its keyframe, which its neighbours share, so
  /// that a list of them unpacks it once. nullopt for bodies too large to unpack for a few words.
  std::optional<std::int64_t> suitable(std::int64_t body);

  /// `more` is said besides the body; the same to decompress.
  std::string compress(std::string_view bytes, std::int64_t dictionary, std::string_view more = {});
  std::string decompress(std::string_view data,
                         std::size_t size,
                         std::int64_t dictionary,
                         std::string_view more = {});

  /// To be called when rows may have changed under us.
  void forget();

private:
  void use(std::int64_t body, std::string_view more);

  Database& m_database;
  Zstd& m_zstd;
  DeltaChain& m_bodies;
  std::optional<std::int64_t> m_body; ///< whose text begins m_text
  std::size_t m_more = 0;             ///< bytes of m_text behind it
  DeltaChain::Text m_text;
  std::optional<Zstd::Dictionary> m_tables;
};

} // namespace regtrail::store
