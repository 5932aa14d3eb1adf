#include "cli/pipeline/derive.hpp"

#include "cli/pipeline/sanity.hpp"
#include "diff/tree/tree_diff.hpp"
#include "parse/ecfr_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace regtrail::pipeline {
namespace {

using store::Archive;
using store::PartDate;
using store::PlannedDate;
using store::RawRecord;
using store::Transition;

constexpr std::chrono::hours confirmation_delay{24};

std::string part_name(const PartDate& date) {
  return fmt::format("{} CFR Part {}", date.title, date.part);
}

/// The neighbours of `date` in the plan, where they are derived.
struct Neighbours {
  std::optional<Date> before;
  std::optional<Date> after;
};

Neighbours derived_neighbours(const std::vector<PlannedDate>& plan, Date date) {
  Neighbours neighbours;
  const auto here = std::find_if(plan.begin(), plan.end(), [&](const PlannedDate& planned) {
    return planned.issue_date == date;
  });
  if (here == plan.end()) {
    return neighbours;
  }
  if (here != plan.begin() && std::prev(here)->derived) {
    neighbours.before = std::prev(here)->issue_date;
  }
  if (std::next(here) != plan.end() && std::next(here)->derived) {
    neighbours.after = std::next(here)->issue_date;
  }
  return neighbours;
}

Result<std::vector<Unit>>
parse_part(const std::string& bytes, const PartDate& date, const std::string& url) {
  parse::EcfrOptions options;
  options.source_name = url;
  options.title = std::to_string(date.title);
  auto document = parse::parse_ecfr(bytes, options);
  if (!document) {
    return tl::unexpected(document.error());
  }
  const auto foreign = [&](const Unit& unit) { return unit.id.part_number() != date.part; };
  if (document->units.empty() ||
      std::any_of(document->units.begin(), document->units.end(), foreign)) {
    return fail(ErrorKind::malformed,
                fmt::format("'{}' holds '{}' instead of {}; the answer is kept aside",
                            url,
                            document->scope,
                            part_name(date)));
  }
  return std::move(document->units);
}

/// A suspicious loss is believed when the same bytes came before, a day or more ago.
bool confirmed(const RawRecord& record, Timestamp now) {
  return !record.quarantine.empty() && now - record.fetched_at >= confirmation_delay;
}

Result<SideInfo> side_of(Archive& archive, const PartDate& date) {
  const auto plan = archive.planned_dates(date.title, date.part);
  if (!plan) {
    return tl::unexpected(plan.error());
  }
  SideInfo side;
  side.unit = part_name(date);
  side.date = date.issue_date;
  for (const PlannedDate& planned : *plan) {
    if (planned.issue_date == date.issue_date && planned.raw) {
      const auto record = archive.raw_record(*planned.raw);
      if (!record) {
        return tl::unexpected(record.error());
      }
      side.sha256 = record->sha256;
    }
  }
  return side;
}

Result<void> store_transition(Archive& archive,
                              const diff::Matcher& matcher,
                              const PartDate& before,
                              const PartDate& after,
                              Derived& derived) {
  const auto sides = archive.load_pair(before, after);
  if (!sides) {
    return tl::unexpected(sides.error());
  }
  diff::DiffOptions options;
  auto before_side = side_of(archive, before);
  auto after_side = side_of(archive, after);
  if (!before_side || !after_side) {
    return tl::unexpected((before_side ? after_side : before_side).error());
  }
  options.before = std::move(*before_side);
  options.after = std::move(*after_side);

  Transition transition;
  transition.title = after.title;
  transition.part = after.part;
  transition.before = before.issue_date;
  transition.after = after.issue_date;
  transition.diff = diff::diff_units(sides->first, sides->second, options);
  for (const Change& change : transition.diff.changes) {
    std::vector<Hit> hits;
    if (change.kind != ChangeKind::cosmetic) {
      hits = matcher.match(change);
      ++derived.changes;
    }
    derived.hits += static_cast<int>(
        std::count_if(hits.begin(), hits.end(), [](const Hit& hit) { return !hit.near; }));
    transition.hits.push_back(std::move(hits));
  }
  return archive.put_transition(transition);
}

Result<void> check_against(Archive& archive,
                           const PartDate& before,
                           const std::vector<Unit>& units,
                           const std::string& what) {
  const auto earlier = archive.load_snapshot(before);
  if (!earlier) {
    return tl::unexpected(earlier.error());
  }
  return check_loss(take_inventory(*earlier), take_inventory(units), what);
}

} // namespace

std::string part_stream(int title, const std::string& part) {
  return fmt::format("ecfr/full/title-{}/part-{}", title, part);
}

Result<Derived> derive_date(Archive& archive,
                            const diff::Matcher& matcher,
                            const PartDate& date,
                            store::RawId raw,
                            Timestamp now) {
  const auto record = archive.raw_record(raw);
  const auto bytes = record ? archive.raw_bytes(raw) : tl::unexpected(record.error());
  const auto plan = archive.planned_dates(date.title, date.part);
  if (!bytes || !plan) {
    return tl::unexpected(bytes ? plan.error() : bytes.error());
  }
  const auto units = parse_part(*bytes, date, record->url);
  if (!units) {
    return tl::unexpected(units.error());
  }
  const Neighbours neighbours = derived_neighbours(*plan, date.issue_date);
  const auto at = [&](Date day) { return PartDate{date.title, date.part, day}; };
  if (neighbours.before && !confirmed(*record, now)) {
    const std::string what = fmt::format("{} of {}", part_name(date), date.issue_date.to_string());
    if (auto sane = check_against(archive, at(*neighbours.before), *units, what); !sane) {
      return tl::unexpected(sane.error());
    }
  }

  Derived derived;
  for (const Unit& unit : *units) {
    derived.not_understood += static_cast<int>(unit.not_understood.size());
  }
  const auto stored = archive.in_transaction([&]() -> Result<void> {
    if (auto done = archive.set_planned_raw(date, raw); !done) {
      return done;
    }
    if (!record->quarantine.empty()) {
      if (auto done = archive.quarantine(raw, ""); !done) {
        return done;
      }
    }
    if (auto done = archive.put_snapshot(date, *units, record->fetched_at); !done) {
      return done;
    }
    if (neighbours.before) {
      auto done = store_transition(archive, matcher, at(*neighbours.before), date, derived);
      if (!done) {
        return done;
      }
    }
    if (neighbours.after) {
      return store_transition(archive, matcher, date, at(*neighbours.after), derived);
    }
    return {};
  });
  if (!stored) {
    return tl::unexpected(stored.error());
  }
  return derived;
}

} // namespace regtrail::pipeline
