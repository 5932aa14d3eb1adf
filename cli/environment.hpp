// Environment variables as a value, so that tests can hand in their own.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace regtrail::cli {

class Environment {
public:
  Environment() = default;

  explicit Environment(std::map<std::string, std::string> variables)
      : m_variables(std::move(variables)) {}

  static Environment of_this_process();

  /// A variable that is set and not empty.
  [[nodiscard]] std::optional<std::string> get(const std::string& name) const;

private:
  std::map<std::string, std::string> m_variables;
};

} // namespace regtrail::cli
