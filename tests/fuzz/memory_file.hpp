// Bytes under a path that can be opened, without a disk.
#pragma once

#include <string>
#include <string_view>

namespace regtrail::tests {

class MemoryFile {
public:
  explicit MemoryFile(std::string_view bytes);
  ~MemoryFile();

  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] std::string path() const;

private:
  int m_descriptor = -1;
};

} // namespace regtrail::tests
