// Texts compressed against an earlier text of the same kind, in a table with the columns id, base,
// keyframe, links, generation, size, data.
//
//   key 0 <- 1 <- 2 ... <- 31            each against the one before it
//     ^
//     key 1 <- ... <- 31                 each keyframe against the keyframe before
//       ^ ...                            and every 32nd of those stands alone
//
// Keyframes that stand alone every time would triple the archive of a text that changes little; so
// the longest way to any text is 31 keyframes and 31 links. A text without a predecessor starts as
// a keyframe too, against a text of its kind, which shares its phrases.
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
  int links = 0;      ///< texts between it and its keyframe, itself included
  int generation = 0; ///< keyframes before its keyframe
  std::string data;
};

/// How a text is like the one it is compressed against.
enum class Kin {
  predecessor, ///< an earlier version of it
  stranger,    ///< another text of its kind
};

class DeltaChain {
public:
  /// Shared between the cache and whoever holds views into the text.
  using Text = std::shared_ptr<const std::string>;

  /// `select` yields base, keyframe, links, generation, size, data of an id. All three outlive
  /// this.
  DeltaChain(Database& database, Zstd& zstd, std::string_view select)
      : m_database(database),
        m_zstd(zstd),
        m_select(select) {}

  Text get(std::int64_t id);

  Frame encode(std::string_view bytes, std::optional<std::int64_t> similar, Kin kin);

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
  };

  Row row(std::int64_t id);
  void remember(std::int64_t id, const Text& text);

  Database& m_database;
  Zstd& m_zstd;
  std::string_view m_select;
  std::unordered_map<std::int64_t, Text> m_cache;
  std::size_t m_cached_bytes = 0;
};

} // namespace regtrail::store
