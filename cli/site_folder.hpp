// A folder of pages that a program makes again and again: only what is different is written, whole
// or not at all, and only what was written by it is ever removed.
#pragma once

#include "cli/files.hpp"
#include "model/error.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::cli {

class SiteFolder {
public:
  /// Makes the folder when it is absent, and takes its lock. usage: it holds files and no list of
  /// those that were written; busy: another process writes it.
  static Result<SiteFolder> open(const std::filesystem::path& folder);

  /// `path` is below the folder: names of lower-case letters, digits, dots and dashes with '/'
  /// between them. Nothing is written where the file has these bytes.
  Result<void> put(const std::string& path, std::string_view bytes);

  /// Removes what an earlier run wrote and this one did not.
  Result<void> finish();

  [[nodiscard]] std::size_t files() const { return m_kept.size(); }

  [[nodiscard]] const std::vector<std::string>& written() const { return m_written; }

  [[nodiscard]] const std::vector<std::string>& removed() const { return m_removed; }

private:
  SiteFolder(std::filesystem::path folder, FileLock lock)
      : m_folder(std::move(folder)),
        m_lock(std::move(lock)) {}

  Result<void> read_list();
  Result<void> write_list();
  Result<void> list(const std::string& path);
  Result<void> write(const std::filesystem::path& file, std::string_view bytes);

  std::filesystem::path m_folder;
  FileLock m_lock;
  std::set<std::string> m_listed; ///< by the list in the folder
  std::set<std::string> m_kept;   ///< of this run
  std::vector<std::string> m_written;
  std::vector<std::string> m_removed;
};

} // namespace regtrail::cli
