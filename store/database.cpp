#include "store/convert_internal.hpp"
#include "store/database_internal.hpp"
#include "store/migrations_internal.hpp"
#include "store/trouble_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <sqlite3.h>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace regtrail::store {

namespace {

/// "rgtr", so that `file` and we tell an archive from any other SQLite database.
constexpr int application_id = 0x72677472;
constexpr int busy_timeout_ms = 10'000;
/// Most tables hold little or nothing, and most records are short: with pages of 4096 bytes a sixth
/// of an archive of 100 versions was empty.
constexpr int page_size = 1024;
/// Pages in the log before it is written back, as many bytes as SQLite's own 1000 of 4096.
constexpr int log_pages = 4000;

std::string quoted(const std::filesystem::path& file) {
  return file.empty() ? "the archive in memory" : "'" + file.string() + "'";
}

/// SQLite's URI form, in which '?', '#' and '%' of a path are escaped.
std::string immutable_uri(const std::filesystem::path& file) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    if (c == '?' || c == '#' || c == '%') {
      uri += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    } else {
      uri.push_back(c);
    }
  }
  return uri + "?immutable=1";
}

bool has_unmerged_log(const std::filesystem::path& file) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(file.string() + "-wal", ignored);
  return !ignored && size > 0;
}

/// SQLite's own words for these are "unable to open database file" or nothing at all.
void check_file(const std::filesystem::path& file, OpenMode mode) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    if (mode == OpenMode::create) {
      return;
    }
    refuse(
        ErrorKind::not_found,
        fmt::format("no archive at {}: run 'regtrail sync' to make one, or name another with --db",
                    quoted(file)));
  }
  if (error) {
    refuse(ErrorKind::storage, fmt::format("cannot open {}: {}", quoted(file), error.message()));
  }
  if (std::filesystem::is_directory(status)) {
    refuse(ErrorKind::storage,
           fmt::format("cannot open {}: it is a folder, name a file in it", quoted(file)));
  }
  if (!std::ifstream(file, std::ios::binary)) {
    refuse(ErrorKind::storage,
           fmt::format("cannot open {}: no permission to read it", quoted(file)));
  }
}

void make_folder(const std::filesystem::path& file) {
  const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    refuse(ErrorKind::storage,
           fmt::format("cannot make the folder {}: {}", quoted(folder), error.message()));
  }
}

/// Rolled back unless committed. Processes that open at once get it one after the other.
class WriteTransaction {
public:
  explicit WriteTransaction(SQLite::Database& connection) : m_connection(connection) {
    m_connection.exec("BEGIN IMMEDIATE");
  }

  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;

  ~WriteTransaction() {
    if (!m_committed) {
      m_connection.tryExec("ROLLBACK");
    }
  }

  void commit() {
    m_connection.exec("COMMIT");
    m_committed = true;
  }

private:
  SQLite::Database& m_connection;
  bool m_committed = false;
};

std::string_view remedy(int code) {
  switch (code) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return "another process is writing to it, try again when it has finished";
  case SQLITE_FULL:
    return "the disk is full, free some space and run the command again; nothing stored is lost";
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return "it is read-only, check the permissions of the file and its folder";
  case SQLITE_CANTOPEN:
    return "check the permissions of the file and its folder";
  case SQLITE_NOTADB:
    return "it is not a regtrail archive, name another file with --db or move it away";
  case SQLITE_CORRUPT:
    return "the file is damaged, restore it from a backup; 'regtrail verify' says what is hurt";
  case SQLITE_IOERR:
    return "the disk could not be read or written, check its space and health";
  default:
    return "";
  }
}

} // namespace

// --- Query -----------------------------------------------------------------------------------

Query::Query(SQLite::Statement& statement, bool& busy) : m_statement(statement), m_busy(busy) {
  if (m_busy) {
    throw std::logic_error("a statement is lent twice: " + statement.getQuery());
  }
  m_busy = true;
}

Query::~Query() {
  m_statement.tryReset();
  m_busy = false;
}

void Query::run() {
  while (m_statement.executeStep()) {
  }
}

void Query::bind(std::int64_t value) {
  m_statement.bind(++m_bound, value);
}

void Query::bind(double value) {
  m_statement.bind(++m_bound, value);
}

void Query::bind(std::string_view text) {
  m_statement.bind(++m_bound, std::string(text));
}

void Query::bind(Blob blob) {
  if (blob.bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    refuse(ErrorKind::too_large, "a record of more than 2 GB cannot be stored");
  }
  // A null pointer would bind NULL.
  const char* bytes = blob.bytes.empty() ? "" : blob.bytes.data();
  m_statement.bind(++m_bound, static_cast<const void*>(bytes), static_cast<int>(blob.bytes.size()));
}

void Query::bind(Date date) {
  bind(static_cast<std::int64_t>(date.days().time_since_epoch().count()));
}

