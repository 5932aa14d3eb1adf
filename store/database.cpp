#include "store/database_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <limits>
#include <sqlite3.h>
#include <stdexcept>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace regtrail::store {

namespace {

/// "rgtr", so that `file` and we tell an archive from any other SQLite database.
constexpr int application_id = 0x72677472;
constexpr int busy_timeout_ms = 10'000;

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
    return "it is not a regtrail archive, or damaged; name another file with --db, move it away, "
           "or bring a backup back with 'regtrail restore BACKUP'";
  case SQLITE_CORRUPT:
    return "the file is damaged; 'regtrail verify' says what is hurt, 'regtrail restore BACKUP' "
           "brings a backup back";
  case SQLITE_IOERR:
    return "the disk could not be read or written, check its space and health";
  default:
    return "";
  }
}

} // namespace

void make_private(const std::filesystem::path& file) {
  // NOLINTNEXTLINE(hicpp-signed-bitwise, cppcoreguidelines-pro-type-vararg)
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    refuse(ErrorKind::storage,
           fmt::format("cannot make {}: {}; check the permissions of its folder",
                       quoted(file),
                       std::strerror(errno)));
  }
  ::close(descriptor);
}

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
  bind(date.to_string());
}

void Query::bind(Timestamp instant) {
  bind(to_string(instant));
}

void Query::bind(const Sha256& digest) {
  bind(to_hex(digest));
}

