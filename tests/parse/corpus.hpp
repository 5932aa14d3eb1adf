// Where the real data lies, and how tests read it.
#pragma once

#include "parse/ecfr_xml.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace corpus {

inline std::filesystem::path root() {
  const char* from_environment = std::getenv("REGTRAIL_CORPUS");
  return from_environment != nullptr ? from_environment : REGTRAIL_DEFAULT_CORPUS;
}

inline bool has(const std::string& name) {
  return std::filesystem::exists(root() / name);
}

inline std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

} // namespace corpus

/// Leaves the test with a reason when the corpus is not there.
#define NEEDS_CORPUS(name)                                                                         \
  if (!corpus::has(name)) {                                                                        \
    WARN("skipped: no " << name << " below " << corpus::root());                                   \
    return;                                                                                        \
  }
