// Copies of the archive.
#include "store/impl_internal.hpp"

#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>

namespace regtrail::store {

namespace {

std::string message_of(const std::filesystem::path& file, const std::error_code& error) {
  return fmt::format("cannot write '{}': {}; nothing was changed", file.string(), error.message());
}

std::filesystem::path with(const std::filesystem::path& file, const char* suffix) {
  return file.string() + suffix;
}

/// Takes what the log beside a file holds into the file, so that the log can go. In a damaged file
/// there is nothing to keep.
void merge_log(const std::filesystem::path& file) {
  try {
    SQLite::Database merged(file.string(), SQLite::OPEN_READWRITE);
    merged.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const SQLite::Exception&) {
  }
}

/// A second name for the bytes of `file`, where the file system has that, else a copy.
Result<void> keep_as(const std::filesystem::path& file, const std::filesystem::path& kept) {
  std::error_code error;
  std::filesystem::remove(kept, error);
  std::filesystem::create_hard_link(file, kept, error);
  if (error) {
    std::filesystem::copy_file(file, kept, error);
  }
  return error ? fail(ErrorKind::storage, message_of(kept, error)) : Result<void>();
}

} // namespace

Result<void> Archive::backup(const std::filesystem::path& file) {
  const std::filesystem::path unfinished = with(file, ".unfinished");
  std::error_code error;
  std::filesystem::remove(unfinished, error);
  try {
    make_private(unfinished);
    SQLite::Database copy(unfinished.string(), SQLite::OPEN_READWRITE);
    SQLite::Backup work(copy, m_impl->db.connection());
    if (work.executeStep(-1) != SQLITE_DONE) {
      return fail(ErrorKind::storage,
                  fmt::format("cannot back up '{}': another process is writing to it, try again",
                              m_impl->db.file().string()));
    }
  } catch (const Trouble& trouble) {
    return tl::unexpected(trouble.error());
  } catch (const SQLite::Exception& exception) {
    std::filesystem::remove(unfinished, error);
    return tl::unexpected(m_impl->db.explain("back up", exception));
  }
  // A log that stays behind would be taken for the new file's.
  if (std::filesystem::exists(file, error)) {
    merge_log(file);
  }
  std::filesystem::remove(with(file, "-wal"), error);
  std::filesystem::remove(with(file, "-shm"), error);
  std::filesystem::rename(unfinished, file, error);
  return error ? fail(ErrorKind::storage, message_of(file, error)) : Result<void>();
}

Result<void> Archive::restore(const std::filesystem::path& backup,
                              const std::filesystem::path& file) {
  const auto useless = [&](ErrorKind kind, std::string_view why) {
    return fail(
        kind,
        fmt::format("'{}' {}; nothing was changed, name a file that 'regtrail backup' wrote",
                    backup.string(),
                    why));
  };
  std::error_code error;
  if (!std::filesystem::exists(backup, error)) {
    return useless(ErrorKind::not_found, "is not there");
  }
  auto source = open(backup, OpenMode::read_only);
  if (!source) {
    return useless(source.error().kind, "is no archive that can be read");
  }
  TRY_ASSIGN(const Verified verified, source->verify());
  if (!verified.problems.empty()) {
    return useless(ErrorKind::storage,
                   fmt::format("is damaged itself: {}", verified.problems.front()));
  }
  TRY_ASSIGN(const SyncLock lock, SyncLock::take(file, std::chrono::milliseconds(0), {}));
  if (std::filesystem::exists(file, error)) {
    merge_log(file);
    TRY(keep_as(file, with(file, ".damaged")));
  }
  return source->backup(file);
}

} // namespace regtrail::store
