// The sync lock: flock on a file beside the archive, which the kernel releases when we die. The
// file's content is the holder's process id, its time of change says since when.
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace regtrail::store {

namespace {

constexpr std::chrono::milliseconds between_tries{500};

std::string holder(int descriptor) {
  std::array<char, 32> buffer{};
  const ssize_t read = ::pread(descriptor, buffer.data(), buffer.size() - 1, 0);
  std::string pid;
  for (ssize_t i = 0; i < read && buffer[static_cast<std::size_t>(i)] >= '0' &&
                      buffer[static_cast<std::size_t>(i)] <= '9';
       ++i) {
    pid.push_back(buffer[static_cast<std::size_t>(i)]);
  }
  if (pid.empty()) {
    return "another process";
  }

  struct stat status {};

  if (::fstat(descriptor, &status) != 0) {
    return "process " + pid;
  }
  const Timestamp since{std::chrono::seconds(status.st_mtim.tv_sec)};
  return fmt::format("process {} since {}", pid, to_string(since));
}

bool write_pid(int descriptor) {
  const std::string pid = fmt::format("{}\n", ::getpid());
  return ::ftruncate(descriptor, 0) == 0 &&
         ::pwrite(descriptor, pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size());
}

} // namespace

SyncLock::SyncLock(SyncLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

SyncLock& SyncLock::operator=(SyncLock&& other) noexcept {
  std::swap(m_descriptor, other.m_descriptor);
  return *this;
}

SyncLock::~SyncLock() {
  if (m_descriptor >= 0) {
    ::close(m_descriptor);
  }
}

Result<SyncLock>
Archive::lock_for_sync(std::chrono::milliseconds patience,
                       const std::function<void(std::chrono::milliseconds)>& wait) {
  const std::filesystem::path& file = m_impl->db.file();
  if (file.empty()) {
    return SyncLock(-1); // an archive in memory has no second process
  }
  return SyncLock::take(file, patience, wait);
}

Result<SyncLock> SyncLock::take(const std::filesystem::path& file,
                                std::chrono::milliseconds patience,
                                const std::function<void(std::chrono::milliseconds)>& wait) {
  const std::string name = file.string() + ".lock";
  // NOLINTNEXTLINE(hicpp-signed-bitwise, cppcoreguidelines-pro-type-vararg)
  SyncLock lock(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.m_descriptor < 0) {
    return fail(ErrorKind::storage,
                fmt::format("cannot open the lock '{}': {}; check the permissions of the folder",
                            name,
                            std::strerror(errno)));
  }
  for (std::chrono::milliseconds waited{0};;) {
    if (::flock(lock.m_descriptor, LOCK_EX | LOCK_NB) == 0) { // NOLINT(hicpp-signed-bitwise)
      if (!write_pid(lock.m_descriptor)) {
        return fail(ErrorKind::storage,
                    fmt::format("cannot write the lock '{}': {}", name, std::strerror(errno)));
      }
      return lock;
    }
    if (errno == EINTR) {
      continue;
    }
    if (errno != EWOULDBLOCK) {
      return fail(ErrorKind::storage,
                  fmt::format("cannot lock '{}': {}", name, std::strerror(errno)));
    }
    if (waited >= patience) {
      return fail(ErrorKind::busy,
                  fmt::format("'{}' is being written by {}: let it finish, or run this again later",
                              file.string(),
                              holder(lock.m_descriptor)));
    }
    const auto pause = std::min(between_tries, patience - waited);
    wait(pause);
    waited += pause;
  }
}

} // namespace regtrail::store
