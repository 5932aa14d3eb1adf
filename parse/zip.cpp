#include "parse/zip_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cstddef>
#include <memory>

namespace regtrail::parse {

namespace {

constexpr std::size_t unpacked_limit = std::size_t{256} << 20U;
constexpr std::size_t ratio_limit = 200;
constexpr std::size_t always_allowed = std::size_t{1} << 20U;
constexpr std::size_t most_members = 10000;

using Reader = std::unique_ptr<archive, int (*)(archive*)>;

tl::unexpected<Error> damaged(const std::string& source_name, archive* reader) {
  const char* what = archive_error_string(reader);
  return fail(ErrorKind::malformed,
              fmt::format("'{}' is a damaged ZIP archive ({}); save it again",
                          source_name,
                          what == nullptr ? "unknown trouble" : what));
}

} // namespace

Result<std::map<std::string, std::string>>
unzip(std::string_view bytes,
      const std::function<bool(std::string_view name)>& wanted,
      const std::string& source_name) {
  const Reader reader(archive_read_new(), archive_read_free);
  archive_read_support_format_zip_seekable(reader.get());
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    return damaged(source_name, reader.get());
  }
  std::map<std::string, std::string> members;
  const std::size_t most =
      std::min(unpacked_limit, std::max(always_allowed, bytes.size() * ratio_limit));
  std::size_t total = 0;
  archive_entry* entry = nullptr;
  for (std::size_t count = 0;; ++count) {
    const int status = archive_read_next_header(reader.get(), &entry);
    if (status == ARCHIVE_EOF) {
      return members;
    }
    if (status != ARCHIVE_OK) {
      return damaged(source_name, reader.get());
    }
    if (count == most_members) {
      return fail(ErrorKind::too_large,
                  fmt::format("'{}' holds more than {} members", source_name, most_members));
    }
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || !wanted(name)) {
      continue;
    }
    std::string& content = members[name];
    std::array<char, std::size_t{64} << 10U> buffer{};
    while (true) {
      const auto size = archive_read_data(reader.get(), buffer.data(), buffer.size());
      if (size < 0) {
        return damaged(source_name, reader.get());
      }
      if (size == 0) {
        break;
      }
      total += static_cast<std::size_t>(size);
      if (total > most) {
        return fail(ErrorKind::too_large,
                    fmt::format("'{}' unpacks to more than {} MiB", source_name, most >> 20U));
      }
      content.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }
}

} // namespace regtrail::parse
