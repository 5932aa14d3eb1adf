#include "cli/lookup.hpp"

#include "cli/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace regtrail::cli {
namespace {

constexpr std::size_t suggestions = 3;

std::string canonical_list(const std::string& wanted, const std::vector<Citation>& held) {
  std::vector<std::string> names;
  names.reserve(held.size());
  for (const Citation& citation : held) {
    names.push_back(citation.to_string());
  }
  return one_of(closest(wanted, names, suggestions));
}

Error not_held(const Citation& citation, const std::string& hint) {
  return {ErrorKind::not_found,
          fmt::format("'{}' is not in the archive; {}", citation.to_string(), hint)};
}

std::vector<Citation> children_of(const Citation& citation, const Node& node) {
  std::vector<Citation> children;
  for (const Step& step : child_steps(node)) {
    children.push_back(citation.child(step));
  }
  return children;
}

/// "was removed on D", and what it is called since, if it was renumbered.
Result<Error> removed_on(store::Archive& archive, const Citation& unit, Date date) {
  store::ChangeQuery query;
  query.within = unit;
  query.since = date;
  query.until = date;
  auto changes = archive.changes(query);
  if (!changes) {
    return tl::unexpected(std::move(changes.error()));
  }
  const auto renamed = std::find_if(changes->begin(), changes->end(), [&](const auto& stored) {
    return stored.change.was == unit && !(stored.change.at == unit);
  });
  const std::string now = renamed == changes->end()
                              ? "was removed"
                              : fmt::format("became '{}'", renamed->change.at.to_string());
  return Error{
      ErrorKind::not_found,
      fmt::format("'{}' {} on {}; give an earlier date with --on, or see: regtrail history "
                  "{}",
                  unit.to_string(),
                  now,
                  date.to_string(),
                  unit.to_string())};
}

std::string parts_held(const std::vector<std::pair<int, std::string>>& parts) {
  std::string text;
  for (const auto& [title, part] : parts) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", part);
  }
  return text;
}

} // namespace

Result<Citation> text_citation(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? word : " " + word;
  }
  auto citation = Citation::parse(text);
  if (!citation) {
    return citation;
  }
  switch (citation->kind()) {
  case CitationKind::part:
  case CitationKind::section:
  case CitationKind::appendix:
  case CitationKind::eccn:
    return citation;
  default:
    return fail(ErrorKind::usage,
                fmt::format("'{}' is a document, not a text of the CFR; give a section, "
                            "supplement, part or ECCN, e.g. 744.23 or 3B001.c.1",
                            citation->to_string()));
  }
}

int title_number(const Citation& citation) {
  int title = 15;
  const std::string& text = citation.title();
  std::from_chars(text.data(), text.data() + text.size(), title);
  return title;
}

Error unknown_place(const Citation& citation, const Citation& unit, const Node& root) {
  Citation ancestor = citation.parent();
  while (!ancestor.empty() && find_node(root, unit, ancestor) == nullptr) {
    ancestor = ancestor.parent();
  }
  const Citation place = ancestor.empty() ? unit : ancestor;
  const Node* node = ancestor.empty() ? &root : find_node(root, unit, ancestor);
  const std::vector<Citation> children = children_of(place, *node);
  if (children.empty()) {
    return not_held(citation, fmt::format("'{}' has no parts of its own", place.to_string()));
  }
  return not_held(citation, "near: " + canonical_list(citation.to_string(), children));
}

Result<Error> unknown_citation(store::Archive& archive, const Citation& citation) {
  auto units = archive.units(citation.part_number());
  if (!units) {
    return tl::unexpected(std::move(units.error()));
  }
  if (units->empty()) {
    auto parts = archive.planned_parts();
    if (!parts) {
      return tl::unexpected(std::move(parts.error()));
    }
    if (parts->empty()) {
      return not_held(citation, "the archive is empty; run: regtrail sync");
    }
    return not_held(citation,
                    fmt::format("parts held: {}; to get more run: regtrail sync --part {}",
                                parts_held(*parts),
                                citation.part_number()));
  }
  const Citation unit = citation.unit();
  auto version = archive.version_on(unit, std::nullopt);
  if (!version) {
    return tl::unexpected(std::move(version.error()));
  }
  if (!*version) {
    return not_held(citation, "near: " + canonical_list(unit.to_string(), *units));
  }
  auto loaded = archive.load(**version);
  if (!loaded) {
    return tl::unexpected(std::move(loaded.error()));
  }
  return unknown_place(citation, unit, loaded->root);
}

Error before_first_version(const Citation& citation, Date asked, Date first) {
  return {
      ErrorKind::not_found,
      fmt::format("'{}' is not held on {}, its first version is of {}; give that date or a later "
                  "one, or fetch older ones: regtrail sync --since {}",
                  citation.to_string(),
                  asked.to_string(),
                  first.to_string(),
                  asked.to_string())};
}

Result<UnitVersion>
version_for(store::Archive& archive, const Citation& citation, std::optional<Date> day) {
  const Citation unit = citation.unit();
  auto held = archive.version_on(unit, day);
  if (!held) {
    return tl::unexpected(std::move(held.error()));
  }
  // Without a day the newest is found, also when it is no longer in force.
  if (*held && (day || !(*held)->until)) {
    return **held;
  }
  auto versions = archive.versions(unit);
  if (!versions) {
    return tl::unexpected(std::move(versions.error()));
  }
  if (versions->empty()) {
    auto unknown = unknown_citation(archive, citation);
    return tl::unexpected(unknown ? std::move(*unknown) : std::move(unknown.error()));
  }
  const UnitVersion& first = versions->front();
  if (day && *day < first.from) {
    return tl::unexpected(before_first_version(unit, *day, first.from));
  }
  const UnitVersion* last = &first;
  for (const UnitVersion& version : *versions) {
    if (!day || version.from <= *day) {
      last = &version;
    }
  }
  if (!last->until) {
    throw std::logic_error("a version in force was not found: " + unit.to_string());
  }
  auto error = removed_on(archive, unit, *last->until);
  return tl::unexpected(error ? std::move(*error) : std::move(error.error()));
}

} // namespace regtrail::cli
