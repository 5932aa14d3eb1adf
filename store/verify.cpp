// Checking that stored bytes are what was stored.
#include "store/impl_internal.hpp"
#include "store/raw_headers_internal.hpp"

#include <fmt/format.h>

namespace regtrail::store {

namespace {

/// Runs one check; whatever it stumbles over is a problem and not the end of the others.
template<typename Check>
void note_problems(std::vector<std::string>& problems, const std::string& subject, Check check) {
  try {
    check();
  } catch (const Damage& damage) {
    problems.push_back(fmt::format("{}: {}", subject, damage.what()));
  } catch (const Trouble& trouble) {
    problems.push_back(fmt::format("{}: {}", subject, trouble.error().message));
  } catch (const SQLite::Exception& exception) {
    problems.push_back(fmt::format("{}: {}", subject, exception.what()));
  }
}

std::vector<std::int64_t> ids(Database& db, std::string_view sql) {
  std::vector<std::int64_t> all;
  Query query = db.query(sql);
  while (query.next()) {
    all.push_back(query.integer(0));
  }
  return all;
}

} // namespace

void Archive::Impl::verify_file(std::vector<std::string>& problems) {
  note_problems(problems, "database", [&] {
    Query query = db.query("PRAGMA integrity_check");
    while (query.next()) {
      if (query.text(0) != "ok") {
        problems.push_back("database: " + query.text(0));
      }
    }
  });
  note_problems(problems, "database", [&] {
    Query query = db.query("PRAGMA foreign_key_check");
    while (query.next()) {
      problems.push_back(fmt::format(
          "database: a row of '{}' refers to nothing in '{}'", query.text(0), query.text(2)));
    }
  });
}

void Archive::Impl::verify_raw(std::vector<std::string>& problems) {
  std::vector<std::int64_t> all;
  note_problems(problems, "raw records", [&] { all = ids(db, "SELECT id FROM raw_bodies"); });
  for (const std::int64_t id : all) {
    note_problems(problems, fmt::format("raw body {}", id), [&] {
      Sha256 wanted;
      {
        Query query = db.query("SELECT sha256 FROM raw_bodies WHERE id = ?", id);
        query.next();
        wanted = query.sha(0);
      }
      if (sha256(*bodies.get(id)) != wanted) {
        throw Damage("other bytes than were received");
      }
    });
  }
  note_problems(problems, "answers", [&] { all = ids(db, "SELECT id FROM raw_records"); });
  for (const std::int64_t id : all) {
    note_problems(problems, fmt::format("answer {}", id), [&] {
      if (!stored_headers(db, zstd, id, 0)) {
        throw Damage("no time at which it was received");
      }
    });
  }
}

void Archive::Impl::verify_contents(std::vector<std::string>& problems) {
  std::vector<std::int64_t> all;
  note_problems(problems, "units", [&] { all = ids(db, "SELECT id FROM contents"); });
  for (const std::int64_t id : all) {
    note_problems(problems, fmt::format("content {}", id), [&] {
      const ContentRow row = content(id);
      Unit unit = load(row);
      const std::string name = unit.id.to_string();
      if (digest_of(unit) != row.digest) {
        throw Damage(fmt::format("another text of '{}' than was stored", name));
      }
      const Hash128 published = unit.root.published;
      rehash(unit.root);
      if (unit.root.published != published) {
        throw Damage(fmt::format("a text of '{}' that does not have its hash", name));
      }
    });
  }
}

Result<std::vector<std::string>> Archive::verify() {
  Impl& impl = *m_impl;
  return impl.read("verify", [&] {
    std::vector<std::string> problems;
    impl.verify_file(problems);
    impl.verify_raw(problems);
    impl.verify_contents(problems);
    return problems;
  });
}

} // namespace regtrail::store