void Query::bind(const Hash128& hash) {
  bind(to_hex(hash));
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

bool Query::flag(int column) const {
  return integer(column) != 0;
}

namespace {

template<typename Value>
Value sound(Result<Value> value) {
  if (!value) {
    throw Damage(std::move(value.error().message));
  }
  return *std::move(value);
}

/// `size` hexadecimal digits.
template<std::size_t size>
std::array<std::uint8_t, size / 2> from_hex(const std::string& text) {
  std::array<std::uint8_t, size / 2> bytes{};
  bool valid = text.size() == size;
  for (std::size_t i = 0; valid && i < bytes.size(); ++i) {
    const char* begin = text.data() + 2 * i;
    const auto [end, error] = std::from_chars(begin, begin + 2, bytes[i], 16);
    valid = error == std::errc{} && end == begin + 2;
  }
  if (!valid) {
    throw Damage(fmt::format("'{}' instead of a digest", text));
  }
  return bytes;
}

} // namespace

Date Query::date(int column) const {
  return sound(Date::parse(text(column)));
}

Timestamp Query::instant(int column) const {
  return sound(parse_timestamp(text(column)));
}

Sha256 Query::sha(int column) const {
  return {from_hex<64>(text(column))};
}

Hash128 Query::hash(int column) const {
  const auto bytes = from_hex<32>(text(column));
  Hash128 hash;
  for (std::size_t i = 0; i < 8; ++i) {
    hash.high = hash.high << 8U | bytes[i];
    hash.low = hash.low << 8U | bytes[i + 8];
  }
  return hash;
}

Citation Query::citation(int column) const {
  return sound(Citation::parse(text(column)));
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
}

Database Database::connected(const std::string& name,
                             int flags,
                             const std::filesystem::path& file,
                             OpenMode mode) {
  Database database(std::make_unique<SQLite::Database>(name, flags), file);
  database.check_schema(mode);
  return database;
}

Database Database::open(const std::filesystem::path& file, OpenMode mode) {
  check_file(file, mode);
  if (mode == OpenMode::create) {
    make_folder(file);
    make_private(file);
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

Database Database::in_memory(int form) {
  // NOLINTNEXTLINE(hicpp-signed-bitwise)
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
  Database database(std::make_unique<SQLite::Database>(":memory:", flags), {});
  database.m_digests = std::make_unique<RowDigests>(database.handle());
  database.bring_up_to(form);
  return database;
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
    m_connection->exec("BEGIN IMMEDIATE; COMMIT");
  }
}

void Database::check_schema(OpenMode mode) {
  // One state of the file: another process may be making the archive right now.
  m_connection->exec("BEGIN");
  const int id = m_connection->execAndGet("PRAGMA application_id").getInt();
  const bool empty = m_connection->execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
  const int found = m_connection->execAndGet("PRAGMA user_version").getInt();
  const bool ours =
      m_connection->execAndGet("SELECT count(*) FROM sqlite_schema WHERE name = 'about'")
          .getInt() == 1;
  m_connection->exec("COMMIT");
  if (id != application_id && !(id == 0 && empty)) {
    refuse(ErrorKind::storage,
           fmt::format("cannot open {}: it is a database of another program, name another file "
                       "with --db; if it is a damaged archive: regtrail restore BACKUP",
                       quoted(m_file)));
  }
  if (!empty && (!ours || found < first_form)) {
    refuse(ErrorKind::storage,
           fmt::format("cannot open {}: it was written before the first release of regtrail, in a "
                       "form that is no longer read; move it away and run 'regtrail sync' to make "
                       "it anew, or open it with the regtrail that wrote it",
                       quoted(m_file)));
  }
  if (found > newest_form()) {
    refuse(
        ErrorKind::storage,
        fmt::format("cannot open {}: its schema is number {}, this regtrail knows up to {}; "
                    "install the newer regtrail that wrote it; if it is damaged: regtrail restore "
                    "BACKUP",
                    quoted(m_file),
                    found,
                    newest_form()));
  }
  if (empty && mode == OpenMode::read_only) {
    refuse(ErrorKind::not_found,
           fmt::format("the archive {} is still empty: run 'regtrail sync' first", quoted(m_file)));
  }
  m_form = empty ? newest_form() : found;
  if (mode == OpenMode::read_only) {
    add_missing_tables();
    return;
  }
  prefer_wal();
  m_digests = std::make_unique<RowDigests>(handle());
  bring_up_to(newest_form());
}

/// Unless another process has done so meanwhile.
void Database::bring_up_to(int form) {
  try {
    begin("BEGIN IMMEDIATE");
    const int found = m_connection->execAndGet("PRAGMA user_version").getInt();
    for (int next = std::max(found + 1, first_form); next <= form; ++next) {
      m_connection->exec(migration(next));
    }
    if (found < form) {
      m_connection->exec(fmt::format("PRAGMA application_id = {}", application_id));
      m_connection->exec(fmt::format("PRAGMA user_version = {}", form));
    }
    commit();
    m_form = std::max(found, form);
  } catch (...) {
    roll_back();
    throw;
  }
}

/// Of later forms, for this connection alone.
void Database::add_missing_tables() {
  constexpr std::string_view create = "CREATE TABLE ";
  m_connection->exec("PRAGMA foreign_keys = OFF");
  for (int next = m_form + 1; next <= newest_form(); ++next) {
    std::string sql = migration(next);
    for (std::size_t at = 0; (at = sql.find(create, at)) != std::string::npos;) {
      sql.replace(at, create.size(), "CREATE TEMP TABLE ");
    }
    m_connection->exec(sql);
  }
}

void Database::begin(const char* how) {
  if (!m_in_transaction) {
    m_connection->exec(how);
    m_in_transaction = true;
    return;
  }
  if (sqlite3_get_autocommit(handle()) != 0) { // a full disk makes SQLite roll back by itself
    refuse(ErrorKind::storage, "the archive gave up a transaction after an earlier error");
  }
  m_connection->exec("SAVEPOINT call");
  m_savepoints.push_back(m_digests ? m_digests->changes() : RowDigests::Changes{});
}

void Database::commit() {
  if (!m_savepoints.empty()) {
    m_connection->exec("RELEASE call");
    m_savepoints.pop_back();
    return;
  }
  if (m_digests) {
    m_digests->write();
  }
  m_connection->exec("COMMIT");
  m_in_transaction = false;
}

void Database::roll_back() noexcept {
  const bool nested = !m_savepoints.empty();
  RowDigests::Changes before;
  if (nested) {
    before = std::move(m_savepoints.back());
    m_savepoints.pop_back();
  }
  if (m_digests) {
    m_digests->reset(std::move(before));
  }
  m_in_transaction = nested;
  if (sqlite3_get_autocommit(handle()) == 0) {
    // What cannot be rolled back now is rolled back when the file is next opened.
    m_connection->tryExec(nested ? "ROLLBACK TO call; RELEASE call" : "ROLLBACK");
  }
}

Database::Prepared& Database::prepared(std::string_view sql) {
  Prepared& entry = m_statements[sql];
  if (entry.statement == nullptr) {
    entry.statement = std::make_unique<SQLite::Statement>(*m_connection, std::string(sql));
  }
  return entry;
}

bool Database::has_log() const {
  return has_unmerged_log(m_file);
}

std::int64_t Database::data_version() {
  Query version = query("PRAGMA data_version");
  version.next();
  return version.integer(0);
}

Error Database::explain(std::string_view doing, const SQLite::Exception& exception) const {
  const std::string_view cure = remedy(exception.getErrorCode());
  std::string message = fmt::format("cannot {} {}: {}", doing, quoted(m_file), exception.what());
  message += fmt::format(
      ": {}",
      cure.empty() ? "if the file is damaged, 'regtrail verify' says so, and 'regtrail restore "
                     "BACKUP' brings a backup back"
                   : cure);
  return {ErrorKind::storage, std::move(message)};
}

Error Database::explain(std::string_view doing, const std::exception& damage) const {
  return {ErrorKind::storage,
          fmt::format("cannot {} {}: the file is damaged, it holds {}; 'regtrail verify' says what "
                      "is hurt, then 'regtrail sync' and 'regtrail rebuild' make again what can be "
                      "made again, 'regtrail restore BACKUP' brings a backup back",
                      doing,
                      quoted(m_file),
                      damage.what())};
}

} // namespace regtrail::store
