// Whole files in and out, with the modes that private files need.
#pragma once

#include "model/error.hpp"
#include "query/document_file.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace regtrail::cli {

/// The bytes of a file or pipe. Missing: not_found; more than `limit` bytes: too_large; a folder
/// or an unreadable file: storage.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit);

/// A downloaded file of law or of the Federal Register, as large as the parser takes it.
Result<query::FileBytes> read_document_file(const std::filesystem::path& path);

/// Makes the missing folders of `folder` with mode 0700.
Result<void> make_private_folders(const std::filesystem::path& folder);

enum class Written {
  yes,
  filled, ///< it was there, but empty
  kept,
};

/// Writes a new file with mode 0600, or fills an empty one, which keeps its mode; any other is
/// kept as it is. The file is whole or not there, whenever the process or the machine dies.
Result<Written> write_new_file(const std::filesystem::path& path, std::string_view bytes);

/// Replaces an existing file by renaming a new one in its place; its mode stays.
Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes);

/// Refuses a file that others than its owner may read or write.
Result<void> check_private(const std::filesystem::path& path);

/// Writes all of it to a descriptor; 0 or the errno of the write that failed.
int write_all(int descriptor, std::string_view bytes);

/// Closes a file when it goes out of scope.
class Descriptor {
public:
  explicit Descriptor(int descriptor) : m_descriptor(descriptor) {}

  Descriptor(Descriptor&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
  }

  ~Descriptor();

  [[nodiscard]] int get() const { return m_descriptor; }

private:
  int m_descriptor;
};

/// An advisory lock on `path` (made when absent), released when the process ends.
class FileLock {
public:
  /// `busy` when another process holds it.
  static Result<FileLock> take(const std::filesystem::path& path);

private:
  explicit FileLock(Descriptor file) : m_file(std::move(file)) {}

  Descriptor m_file;
};

} // namespace regtrail::cli
