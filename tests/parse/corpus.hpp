// Where the real data lies, and how tests read it.
#pragma once

#include "parse/ecfr_xml.hpp"
#include "tests/support/files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace corpus {

inline std::filesystem::path root() {
  return regtrail::testing::corpus_path();
}

inline bool has(const std::string& name) {
  return std::filesystem::exists(root() / name);
}

inline std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

} // namespace corpus
