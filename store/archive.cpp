#include "store/archive.hpp"

#include "store/impl_internal.hpp"

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

Result<Archive> Archive::open(const std::filesystem::path& file, OpenMode mode, UnitReader reader) {
  TRY_ASSIGN(auto database, opened([&] { return Database::open(file, mode); }));
  return Archive(std::make_unique<Impl>(std::move(database), std::move(reader)));
}

Result<Archive> Archive::in_memory(UnitReader reader) {
  TRY_ASSIGN(auto database, opened([] { return Database::in_memory(); }));
  return Archive(std::make_unique<Impl>(std::move(database), std::move(reader)));
}

Result<void> Archive::in_transaction(const std::function<Result<void>()>& work) {
  return m_impl->write("write", [&] {
    if (const Result<void> done = work(); !done) {
      throw Trouble(done.error());
    }
  });
}

void Archive::Impl::begin(const char* how) {
  db.begin(how);
  const std::int64_t version = db.data_version();
  if (version != seen_data_version) {
    forget();
  }
  seen_data_version = version;
}

void Archive::Impl::forget() {
  bodies.forget();
  unit_ids.clear();
  recent_units.clear();
  recent_bytes = 0;
}

std::vector<std::int64_t> Archive::Impl::ids(std::string_view sql) {
  std::vector<std::int64_t> all;
  Query query = db.query(sql);
  while (query.next()) {
    all.push_back(query.integer(0));
  }
  return all;
}

} // namespace regtrail::store
