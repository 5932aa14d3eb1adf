#include "sync/derive.hpp"

#include "diff/tree/tree_diff.hpp"
#include "federal_register/printed_days.hpp"
#include "query/compare.hpp"
#include "query/nodes_above.hpp"
#include "sync/causes.hpp"
#include "sync/part_text.hpp"
#include "sync/plan.hpp"
#include "sync/sanity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace regtrail::sync {
namespace {

using store::Archive;
using store::PartDate;
using store::PlannedDate;
using store::RawRecord;
using store::Transition;

constexpr std::chrono::hours confirmation_delay{24};

/// Dates that follow each other in the plan follow each other in law, but for one case: when the
/// eCFR was not pulled back to its beginning, years may lie between the last edition and its text.
bool follow_each_other(const PlannedDate& before, const PlannedDate& after) {
  return before.edition == after.edition || after.issue_date <= ecfr_begins;
}

/// The neighbours of a date in the plan, where they are derived. Between an annual edition and the
/// eCFR the editors changed, not only the law.
struct Neighbours {
  std::optional<Date> before;
  std::optional<Date> after;
  bool same_edition_before = false;
  bool same_edition_after = false;
};

Neighbours derived_neighbours(const std::vector<PlannedDate>& plan, Date date) {
  Neighbours neighbours;
  const auto here = std::find_if(plan.begin(), plan.end(), [&](const PlannedDate& planned) {
    return planned.issue_date == date;
  });
  if (here == plan.end()) {
    return neighbours;
  }
  if (here != plan.begin()) {
    const PlannedDate& before = *std::prev(here);
    if (before.derived && follow_each_other(before, *here)) {
      neighbours.before = before.issue_date;
      neighbours.same_edition_before = before.edition == here->edition;
    }
  }
  if (std::next(here) != plan.end()) {
    const PlannedDate& after = *std::next(here);
    if (after.derived && follow_each_other(*here, after)) {
      neighbours.after = after.issue_date;
      neighbours.same_edition_after = after.edition == here->edition;
    }
  }
  return neighbours;
}

/// A suspicious loss is believed when the same bytes came before, a day or more ago.
bool confirmed(const RawRecord& record, Timestamp now) {
  return !record.quarantine.empty() && now - record.fetched_at >= confirmation_delay;
}

Result<void> store_transition(Archive& archive,
                              const diff::Matcher& matcher,
                              const PartDate& before,
                              const PartDate& after,
                              Timestamp when,
                              Derived& derived) {
  TRY_ASSIGN(const auto sides, archive.load_pair(before, after));
  diff::DiffOptions options;
  TRY_ASSIGN(options.before, query::part_side(archive, before));
  TRY_ASSIGN(options.after, query::part_side(archive, after));

  Transition transition;
  transition.title = after.title;
  transition.part = after.part;
  transition.before = before.issue_date;
  transition.after = after.issue_date;
  transition.diff = diff::diff_units(sides.first, sides.second, options);
  for (const Change& change : transition.diff.changes) {
    std::vector<Hit> hits;
    if (change.kind != ChangeKind::cosmetic) {
      hits = matcher.match(change, query::node_above(matcher, sides.second, change));
      ++derived.changes;
    }
    derived.hits += static_cast<int>(
        std::count_if(hits.begin(), hits.end(), [](const Hit& hit) { return !hit.near; }));
    transition.hits.push_back(std::move(hits));
  }
  TRY(archive.put_transition(transition, when));
  return mark_causes(archive, after.title, after.part, after.issue_date);
}

/// The loss between two neighbouring dates, unless `record`, the answer for the later one, is
/// confirmed or says that the part is gone. A quarantined error is the verdict.
Result<void> check_loss_between(const store::Inventory& before,
                                const store::Inventory& after,
                                const PartDate& after_date,
                                const RawRecord& record,
                                Timestamp now) {
  if (says_gone(record) || confirmed(record, now)) {
    return {};
  }
  return check_loss(before, after, name_of(after_date));
}

/// The answer for the later neighbour when it turns out to have lost too much against `units`.
struct Suspect {
  PartDate date;
  store::RawId raw = 0;
  std::string reason;
};

Result<std::optional<Suspect>> suspect_later(Archive& archive,
                                             const std::vector<PlannedDate>& plan,
                                             const PartDate& later,
                                             const store::Inventory& earlier,
                                             Timestamp now) {
  const auto planned = std::find_if(plan.begin(), plan.end(), [&](const PlannedDate& each) {
    return each.issue_date == later.issue_date && each.raw;
  });
  if (planned == plan.end()) {
    return std::nullopt;
  }
  TRY_ASSIGN(const auto record, archive.raw_record(*planned->raw));
  TRY_ASSIGN(const auto after, archive.inventory(later));
  const auto checked = check_loss_between(earlier, after, later, record, now);
  return checked ? std::nullopt
                 : std::optional(Suspect{later, *planned->raw, checked.error().message});
}

/// What follows from a date besides its own texts.
struct Consequences {
  Neighbours neighbours;
  std::optional<Suspect> suspect; ///< the later neighbour, which is taken back
};

/// Stores the snapshot and the transitions to the neighbours.
Result<void> store_date(Archive& archive,
                        const diff::Matcher& matcher,
                        const PartDate& date,
                        store::RawId raw,
                        const std::vector<Unit>& units,
                        const Consequences& consequences,
                        Timestamp when,
                        Derived& derived) {
  const Neighbours& neighbours = consequences.neighbours;
  const auto at = [&](Date day) { return PartDate{date.title, date.part, day}; };
  for (const Unit& unit : units) {
    derived.not_understood += static_cast<int>(unit.not_understood.size());
  }
  TRY(archive.put_snapshot(date, raw, units, when, federal_register::days_in));
  if (const auto& suspect = consequences.suspect) {
    derived.withdrawn = suspect->date.issue_date;
    derived.reason = suspect->reason;
    TRY(archive.quarantine(suspect->raw, suspect->reason));
    TRY(archive.withdraw_snapshot(suspect->date, when));
  }
  if (neighbours.before) {
    TRY(store_transition(archive, matcher, at(*neighbours.before), date, when, derived));
  }
  if (neighbours.after && !consequences.suspect) {
    TRY(store_transition(archive, matcher, date, at(*neighbours.after), when, derived));
  }
  return {};
}

} // namespace

