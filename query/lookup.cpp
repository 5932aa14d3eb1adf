#include "query/lookup.hpp"

#include "model/characters.hpp"
#include "model/supplement.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace regtrail::query {
namespace {

constexpr std::size_t suggestions = 3;

constexpr std::size_t party_depth = 2; ///< country, name
constexpr int most_namesakes = 200;

/// In which case, marks and blanks are left out.
std::string letters_and_digits(std::string_view text) {
  std::string out = lowered(text);
  std::erase_if(out, [](char c) { return is_blank(c) || (c > ' ' && c <= '~' && !is_alnum(c)); });
  return out;
}

std::string nearest_names(const std::string& wanted, const std::vector<Citation>& held) {
  std::vector<std::string> names;
  names.reserve(held.size());
  for (const Citation& citation : held) {
    names.push_back(citation.to_string());
  }
  return one_of(closest(wanted, names, suggestions));
}

tl::unexpected<Error> not_held(const Citation& citation,
                               const std::string& hint,
                               std::string_view where = "the archive") {
  return fail(ErrorKind::not_found,
              fmt::format("'{}' is not in {}; {}", citation.to_string(), where, hint));
}

std::vector<Citation> children_of(const Citation& citation, const Node& node) {
  std::vector<Citation> children;
  for (const Step& step : child_steps(node)) {
    children.push_back(citation.child(step));
  }
  return children;
}

/// A change by which `place` ceased to be: it, or what it lay in, was removed or renamed.
bool takes_away(const Change& change, const Citation& place) {
  if (change.kind == ChangeKind::removed) {
    return place.is_within(change.at);
  }
  return change.was && !(*change.was == change.at) && place.is_within(*change.was) &&
         !place.is_within(change.at);
}

/// "was removed on D; to see it: ..."; of what was renamed the new name of the renamed thing.
tl::unexpected<Error>
gone_since(const Citation& place, const Change* change, Date date, Date last) {
  std::string what = "was removed";
  if (change != nullptr && change->kind != ChangeKind::removed) {
    what = *change->was == place ? fmt::format("became '{}'", change->at.to_string())
                                 : fmt::format("went when '{}' became '{}'",
                                               change->was->to_string(),
                                               change->at.to_string());
  }
  return fail(ErrorKind::not_found,
              fmt::format("'{0}' {1} on {2}; to see it: regtrail show \"{0}\" --on {3}",
                          place.to_string(),
                          what,
                          date.to_string(),
                          last.to_string()));
}

/// The unit was in force until `date`.
tl::unexpected<Error> removed_on(store::Archive& archive, const Citation& unit, Date date) {
  store::ChangeQuery query;
  query.within = unit;
  query.since = date;
  query.until = date;
  TRY_ASSIGN(auto changes, archive.changes(query));
  const auto taken = std::find_if(changes.begin(), changes.end(), [&](const auto& stored) {
    return takes_away(stored.change, unit);
  });
  TRY_ASSIGN(auto last, part_date(archive, unit, date - std::chrono::days(1)));
  return gone_since(unit, taken == changes.end() ? nullptr : &taken->change, date, last);
}

/// "744", of another title than 15 "22 CFR 121".
std::string part_name(int title, const std::string& part) {
  return title == 15 ? part : fmt::format("{} CFR {}", title, part);
}

std::string parts_held(const std::vector<std::pair<int, std::string>>& parts) {
  std::string text;
  for (const auto& [title, part] : parts) {
    text += (text.empty() ? "" : ", ") + part_name(title, part);
  }
  return text;
}

} // namespace

Result<Citation> text_citation(const std::vector<std::string>& words, std::string_view title) {
  const std::string text = fmt::format("{}", fmt::join(words, " "));
  TRY_ASSIGN(auto citation, title.empty() ? Citation::parse(text) : Citation::parse(text, title));
  switch (citation.kind()) {
  case CitationKind::part:
  case CitationKind::section:
  case CitationKind::appendix:
  case CitationKind::eccn:
    return citation;
  default:
    return fail(ErrorKind::usage,
                fmt::format("'{}' is a document, not a text of the CFR; give a section, "
                            "supplement, part or ECCN, e.g. 744.23 or 3B001.c.1",
                            citation.to_string()));
  }
}

