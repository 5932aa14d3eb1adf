#include "parse/toml_depth.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::parse {

namespace {

constexpr int deepest = 16;

/// The end of the string or comment that begins at `at`; `at` where none does.
std::size_t end_of_quoted(std::string_view toml, std::size_t at) {
  const char quote = toml[at];
  if (quote == '#') {
    return std::min(toml.size(), toml.find('\n', at));
  }
  if (quote != '"' && quote != '\'') {
    return at;
  }
  const std::string_view three = quote == '"' ? R"(""")" : "'''";
  const bool several_lines = toml.substr(at, 3) == three;
  const std::string_view end = three.substr(0, several_lines ? 3 : 1);
  for (at += end.size(); at < toml.size(); ++at) {
    if (toml[at] == '\\' && quote == '"') {
      ++at;
    } else if (toml.substr(at, end.size()) == end) {
      // The last two characters of """a""""" are quotes.
      const std::size_t after = toml.find_first_not_of(quote, at + end.size());
      return std::min({at + end.size() + (several_lines ? 2 : 0), after, toml.size()});
    } else if (toml[at] == '\n' && !several_lines) {
      return at;
    }
  }
  return toml.size();
}

} // namespace

std::optional<TomlDepthTrouble> toml_depth_trouble(std::string_view toml) {
  int brackets = 0;
  int steps = 1; // of the key, or a number's parts, that is being read
  std::size_t line = 1;
  for (std::size_t at = 0; at < toml.size();) {
    if (const std::size_t end = end_of_quoted(toml, at); end > at) {
      line += static_cast<std::size_t>(std::count(toml.begin() + static_cast<std::ptrdiff_t>(at),
                                                  toml.begin() + static_cast<std::ptrdiff_t>(end),
                                                  '\n'));
      at = end;
      continue;
    }
    switch (toml[at++]) {
    case '\n':
      ++line;
      steps = 1;
      break;
    case '[':
    case '{':
      ++brackets;
      steps = 1;
      break;
    case ']':
    case '}':
      --brackets;
      steps = 1;
      break;
    case '=':
    case ',':
      steps = 1;
      break;
    case '.':
      ++steps;
      break;
    default:
      break;
    }
    if (steps > deepest || brackets > deepest) {
      return TomlDepthTrouble{
          line, fmt::format("nested more than {} deep, which no key here needs", deepest)};
    }
  }
  return std::nullopt;
}

} // namespace regtrail::parse
