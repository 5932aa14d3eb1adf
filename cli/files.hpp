// Whole files in and out, with the modes that private files need.
#pragma once

#include "model/error.hpp"
#include "query/document_file.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace regtrail::cli {

/// The bytes of a file or pipe. Missing: not_found; more than `limit` bytes: too_large; a folder
/// or an unreadable file: storage.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit);

/// A downloaded file of law or of the Federal Register, as large as the parser takes it.
Result<query::FileBytes> read_document_file(const std::filesystem::path& path);

/// Makes the missing folders of `folder` with mode 0700.
Result<void> make_private_folders(const std::filesystem::path& folder);

enum class Written { yes, kept };

/// Writes a new file with mode 0600; an existing one is kept as it is.
Result<Written> write_new_file(const std::filesystem::path& path, std::string_view bytes);

/// Replaces an existing file by renaming a new one in its place; its mode stays.
Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes);

/// Refuses a file that others than its owner may read or write.
Result<void> check_private(const std::filesystem::path& path);

/// An advisory lock on `path` (made when absent), released when the process ends.
class FileLock {
public:
  /// `busy` when another process holds it.
  static Result<FileLock> take(const std::filesystem::path& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

private:
  explicit FileLock(int descriptor) : m_descriptor(descriptor) {}

  int m_descriptor = -1;
};

} // namespace regtrail::cli
