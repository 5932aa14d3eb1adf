#include "notify/render/zip.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <memory>
#include <stdexcept>
#include <sys/stat.h>

namespace regtrail::render {
namespace {

la_ssize_t append(archive* /*writer*/, void* out, const void* bytes, std::size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

} // namespace

std::string zip(const std::vector<ZipMember>& members) {
  constexpr mode_t mode = 0644;
  std::string out;
  const std::unique_ptr<archive, int (*)(archive*)> writer(archive_write_new(), archive_write_free);
  const auto check = [&](int status) {
    if (status != ARCHIVE_OK) {
      const char* what = archive_error_string(writer.get());
      throw std::runtime_error(std::string("cannot write a ZIP archive: ") +
                               (what == nullptr ? "unknown trouble" : what));
    }
  };
  check(archive_write_set_format_zip(writer.get()));
  check(archive_write_set_bytes_in_last_block(writer.get(), 1));
  check(archive_write_open(writer.get(), &out, nullptr, append, nullptr));
  for (const ZipMember& member : members) {
    // Without a time of its own: one would be written in the zone of the machine.
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                         archive_entry_free);
    archive_entry_set_pathname(entry.get(), member.name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(member.bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), mode);
    check(archive_write_header(writer.get(), entry.get()));
    if (archive_write_data(writer.get(), member.bytes.data(), member.bytes.size()) !=
        static_cast<la_ssize_t>(member.bytes.size())) {
      check(ARCHIVE_FATAL);
    }
  }
  check(archive_write_close(writer.get()));
  return out;
}

} // namespace regtrail::render