void Query::bind(Timestamp instant) {
  bind(static_cast<std::int64_t>(instant.time_since_epoch().count()));
}

void Query::bind(const Sha256& digest) {
  m_statement.bind(++m_bound, static_cast<const void*>(digest.bytes.data()), 32);
}

void Query::bind(std::nullopt_t /*nothing*/) {
  m_statement.bind(++m_bound);
}

bool Query::is_null(int column) const {
  return m_statement.isColumnNull(column);
}

std::int64_t Query::integer(int column) const {
  return m_statement.getColumn(column).getInt64();
}

int Query::small(int column) const {
  const std::int64_t value = integer(column);
  if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
    throw Damage(fmt::format("a number out of range: {}", value));
  }
  return static_cast<int>(value);
}

double Query::real(int column) const {
  return m_statement.getColumn(column).getDouble();
}

std::string Query::text(int column) const {
  return m_statement.getColumn(column).getString();
}

std::string Query::blob(int column) const {
  return m_statement.getColumn(column).getString();
}

Date Query::date(int column) const {
  return Date(std::chrono::sys_days(std::chrono::days(small(column))));
}

Timestamp Query::instant(int column) const {
  return Timestamp(std::chrono::seconds(integer(column)));
}

Sha256 Query::sha(int column) const {
  const std::string bytes = blob(column);
  Sha256 digest;
  if (bytes.size() != digest.bytes.size()) {
    throw Damage("a digest that is not 32 bytes long");
  }
  std::transform(bytes.begin(), bytes.end(), digest.bytes.begin(), [](char c) {
    return static_cast<std::uint8_t>(c);
  });
  return digest;
}

