// Every grammar of EAR text on the same text.
#include "ear/country_group.hpp"
#include "ear/entity_cell.hpp"
#include "ear/fr_citation.hpp"
#include "ear/license_exception.hpp"
#include "ear/license_requirement.hpp"
#include "ear/license_row.hpp"
#include "ear/path_set.hpp"
#include "ear/prose_citation.hpp"
#include "ear/quoted_term.hpp"
#include "ear/review_policy.hpp"
#include "ear/text_date.hpp"
#include "ear/threshold.hpp"
#include "model/cfr_pattern.hpp"
#include "model/text.hpp"
#include "tests/fuzz/laws.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

/// A range may be longer than the words that name it, but not without bound.
constexpr std::size_t most_members_per_byte = 64;

void check_paths(std::string_view text) {
  const auto mentions = ear::find_eccns(text);
  check_spans(mentions, text, "ECCNs");
  require(mentions.size() <= most_members_per_byte * text.size(), "ranges of ECCNs are bounded");
  for (const auto& mention : mentions) {
    require(is_eccn(mention.eccn), "an ECCN has the form of one", mention.eccn);
  }
  if (const auto paths = ear::parse_path_set(text)) {
    require(!paths->empty() && paths->size() <= most_members_per_byte * text.size(),
            "a path set is bounded and not empty",
            text);
    require(
        std::none_of(paths->begin(), paths->end(), [](const auto& path) { return path.empty(); }),
        "a path names something",
        text);
  }
}

void check_thresholds(std::string_view text) {
  const auto thresholds = ear::find_thresholds(text);
  check_spans(thresholds, text, "thresholds");
  for (const ear::Threshold& threshold : thresholds) {
    require(std::isfinite(threshold.value), "a limit is a number", text);
    require(threshold.upper_value.has_value() == (threshold.comparator == ear::Comparator::between),
            "only a range has an upper end",
            text);
    require(!ear::to_string(threshold).empty(), "a limit prints", text);
    const auto same = ear::convert(threshold.value, threshold.unit, threshold.unit);
    require(!same || *same == threshold.value ||
                std::abs(*same - threshold.value) <= 1e-9 * std::abs(threshold.value),
            "a unit converts to itself",
            threshold.unit);
  }
}

void check_licenses(std::string_view text) {
  const std::size_t bar = text.find('|');
  static_cast<void>(ear::parse_license_row(text));
  if (bar != std::string_view::npos) {
    static_cast<void>(ear::parse_license_row(text.substr(0, bar), text.substr(bar + 1)));
  }
  static_cast<void>(ear::is_license_control(text));
  static_cast<void>(ear::find_chart_column(text));
  const auto money = ear::find_money(text);
  check_spans(money, text, "money");
  require(std::all_of(money.begin(), money.end(), [](const auto& sum) { return sum.dollars >= 0; }),
          "money is not negative",
          text);
  static_cast<void>(ear::parse_exception_line(text));
  check_spans(ear::find_review_policies(text), text, "review policies");
  const auto order = ear::compare_review_policies(text, text);
  require(!(order < 0) && !(order > 0), "a policy is as strict as itself", text);
}

void check_parties(std::string_view text) {
  const ear::EntityCell cell = ear::parse_entity_cell(text);
  require(!cell.name.empty() || !cell.aliases.empty() || normalise(text).empty(),
          "a party has a name",
          text);
  const std::string key = ear::party_key(text);
  // broken characters may make whole ones when what stood between them goes
  require(ear::party_key(key) == key || !is_valid_utf8(text), "a key is its own key", key);
  require(!ear::to_string(ear::parse_license_requirement(text)).empty(),
          "a license requirement prints",
          text);
}

void check_references(std::string_view text) {
  const auto citations = ear::find_citations(text);
  check_spans(citations, text, "citations");
  for (const auto& found : citations) {
    const std::string printed = found.citation.to_string();
    const auto read = Citation::parse(printed);
    require(read && *read == found.citation, "a reference parses back", printed);
  }
  const auto pages = ear::find_fr_citations(text);
  check_spans(pages, text, "FR citations");
  for (const auto& page : pages) {
    require(page.volume > 0 && page.page > 0, "an FR citation has a page", text);
    require(Citation::parse(ear::to_string(page)).has_value(), "an FR citation parses back", text);
  }
  if (const auto pattern = parse_cfr_pattern(text)) {
    require(pattern->place.empty() || covers(*pattern, pattern->place) ||
                !pattern->definition.empty(),
            "a pattern covers its own place",
            text);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_paths(text);
  check_thresholds(text);
  check_licenses(text);
  check_parties(text);
  check_references(text);
  check_spans(ear::find_quoted_terms(text), text, "quoted terms");
  check_spans(ear::find_dates(text), text, "dates");
  check_spans(ear::find_country_groups(text), text, "country groups");
  return 0;
}
