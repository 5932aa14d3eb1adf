// Dropping what is derived, so that it can be made again.
#include "store/impl_internal.hpp"
#include "store/streams.hpp"

#include <fmt/format.h>

#include <cstring>
#include <optional>
#include <sqlite3.h>

namespace regtrail::store {

namespace {

/// The answers that are taken for dates that are derived.
constexpr std::string_view taken =
    "SELECT a.raw, a.title, a.part, a.issue_date FROM answers a JOIN issue_dates d ON d.title = "
    "a.title AND d.part = a.part AND d.issue_date = a.issue_date WHERE a.known_until IS NULL "
    "ORDER BY a.title, a.part, a.issue_date";

/// Those that documents are read from, older ones of the same question included.
constexpr std::string_view of_documents =
    "SELECT id FROM raw_records WHERE source IN (?, ?) AND quarantine = '' ORDER BY id";

} // namespace

bool Archive::Impl::is_readable(RawId raw) {
  const std::int64_t body = body_of(raw);
  try {
    bodies.get(body);
    return true;
  } catch (const Damage& damage) {
    db.run("UPDATE raw_bodies SET damaged = ? WHERE id = ?", std::string(damage.what()), body);
    return false;
  }
}

Result<Unreadable> Archive::unreadable() {
  Impl& impl = *m_impl;
  return impl.write("read the answers of", [&] {
    std::vector<std::pair<RawId, PartDate>> dates;
    {
      Query query = impl.db.query(taken);
      while (query.next()) {
        dates.emplace_back(query.integer(0),
                           PartDate{query.small(1), query.text(2), query.date(3)});
      }
    }
    std::vector<RawId> documents;
    {
      Query query = impl.db.query(of_documents, fr_source, measure_source);
      while (query.next()) {
        documents.push_back(query.integer(0));
      }
    }
    Unreadable found;
    for (const auto& [raw, date] : dates) {
      if (!impl.is_readable(raw)) {
        found.dates.push_back(date);
      }
    }
    for (const RawId raw : documents) {
      if (!impl.is_readable(raw)) {
        found.documents.push_back(impl.record(raw));
      }
    }
    return found;
  });
}

Result<Unreadable> Archive::drop_derived() {
  TRY_ASSIGN(Unreadable kept, unreadable());
  Impl& impl = *m_impl;
  return impl.write("drop derived tables of", [&] {
    Database& db = impl.db;
    db.exec("CREATE TEMP TABLE IF NOT EXISTS kept (title INTEGER, part TEXT, issue_date TEXT);"
            "DELETE FROM temp.kept");
    for (const PartDate& date : kept.dates) {
      db.run("INSERT INTO temp.kept (title, part, issue_date) VALUES (?, ?, ?)",
             date.title,
             date.part,
             date.issue_date);
    }
    db.exec("PRAGMA defer_foreign_keys = ON");
    for (const char* sql :
         {"INSERT INTO search_words (search_words) VALUES ('delete-all')",
          "INSERT INTO search_codes (search_codes) VALUES ('delete-all')",
          "DELETE FROM search_places",
          "DELETE FROM transitions WHERE NOT EXISTS (SELECT 1 FROM temp.kept k WHERE k.title = "
          "transitions.title AND k.part = transitions.part AND k.issue_date IN (before_date, "
          "after_date))",
          "DELETE FROM issue_dates WHERE NOT EXISTS (SELECT 1 FROM temp.kept k WHERE k.title = "
          "issue_dates.title AND k.part = issue_dates.part AND k.issue_date = "
          "issue_dates.issue_date)",
          "UPDATE issue_dates SET kept_because = 'the body of its answer is damaged'",
          "DELETE FROM versions WHERE text NOT IN (SELECT text FROM issue_units)",
          "DELETE FROM versions WHERE known_until IS NOT NULL",
          "DELETE FROM texts WHERE id NOT IN (SELECT text FROM issue_units)",
          "DELETE FROM units WHERE id NOT IN (SELECT unit FROM texts)",
          "DELETE FROM settings WHERE key = 'archive.normaliser'",
          "DELETE FROM about"}) {
      db.exec(sql);
    }
    if (kept.documents.empty()) {
      db.exec("DELETE FROM documents");
    }
    // The rows of `about` that never change end the schema.
    db.exec(std::strstr(migration(first_form), "INSERT INTO about"));
    db.digests()->take_as_written();
    impl.forget();
    return kept;
  });
}

namespace {

/// While it lives a table is emptied without a look at its rows: neither references nor digests
/// are followed, so that nothing in its pages can stop it.
class Unfollowed {
public:
  explicit Unfollowed(Database& db) : m_db(db) {
    follow_references(0);
    m_db.digests()->pause();
  }

  Unfollowed(const Unfollowed&) = delete;
  Unfollowed& operator=(const Unfollowed&) = delete;

  ~Unfollowed() {
    m_db.digests()->resume();
    follow_references(1);
  }

private:
  void follow_references(int on) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
    sqlite3_db_config(m_db.handle(), SQLITE_DBCONFIG_ENABLE_FKEY, on, nullptr);
  }

  Database& m_db;
};

} // namespace

Result<void> Archive::empty_derived() {
  Impl& impl = *m_impl;
  return impl.write("empty derived tables of", [&] {
    Database& db = impl.db;
    std::optional<Unfollowed> unfollowed(db);
    for (const std::string& table : digested_tables(db.handle())) {
      if (!has_row_digests(table)) {
        db.exec(fmt::format("DELETE FROM {}", table).c_str());
      }
    }
    // Without what a new index holds SQLite does not open it.
    Database fresh = Database::in_memory();
    struct Copy {
      std::string_view read;
      std::string_view write;
    };
    for (const Copy& copy : {Copy{"SELECT id, block FROM search_words_data",
                                  "INSERT INTO search_words_data (id, block) VALUES (?, ?)"},
                             Copy{"SELECT id, block FROM search_codes_data",
                                  "INSERT INTO search_codes_data (id, block) VALUES (?, ?)"}}) {
      Query row = fresh.query(copy.read);
      while (row.next()) {
        const std::string block = row.blob(1);
        db.run(copy.write, row.integer(0), Blob{block});
      }
    }
    for (const Copy& copy : {Copy{"SELECT k, v FROM search_words_config",
                                  "INSERT INTO search_words_config (k, v) VALUES (?, ?)"},
                             Copy{"SELECT k, v FROM search_codes_config",
                                  "INSERT INTO search_codes_config (k, v) VALUES (?, ?)"}}) {
      Query row = fresh.query(copy.read);
      while (row.next()) {
        db.run(copy.write, row.text(0), row.integer(1));
      }
    }
    db.digests()->mend();
    db.exec(std::strstr(migration(first_form), "INSERT INTO about"));
    unfollowed.reset();
    db.digests()->take_as_written();
    impl.forget();
  });
}

Result<void> Archive::compact() {
  try {
    m_impl->db.exec("VACUUM");
  } catch (const SQLite::Exception& exception) {
    return tl::unexpected(m_impl->db.explain("write anew", exception));
  }
  return {};
}

Result<void> Archive::reindex() {
  Impl& impl = *m_impl;
  return impl.write("make the indexes again of", [&] { impl.db.exec("REINDEX"); });
}

} // namespace regtrail::store
