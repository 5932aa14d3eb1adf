#include "cli/site_folder.hpp"

#include "model/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace regtrail::cli {
namespace {

constexpr std::string_view list_name = ".regtrail-files";
constexpr std::string_view lock_name = ".regtrail-lock";
constexpr std::string_view temporary_name = ".regtrail-new"; ///< renamed to each file in turn
constexpr std::string_view first_line = "Files written by regtrail publish:\n";
constexpr std::uint64_t largest = std::uint64_t{1} << 30U; ///< of a file to compare with

/// Nothing else is ever written or removed, whatever a list says.
bool is_own_name(std::string_view path) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '/';
  };
  return !path.empty() && path.front() != '/' && path.front() != '.' &&
         path.find("/.") == std::string_view::npos && path.find("//") == std::string_view::npos &&
         std::all_of(path.begin(), path.end(), is_plain);
}

tl::unexpected<Error> trouble(std::string_view doing, const std::filesystem::path& file) {
  return fail(
      ErrorKind::storage,
      fmt::format(
          "cannot {} '{}': {}", doing, file.string(), std::generic_category().message(errno)));
}

} // namespace

Result<SiteFolder> SiteFolder::open(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return fail(ErrorKind::storage,
                fmt::format("cannot make folder '{}': {}", folder.string(), error.message()));
  }
  for (const auto& each : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = each.path().filename().string();
    if (name == lock_name || name == temporary_name ||
        std::filesystem::exists(folder / list_name)) {
      continue;
    }
    return fail(ErrorKind::usage,
                fmt::format("'{}' holds files that publish did not write, such as '{}'; give an "
                            "empty folder, or one that publish wrote",
                            folder.string(),
                            name));
  }
  TRY_ASSIGN(auto lock, FileLock::take(folder / lock_name));
  SiteFolder site(folder, std::move(lock));
  TRY(site.read_list());
  return site;
}

Result<void> SiteFolder::read_list() {
  const auto bytes = read_file(m_folder / list_name, largest);
  if (!bytes) {
    return bytes.error().kind == ErrorKind::not_found ? write_list()
                                                      : tl::unexpected(bytes.error());
  }
  if (!bytes->starts_with(first_line)) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is no list of files that publish wrote",
                            (m_folder / list_name).string()));
  }
  // A last line without its end is that of a killed run, whose file was not written yet.
  const std::string_view whole = std::string_view(*bytes).substr(0, bytes->rfind('\n') + 1);
  for (const std::string_view line : split(whole, '\n')) {
    if (is_own_name(line)) {
      m_listed.emplace(line);
    }
  }
  return {};
}

Result<void> SiteFolder::write_list() {
  std::string bytes(first_line);
  for (const std::string& path : m_kept) {
    bytes += path + "\n";
  }
  m_listed = m_kept;
  return write(m_folder / list_name, bytes);
}

/// A file is listed before it is there, or a killed run would leave one that is nobody's.
Result<void> SiteFolder::list(const std::string& path) {
  const Descriptor out(::open((m_folder / list_name).c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
  if (out.get() < 0 || write_all(out.get(), path + "\n") != 0) {
    return trouble("write", m_folder / list_name);
  }
  m_listed.insert(path);
  return {};
}

Result<void> SiteFolder::write(const std::filesystem::path& file, std::string_view bytes) {
  // The lock makes this the only one; a file that a killed run left is written over.
  const std::filesystem::path temporary = m_folder / temporary_name;
  const Descriptor out(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (out.get() < 0 || write_all(out.get(), bytes) != 0 ||
      ::rename(temporary.c_str(), file.c_str()) != 0) {
    return trouble("write", file);
  }
  return {};
}

Result<void> SiteFolder::put(const std::string& path, std::string_view bytes) {
  if (!is_own_name(path) || !m_kept.insert(path).second) {
    return fail(ErrorKind::usage, fmt::format("two pages, or none, may be called '{}'", path));
  }
  const std::filesystem::path file = m_folder / path;
  const auto there = read_file(file, largest);
  if (!m_listed.contains(path)) {
    if (there || there.error().kind != ErrorKind::not_found) {
      return fail(ErrorKind::usage,
                  fmt::format("'{}' is not among the files that publish wrote; move it away",
                              file.string()));
    }
    TRY(list(path));
  } else if (there && *there == bytes) {
    return {};
  }
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  m_written.push_back(path);
  return write(file, bytes);
}

Result<void> SiteFolder::finish() {
  for (const std::string& path : m_listed) {
    if (m_kept.contains(path)) {
      continue;
    }
    if (::unlink((m_folder / path).c_str()) == 0) {
      m_removed.push_back(path);
    } else if (errno != ENOENT) {
      return trouble("remove", m_folder / path);
    }
  }
  return m_listed == m_kept ? Result<void>() : write_list();
}

} // namespace regtrail::cli
