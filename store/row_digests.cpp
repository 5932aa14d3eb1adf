#include "store/row_digests_internal.hpp"

#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <memory>
#include <vector>

namespace regtrail::store {

namespace {

constexpr std::array<std::string_view, 10> fact_tables = {"raw_bodies",
                                                          "raw_records",
                                                          "fetches",
                                                          "planned_dates",
                                                          "answers",
                                                          "sources",
                                                          "settings",
                                                          "outbox",
                                                          "told",
                                                          "judgements"};

bool is_digested(std::string_view table) {
  return table != "table_digests" && table != "row_digests" && !table.starts_with("sqlite_");
}

/// The columns of the primary key that name a row: the first one, for all but these.
std::size_t key_columns(std::string_view table) {
  if (table == "fetches") {
    return 2;
  }
  if (table == "planned_dates") {
    return 3;
  }
  return table == "told" ? 5 : 1;
}

/// Values one after the other, each with its type and length in front.
class RowText {
public:
  explicit RowText(std::string_view table) : m_text(table), m_key_left(key_columns(table)) {}

  void add(sqlite3_value* value) {
    const std::string text = text_of(value);
    m_text += fmt::format("\n{}:", text.size());
    m_text += text;
    if (m_key_left > 0) {
      m_key += (m_key.empty() ? "" : " / ") + text.substr(1);
      --m_key_left;
    }
  }

  [[nodiscard]] Hash128 digest() const { return hash128(m_text); }

  [[nodiscard]] const std::string& key() const { return m_key; }

private:
  /// A letter for the type, then the value. A whole number is the same however it is stored.
  static std::string text_of(sqlite3_value* value) {
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return fmt::format("i{}", sqlite3_value_int64(value));
    case SQLITE_FLOAT: {
      const double number = sqlite3_value_double(value);
      const bool whole = number == std::floor(number) && std::fabs(number) < 1e15;
      return whole ? fmt::format("i{}", static_cast<std::int64_t>(number))
                   : fmt::format("f{:a}", number);
    }
    case SQLITE_NULL:
      return "n";
    default: {
      const char letter = sqlite3_value_type(value) == SQLITE_TEXT ? 't' : 'b';
      const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
      const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
      return letter + std::string(bytes == nullptr ? "" : bytes, size);
    }
    }
  }

  std::string m_text;
  std::string m_key;
  std::size_t m_key_left;
};

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

struct FreeValue {
  void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};

using Value = std::unique_ptr<sqlite3_value, FreeValue>;

void check(sqlite3* connection, int code) {
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) {
    throw SQLite::Exception(connection, code);
  }
}

Statement prepare(sqlite3* connection, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  check(connection, sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr));
  return Statement(statement);
}

void bind_text(sqlite3_stmt* statement, int index, const std::string& text) {
  sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

bool next(sqlite3* connection, sqlite3_stmt* statement) {
  const int code = sqlite3_step(statement);
  check(connection, code);
  return code == SQLITE_ROW;
}

std::string text_column(sqlite3_stmt* statement, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  return text == nullptr ? "" : text;
}

/// Zeros for what to_hex() does not write, capitals included.
Hash128 hash_of(std::string_view hex) {
  Hash128 hash;
  if (hex.size() == 32) {
    std::from_chars(hex.data(), hex.data() + 16, hash.high, 16);
    std::from_chars(hex.data() + 16, hex.data() + 32, hash.low, 16);
  }
  return to_hex(hash) == hex ? hash : Hash128{};
}

} // namespace

void TableDigest::add(const Hash128& row) {
  ++rows;
  sum.low += row.low;
  sum.high += row.high + (sum.low < row.low ? 1 : 0);
}

void TableDigest::remove(const Hash128& row) {
  --rows;
  sum.high -= row.high + (sum.low < row.low ? 1 : 0);
  sum.low -= row.low;
}

RowDigests::RowDigests(sqlite3* connection) : m_connection(connection) {
  resume();
}

RowDigests::~RowDigests() {
  pause();
}

void RowDigests::pause() {
  sqlite3_preupdate_hook(m_connection, nullptr, nullptr);
}

void RowDigests::resume() {
  sqlite3_preupdate_hook(m_connection, &RowDigests::on_row, this);
}

void RowDigests::on_row(void* self,
                        sqlite3* connection,
                        int operation,
                        const char* schema,
                        const char* table,
                        sqlite3_int64 /*old_row*/,
                        sqlite3_int64 /*new_row*/) {
  if (std::string_view(schema) != "main" || !is_digested(table)) {
    return;
  }
  auto& changes = static_cast<RowDigests*>(self)->m_changes;
  const bool by_row = has_row_digests(table);
  const auto read = [&](auto value_of) {
    RowText row(table);
    for (int i = 0; i < sqlite3_preupdate_count(connection); ++i) {
      sqlite3_value* value = nullptr;
      value_of(connection, i, &value);
      row.add(value);
    }
    return row;
  };
  TableDigest& digest = changes.tables[table];
  if (operation != SQLITE_INSERT) {
    const RowText row = read(sqlite3_preupdate_old);
    digest.remove(row.digest());
    if (by_row) {
      changes.rows[{table, row.key()}] = std::nullopt;
    }
  }
  if (operation != SQLITE_DELETE) {
    const RowText row = read(sqlite3_preupdate_new);
    digest.add(row.digest());
    if (by_row) {
      changes.rows[{table, row.key()}] = row.digest();
    }
  }
}

