// Citations and dates as people write them, one a line.
#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/text.hpp"
#include "tests/fuzz/laws.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

void check_one(const Citation& citation) {
  const std::string printed = citation.to_string();
  const auto again = Citation::parse(printed);
  require(again.has_value(), "a citation parses back", printed);
  require(*again == citation && again->to_string() == printed,
          "a citation reads back as it prints",
          printed + "' to '" + again->to_string());
  require((citation <=> *again) == 0, "equal citations are neither before nor after", printed);
  const bool placed = citation.kind() <= CitationKind::eccn;
  require(!placed || citation.is_within(citation), "a place is within itself", printed);
  require(!placed || citation.is_within(citation.unit()), "a place is within its unit", printed);
  const Citation parent = citation.parent();
  require(parent.empty() || citation.is_within(parent), "a place is within its parent", printed);
  static_cast<void>(citation.part_number());
}

void check_order(const std::vector<Citation>& citations) {
  for (const Citation& a : citations) {
    for (const Citation& b : citations) {
      require((a < b) == (b > a) && (a == b) == ((a <=> b) == 0),
              "the order has two sides",
              a.to_string() + "' and '" + b.to_string());
      for (const Citation& c : citations) {
        require(!(a < b && b < c) || a < c, "the order is transitive", a.to_string());
      }
    }
  }
}

void check_dates(std::string_view text) {
  if (const auto date = Date::parse(text)) {
    require(date->to_string() == text, "a date prints as it was written", text);
  }
  if (const auto instant = parse_timestamp(text)) {
    const auto again = parse_timestamp(regtrail::to_string(*instant));
    require(again && *again == *instant, "an instant reads back", text);
  }
  static_cast<void>(parse_date_expression(text, Date(2026, 9, 1)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  constexpr std::size_t most_compared = 8;
  std::vector<Citation> citations;
  while (!input.empty()) {
    const std::size_t end = input.find('\n');
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
    check_dates(line);
    require(!is_valid_utf8(line) || normalise(normalise(line)) == normalise(line),
            "a normal form is normal",
            line);
    require(is_valid_utf8(printable(line)), "what is printable is UTF-8", line);
    if (auto citation = Citation::parse(line)) {
      check_one(*citation);
      if (citations.size() < most_compared) {
        citations.push_back(std::move(*citation));
      }
    }
  }
  check_order(citations);
  return 0;
}
