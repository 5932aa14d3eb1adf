// Copies of the archive.
#include "store/impl_internal.hpp"

#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace regtrail::store {

namespace {

std::string message_of(const std::filesystem::path& file, const std::error_code& error) {
  return fmt::format("cannot write '{}': {}; nothing was changed", file.string(), error.message());
}

Result<void> move_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  std::filesystem::rename(from, to, error);
  if (error) {
    return fail(ErrorKind::storage, message_of(to, error));
  }
  return {};
}

/// The bytes of `from`, which nobody writes, as the new file `to`, on disk when this returns.
Result<void> copy_to_disk(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing, error);
  if (!error) {
    std::filesystem::permissions(
        to, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
  }
  if (error) {
    return fail(ErrorKind::storage, message_of(to, error));
  }
  // NOLINTNEXTLINE(hicpp-signed-bitwise, cppcoreguidelines-pro-type-vararg)
  const int descriptor = ::open(to.c_str(), O_RDWR | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) {
    ::close(descriptor);
  }
  return synced ? Result<void>()
                : fail(ErrorKind::storage, message_of(to, {errno, std::generic_category()}));
}

std::filesystem::path with(const std::filesystem::path& file, const char* suffix) {
  return file.string() + suffix;
}

} // namespace

Result<void> Archive::backup(const std::filesystem::path& file) {
  const std::filesystem::path unfinished = with(file, ".unfinished");
  std::error_code ignored;
  std::filesystem::remove(unfinished, ignored);
  try {
    const mode_t mask = ::umask(0077);
    SQLite::Database copy(unfinished.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    ::umask(mask);
    SQLite::Backup work(copy, m_impl->db.connection());
    if (work.executeStep(-1) != SQLITE_DONE) {
      return fail(ErrorKind::storage,
                  fmt::format("cannot back up '{}': another process is writing to it, try again",
                              m_impl->db.file().string()));
    }
  } catch (const SQLite::Exception& exception) {
    std::filesystem::remove(unfinished, ignored);
    return tl::unexpected(m_impl->db.explain("back up", exception));
  }
  return move_file(unfinished, file);
}

Result<void> Archive::restore(const std::filesystem::path& backup,
                              const std::filesystem::path& file) {
  {
    TRY_ASSIGN(Archive source, open(backup, OpenMode::read_only));
    TRY_ASSIGN(const Verified verified, source.verify());
    if (!verified.problems.empty()) {
      return fail(
          ErrorKind::storage,
          fmt::format("'{}' is damaged itself: {}; nothing was changed, name another backup",
                      backup.string(),
                      verified.problems.front()));
    }
  }
  std::error_code error;
  const std::filesystem::path unfinished = with(file, ".unfinished");
  TRY(copy_to_disk(backup, unfinished));
  if (std::filesystem::exists(file, error)) {
    TRY(move_file(file, with(file, ".damaged")));
  }
  // What the log and its memory say is of the file that was moved away.
  std::filesystem::remove(with(file, "-wal"), error);
  std::filesystem::remove(with(file, "-shm"), error);
  return move_file(unfinished, file);
}

} // namespace regtrail::store
