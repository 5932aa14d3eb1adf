// Designators of a flat list of paragraphs, one a line: "(a)", "1.", "*(i)" in italics, "+(1)"
// behind another in the same paragraph, "?(5)" perhaps prose.
#include "parse/paragraph_levels.hpp"
#include "tests/fuzz/laws.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

parse::Marker read_marker(std::string_view line) {
  parse::Marker marker;
  for (; !line.empty(); line.remove_prefix(1)) {
    if (line.front() == '*') {
      marker.font = parse::MarkerFont::italic;
    } else if (line.front() == '+') {
      marker.inner = true;
    } else if (line.front() == '?') {
      marker.doubtful = true;
    } else {
      break;
    }
  }
  if (line.ends_with('.')) {
    marker.form = parse::MarkerForm::dotted;
    line.remove_suffix(1);
  } else if (line.starts_with('(') && line.ends_with(')') && line.size() > 2) {
    line = line.substr(1, line.size() - 2);
  }
  marker.token = std::string(line);
  return marker;
}

/// A letter, or a number without leading zeros: what every list has.
bool is_member(std::string_view token) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool letter = token.size() == 1 && ((token[0] >= 'a' && token[0] <= 'z') ||
                                            (token[0] >= 'A' && token[0] <= 'Z'));
  const bool number = !token.empty() && token.size() <= 2 && token[0] != '0' &&
                      std::all_of(token.begin(), token.end(), is_digit);
  return letter || number;
}

void check_levels(const std::vector<parse::Marker>& markers) {
  const auto levels = parse::solve_levels(markers).levels;
  require(levels.size() == markers.size(), "every designator has a level");
  int last = -1;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const int depth = levels[i].depth;
    require(depth >= -1 && depth <= last + 1, "a list opens one level at a time", markers[i].token);
    require(depth >= 0 || markers[i].doubtful || markers[i].inner || !is_member(markers[i].token) ||
                levels[i].trouble != parse::LevelTrouble::none || last + 1 == parse::most_levels,
            "what was certain and opens a paragraph is not prose",
            markers[i].token);
    last = depth >= 0 ? depth : last;
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  std::vector<parse::Marker> markers;
  while (!input.empty()) {
    const std::size_t end = input.find('\n');
    markers.push_back(read_marker(input.substr(0, end)));
    input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  }
  check_levels(markers);
  if (markers.size() >= 2) {
    const auto& [first, last] = std::pair(markers[0].token, markers[1].token);
    const auto members = parse::members_between(first, last);
    require(members.empty() || (members.front() == first && members.back() == last),
            "a range has both its ends",
            first + " to " + last);
    require(members.size() <= 1000, "a range is bounded", first + " to " + last);
  }
  return 0;
}
