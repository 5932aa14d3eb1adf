#include "model/supplement.hpp"
#include "notify/render/headline_countries.hpp"
#include "notify/render/headline_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace regtrail::render {

namespace {

struct Named {
  std::string_view step;
  std::string_view en;
  std::string_view ja;
};

constexpr std::array named_steps{
    Named{"heading", "heading", "見出し"},
    Named{"Columns", "columns", "列見出し"},
    Named{"Country Chart", "Country Chart", "カントリーチャート"},
    Named{"License Requirements", "license requirements", "許可要件"},
    Named{"License requirement", "license requirement", "許可要件"},
    Named{"License review policy", "license review policy", "審査方針"},
    Named{"Federal Register citation", "Federal Register citation", "連邦官報の引用"},
    Named{"Related Controls", "related controls", "関連規制"},
    Named{"Related Definitions", "related definitions", "関連定義"},
    Named{"Items", "list of items", "品目一覧"},
    Named{"LVS", "License Exception LVS", "許可例外LVS"},
    Named{"GBS", "License Exception GBS", "許可例外GBS"},
    Named{"TSR", "License Exception TSR", "許可例外TSR"},
    Named{"IEC", "License Exception IEC", "許可例外IEC"},
    Named{"STA", "License Exception STA", "許可例外STA"},
    Named{"HBM", "License Exception HBM", "許可例外HBM"},
    Named{"NAC/ACA", "License Exceptions NAC and ACA", "許可例外NAC及びACA"}};

/// "Note 1", "Technical Note", "Footnote 5": the number stays behind the word.
constexpr std::array numbered_steps{Named{"Technical Note", "Technical Note", "技術的注記"},
                                    Named{"Footnote", "footnote", "脚注"},
                                    Named{"Note", "Note", "注"}};

std::string_view rest_behind(std::string_view name, std::string_view word) {
  return name.substr(word.size());
}

bool is_unnumbered(std::string_view name) {
  return name.starts_with("text ");
}

Headline named_step(const std::string& name) {
  for (const Named& each : named_steps) {
    if (name == each.step) {
      return {std::string(each.en), std::string(each.ja)};
    }
  }
  for (const Named& each : numbered_steps) {
    if (name.starts_with(each.step)) {
      const std::string_view rest = rest_behind(name, each.step);
      const std::string_view number = rest.starts_with(' ') ? rest.substr(1) : rest;
      return {fmt::format("{}{}", each.en, rest), fmt::format("{}{}", each.ja, number)};
    }
  }
  if (const std::optional<Headline> country = country_words(name)) {
    return *country;
  }
  // "NS: a.4, c, d": the reason for control names the row.
  const std::string reason = name.substr(0, std::min(name.find(": "), name.size()));
  return {reason, reason};
}

/// "Supplement No. 4 to Part 744", "744部補遺4" of "Supplement No. 4 to Part 744".
Headline supplement_words(const Citation& at) {
  constexpr std::string_view lead = "Supplement No. ";
  constexpr std::string_view middle = " to Part ";
  const std::string& name = at.name();
  const std::size_t to = name.find(middle);
  if (!name.starts_with(lead) || to == std::string::npos) {
    return {name, name};
  }
  const std::string number = name.substr(lead.size(), to - lead.size());
  const std::string part = name.substr(to + middle.size());
  return {fmt::format("Supplement No. {} to Part {}", number, part),
          fmt::format("{}部補遺{}", part, number)};
}

Headline unit_words(const Citation& at) {
  const bool ear = at.title().empty() || at.title() == "15";
  switch (at.kind()) {
  case CitationKind::section:
    return ear ? Headline{"§\u00a0" + at.name(), "§" + at.name()}
               : Headline{fmt::format("{} CFR {}", at.title(), at.name()),
                          fmt::format("{} CFR {}", at.title(), at.name())};
  case CitationKind::part:
    return ear ? Headline{"part " + at.name(), at.name() + "部"}
               : Headline{fmt::format("{} CFR part {}", at.title(), at.name()),
                          fmt::format("{} CFR {}部", at.title(), at.name())};
  case CitationKind::appendix:
    return supplement_words(at);
  case CitationKind::eccn:
    return {at.name(), at.name()};
  case CitationKind::fr_page:
  case CitationKind::fr_document:
  case CitationKind::executive_order:
    break;
  }
  return {at.to_string(), at.to_string()};
}

} // namespace

Headline place_words(const Citation& at) {
  Headline place = unit_words(at);
  // Designators stand directly behind a number: "§ 744.23(a)", but "Note 1 (a)".
  Headline joint = at.kind() == CitationKind::appendix ? Headline{", ", "、"} : Headline{};
  for (const Step& step : at.steps()) {
    if (step.kind != Step::Kind::named) {
      const std::string designator = step.kind == Step::Kind::item ? "." + step.name : step.name;
      place.en += joint.en + designator;
      place.ja += joint.ja + designator;
      joint = {};
    } else if (!is_unnumbered(step.name)) {
      const Headline name = named_step(step.name);
      place.en += ", " + name.en;
      place.ja += "、" + name.ja;
      joint = {" ", " "};
    }
  }
  return place;
}

} // namespace regtrail::render
