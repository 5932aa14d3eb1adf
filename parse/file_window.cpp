#include "parse/file_window.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace regtrail::parse {

Result<FileWindow> FileWindow::open(const std::string& path, std::size_t max_bytes) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->max_bytes = max_bytes;
  state->file.reset(std::fopen(path.c_str(), "rb"));
  if (!state->file) {
    return fail(ErrorKind::not_found,
                fmt::format("cannot open '{}': {}", path, std::strerror(errno)));
  }
  state->window = ByteWindow(ByteWindow::Refill([&at = *state](std::string& buffer) {
    constexpr std::size_t read_size = std::size_t{1} << 20U;
    const std::size_t before = buffer.size();
    buffer.resize(before + read_size);
    const std::size_t count = std::fread(buffer.data() + before, 1, read_size, at.file.get());
    buffer.resize(before + count);
    at.total += count;
    return count != 0 && at.total <= at.max_bytes;
  }));
  FileWindow file;
  file.m_state = std::move(state);
  return file;
}

Result<void> FileWindow::trouble() const {
  if (m_state->total > m_state->max_bytes) {
    return fail(ErrorKind::too_large,
                fmt::format("'{}' is larger than {} bytes", m_state->path, m_state->max_bytes));
  }
  if (std::ferror(m_state->file.get()) != 0) {
    return fail(ErrorKind::not_found, fmt::format("cannot read '{}'", m_state->path));
  }
  return {};
}

} // namespace regtrail::parse
