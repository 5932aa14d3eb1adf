#include "tests/support/files.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace regtrail::testing {

std::filesystem::path source_path(const std::filesystem::path& name) {
  return std::filesystem::path(REGTRAIL_SOURCE_DIR) / name;
}

std::filesystem::path corpus_path(const std::filesystem::path& name) {
  const char* set = std::getenv("REGTRAIL_CORPUS");
  return std::filesystem::path(set != nullptr ? set : REGTRAIL_DEFAULT_CORPUS) / name;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw std::runtime_error("cannot read " + path.string());
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace regtrail::testing