Result<Citation> held_citation(store::Archive& archive, const std::vector<std::string>& words) {
  auto citation = text_citation(words);
  if (citation) {
    return citation;
  }
  const std::string name = fmt::format("{}", fmt::join(words, " "));
  const std::string wanted = letters_and_digits(name);
  if (wanted.empty()) {
    return citation;
  }
  store::SearchQuery query;
  query.all = {{name}};
  query.limit = most_namesakes;
  TRY_ASSIGN(const auto results, archive.search(query));
  std::vector<Citation> entries;
  for (const store::SearchResult& result : results) {
    const Citation& at = result.at;
    if (is_in_party_list(at) && at.steps().size() == party_depth &&
        letters_and_digits(at.steps().back().name) == wanted) {
      entries.push_back(at);
    }
  }
  if (entries.empty()) {
    return citation;
  }
  if (entries.size() == 1) {
    return entries.front();
  }
  std::vector<std::string> names;
  for (const Citation& entry : entries) {
    names.push_back("'" + entry.to_string() + "'");
  }
  return fail(ErrorKind::usage,
              fmt::format("'{}' is listed {} times; give one of: {}",
                          name,
                          entries.size(),
                          fmt::join(names, ", ")));
}

Result<std::vector<Citation>> text_citations(const std::vector<std::string>& words) {
  std::vector<std::vector<Citation>> pairs;
  for (std::size_t cut = 1; cut < words.size(); ++cut) {
    const auto middle = words.begin() + static_cast<std::ptrdiff_t>(cut);
    auto first = text_citation({words.begin(), middle});
    auto second = text_citation({middle, words.end()});
    if (first && second) {
      pairs.push_back({std::move(*first), std::move(*second)});
    }
  }
  auto one = text_citation(words);
  const bool two_arguments = words.size() == 2 && pairs.size() == 1;
  if (one && !two_arguments) {
    return std::vector{std::move(*one)};
  }
  if (pairs.size() == 1) {
    return std::move(pairs.front());
  }
  if (!pairs.empty()) {
    return fail(ErrorKind::usage,
                "the two citations cannot be told apart; put each in quotes of its own");
  }
  return tl::unexpected(std::move(one.error()));
}

int title_number(const Citation& citation) {
  int title = 15;
  const std::string& text = citation.title();
  std::from_chars(text.data(), text.data() + text.size(), title);
  return title;
}

Result<int> held_title(store::Archive& archive, const Citation& citation) {
  const int title = title_number(citation);
  if (citation.kind() != CitationKind::appendix) {
    return title;
  }
  TRY_ASSIGN(const auto parts, archive.planned_parts());
  std::optional<int> other;
  for (const auto& [held, part] : parts) {
    if (part == citation.part_number()) {
      if (held == title) {
        return title;
      }
      other = other.value_or(held);
    }
  }
  return other.value_or(title);
}

std::string sync_command(const Citation& citation) {
  const std::string name = part_name(title_number(citation), citation.part_number());
  const char* const quote = name.find(' ') == std::string::npos ? "" : "'";
  return fmt::format("regtrail sync --part {0}{1}{0}", quote, name);
}

Citation top_place(const Citation& citation) {
  Citation top = citation;
  for (Citation up = top.parent(); !up.empty() && !(up == up.unit()); up = up.parent()) {
    top = up;
  }
  return top;
}

std::optional<Citation> rebased(const Citation& place, const Citation& from, const Citation& to) {
  std::vector<Step> below;
  for (Citation up = place; !(up == from) && !up.empty(); up = up.parent()) {
    if (up.steps().empty()) {
      return std::nullopt;
    }
    below.push_back(up.steps().back());
  }
  Citation moved = to;
  for (auto step = below.rbegin(); step != below.rend(); ++step) {
    moved = moved.child(std::move(*step));
  }
  return moved;
}

Result<Date> date_held_on(const Citation& citation, const std::vector<Date>& dates, Date day) {
  const auto after = std::upper_bound(dates.begin(), dates.end(), day);
  if (after == dates.begin()) {
    return before_first_version(citation, day, dates.front());
  }
  return *std::prev(after);
}

Result<Date> part_date(store::Archive& archive, const Citation& citation, std::optional<Date> day) {
  TRY_ASSIGN(const int title, held_title(archive, citation));
  TRY_ASSIGN(auto dates, archive.snapshot_dates(title, citation.part_number()));
  if (dates.empty()) {
    return unknown_citation(archive, citation);
  }
  return day ? date_held_on(citation, dates, *day) : dates.back();
}