void add(SyncReport& report, const Derived& derived) {
  ++report.new_dates;
  report.new_changes += derived.changes;
  report.new_hits += derived.hits;
  report.not_understood += derived.not_understood;
}

Result<Derived> derive_date(Archive& archive,
                            const diff::Matcher& matcher,
                            const PartDate& date,
                            store::RawId raw,
                            Timestamp now) {
  TRY_ASSIGN(const auto record, archive.raw_record(raw));
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(raw));
  TRY_ASSIGN(const auto plan, archive.planned_dates(date.title, date.part));
  TRY_ASSIGN(const auto units, read_part(bytes, record, date));
  const Neighbours neighbours = derived_neighbours(plan, date.issue_date);
  const store::Inventory inventory = take_inventory(units);
  const auto at = [&](Date day) { return PartDate{date.title, date.part, day}; };
  if (neighbours.before && neighbours.same_edition_before) {
    TRY_ASSIGN(const auto before, archive.inventory(at(*neighbours.before)));
    TRY(check_loss_between(before, inventory, date, record, now));
  }
  std::optional<Suspect> suspect;
  if (neighbours.after && neighbours.same_edition_after) {
    TRY_ASSIGN(suspect, suspect_later(archive, plan, at(*neighbours.after), inventory, now));
  }
  Derived derived;
  TRY(archive.in_transaction([&]() -> Result<void> {
    TRY(archive.set_planned_raw(date, record.id, now));
    if (!record.quarantine.empty()) {
      TRY(archive.quarantine(record.id, ""));
    }
    return store_date(archive, matcher, date, raw, units, {neighbours, suspect}, now, derived);
  }));
  return derived;
}

Result<Derived> derive_again(Archive& archive,
                             const diff::Matcher& matcher,
                             const PartDate& date,
                             store::RawId raw,
                             Timestamp when,
                             const std::vector<PartDate>& kept) {
  TRY_ASSIGN(const auto record, archive.raw_record(raw));
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(raw));
  TRY_ASSIGN(const auto plan, archive.planned_dates(date.title, date.part));
  TRY_ASSIGN(const auto units, read_part(bytes, record, date));
  Consequences consequences{derived_neighbours(plan, date.issue_date), std::nullopt};
  // What is known of a date whose answer is damaged stays as it is.
  const auto leave_out_kept = [&](std::optional<Date>& neighbour) {
    if (neighbour &&
        std::find(kept.begin(), kept.end(), PartDate{date.title, date.part, *neighbour}) !=
            kept.end()) {
      neighbour.reset();
    }
  };
  leave_out_kept(consequences.neighbours.before);
  leave_out_kept(consequences.neighbours.after);
  Derived derived;
  TRY(store_date(archive, matcher, date, raw, units, consequences, when, derived));
  return derived;
}

} // namespace regtrail::sync
