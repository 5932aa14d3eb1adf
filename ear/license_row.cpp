#include "ear/license_row.hpp"

#include "ear/country_group.hpp"
#include "ear/path_set.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>

namespace regtrail::ear {

namespace {

// 15 CFR 738.2(d)(2)(i)
constexpr std::string_view reasons = "AT|CB|CC|CW|EI|FC|MT|NS|NP|RS|SS|UN|SI|SL";

// Places that control rows name beside country groups.
constexpr std::string_view place_names =
    "Afghanistan|Belarus|Burma|Cambodia|Canada|China|Cuba|Hong Kong|Iran|Iraq|Libya|Macau|"
    "Nicaragua|North Korea|Pakistan|Russia|Syria|United Arab Emirates|Venezuela|Yemen";

/// Where the control cell of a joined text ends and the chart cell begins.
std::size_t chart_begin(std::string_view text) {
  std::size_t best = text.size();
  for (const std::string_view start : {"worldwide", "to or within", "a license is required"}) {
    const std::size_t at = find_word(text, start, 1);
    best = std::min(best, at == std::string_view::npos ? best : at);
  }
  const std::size_t column = find_word(text, "column");
  if (column != std::string_view::npos && column >= 3 &&
      is_one_of(text.substr(column - 3, 2), reasons)) {
    best = std::min(best, column - 3);
  }
  return best;
}

void read_extent(LicenseRow& row, std::string_view subject) {
  auto what = trimmed(subject, ".;|");
  const std::size_t except = find_word(what, "except");
  if (except != std::string_view::npos) {
    auto excepted = trimmed(what.substr(except + 6), ".;,");
    if (has_word_at(excepted, 0, "for")) {
      excepted = trimmed(excepted.substr(3));
    }
    row.except_paths = parse_path_set(excepted).value_or(std::vector<std::string>{});
    if (row.except_paths.empty()) {
      return;
    }
    what = trimmed(what.substr(0, except), ",(");
  }
  if (has_at(what, 0, "the ")) {
    what = trimmed(what.substr(4));
  }
  if (has_word_at(what, 0, "entire entry") && what.size() == 12) {
    row.extent = LicenseRow::Extent::entire_entry;
  } else if (auto paths = parse_path_set(what)) {
    row.extent = LicenseRow::Extent::paths;
    row.paths = std::move(*paths);
  } else if (has_eccn_at(what, 0) && what.size() == 5) {
    row.extent = LicenseRow::Extent::entire_entry;
  }
}

/// The part that says where, before "excluding" and before the pointer to the section.
std::string_view places_part(std::string_view chart) {
  std::size_t end = chart.size();
  for (const std::string_view stop : {"see", "excluding", "except"}) {
    const std::size_t at = find_word(chart, stop);
    end = std::min(end, at == std::string_view::npos ? end : at);
  }
  return chart.substr(0, end);
}

void read_reach(LicenseRow& row, std::string_view chart) {
  if (const auto column = find_chart_column(chart)) {
    row.reach = LicenseRow::Reach::chart_column;
    row.column = *column;
    return;
  }
  if (find_word(chart, "worldwide") != std::string_view::npos) {
    row.reach = LicenseRow::Reach::worldwide;
    return;
  }
  const auto where = places_part(chart);
  std::vector<std::pair<std::size_t, std::string>> places;
  for (const auto& group : find_country_groups(where)) {
    places.emplace_back(group.begin, group.group);
  }
  for (const auto name : split(place_names, '|')) {
    const std::size_t at = find_word(where, lowered(name));
    if (at != std::string_view::npos) {
      places.emplace_back(at, std::string(name));
    }
  }
  std::sort(places.begin(), places.end());
  for (auto& place : places) {
    row.places.push_back(std::move(place.second));
  }
  if (!row.places.empty()) {
    row.reach = LicenseRow::Reach::places;
  } else if (find_word(chart, "see") != std::string_view::npos) {
    row.reach = LicenseRow::Reach::pointer;
  }
}

/// "NS applies to", "RS applies" (print drops the "to"), "NS:"; the length taken, 0 if none.
std::size_t control_lead(std::string_view text) {
  if (text.size() < 3 || !is_one_of(text.substr(0, 2), reasons)) {
    return 0;
  }
  if (text[2] == ':') {
    return 3;
  }
  for (const std::string_view lead : {" applies to", " apply to", " applies", " apply"}) {
    if (has_word_at(text, 2, lead)) {
      return 2 + lead.size();
    }
  }
  return 0;
}

LicenseRow parse_folded(std::string_view control, std::string_view chart) {
  LicenseRow row;
  const auto plain = trimmed(control);
  const std::size_t lead = control_lead(plain);
  row.reason = lead > 0 ? plain.substr(0, 2) : std::string_view{};
  read_extent(row, plain.substr(lead));
  read_reach(row, chart);
  return row;
}

} // namespace

std::optional<std::string> find_chart_column(std::string_view text) {
  for (std::size_t at = find_word(text, "column"); at != std::string_view::npos;
       at = find_word(text, "column", at + 1)) {
    const std::size_t number = skip_blanks(text, at + 6);
    if (at >= 3 && is_one_of(text.substr(at - 3, 2), reasons) && number < text.size() &&
        is_digit(text[number])) {
      return std::string(text.substr(at - 3, 2)) + " " + text[number];
    }
  }
  return std::nullopt;
}

bool is_license_control(std::string_view text) {
  const Folded folded(text);
  return control_lead(trimmed(folded.text())) > 0;
}

LicenseRow parse_license_row(std::string_view control, std::string_view chart) {
  const Folded folded_control(control);
  const Folded folded_chart(chart);
  return parse_folded(folded_control.text(), folded_chart.text());
}

LicenseRow parse_license_row(std::string_view text) {
  const Folded folded(text);
  const auto plain = folded.text();
  const std::size_t split = chart_begin(plain);
  return parse_folded(plain.substr(0, split), plain.substr(split));
}

} // namespace regtrail::ear
