// Checking that stored bytes are what was stored.
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>

namespace regtrail::store {

namespace {

std::vector<std::string> schema_of(Database& db) {
  std::vector<std::string> statements;
  Query query = db.query("SELECT type || ' ' || name || ': ' || ifnull(sql, '') FROM sqlite_schema "
                         "WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1");
  while (query.next()) {
    statements.push_back(query.text(0));
  }
  return statements;
}

/// Bytes of the file's header that always have the same value
/// (https://www.sqlite.org/fileformat2.html, section 1.3).
struct HeaderByte {
  std::size_t offset;
  unsigned char value;
};

constexpr std::array header_bytes = {
    HeaderByte{18, 2},  HeaderByte{19, 2},  HeaderByte{20, 0}, HeaderByte{21, 64},
    HeaderByte{22, 32}, HeaderByte{23, 32}, HeaderByte{44, 0}, HeaderByte{45, 0},
    HeaderByte{46, 0},  HeaderByte{47, 4},  HeaderByte{48, 0}, HeaderByte{49, 0},
    HeaderByte{50, 0},  HeaderByte{51, 0},  HeaderByte{52, 0}, HeaderByte{53, 0},
    HeaderByte{54, 0},  HeaderByte{55, 0},  HeaderByte{56, 0}, HeaderByte{57, 0},
    HeaderByte{58, 0},  HeaderByte{59, 1},  HeaderByte{64, 0}, HeaderByte{65, 0},
    HeaderByte{66, 0},  HeaderByte{67, 0},  HeaderByte{72, 0}, HeaderByte{73, 0},
    HeaderByte{74, 0},  HeaderByte{75, 0},  HeaderByte{76, 0}, HeaderByte{77, 0},
    HeaderByte{78, 0},  HeaderByte{79, 0},  HeaderByte{80, 0}, HeaderByte{81, 0},
    HeaderByte{82, 0},  HeaderByte{83, 0},  HeaderByte{84, 0}, HeaderByte{85, 0},
    HeaderByte{86, 0},  HeaderByte{87, 0},  HeaderByte{88, 0}, HeaderByte{89, 0},
    HeaderByte{90, 0},  HeaderByte{91, 0}};

} // namespace

class Archive::Impl::Verification {
public:
  explicit Verification(Impl& impl) : m_impl(impl), m_db(impl.db) {}

  Verified run() {
    check_header();
    check("structure", [&] { check_structure(); });
    check("schema", [&] { check_schema(); });
    check("raw bodies", [&] { check_bodies(); });
    check("digests of tables", [&] { check_tables(); });
    check("search index", [&] { check_search(); });
    check("outbox", [&] { check_told(); });
    return std::move(m_found);
  }

private:
  void report(std::string problem) { m_found.problems.push_back(std::move(problem)); }

  /// Whatever a check stumbles over is a problem and not the end of the others.
  template<typename Check>
  void check(std::string_view subject, const Check& run) {
    try {
      run();
    } catch (const Damage& damage) {
      report(fmt::format("{}: {}", subject, damage.what()));
    } catch (const Trouble& trouble) {
      report(fmt::format("{}: {}", subject, trouble.error().message));
    } catch (const SQLite::Exception& exception) {
      report(fmt::format("{}: {}", subject, exception.what()));
      m_found.facts_damaged = true;
    }
  }

  void check_header() {
    std::array<char, 100> header{};
    std::ifstream file(m_db.file(), std::ios::binary);
    // While a log is waiting beside the file, the header in the file is not the newest.
    if (m_db.file().empty() || m_db.has_log() || !file.read(header.data(), header.size())) {
      return;
    }
    for (const HeaderByte& byte : header_bytes) {
      if (static_cast<unsigned char>(header[byte.offset]) != byte.value) {
        report(fmt::format("header: byte {} is {} instead of {}",
                           byte.offset,
                           static_cast<unsigned char>(header[byte.offset]),
                           byte.value));
        m_found.facts_damaged = true;
      }
    }
  }

  void check_structure() {
    {
      Query query = m_db.query("PRAGMA integrity_check");
      while (query.next()) {
        if (query.text(0) != "ok") {
          report("structure: " + query.text(0));
          // An index can be made again, and what is in the pages of derived tables.
          m_found.derived_damaged = true;
          m_found.structure_damaged = true;
        }
      }
    }
    Query query = m_db.query("PRAGMA foreign_key_check");
    while (query.next()) {
      report(fmt::format(
          "references: a row of '{}' refers to nothing in '{}'", query.text(0), query.text(2)));
      m_found.derived_damaged = true;
    }
  }

