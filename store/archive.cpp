#include "store/archive.hpp"

#include "store/impl_internal.hpp"

#include <stdexcept>

namespace regtrail::store {

namespace {

/// Refused statements of a library become Errors already while opening.
template<typename Open>
Result<Database> opened(const Open& open) {
  try {
    return open();
  } catch (const Trouble& trouble) {
    return tl::unexpected(trouble.error());
  } catch (const std::filesystem::filesystem_error& error) {
    return fail(ErrorKind::storage, error.what());
  } catch (const SQLite::Exception& exception) {
    return fail(ErrorKind::storage, exception.what());
  }
}

} // namespace

Archive::Archive(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(const std::filesystem::path& file, OpenMode mode) {
  TRY_ASSIGN(auto database, opened([&] { return Database::open(file, mode); }));
  const bool is_filled = database.migrated_from().value_or(0) > 0;
  Archive archive(std::make_unique<Impl>(std::move(database)));
  // Migrations empty the search index.
  if (is_filled) {
    TRY(archive.refresh_search());
  }
  return archive;
}

Result<Archive> Archive::in_memory() {
  TRY_ASSIGN(auto database, opened([] { return Database::in_memory(); }));
  return Archive(std::make_unique<Impl>(std::move(database)));
}

Result<void> Archive::in_transaction(const std::function<Result<void>()>& work) {
  Impl& impl = *m_impl;
  if (impl.in_callers_transaction) {
    throw std::logic_error("transactions of the archive do not nest");
  }

  struct Within {
    explicit Within(bool& flag_given) : flag(flag_given) { flag = true; }

    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;

    ~Within() { flag = false; }

    bool& flag;
  };

  return impl.write("write", [&] {
    const Within within(impl.in_callers_transaction);
    if (const Result<void> done = work(); !done) {
      throw Trouble(done.error());
    }
  });
}

void Archive::Impl::begin(const char* how) {
  if (in_callers_transaction) {
    if (!db.in_transaction()) {
      refuse(ErrorKind::storage, "the archive gave up a transaction after an earlier error");
    }
    db.exec("SAVEPOINT call");
    return;
  }
  db.exec(how);
  const std::int64_t version = db.data_version();
  if (version != seen_data_version) {
    forget();
  }
  seen_data_version = version;
}

void Archive::Impl::commit() {
  db.exec(in_callers_transaction ? "RELEASE call" : "COMMIT");
}

void Archive::Impl::roll_back() noexcept {
  forget();
  try {
    if (!db.in_transaction()) {
      return;
    }
    if (in_callers_transaction) {
      db.exec("ROLLBACK TO call; RELEASE call");
    } else {
      db.exec("ROLLBACK");
    }
  } catch (const SQLite::Exception&) {
    // What cannot be rolled back now is rolled back when the file is next opened.
    return;
  }
}

void Archive::Impl::forget() {
  bodies.forget();
  dictionaries.forget();
  nodes.forget();
  transition_table.forget();
  unit_ids.clear();
}

std::string Archive::Impl::squeeze(std::string_view bytes) {
  Writer out;
  out.varint(bytes.size());
  out.append(zstd.compress(bytes));
  return out.take();
}

std::string Archive::Impl::unsqueeze(std::string_view bytes) {
  Reader in(bytes);
  const auto size = static_cast<std::size_t>(in.varint());
  return zstd.decompress(in.rest(), size);
}

} // namespace regtrail::store
