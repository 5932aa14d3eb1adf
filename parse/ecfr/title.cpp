#include "parse/ecfr/title.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace regtrail::parse {
namespace {

constexpr std::size_t front_size = std::size_t{1} << 16U;

std::string digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') {
    ++end;
  }
  return std::string(text.substr(at, end - at));
}

/// Where `needle` begins at or after `from`, looked for by its character at `rare`: a search by the
/// first one stops at every blank, or every tag, of a text.
std::size_t
find_by(std::string_view text, std::string_view needle, std::size_t rare, std::size_t from = 0) {
  for (std::size_t at = text.find(needle[rare], from + rare); at != std::string_view::npos;
       at = text.find(needle[rare], at + 1)) {
    if (text.substr(at - rare).starts_with(needle)) {
      return at - rare;
    }
  }
  return std::string_view::npos;
}

/// The title that the first bytes of a document state, "" for none.
std::string title_in_front(std::string_view front) {
  const auto number_at = [front](std::size_t at) {
    std::string number = digits_at(front, at);
    return at + number.size() < front.size() ? number : std::string(); // it may go on behind them
  };
  if (const std::size_t at = find_by(front, "<IDNO TYPE=\"title\">", 7);
      at != std::string_view::npos) {
    const std::size_t digit = front.find_first_not_of(" \r\n\t", at + 19);
    if (digit != std::string_view::npos && !number_at(digit).empty()) {
      return number_at(digit);
    }
  }
  if (const std::size_t at = find_by(front, "hierarchy_metadata=", 9);
      at != std::string_view::npos) {
    const std::size_t title = front.find("/title-", at);
    if (title != std::string_view::npos && title - at < 400) {
      return number_at(title + 7);
    }
  }
  if (const std::size_t at = find_by(front, " NODE=\"", 2); at != std::string_view::npos) {
    if (std::string number = number_at(at + 7); !number.empty()) {
      return number;
    }
  }
  for (const std::string_view marker : {"<HEAD>Title ", "<HEAD> Title "}) {
    if (const std::size_t at = find_by(front, marker, 1); at != std::string_view::npos) {
      if (std::string number = number_at(at + marker.size()); !number.empty()) {
        return number;
      }
    }
  }
  return {};
}

/// How often each title is cited: the numbers in front of " CFR ".
class CitedTitles {
public:
  CitedTitles(std::string_view bytes, std::string_view part) {
    const std::string by_name = fmt::format("part {}", part);
    const std::string by_section = fmt::format("{}.", part);
    constexpr std::string_view needle = " CFR ";
    for (std::size_t at = find_by(bytes, needle, 2); at != std::string_view::npos;
         at = find_by(bytes, needle, 2, at + 1)) {
      std::size_t from = at;
      while (from > 0 && bytes[from - 1] >= '0' && bytes[from - 1] <= '9') {
        --from;
      }
      if (at - from != 1 && at - from != 2) {
        continue;
      }
      std::size_t title = 0;
      for (const char c : bytes.substr(from, at - from)) {
        title = title * 10 + static_cast<std::size_t>(c - '0');
      }
      const std::string_view cited = bytes.substr(at + needle.size());
      ++m_any[title];
      if (!part.empty()) {
        m_by_name[title] += cited.starts_with(by_name) ? 1 : 0;
        m_by_section[title] += cited.starts_with(by_section) ? 1 : 0;
      }
    }
  }

  /// The one most cited with the part, "" where none is.
  [[nodiscard]] std::string of_part() const {
    std::string title = most(m_by_name);
    return title.empty() ? most(m_by_section) : title;
  }

  [[nodiscard]] std::string of_any() const { return most(m_any); }

private:
  using Counts = std::array<std::size_t, 100>;

  static std::string most(const Counts& counts) {
    const auto found = std::max_element(counts.begin(), counts.end());
    return *found == 0 ? std::string{} : std::to_string(found - counts.begin());
  }

  Counts m_by_name{};
  Counts m_by_section{};
  Counts m_any{};
};

} // namespace

std::string stated_title(std::string_view bytes) {
  // nearly always in the first lines, where looking for it costs nothing
  constexpr std::size_t first_lines = std::size_t{1} << 12U;
  std::string title = title_in_front(bytes.substr(0, first_lines));
  if (title.empty() && bytes.size() > first_lines) {
    title = title_in_front(bytes.substr(0, front_size));
  }
  return title;
}

std::string infer_title(std::string_view bytes, std::string_view part) {
  CitedTitles cited(bytes.substr(0, front_size), part);
  std::string title = cited.of_part();
  if (title.empty() && bytes.size() > front_size) {
    cited = CitedTitles(bytes, part);
    title = cited.of_part();
  }
  if (!title.empty()) {
    return title;
  }
  // the Export Administration Regulations speak of themselves as "the EAR"
  if (part.size() == 3 && part >= "730" && part <= "774" &&
      find_by(bytes, "the EAR", 4) != std::string_view::npos) {
    return "15";
  }
  return cited.of_any();
}

std::string part_of_first_unit(std::string_view bytes) {
  for (const std::string_view marker : {"<DIV5 N=\"", "<DIV8 N=\"", " to Part "}) {
    const std::size_t at = find_by(bytes, marker, marker.find_first_of("VP"));
    if (at == std::string_view::npos) {
      continue;
    }
    const std::size_t digit = bytes.find_first_of("0123456789\"", at + marker.size());
    if (digit == std::string_view::npos || bytes[digit] == '"') {
      continue;
    }
    const std::size_t end = bytes.find_first_not_of("0123456789", digit);
    return std::string(bytes.substr(digit, end - digit));
  }
  return {};
}

} // namespace regtrail::parse
