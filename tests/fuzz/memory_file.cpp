#include "tests/fuzz/memory_file.hpp"

#include "tests/fuzz/laws.hpp"

#include <sys/mman.h>
#include <unistd.h>

namespace regtrail::tests {

MemoryFile::MemoryFile(std::string_view bytes) : m_descriptor(memfd_create("input", 0)) {
  const auto written =
      m_descriptor < 0 ? ssize_t{-1} : write(m_descriptor, bytes.data(), bytes.size());
  require(written == static_cast<ssize_t>(bytes.size()), "the input can be held in memory");
}

MemoryFile::~MemoryFile() {
  close(m_descriptor);
}

std::string MemoryFile::path() const {
  return "/proc/self/fd/" + std::to_string(m_descriptor);
}

} // namespace regtrail::tests