/// A row that was damaged when it was written over has another digest than it was written with, so
/// the sums of tables with digests of rows are made of those.
void RowDigests::write() {
  Changes changes = std::exchange(m_changes, {});
  for (auto& [table, change] : changes.tables) {
    if (has_row_digests(table)) {
      change = {};
    }
  }
  const Statement known =
      prepare(m_connection, "SELECT digest FROM row_digests WHERE name = ? AND key = ?");
  const Statement put = prepare(
      m_connection, "INSERT OR REPLACE INTO row_digests (name, key, digest) VALUES (?, ?, ?)");
  const Statement drop =
      prepare(m_connection, "DELETE FROM row_digests WHERE name = ? AND key = ?");
  const auto bound = [](const Statement& statement, const auto& row) {
    sqlite3_reset(statement.get());
    bind_text(statement.get(), 1, row.first);
    bind_text(statement.get(), 2, row.second);
    return statement.get();
  };
  for (const auto& [row, digest] : changes.rows) {
    TableDigest& change = changes.tables[row.first];
    if (next(m_connection, bound(known, row))) {
      change.remove(hash_of(text_column(known.get(), 0)));
    }
    sqlite3_stmt* statement = bound(digest ? put : drop, row);
    if (digest) {
      change.add(*digest);
      bind_text(statement, 3, to_hex(*digest));
    }
    next(m_connection, statement);
  }
  for (const auto& [table, change] : changes.tables) {
    TableDigest digest = stored_digest(m_connection, table);
    digest.rows += change.rows - 1; // add() counts one
    digest.add(change.sum);
    put_table(table, digest);
  }
}

void RowDigests::take_as_written() {
  write();
  for (const std::string& table : digested_tables(m_connection)) {
    if (has_row_digests(table)) {
      continue;
    }
    TableDigest digest;
    read_rows(m_connection, table, [&](const std::string& /*key*/, const Hash128& row) {
      digest.add(row);
    });
    put_table(table, digest);
  }
}

void RowDigests::mend() {
  std::map<std::string, std::map<std::string, Hash128>> rows;
  std::map<std::string, TableDigest> tables;
  for (const std::string_view name : fact_tables) {
    const std::string table(name);
    read_rows(m_connection, table, [&](const std::string& key, const Hash128& row) {
      rows[table][key] = row;
      tables[table].add(row);
    });
    if (tables[table] != stored_digest(m_connection, table) &&
        rows[table] != stored_row_digests(m_connection, table)) {
      return;
    }
  }
  for (const char* sql : {"DELETE FROM row_digests", "DELETE FROM table_digests"}) {
    next(m_connection, prepare(m_connection, sql).get());
  }
  const Statement put =
      prepare(m_connection, "INSERT INTO row_digests (name, key, digest) VALUES (?, ?, ?)");
  for (const auto& [table, digest] : tables) {
    put_table(table, digest);
    for (const auto& [key, row] : rows[table]) {
      sqlite3_reset(put.get());
      bind_text(put.get(), 1, table);
      bind_text(put.get(), 2, key);
      bind_text(put.get(), 3, to_hex(row));
      next(m_connection, put.get());
    }
  }
}

void RowDigests::put_table(const std::string& table, const TableDigest& digest) {
  const Statement write = prepare(
      m_connection, "INSERT OR REPLACE INTO table_digests (name, rows, digest) VALUES (?, ?, ?)");
  bind_text(write.get(), 1, table);
  sqlite3_bind_int64(write.get(), 2, digest.rows);
  bind_text(write.get(), 3, to_hex(digest.sum));
  next(m_connection, write.get());
}

TableDigest stored_digest(sqlite3* connection, const std::string& table) {
  const Statement read =
      prepare(connection, "SELECT rows, digest FROM table_digests WHERE name = ?");
  bind_text(read.get(), 1, table);
  if (!next(connection, read.get())) {
    return {};
  }
  return {sqlite3_column_int64(read.get(), 0), hash_of(text_column(read.get(), 1))};
}

std::map<std::string, Hash128> stored_row_digests(sqlite3* connection, const std::string& table) {
  std::map<std::string, Hash128> digests;
  const Statement read = prepare(connection, "SELECT key, digest FROM row_digests WHERE name = ?");
  bind_text(read.get(), 1, table);
  while (next(connection, read.get())) {
    digests.emplace(text_column(read.get(), 0), hash_of(text_column(read.get(), 1)));
  }
  return digests;
}

bool has_row_digests(std::string_view table) {
  return std::find(fact_tables.begin(), fact_tables.end(), table) != fact_tables.end();
}

void read_rows(sqlite3* connection,
               const std::string& table,
               const std::function<void(const std::string& key, const Hash128& digest)>& row) {
  const Statement all = prepare(connection, fmt::format("SELECT * FROM \"{}\" NOT INDEXED", table));
  while (next(connection, all.get())) {
    RowText text(table);
    for (int i = 0; i < sqlite3_column_count(all.get()); ++i) {
      const Value value(sqlite3_value_dup(sqlite3_column_value(all.get(), i)));
      text.add(value.get());
    }
    row(text.key(), text.digest());
  }
}

std::vector<std::string> digested_tables(sqlite3* connection) {
  const Statement all = prepare(connection,
                                "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                                "sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name");
  std::vector<std::string> tables;
  while (next(connection, all.get())) {
    std::string name = reinterpret_cast<const char*>(sqlite3_column_text(all.get(), 0));
    if (is_digested(name)) {
      tables.push_back(std::move(name));
    }
  }
  return tables;
}

} // namespace regtrail::store