std::optional<std::int64_t> Query::maybe_integer(int column) const {
  return is_null(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<Date> Query::maybe_date(int column) const {
  return is_null(column) ? std::nullopt : std::optional(date(column));
}

std::optional<Timestamp> Query::maybe_instant(int column) const {
  return is_null(column) ? std::nullopt : std::optional(instant(column));
}

// --- Database --------------------------------------------------------------------------------

Database::Database(std::unique_ptr<SQLite::Database> connection, std::filesystem::path file)
    : m_connection(std::move(connection)),
      m_file(std::move(file)) {
  m_connection->setBusyTimeout(busy_timeout_ms);
  m_connection->exec("PRAGMA foreign_keys = ON");
  m_connection->exec("PRAGMA trusted_schema = OFF");
  m_connection->exec(fmt::format("PRAGMA wal_autocheckpoint = {}", log_pages));
}

Database Database::connected(const std::string& name,
                             int flags,
                             const std::filesystem::path& file,
                             OpenMode mode) {
  Database database(std::make_unique<SQLite::Database>(name, flags), file);
  database.migrate(mode);
  return database;
}

Database Database::open(const std::filesystem::path& file, OpenMode mode) {
  check_file(file, mode);
  if (mode == OpenMode::create) {
    make_folder(file);
  }
  int flags = SQLite::OPEN_READONLY;
  if (mode == OpenMode::read_write) {
    flags = SQLite::OPEN_READWRITE;
  } else if (mode == OpenMode::create) {
    flags = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE; // NOLINT(hicpp-signed-bitwise)
  }
  try {
    try {
      return connected(file.string(), flags, file, mode);
    } catch (const SQLite::Exception& exception) {
      // In a folder that we may not write, SQLite cannot make the shared memory of the log. When no
      // log is waiting there, the file alone is the whole truth.
      const int code = exception.getErrorCode();
      if (mode != OpenMode::read_only || (code != SQLITE_CANTOPEN && code != SQLITE_READONLY) ||
          has_unmerged_log(file)) {
        throw;
      }
      // NOLINTNEXTLINE(hicpp-signed-bitwise)
      return connected(immutable_uri(file), flags | SQLite::OPEN_URI, file, mode);
    }
  } catch (const SQLite::Exception& exception) {
    const std::string_view cure = remedy(exception.getErrorCode());
    refuse(ErrorKind::storage,
           fmt::format("cannot open {}: {}",
                       quoted(file),
                       cure.empty() ? std::string_view(exception.what()) : cure));
  }
}

Database Database::in_memory() {
  // NOLINTNEXTLINE(hicpp-signed-bitwise)
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
  Database database(std::make_unique<SQLite::Database>(":memory:", flags), {});
  database.migrate(OpenMode::create);
  return database;
}

int Database::schema_version() {
  return m_connection->execAndGet("PRAGMA user_version").getInt();
}

/// The switch needs the file for itself and does not wait for it. Who cannot have it waits for the
/// present writer and tries again; at worst this process works without the log, which is slower and
/// no less safe, and the next opener switches.
void Database::prefer_wal() {
  constexpr int tries = 20;
  for (int i = 0; i < tries; ++i) {
    try {
      m_connection->execAndGet("PRAGMA journal_mode = WAL");
      return;
    } catch (const SQLite::Exception& exception) {
      if (exception.getErrorCode() != SQLITE_BUSY) {
        throw;
      }
    }
    const WriteTransaction waiting(*m_connection);
  }
}

/// Of a file that is yet to be made, or about to be made anew.
void Database::choose_layout() {
  m_connection->exec(fmt::format("PRAGMA page_size = {}", page_size));
  m_connection->exec("PRAGMA auto_vacuum = INCREMENTAL");
}

void Database::migrate(OpenMode mode) {
  const auto ours = static_cast<int>(migrations().size());
  // One state of the file: another process may be making the archive right now.
  m_connection->exec("BEGIN");
  const int id = m_connection->execAndGet("PRAGMA application_id").getInt();
  const bool empty = m_connection->execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
  const int found = schema_version();
  m_connection->exec("COMMIT");
  if (id != application_id && !(id == 0 && empty)) {
    refuse(ErrorKind::storage,
           fmt::format("cannot open {}: it is a database of another program, name another file "
                       "with --db",
                       quoted(m_file)));
  }
  if (found > ours) {
    refuse(ErrorKind::storage,
           fmt::format("cannot open {}: its schema is number {}, this regtrail knows up to {}; "
                       "install the newer regtrail that wrote it",
                       quoted(m_file),
                       found,
                       ours));
  }
  if (found == ours) {
    if (mode != OpenMode::read_only) {
      prefer_wal();
    }
    return;
  }
  if (mode == OpenMode::read_only && found == 0) {
    refuse(ErrorKind::not_found,
           fmt::format("the archive {} is still empty: run 'regtrail sync' first", quoted(m_file)));
  }
  if (mode == OpenMode::read_only) {
    refuse(ErrorKind::storage,
           fmt::format("cannot read {}: its schema is number {}, this regtrail needs {}; run "
                       "'regtrail sync' to bring it up to date",
                       quoted(m_file),
                       found,
                       ours));
  }

  if (found == 0) {
    choose_layout();
  }
  prefer_wal();
  for (const Migration& migration : migrations()) {
    WriteTransaction transaction(*m_connection);
    if (schema_version() >= migration.number) {
      continue;
    }
    try {
      m_connection->exec(migration.sql);
      if (migration.number == 3) {
        convert_from_schema_2(*this);
      }
    } catch (const SQLite::Exception& exception) {
      refuse(ErrorKind::storage,
             fmt::format("cannot bring {} to schema {} ({}): {}",
                         quoted(m_file),
                         migration.number,
                         migration.name,
                         explain("migrate", exception).message));
    } catch (const Damage& damage) {
      refuse(ErrorKind::storage,
             fmt::format("cannot bring {} to schema {} ({}): it holds {}",
                         quoted(m_file),
                         migration.number,
                         migration.name,
                         damage.what()));
    }
    m_connection->exec(fmt::format("PRAGMA application_id = {}", application_id));
    m_connection->exec(fmt::format("PRAGMA user_version = {}", migration.number));
    transaction.commit();
  }
  m_migrated_from = found;
  if (found > 0) {
    give_back_room();
  }
}

/// What a migration dropped, and pages larger than need be. The file is written anew beside itself
/// and swapped by SQLite's journal, which survives a kill; somebody else at work is no reason to
/// wait, as nothing but room is lost.
void Database::give_back_room() {
  try {
    m_connection->execAndGet("PRAGMA journal_mode = DELETE");
    choose_layout();
    m_connection->exec("VACUUM");
  } catch (const SQLite::Exception& exception) {
    const int code = exception.getErrorCode();
    if (code != SQLITE_BUSY && code != SQLITE_LOCKED && code != SQLITE_FULL) {
      throw;
    }
  }
  prefer_wal();
}

Database::Prepared& Database::prepared(std::string_view sql) {
  Prepared& entry = m_statements[sql];
  if (entry.statement == nullptr) {
    entry.statement = std::make_unique<SQLite::Statement>(*m_connection, std::string(sql));
  }
  return entry;
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(m_connection->getHandle()) == 0;
}

std::int64_t Database::data_version() {
  Query version = query("PRAGMA data_version");
  version.next();
  return version.integer(0);
}

Error Database::explain(std::string_view doing, const SQLite::Exception& exception) const {
  const std::string_view cure = remedy(exception.getErrorCode());
  std::string message = fmt::format("cannot {} {}: {}", doing, quoted(m_file), exception.what());
  if (!cure.empty()) {
    message += fmt::format(": {}", cure);
  }
  return {ErrorKind::storage, std::move(message)};
}

Error Database::explain(std::string_view doing, const std::exception& damage) const {
  return {ErrorKind::storage,
          fmt::format("cannot {} {}: it holds {}; run 'regtrail verify' to see what is hurt and "
                      "'regtrail rebuild' to remake what is derived",
                      doing,
                      quoted(m_file),
                      damage.what())};
}

} // namespace regtrail::store
