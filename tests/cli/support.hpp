// A home of its own for each test, and the built program run in it.
#pragma once

#include "tests/support/temp_dir.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::cli::testing {

using regtrail::testing::TempDir;

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

/// The program with HOME in a folder of its own and nothing else in its environment.
class Program {
public:
  Program();

  [[nodiscard]] const TempDir& home() const { return m_home; }

  void set(const std::string& variable, const std::string& value) { m_variables[variable] = value; }

  /// Runs to the end; standard input is empty.
  Outcome run(const std::vector<std::string>& arguments) const;

  /// Starts it; the caller waits with waitpid. For tests that need it running.
  [[nodiscard]] int start(const std::vector<std::string>& arguments, int out, int err) const;

private:
  TempDir m_home;
  std::map<std::string, std::string> m_variables;
};

} // namespace regtrail::cli::testing
