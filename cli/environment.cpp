#include "cli/environment.hpp"

#include <string_view>
#include <unistd.h>

namespace regtrail::cli {

Environment Environment::of_this_process() {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos) {
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return Environment(std::move(variables));
}

std::optional<std::string> Environment::get(const std::string& name) const {
  const auto found = m_variables.find(name);
  if (found == m_variables.end() || found->second.empty()) {
    return std::nullopt;
  }
  return found->second;
}

} // namespace regtrail::cli
