// Files that tests read: fixtures of the sources, and the corpus of real texts, which may be
// absent.
#pragma once

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

namespace regtrail::testing {

/// `name` below the root of the sources.
[[nodiscard]] std::filesystem::path source_path(const std::filesystem::path& name);

/// `name` below REGTRAIL_CORPUS, else below the folder that the build was configured with.
[[nodiscard]] std::filesystem::path corpus_path(const std::filesystem::path& name = {});

/// The bytes of a file; throws when it cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

} // namespace regtrail::testing

/// Leaves the test when the corpus lacks `name`; ctest then shows it as skipped.
#define NEEDS_CORPUS(name)                                                                         \
  if (!std::filesystem::exists(regtrail::testing::corpus_path(name))) {                            \
    WARN("skipped: there is no " << regtrail::testing::corpus_path(name));                         \
    return;                                                                                        \
  }
