// Texts compressed against an earlier text of the same kind, in a table with the columns id, base,
// keyframe, links, generation, size, data and perhaps dictionary.
//
//   key 0 <- 1 <- 2 ... <- 31            each against the one before it
//     ^
//     key 1 <- ... <- 31                 each keyframe against the keyframe before
//       ^ ...                            and every 32nd of those stands alone
//
// Keyframes that stand alone every time would triple the archive of a text that changes little; so
// the longest way to any text is 31 keyframes and 31 links. A text that would stand alone is
// written with the words of a raw body where one is named (dictionary_internal.hpp); a text without
// a predecessor starts as a keyframe too, without a dictionary against a text of its kind, which
// shares its phrases.
#pragma once

#include "store/database_internal.hpp"
#include "store/zstd_internal.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace regtrail::store {

/// A text ready to be stored; `keyframe` is nullopt when it is one itself.
struct Frame {
  std::optional<std::int64_t> base;
  std::optional<std::int64_t> keyframe;
  int links = 0;                          ///< texts between it and its keyframe, itself included
  int generation = 0;                     ///< keyframes before its keyframe
  std::optional<std::int64_t> dictionary; ///< only without a base
  std::string data;
};

/// How a text is like the one it is compressed against.
enum class Resemblance {
  earlier_version, ///< an earlier version of it
  other_text,      ///< another text of its kind
};

class BodyDictionaries;

class DeltaChain {
public:
  /// Shared between the cache and whoever holds views into the text.
  using Text = std::shared_ptr<const std::string>;

  /// `select` yields base, keyframe, links, generation, size, data, dictionary of an id. All that
  /// is given outlives this; without `dictionaries` no text may name one.
  DeltaChain(Database& database,
             Zstd& zstd,
             std::string_view select,
             BodyDictionaries* dictionaries = nullptr)
      : m_database(database),
        m_zstd(zstd),
        m_select(select),
        m_dictionaries(dictionaries) {}

  Text get(std::int64_t id);

  Frame encode(std::string_view bytes,
               std::optional<std::int64_t> similar,
               Resemblance how,
               std::optional<std::int64_t> dictionary = std::nullopt);

  /// To be called when rows may have changed under us.
  void forget();

private:
  struct Row {
    std::int64_t id = 0;
    std::optional<std::int64_t> base;
    std::optional<std::int64_t> keyframe;
    int links = 0;
    int generation = 0;
    std::size_t size = 0;
    std::string data;
    std::optional<std::int64_t> dictionary;
  };

  Row row(std::int64_t id);
  Text unpack(const Row& row, const Text& base);
  void remember(std::int64_t id, const Text& text);

  Database& m_database;
  Zstd& m_zstd;
  std::string_view m_select;
  BodyDictionaries* m_dictionaries;
  std::unordered_map<std::int64_t, Text> m_cache;
  std::size_t m_cached_bytes = 0;
};

/// The raw bodies' chain.
inline constexpr std::string_view select_raw_body =
    "SELECT base, keyframe, links, generation, size, data, NULL FROM raw_bodies WHERE id = ?";

} // namespace regtrail::store
