// Raw bodies: zstd frames, each made against its predecessor in the stream.
//
// Every eighth body of a stream is a key body. It is made against the first body of its run, which
// stands alone; after eight key bodies a new run begins. So a body is read through at most nine
// frames, and a damaged one takes at most seven others with it, but for the first of a run.
#pragma once

#include "store/database_internal.hpp"
#include "store/zstd_internal.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace regtrail::store {

class Bodies {
public:
  explicit Bodies(Database& db) : m_db(db) {}

  /// The row with these bytes, made against `predecessor` when there is none yet. A damaged one is
  /// written anew.
  std::int64_t put(std::string_view bytes, std::optional<std::int64_t> predecessor);

  /// Checked against its digest; throws Damage.
  std::shared_ptr<const std::string> get(std::int64_t id);

  /// What is remembered may be another body's when a transaction was rolled back.
  void forget();

private:
  struct Row;

  Row row(std::int64_t id);
  void remember(std::int64_t id, const std::shared_ptr<const std::string>& body);

  Database& m_db;
  Zstd m_zstd;
  std::map<std::int64_t, std::shared_ptr<const std::string>> m_cache;
  std::size_t m_cached_bytes = 0;
};

} // namespace regtrail::store
