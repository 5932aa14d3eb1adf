#include "sync/parts.hpp"

#include "model/characters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace regtrail::sync {
namespace {

constexpr int last_title = 50;
constexpr std::size_t longest_part = 8;

/// Takes `word`, in lower case, and the blanks behind it from the front.
bool take_word(std::string_view& text, std::string_view word) {
  if (text.size() < word.size() ||
      !std::equal(word.begin(), word.end(), text.begin(), [](char wanted, char given) {
        return wanted == to_lower(given);
      })) {
    return false;
  }
  text.remove_prefix(word.size());
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return true;
}

/// The number in front of " CFR ", which is taken with it; 15 where none is.
int take_title(std::string_view& text) {
  int title = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), title).ptr;
  std::string_view behind = text.substr(static_cast<std::size_t>(end - text.data()));
  behind.remove_prefix(std::min(behind.find_first_not_of(' '), behind.size()));
  if (!take_word(behind, "cfr")) {
    return 15;
  }
  text = behind;
  return title;
}

bool is_part_number(std::string_view text) {
  return !text.empty() && text.size() <= longest_part && is_digit(text.front()) &&
         is_alnum(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_alnum(c) || c == '-'; });
}

} // namespace

Result<PartName> read_part_name(std::string_view text) {
  std::string_view rest = text;
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  rest = rest.substr(0, rest.find_last_not_of(' ') + 1);
  PartName name;
  name.title = take_title(rest);
  take_word(rest, "part ");
  name.part = std::string(rest.substr(0, rest.find('.')));
  if (name.title < 1 || name.title > last_title || !is_part_number(name.part)) {
    return fail(
        ErrorKind::usage,
        fmt::format("'{}' is not the number of a CFR part, e.g. 744 or \"22 CFR 121\"", text));
  }
  if (name.part.size() < rest.size()) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is not the number of a CFR part; give the part that holds it: "
                            "\"{}\"",
                            text,
                            to_string(name)));
  }
  return name;
}

std::string to_string(const PartName& name) {
  return name.title == 15 ? name.part : fmt::format("{} CFR {}", name.title, name.part);
}

std::vector<PartName> ear_parts() {
  std::vector<PartName> parts;
  for (const char* part :
       {"730", "732", "734", "736", "738", "740", "742", "743", "744", "745", "746", "748",
        "750", "754", "756", "758", "760", "762", "764", "766", "768", "770", "772", "774"}) {
    parts.push_back({15, part});
  }
  return parts;
}

std::vector<int> titles_of(const std::vector<PartName>& parts) {
  std::set<int> titles;
  for (const PartName& name : parts) {
    titles.insert(name.title);
  }
  return {titles.begin(), titles.end()};
}

std::vector<std::string> parts_of_title(const std::vector<PartName>& parts, int title) {
  std::vector<std::string> found;
  for (const PartName& name : parts) {
    if (name.title == title) {
      found.push_back(name.part);
    }
  }
  return found;
}

} // namespace regtrail::sync
