#include "parse/ecfr/title.hpp"

#include "parse/ecfr/inline_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace regtrail::parse {
namespace {

constexpr std::size_t front_size = std::size_t{1} << 16U;

/// The digits at the front of `text`.
std::string leading_number(std::string_view text) {
  return std::string(text.substr(0, text.find_first_not_of("0123456789")));
}

/// Those behind the first `marker`, "" for none.
std::string number_behind(std::string_view text, std::string_view marker) {
  const std::size_t at = text.find(marker);
  return at == std::string_view::npos ? std::string() : leading_number(text.substr(at + marker.size()));
}

/// How often each title is cited: the numbers in front of " CFR ".
class CitedTitles {
public:
  CitedTitles(std::string_view bytes, std::string_view part) {
    const std::string by_name = fmt::format("part {}", part);
    const std::string by_section = fmt::format("{}.", part);
    constexpr std::string_view needle = " CFR ";
    for (std::size_t at = bytes.find(needle); at != std::string_view::npos;
         at = bytes.find(needle, at + 1)) {
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

std::string stated_title(const pugi::xml_node& element, const pugi::xml_node& parent) {
  const pugi::xml_node header = parent.root().find_node([](const pugi::xml_node& node) {
    return std::string_view(node.name()) == "IDNO" &&
           std::string_view(node.attribute("TYPE").value()) == "title";
  });
  if (std::string number = leading_number(resolve_inline(header).text); !number.empty()) {
    return number;
  }
  std::string title;
  const auto search = [&](auto title_of) {
    title = title_of(element);
    for (pugi::xml_node node = parent; title.empty() && node; node = node.parent()) {
      title = title_of(node);
    }
    return !title.empty();
  };
  const bool found =
      search([](const pugi::xml_node& node) {
        return number_behind(node.attribute("hierarchy_metadata").value(), "/title-");
      }) ||
      search([](const pugi::xml_node& node) { // "15:2.1.3.4.28"
        return leading_number(node.attribute("NODE").value());
      }) ||
      search([](const pugi::xml_node& node) {
        return number_behind(resolve_inline(node.child("HEAD")).text, "Title ");
      });
  return found ? title : std::string();
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
      bytes.find("the EAR") != std::string_view::npos) {
    return "15";
  }
  return cited.of_any();
}

} // namespace regtrail::parse