Result<std::vector<Unit>> part_units(store::Archive& archive, const Citation& part, Date date) {
  TRY_ASSIGN(auto units, archive.load_snapshot({title_number(part), part.part_number(), date}));
  if (units.empty()) {
    TRY(version_for(archive, part, date));
  }
  return units;
}

tl::unexpected<Error>
absent_place(store::Archive& archive, const Citation& citation, const UnitVersion& version) {
  store::ChangeQuery query;
  query.within = top_place(citation);
  query.until = version.from;
  TRY_ASSIGN(auto changes, archive.changes(query));
  const auto taken = std::find_if(changes.begin(), changes.end(), [&](const auto& stored) {
    return takes_away(stored.change, citation);
  });
  if (taken != changes.end()) {
    TRY_ASSIGN(auto before, archive.version_on(citation.unit(), taken->before_date));
    TRY_ASSIGN(auto node, before ? archive.load_node(*before, citation) : std::optional<Node>{});
    if (node) {
      return gone_since(citation, &taken->change, taken->after_date, taken->before_date);
    }
  }
  TRY_ASSIGN(auto unit, archive.load(version));
  return unknown_place(citation, unit.id, unit.root);
}

tl::unexpected<Error> unknown_place(const Citation& citation,
                                    const Citation& unit,
                                    const Node& root,
                                    std::string_view where) {
  Citation ancestor = citation.parent();
  while (!ancestor.empty() && find_node(root, unit, ancestor) == nullptr) {
    ancestor = ancestor.parent();
  }
  const Citation place = ancestor.empty() ? unit : ancestor;
  const Node* node = ancestor.empty() ? &root : find_node(root, unit, ancestor);
  const std::vector<Citation> children = children_of(place, *node);
  if (children.empty()) {
    return not_held(
        citation, fmt::format("'{}' has no parts of its own", place.to_string()), where);
  }
  return not_held(citation, "near: " + nearest_names(citation.to_string(), children), where);
}

tl::unexpected<Error> unknown_citation(store::Archive& archive, const Citation& citation) {
  TRY_ASSIGN(auto units, archive.units(citation.part_number()));
  TRY_ASSIGN(const int title, held_title(archive, citation));
  std::erase_if(units, [&](const Citation& unit) { return title_number(unit) != title; });
  if (units.empty()) {
    TRY_ASSIGN(auto parts, archive.planned_parts());
    // Most people want all of the EAR, and one part of another title.
    const bool whole_ear = parts.empty() && title == 15;
    const std::string command = whole_ear ? "regtrail sync" : sync_command(citation);
    return not_held(
        citation,
        parts.empty()
            ? fmt::format("the archive is empty; run: {}", command)
            : fmt::format("parts held: {}; to get more run: {}", parts_held(parts), command));
  }
  const Citation unit = citation.unit();
  TRY_ASSIGN(auto version, archive.version_on(unit, std::nullopt));
  if (!version) {
    return not_held(citation, "near: " + nearest_names(unit.to_string(), units));
  }
  TRY_ASSIGN(auto loaded, archive.load(*version));
  return unknown_place(citation, unit, loaded.root);
}

tl::unexpected<Error> before_first_version(const Citation& citation, Date asked, Date first) {
  return fail(
      ErrorKind::not_found,
      fmt::format("'{}' is not held on {}, its first version is of {}; give that date or a later "
                  "one, or fetch older ones: {} --since {}",
                  citation.to_string(),
                  asked.to_string(),
                  first.to_string(),
                  title_number(citation) == 15 ? "regtrail sync" : sync_command(citation),
                  asked.to_string()));
}

Result<UnitVersion>
version_for(store::Archive& archive, const Citation& citation, std::optional<Date> day) {
  const Citation unit = citation.unit();
  TRY_ASSIGN(auto held, archive.version_on(unit, day));
  // Without a day the newest is found, also when it is no longer in force.
  if (held && (day || !held->until)) {
    return *held;
  }
  TRY_ASSIGN(auto versions, archive.versions(unit));
  if (versions.empty()) {
    return unknown_citation(archive, citation);
  }
  const UnitVersion& first = versions.front();
  if (day && *day < first.from) {
    return before_first_version(unit, *day, first.from);
  }
  const UnitVersion* last = &first;
  for (const UnitVersion& version : versions) {
    if (!day || version.from <= *day) {
      last = &version;
    }
  }
  if (!last->until) {
    throw std::logic_error("a version in force was not found: " + unit.to_string());
  }
  return removed_on(archive, unit, *last->until);
}

} // namespace regtrail::query
