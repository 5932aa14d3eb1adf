// Digests of what tables hold, kept beside them while they are written, so that `verify` sees a
// row that was altered behind SQLite's back.
//
// The digest of a row is XXH3-128 over the table's name and the values of its columns. The digest
// of a table is the sum of those of its rows modulo 2^128: it does not depend on their order and is
// brought up to date by what a transaction changed. Of tables with facts that only this archive has
// each row's digest is kept as well, so that the row can be named.
#pragma once

#include "model/digest.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::store {

/// Rows of a table and the sum of their digests.
struct TableDigest {
  std::int64_t rows = 0;
  Hash128 sum;

  void add(const Hash128& row);
  void remove(const Hash128& row);

  friend bool operator==(const TableDigest&, const TableDigest&) = default;
};

/// Follows the writes of one connection by SQLite's preupdate hook.
class RowDigests {
public:
  /// What is not written yet.
  struct Changes {
    std::map<std::string, TableDigest> tables; ///< differences
    /// By table and key; nullopt for a row that went.
    std::map<std::pair<std::string, std::string>, std::optional<Hash128>> rows;
  };

  explicit RowDigests(sqlite3* connection);
  RowDigests(const RowDigests&) = delete;
  RowDigests& operator=(const RowDigests&) = delete;
  ~RowDigests();

  /// Enters all changes into the archive, within the open transaction.
  void write();

  /// Takes what the tables without digests of rows hold now for what was written: to be called when
  /// they were emptied, whatever they held.
  void take_as_written();

  /// Not followed between these two: what the caller takes as written.
  void pause();
  void resume();

  /// Makes all digests of rows and tables again when what they say of each table with digests of
  /// rows is right in itself: its rows agree with their own or with that of the table. While
  /// paused.
  void mend();

  [[nodiscard]] const Changes& changes() const { return m_changes; }

  /// Puts back what changes() said.
  void reset(Changes changes) { m_changes = std::move(changes); }

private:
  static void on_row(void* self,
                     sqlite3* connection,
                     int operation,
                     const char* schema,
                     const char* table,
                     sqlite3_int64 old_row,
                     sqlite3_int64 new_row);

  void put_table(const std::string& table, const TableDigest& digest);

  sqlite3* m_connection;
  Changes m_changes;
};

/// What is stored of a table, and by key of its rows; of what cannot be read, zeros.
[[nodiscard]] TableDigest stored_digest(sqlite3* connection, const std::string& table);
[[nodiscard]] std::map<std::string, Hash128> stored_row_digests(sqlite3* connection,
                                                                const std::string& table);

/// True for a table with facts that only this archive has.
[[nodiscard]] bool has_row_digests(std::string_view table);

/// Calls `row` with the key and the digest of each row of `table` as it is now; throws
/// SQLite::Exception.
void read_rows(sqlite3* connection,
               const std::string& table,
               const std::function<void(const std::string& key, const Hash128& digest)>& row);

/// The tables whose rows have digests, the search index's own included.
[[nodiscard]] std::vector<std::string> digested_tables(sqlite3* connection);

} // namespace regtrail::store
