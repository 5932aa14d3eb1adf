#include "query/place_views.hpp"

#include "ear/record.hpp"
#include "model/supplement.hpp"
#include "query/blame.hpp"
#include "query/day_of_law.hpp"
#include "query/history.hpp"
#include "query/lookup.hpp"
#include "query/pending.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace regtrail::query {
namespace {

constexpr std::chrono::days late{30}; ///< by which the eCFR may follow the law

bool bears_on(const Citation& what, const Citation& place) {
  return what.is_within(place) || place.is_within(what);
}

bool bears_on(const PendingAmendment& pending, const Citation& place) {
  return std::any_of(pending.targets.begin(), pending.targets.end(), [&](const Citation& target) {
    return bears_on(target, place);
  });
}

/// Records of `node`, where it is an entry, and of the entries of parties below it.
void add_records(std::map<std::string, Record>& records, const Citation& at, const Node& node) {
  std::vector<std::tuple<Citation, const Node*, const Node*>> open{{at, &node, nullptr}};
  while (!open.empty()) {
    const auto [place, each, parent] = std::move(open.back());
    open.pop_back();
    if (each->kind == NodeKind::entry || is_in_party_list(place)) {
      Record record = ear::read_record(place, *each, parent);
      if (record.index() != 0) {
        records.emplace(place.to_string(), std::move(record));
      }
    }
    // Parties stand below a country, their parts below them.
    if (place.kind() == CitationKind::appendix && place.steps().size() < 3) {
      const std::vector<Step> steps = child_steps(*each);
      for (std::size_t i = 0; i < steps.size(); ++i) {
        open.emplace_back(place.child(steps[i]), &each->children[i], each);
      }
    }
  }
}

std::string heading_of(const Node& node) {
  for (const Node& child : node.children) {
    if (child.kind == NodeKind::heading) {
      return shown_text(child);
    }
  }
  return {};
}

/// What the CCL has, and what it had by its changes.
std::vector<Citation> entries_of(const Unit& list, const History& history) {
  std::vector<Citation> entries;
  const auto add = [&](const Citation& at) {
    if (at.kind() == CitationKind::eccn) {
      entries.push_back(Citation::eccn(at.name()));
    }
  };
  for (const Step& step : child_steps(list.root)) {
    add(list.id.child(step));
  }
  for (const HistoryEntry& version : history.versions) {
    for (const Change& change : version.changes) {
      add(change.at);
      add(change.was.value_or(Citation()));
    }
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

/// A version of a view's place, and what the place was called then.
struct WantedText {
  std::size_t view = 0;
  std::size_t entry = 0;
  Citation at;
};

} // namespace

Result<PlaceViews> PlaceViews::read(store::Archive& archive, Date today, std::size_t limit) {
  PlaceViews views(archive);
  views.m_today = today;
  views.m_limit = limit;
  TRY_ASSIGN(views.m_pending, known_pending(archive, {}, today));
  TRY_ASSIGN(const auto code, archive.source_status("ecfr"));
  if (views.m_pending && code && code->valid_through) {
    TRY_ASSIGN(views.m_recent, pending_amendments(archive, {}, *code->valid_through - late));
    std::erase_if(views.m_recent, [&](const PendingAmendment& each) {
      return !each.effective || *each.effective > today;
    });
  }
  TRY_ASSIGN(const auto events, archive.status_events({}));
  for (const store::StoredChange& stored : events) {
    views.m_events.push_back(*stored.status);
  }
  return views;
}

Result<std::vector<PlaceView>> PlaceViews::of_part(int title, const std::string& part) {
  std::vector<PlaceView> views;
  TRY_ASSIGN(const auto units, m_archive.units(part));
  for (const Citation& unit : units) {
    TRY_ASSIGN(const int held, held_title(m_archive, unit));
    if (held == title) {
      TRY(add_unit(unit, views));
    }
  }
  std::vector<History*> histories;
  for (PlaceView& view : views) {
    histories.push_back(&view.history);
    TRY(add_ahead(view));
  }
  TRY(mark_days_of_law(m_archive, histories));
  TRY(add_texts(views));
  return views;
}

Result<void> PlaceViews::add_unit(const Citation& unit, std::vector<PlaceView>& views) {
  TRY_ASSIGN(auto history, assemble_history(m_archive, unit));
  TRY_ASSIGN(const auto version, m_archive.version_on(unit, std::nullopt));
  TRY_ASSIGN(Unit text, m_archive.load(*version));
  std::vector<Citation> places{unit};
  if (unit.name() == commerce_control_list) {
    const auto entries = entries_of(text, history);
    places.insert(places.end(), entries.begin(), entries.end());
  }
  Blame blame;
  if (!version->until && unit.kind() != CitationKind::part) { // that would be of all its units
    TRY_ASSIGN(blame, assemble_blame(m_archive, unit, std::nullopt));
    TRY(mark_days_of_law(m_archive, blame));
  }
  for (const Citation& place : places) {
    PlaceView view;
    view.at = place;
    const Node* node = find_node(text.root, unit, place);
    view.gone = version->until.has_value() || node == nullptr;
    if (node != nullptr) {
      view.heading = heading_of(*node);
    }
    if (!view.gone) {
      view.text = *node;
      view.notes = text.notes;
      add_records(view.records, place, *node);
    }
    if (place == unit) {
      view.history = std::move(history);
    } else {
      TRY_ASSIGN(view.history, assemble_history(m_archive, place));
    }
    views.push_back(std::move(view));
  }
  std::map<std::string, PlaceView*> by_name;
  for (std::size_t i = views.size() - places.size(); i < views.size(); ++i) {
    by_name.emplace(views[i].at.name(), &views[i]);
  }
  for (BlameLine& line : blame.lines) {
    // An entry's lines are shown on its own page.
    const auto found = by_name.find(line.at.name());
    PlaceView& view = found == by_name.end() ? *by_name.at(unit.name()) : *found->second;
    view.blame.emplace(line.at.to_string(), std::move(line));
  }
  return {};
}

Result<void> PlaceViews::add_ahead(PlaceView& view) {
  if (m_pending) {
    auto& pending = view.history.pending.emplace();
    std::copy_if(m_pending->begin(),
                 m_pending->end(),
                 std::back_inserter(pending),
                 [&](const PendingAmendment& each) { return bears_on(each, view.at); });
  }
  std::copy_if(m_events.begin(),
               m_events.end(),
               std::back_inserter(view.events),
               [&](const StatusEvent& event) { return bears_on(event.at, view.at); });
  if (std::any_of(m_recent.begin(), m_recent.end(), [&](const PendingAmendment& each) {
        return bears_on(each, view.at);
      })) {
    TextOnDay day;
    TRY(add_not_shown(m_archive, view.at, m_today, day));
    view.not_shown = std::move(day.in_force_not_shown);
  }
  return {};
}

/// Each version of each unit is read once, the oldest first: neighbours share the answer that they
/// are read from.
Result<void> PlaceViews::add_texts(std::vector<PlaceView>& views) {
  std::map<std::pair<Date, std::int64_t>, std::pair<UnitVersion, std::vector<WantedText>>> wanted;
  for (std::size_t i = 0; i < views.size(); ++i) {
    Citation at = views[i].at;
    if (at.kind() == CitationKind::part) {
      continue;
    }
    const auto& versions = views[i].history.versions;
    views[i].texts.resize(versions.size());
    for (std::size_t j = 0; j < versions.size(); ++j) {
      if (versions[j].status != VersionStatus::removed) {
        TRY_ASSIGN(const auto version, m_archive.version_on(at, versions[j].from));
        if (version) {
          auto& texts = wanted[{version->from, version->key}];
          texts.first = *version;
          texts.second.push_back({i, j, at});
        }
      }
      at = versions[j].was.value_or(at);
    }
  }
  std::vector<std::set<std::string>> different(views.size());
  std::vector<std::size_t> sizes(views.size());
  for (const auto& [key, texts] : wanted) {
    std::optional<Unit> unit;
    for (const WantedText& each : texts.second) {
      if (sizes[each.view] > m_limit) {
        continue;
      }
      if (!unit) {
        TRY_ASSIGN(unit, m_archive.load(texts.first));
      }
      const Node* node = find_node(unit->root, unit->id, each.at);
      auto& lines = views[each.view].texts[each.entry];
      lines = node == nullptr ? std::vector<PlaceLine>() : lines_of(*node, each.at);
      for (const PlaceLine& line : lines) {
        if (different[each.view].insert(line.text).second) {
          sizes[each.view] += line.text.size();
        }
      }
      if (sizes[each.view] > m_limit) {
        views[each.view].texts.assign(views[each.view].texts.size(), {});
        different[each.view].clear();
      }
    }
  }
  return {};
}

} // namespace regtrail::query
