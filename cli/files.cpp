#include "cli/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace regtrail::cli {
namespace {

std::string reason(int error) {
  return std::generic_category().message(error);
}

tl::unexpected<Error> file_error(std::string_view doing, const std::filesystem::path& path) {
  const int error = errno;
  const bool missing = error == ENOENT || error == ENOTDIR;
  return fail(missing ? ErrorKind::not_found : ErrorKind::storage,
              fmt::format("cannot {} '{}': {}", doing, path.string(), reason(error)));
}

/// Writes a temporary file beside `path` and renames it once its bytes are on disk.
Result<void>
write_in_place(const std::filesystem::path& path, std::string_view bytes, mode_t mode) {
  std::string temporary = path.string() + ".XXXXXX";
  const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) {
    return file_error("write", path);
  }
  Result<void> written;
  if (write_all(file.get(), bytes) != 0 || (::fsync(file.get()) != 0 && errno != EINVAL) ||
      ::fchmod(file.get(), mode) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0) {
    written = file_error("write", path);
    ::unlink(temporary.c_str());
  }
  return written;
}

} // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    return file_error("read", path);
  }

  struct stat info {};

  std::string bytes;
  if (::fstat(file.get(), &info) == 0 && S_ISREG(info.st_mode)) {
    const auto size = static_cast<std::uint64_t>(info.st_size);
    bytes.reserve(static_cast<std::size_t>(std::min(size, limit)) + 1);
  }
  std::array<char, 1U << 16U> buffer;
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return file_error("read", path);
    }
    if (count == 0) {
      return bytes;
    }
    if (bytes.size() + static_cast<std::size_t>(count) > limit) {
      return fail(ErrorKind::too_large,
                  fmt::format("'{}' is larger than the limit of {} bytes", path.string(), limit));
    }
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

Result<query::FileBytes> read_document_file(const std::filesystem::path& path) {
  TRY_ASSIGN(auto bytes, read_file(path, parse::Limits{}.max_bytes));
  return query::FileBytes{path.string(), std::move(bytes)};
}

Result<void> make_private_folders(const std::filesystem::path& folder) {
  std::error_code error;
  if (folder.empty() || std::filesystem::is_directory(folder, error)) {
    return {};
  }
  if (folder.has_parent_path() && folder.parent_path() != folder) {
    TRY(make_private_folders(folder.parent_path()));
  }
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return file_error("make folder", folder);
  }
  return {};
}

Result<Written> write_new_file(const std::filesystem::path& path, std::string_view bytes) {
  struct stat info {};

  if (::lstat(path.c_str(), &info) == 0) {
    if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > 0) {
      return Written::kept;
    }
    TRY(replace_file(path, bytes));
    return Written::filled;
  }
  TRY(write_in_place(path, bytes, 0600));
  return Written::yes;
}

Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes) {
  struct stat info {};

  if (::stat(path.c_str(), &info) != 0) {
    return file_error("replace", path);
  }
  // What a link points to is replaced, not the link.
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  if (error) {
    return fail(ErrorKind::storage,
                fmt::format("cannot replace '{}': {}", path.string(), error.message()));
  }
  return write_in_place(target, bytes, info.st_mode & 07777U);
}

Result<void> check_private(const std::filesystem::path& path) {
  struct stat info {};

  if (::stat(path.c_str(), &info) != 0) {
    return file_error("read", path);
  }
  if ((info.st_mode & 0077U) != 0) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' may be read by others (mode {:04o}); it must have mode 0600: "
                            "chmod 600 '{}'",
                            path.string(),
                            static_cast<unsigned>(info.st_mode & 07777U),
                            path.string()));
  }
  return {};
}

Result<FileLock> FileLock::take(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (file.get() < 0) {
    return file_error("lock", path);
  }
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return fail(ErrorKind::busy, fmt::format("'{}' is held by another process", path.string()));
    }
    return file_error("lock", path);
  }
  return FileLock(std::move(file));
}

int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return errno;
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

Descriptor::~Descriptor() {
  if (m_descriptor >= 0) {
    ::close(m_descriptor);
  }
}

} // namespace regtrail::cli