  void check_schema() {
    Database fresh = Database::in_memory(m_db.form());
    const std::vector<std::string> wanted = schema_of(fresh);
    const std::vector<std::string> found = schema_of(m_db);
    const std::set<std::string> held(found.begin(), found.end());
    for (const std::string& statement : wanted) {
      if (!held.contains(statement)) {
        report(fmt::format("schema: not as it was made: {}",
                           statement.substr(0, statement.find(':'))));
        m_found.facts_damaged = true;
      }
    }
    if (found.size() != wanted.size()) {
      report(fmt::format("schema: {} objects instead of {}", found.size(), wanted.size()));
      m_found.facts_damaged = true;
    }
  }

  void check_bodies() {
    for (const std::int64_t id : m_impl.ids("SELECT id FROM raw_bodies ORDER BY id")) {
      std::string damage;
      try {
        m_impl.bodies.get(id);
        continue;
      } catch (const Damage& found) {
        damage = found.what();
      } catch (const SQLite::Exception& exception) {
        damage = exception.what();
      }
      std::string answers;
      Query query = m_db.query("SELECT id, url FROM raw_records WHERE body = ? ORDER BY id", id);
      while (query.next()) {
        m_found.damaged_bodies.push_back(query.integer(0));
        answers += fmt::format("{}{}", answers.empty() ? "" : ", ", query.text(1));
      }
      report(fmt::format("raw body {}: {}; it is the answer of {}", id, damage, answers));
    }
  }

  void check_tables() {
    const std::vector<std::string> tables = digested_tables(m_db.handle());
    for (const std::string& table : tables) {
      check(fmt::format("table '{}'", table), [&] { check_table(table); });
    }
    Query query = m_db.query("SELECT name FROM table_digests UNION SELECT name FROM row_digests");
    while (query.next()) {
      if (std::find(tables.begin(), tables.end(), query.text(0)) == tables.end()) {
        report(fmt::format("digests of table '{}': there is no such table", query.text(0)));
        m_found.derived_damaged = true;
      }
    }
  }

  void check_table(const std::string& table) {
    const TableDigest wanted = stored_digest(m_db.handle(), table);
    std::map<std::string, Hash128> row_digests = stored_row_digests(m_db.handle(), table);
    TableDigest found;
    std::vector<std::string> altered;
    read_rows(m_db.handle(), table, [&](const std::string& key, const Hash128& digest) {
      found.add(digest);
      const auto known = row_digests.find(key);
      if (known == row_digests.end()) {
        altered.push_back(key);
        return;
      }
      if (known->second != digest) {
        altered.push_back(key);
      }
      row_digests.erase(known);
    });
    for (const auto& [key, digest] : row_digests) {
      altered.push_back(key);
    }
    if (found == wanted && (altered.empty() || !has_row_digests(table))) {
      return;
    }
    if (!has_row_digests(table)) {
      report(fmt::format("table '{}': not as it was written ({} rows, {} were written)",
                         table,
                         found.rows,
                         wanted.rows));
      m_found.derived_damaged = true;
    } else if (found == wanted || altered.empty()) {
      report(fmt::format("digests of table '{}': not as they were written; the table is", table));
      m_found.derived_damaged = true;
    } else {
      for (const std::string& key : altered) {
        report(fmt::format("table '{}': row '{}' is not as it was written", table, key));
        // What is wrong with a body is said, and mended, by its answer.
        m_found.facts_damaged = m_found.facts_damaged || table != "raw_bodies";
      }
    }
  }

  void check_search() {
    for (const char* sql :
         {"INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)",
          "INSERT INTO search_codes (search_codes, rank) VALUES ('integrity-check', 1)"}) {
      try {
        m_db.exec(sql);
      } catch (const SQLite::Exception& exception) {
        const int code = exception.getErrorCode();
        if (code == SQLITE_READONLY || code == SQLITE_BUSY) {
          return; // the digests of its tables are checked all the same
        }
        report(fmt::format("search index: {}", exception.what()));
        m_found.derived_damaged = true;
      }
    }
  }

  void check_told() {
    Query query =
        m_db.query("SELECT t.subscriber, t.at, t.issue_date FROM told t LEFT JOIN outbox o "
                   "ON o.id = t.message AND o.subscriber = t.subscriber WHERE o.id IS NULL");
    while (query.next()) {
      report(fmt::format("told: '{}' of {} was told '{}' by no message of the outbox",
                         query.text(1),
                         query.text(2),
                         query.text(0)));
      m_found.facts_damaged = true;
    }
  }

  Impl& m_impl;
  Database& m_db;
  Verified m_found;
};

Result<Verified> Archive::verify() {
  Impl& impl = *m_impl;
  return impl.read("verify", [&] { return Impl::Verification(impl).run(); });
}

} // namespace regtrail::store
