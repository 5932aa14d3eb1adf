// The SQLite connection: opening, prepared statements, transactions, and what SQLite's
// errors mean to a user. Throws SQLite::Exception and Trouble.
#pragma once

#include "model/date.hpp"
#include "model/digest.hpp"
#include "model/vocabulary.hpp"
#include "store/archive.hpp"
#include "store/row_digests_internal.hpp"
#include "store/trouble_internal.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace regtrail::store {

/// Marks bytes to be bound as BLOB rather than TEXT.
struct Blob {
  std::string_view bytes;
};

/// A prepared statement on loan, reset when it is given back. Columns count from 0.
class Query {
public:
  Query(SQLite::Statement& statement, bool& busy);

  template<typename First, typename... Rest>
  Query(SQLite::Statement& statement, bool& busy, const First& first, const Rest&... rest)
      : Query(statement, busy) {
    bind(first);
    (bind(rest), ...);
  }

  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query(Query&&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query();

  bool next() { return m_statement.executeStep(); }

  /// To the end, for statements without rows.
  void run();

  void bind(std::int64_t value);

  void bind(int value) { bind(std::int64_t{value}); }

  void bind(bool value) { bind(std::int64_t{value ? 1 : 0}); }

  void bind(double value);
  void bind(std::string_view text);

  void bind(const char* text) { bind(std::string_view(text)); }

  void bind(const std::string& text) { bind(std::string_view(text)); }

  void bind(const Citation& citation) { bind(citation.to_string()); }

  /// Dates, instants and digests are text.

  void bind(Blob blob);
  void bind(Date date);
  void bind(Timestamp instant);
  void bind(const Sha256& digest);
  void bind(const Hash128& hash);
  void bind(std::nullopt_t nothing);

  template<typename T>
  void bind(const std::optional<T>& value) {
    if (value) {
      bind(*value);
    } else {
      bind(std::nullopt);
    }
  }

  [[nodiscard]] int columns() const { return m_statement.getColumnCount(); }

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] int small(int column) const; ///< integer() that must fit an int
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::string blob(int column) const;
  [[nodiscard]] bool flag(int column) const;

  /// Of what cannot be read as such a Damage.
  [[nodiscard]] Date date(int column) const;
  [[nodiscard]] Timestamp instant(int column) const;
  [[nodiscard]] Sha256 sha(int column) const;
  [[nodiscard]] Hash128 hash(int column) const;
  [[nodiscard]] Citation citation(int column) const;

  template<typename Enum>
  [[nodiscard]] Enum word(int column) const {
    auto value = parse_word<Enum>(text(column));
    if (!value) {
      throw Damage(value.error().message);
    }
    return *value;
  }

  [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const;
  [[nodiscard]] std::optional<Date> maybe_date(int column) const;
  [[nodiscard]] std::optional<Timestamp> maybe_instant(int column) const;

private:
  SQLite::Statement& m_statement;
  bool& m_busy;
  int m_bound = 0;
};

/// Forms of the archive, as PRAGMA user_version has them.
constexpr int first_form = 3;
[[nodiscard]] int newest_form();

/// The statements that make the form of the archive with that number of the one before, of the
/// first one an empty archive: migrations/*.sql. Those of later forms only add tables, and rows to
/// these.
[[nodiscard]] const char* migration(int form);

class Database {
public:
  static Database open(const std::filesystem::path& file, OpenMode mode);
  /// Of the newest form, or of the one with that number.
  static Database in_memory(int form = newest_form());

  /// The statement with `values` bound in order. The same statement cannot be on loan twice.
  template<typename... Values>
  Query query(std::string_view sql, const Values&... values) {
    Prepared& found = prepared(sql);
    return Query(*found.statement, found.busy, values...);
  }

  template<typename... Values>
  void run(std::string_view sql, const Values&... values) {
    query(sql, values...).run();
  }

  void exec(const char* sql) { m_connection->exec(sql); }

  /// Transactions; those within another one are savepoints. What they changed is entered into the
  /// digests of the tables when the outermost one is committed.
  void begin(const char* how);
  void commit();
  void roll_back() noexcept;

  /// Null for a connection that only reads.
  [[nodiscard]] RowDigests* digests() const { return m_digests.get(); }

  [[nodiscard]] std::int64_t last_row() const { return m_connection->getLastInsertRowid(); }

  [[nodiscard]] int affected_rows() const { return m_connection->getChanges(); }

  /// Changes when another connection committed.
  [[nodiscard]] std::int64_t data_version();

  /// What went wrong with which file and what to do about it.
  [[nodiscard]] Error explain(std::string_view doing, const SQLite::Exception& exception) const;
  [[nodiscard]] Error explain(std::string_view doing, const std::exception& damage) const;

  /// An archive of an earlier form is brought to the newest when it is opened for writing; when it
  /// is only read, it stays as it is.
  [[nodiscard]] int form() const { return m_form; }

  /// Empty for an archive in memory.
  [[nodiscard]] const std::filesystem::path& file() const { return m_file; }

  /// True while commits wait in a log beside the file.
  [[nodiscard]] bool has_log() const;

  [[nodiscard]] SQLite::Database& connection() { return *m_connection; }

  [[nodiscard]] sqlite3* handle() const { return m_connection->getHandle(); }

private:
  struct Prepared {
    std::unique_ptr<SQLite::Statement> statement;
    bool busy = false;
  };

  Database(std::unique_ptr<SQLite::Database> connection, std::filesystem::path file);

  Prepared& prepared(std::string_view sql);

  static Database
  connected(const std::string& name, int flags, const std::filesystem::path& file, OpenMode mode);
  void check_schema(OpenMode mode);
  void bring_up_to(int form);
  void add_missing_tables();
  void prefer_wal();

  std::unique_ptr<SQLite::Database> m_connection;
  std::filesystem::path m_file;
  std::unordered_map<std::string_view, Prepared> m_statements; ///< keys are string literals
  std::unique_ptr<RowDigests> m_digests;                       ///< of a connection that may write
  bool m_in_transaction = false;
  int m_form = 0;
  std::vector<RowDigests::Changes>
      m_savepoints; ///< what stood in m_digests at each, outermost first
};

/// Makes `file`, when it is not there, for its owner alone; SQLite would leave it to the umask.
void make_private(const std::filesystem::path& file);

} // namespace regtrail::store
