#include "query/day_of_law.hpp"

#include "diff/cause/day_of_law.hpp"
#include "query/history.hpp"
#include "query/lookup.hpp"
#include "query/pending.hpp"
#include "query/related_documents.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>

namespace regtrail::query {
namespace {

constexpr double sure = 0.8;          ///< a cause above it gives its day to the change
constexpr std::chrono::days late{30}; ///< by which the eCFR may follow the law
constexpr std::chrono::days early{7}; ///< by which its date may be before that of the law

class DaysOfLaw {
public:
  explicit DaysOfLaw(store::Archive& archive) : m_archive(archive), m_documents(archive) {}

  Result<std::optional<Date>> of(const Cause& cause) {
    if (cause.document.empty() || cause.confidence <= sure) {
      return std::optional<Date>();
    }
    const auto key = std::pair(cause.document, cause.instruction);
    if (const auto known = m_days.find(key); known != m_days.end()) {
      return known->second;
    }
    std::optional<Date> day;
    TRY_ASSIGN(const auto held,
               m_archive.find_documents(Citation::fr_document(cause.document),
                                        store::DocumentContent::described));
    if (!held.empty()) {
      TRY_ASSIGN(const auto documents, m_documents.read({cause.document}));
      for (const Document* document : documents) {
        if (document->number == cause.document) {
          day = diff::day_of_law(*document, cause.instruction, documents);
        }
      }
    }
    m_days.emplace(key, day);
    return day;
  }

  /// Of a version: the day that all of its changes of law share.
  Result<std::optional<Date>> of(const HistoryEntry& entry) {
    std::optional<Date> shared;
    for (const Change& change : entry.changes) {
      if (change.kind == ChangeKind::cosmetic) {
        continue;
      }
      TRY_ASSIGN(const auto day,
                 change.causes.empty() ? std::optional<Date>() : of(change.causes.front()));
      if (!day || (shared && *shared != *day)) {
        return std::optional<Date>();
      }
      shared = day;
    }
    return shared;
  }

private:
  store::Archive& m_archive;
  RelatedDocuments m_documents;
  std::map<std::pair<std::string, std::string>, std::optional<Date>> m_days;
};

void describe(TextOnDay& text, const HistoryEntry& entry) {
  text.from = entry.from;
  text.baseline = entry.baseline;
  text.in_force_from = entry.in_force_from;
  if (!entry.causes.empty()) {
    text.cause = entry.causes.front();
  }
}

/// The eCFR's day whose text at the place was law on `day`: a later one where the eCFR followed the
/// law, an earlier one where it shows what is not yet in force. Versions from before the place had
/// its name are another place's.
Date code_day(const History& history, Date day) {
  Date shown = day;
  for (const HistoryEntry& entry : history.versions) {
    if (entry.in_force_from.value_or(entry.from) <= day) {
      return std::max(shown, entry.from);
    }
    if (entry.from <= shown) {
      shown = entry.from - std::chrono::days(1);
    }
    if (entry.was) {
      break;
    }
  }
  return shown;
}

/// True when a change is stored at a place that `amendment` is to change, from when it was due; or
/// where no change can be stored: of notes, and of what was due before the oldest text held.
Result<bool>
may_be_shown(store::Archive& archive, const Citation& place, const PendingAmendment& amendment) {
  for (const Citation& target : amendment.targets) {
    const std::string last = target.steps().empty() ? "" : target.steps().back().name;
    TRY_ASSIGN(const auto dates,
               archive.snapshot_dates(title_number(target), target.part_number()));
    if (last == "authority" || last == "source" || dates.empty() ||
        dates.front() >= *amendment.effective) {
      return true;
    }
    store::ChangeQuery query;
    query.within = target.is_within(place) ? target : place;
    query.since = *amendment.effective - early;
    query.limit = 1;
    TRY_ASSIGN(const auto changes, archive.changes(query));
    if (!changes.empty()) {
      return true;
    }
  }
  return false;
}

/// Amendments of the last weeks that are in force on `day` and that the eCFR, which has answered
/// through `through`, does not show.
Result<std::vector<PendingAmendment>>
not_codified(store::Archive& archive, const Citation& place, Date through, Date day) {
  std::vector<PendingAmendment> found;
  TRY_ASSIGN(const auto recent, pending_amendments(archive, place, through - late));
  for (const PendingAmendment& each : recent) {
    if (!each.effective || *each.effective > day) {
      continue;
    }
    TRY_ASSIGN(const auto shown,
               *each.effective > through ? Result<bool>(false)
                                         : may_be_shown(archive, place, each));
    if (!shown) {
      found.push_back(each);
    }
  }
  return found;
}

const HistoryEntry* entry_of(const History& history, Date from) {
  const auto found = std::find_if(history.versions.begin(),
                                  history.versions.end(),
                                  [&](const HistoryEntry& each) { return each.from <= from; });
  return found == history.versions.end() ? nullptr : &*found;
}

} // namespace

Result<void> mark_days_of_law(store::Archive& archive, History& history) {
  return mark_days_of_law(archive, std::vector<History*>{&history});
}

Result<void> mark_days_of_law(store::Archive& archive, const std::vector<History*>& histories) {
  DaysOfLaw days(archive);
  for (History* history : histories) {
    for (HistoryEntry& entry : history->versions) {
      TRY_ASSIGN(entry.in_force_from, days.of(entry));
    }
  }
  return {};
}

Result<void> mark_days_of_law(store::Archive& archive, Blame& blame) {
  DaysOfLaw days(archive);
  for (BlameLine& line : blame.lines) {
    if (line.cause) {
      TRY_ASSIGN(line.in_force_from, days.of(*line.cause));
    }
  }
  return {};
}

Result<VersionOnDay>
text_on_day(store::Archive& archive, const Citation& citation, std::optional<Date> day) {
  VersionOnDay found;
  found.text.asked = day;
  if (!day) {
    TRY_ASSIGN(found.version, version_for(archive, citation, day));
    return found;
  }
  TRY_ASSIGN(auto history, assemble_history(archive, citation));
  TRY(mark_days_of_law(archive, history));
  TRY_ASSIGN(found.version, version_for(archive, citation, code_day(history, *day)));
  const HistoryEntry* law = entry_of(history, found.version.from);
  if (law != nullptr) {
    describe(found.text, *law);
  }
  return found;
}

Result<void>
add_not_shown(store::Archive& archive, const Citation& citation, Date today, TextOnDay& text) {
  TRY_ASSIGN(const auto code, archive.source_status("ecfr"));
  const std::optional<Date> through = code ? code->valid_through : std::nullopt;
  const Date day = text.asked.value_or(today);
  if (through && day <= *through && text.asked) {
    return {}; // the text of a day gone by, and of it all is known
  }
  if (text.asked && through) {
    text.known_through = through;
  }
  TRY_ASSIGN(text.pending, known_pending(archive, citation, today));
  if (text.pending && through) {
    TRY_ASSIGN(text.in_force_not_shown,
               not_codified(archive, citation, *through, std::min(day, today)));
  }
  return {};
}

} // namespace regtrail::query
