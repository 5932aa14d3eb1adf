#include "query/evidence.hpp"

#include "model/digest.hpp"
#include "parse/page.hpp"
#include "query/items.hpp"
#include "query/lookup.hpp"
#include "query/pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace regtrail::query {
namespace {

using store::RawId;

/// The bytes of `ranges`, one behind the other.
std::string bytes_of(std::string_view body, const std::vector<ByteRange>& ranges) {
  std::string bytes;
  for (const ByteRange& range : ranges) {
    bytes += body.substr(range.offset, range.length);
  }
  return bytes;
}

/// Where the pieces of `body` stand in `other`, in this order; nullopt where one does not.
std::optional<std::vector<ByteRange>>
located(std::string_view body, const std::vector<ByteRange>& pieces, std::string_view other) {
  std::vector<ByteRange> found;
  std::size_t from = 0;
  for (const ByteRange& piece : pieces) {
    const std::size_t at = other.find(body.substr(piece.offset, piece.length), from);
    if (at == std::string_view::npos) {
      return std::nullopt;
    }
    found.push_back({at, piece.length});
    from = at + piece.length;
  }
  return found;
}

class Gatherer {
public:
  Gatherer(store::Archive& archive, const Register& entries, const Item& item, Date on)
      : m_archive(archive),
        m_entries(entries),
        m_on(on) {
    m_found.item = item;
  }

  Result<Evidence> gather() {
    TRY_ASSIGN(m_taken, m_archive.answers());
    TRY(add_documents());
    TRY(add_changes());
    TRY(add_effects());
    TRY(add_days());
    TRY(add_page());
    TRY(add_answers());
    TRY(add_people());
    for (auto& [key, text] : m_texts) {
      m_found.texts.push_back(std::move(text));
    }
    return std::move(m_found);
  }

private:
  void use(RawId raw, const std::string& use) {
    auto& uses = m_uses[raw];
    if (std::find(uses.begin(), uses.end(), use) == uses.end()) {
      uses.push_back(use);
    }
  }

  Result<void> add_documents() {
    const Item& item = m_found.item;
    if (item.rule) {
      m_numbers.insert(item.rule->number);
    }
    for (const ItemStep& step : item.steps) {
      m_numbers.insert(step.document);
    }
    for (const CalendarEntry& day : item.days) {
      m_numbers.insert(day.document);
    }
    for (const Change& change : item.changes) {
      for (const Cause& cause : change.causes) {
        if (answer_of(cause) == CauseAnswer::identified) {
          m_numbers.insert(cause.document);
        }
      }
    }
    m_numbers.erase("");
    for (const std::string& number : m_numbers) {
      TRY_ASSIGN(
          auto found,
          m_archive.find_documents(Citation::fr_document(number), store::DocumentContent::whole));
      for (store::StoredDocument& each : found) {
        if (each.metadata_raw) {
          use(*each.metadata_raw, "description of " + each.document.number);
        }
        if (each.text_raw) {
          use(*each.text_raw, "text of " + each.document.number);
        }
        m_found.documents.push_back(std::move(each.document));
      }
    }
    return {};
  }

  /// The transitions that the item's changes and events are of, and their texts.
  Result<void> add_changes() {
    std::set<std::string> ids;
    for (const Change& change : m_found.item.changes) {
      ids.insert(change.id);
    }
    store::ChangeQuery query;
    query.until = m_on;
    query.include_near = true;
    TRY_ASSIGN(auto changes, m_archive.changes(query));
    TRY_ASSIGN(auto events, m_archive.status_events(query));
    std::erase_if(changes, [&](const auto& each) { return !ids.contains(each.change.id); });
    std::erase_if(events, [&](const store::StoredChange& each) {
      return code_item_id(each.title, each.part, each.after_date) != m_found.item.id;
    });
    std::move(events.begin(), events.end(), std::back_inserter(changes));
    std::map<std::tuple<int, std::string, Date, Date>, std::set<Citation>> transitions;
    for (const store::StoredChange& each : changes) {
      m_told.insert(store::told_of(each));
      auto& units = transitions[{each.title, each.part, each.before_date, each.after_date}];
      units.insert(each.change.at.unit());
      if (each.change.was) {
        units.insert(each.change.was->unit());
      }
    }
    for (const auto& [key, units] : transitions) {
      const auto& [title, part, before, after] = key;
      for (const Citation& unit : units) {
        TRY(add_text(unit, {title, part, before}));
        TRY(add_text(unit, {title, part, after}));
      }
      TRY_ASSIGN(auto transition, m_archive.transition(title, part, before, after));
      add_redline(std::move(transition.diff), ids, units);
    }
    return {};
  }

  /// What of the comparison is the item's, and of its units what is no change.
  void
  add_redline(DiffResult diff, const std::set<std::string>& ids, const std::set<Citation>& units) {
    const auto elsewhere = [&](const auto& each) { return !units.contains(each.at.unit()); };
    std::erase_if(diff.changes, [&](const Change& each) { return !ids.contains(each.id); });
    std::erase_if(diff.notes, elsewhere);
    std::erase_if(diff.status, elsewhere);
    std::erase_if(diff.not_understood, elsewhere);
    m_found.redlines.push_back(std::move(diff));
  }

  /// What instructions make of the text in force.
  Result<void> add_effects() {
    DiffResult diff;
    diff.before.unit = fmt::format("text in force on {}", m_on.to_string());
    diff.after.unit = m_found.item.id;
    for (const Effect& effect : m_found.item.effects) {
      if (effect.change) {
        diff.changes.push_back(*effect.change);
        TRY(add_newest(effect.at.unit()));
      }
    }
    if (!diff.changes.empty()) {
      m_found.redlines.push_back(std::move(diff));
    }
    return {};
  }

  /// The places that print the item's days.
  Result<void> add_days() {
    for (const CalendarEntry& day : m_found.item.days) {
      if (!day.at.empty()) {
        m_places.insert(day.at);
        TRY(add_newest(day.at.unit()));
      }
    }
    return {};
  }

  Result<void> add_newest(const Citation& unit) {
    TRY_ASSIGN(const int title, held_title(m_archive, unit));
    TRY_ASSIGN(const Date date, part_date(m_archive, unit, m_on));
    return add_text(unit, {title, unit.part_number(), date});
  }

  Result<void> add_text(const Citation& unit, const store::PartDate& date) {
    const auto [entry, is_new] = m_texts.try_emplace(
        {unit, date.issue_date}, EvidenceText{unit, date.issue_date, {}, {}, 0, {}, {}});
    if (!is_new) {
      return {};
    }
    EvidenceText& text = entry->second;
    const std::string name =
        fmt::format("{} CFR Part {} on {}", date.title, date.part, date.issue_date.to_string());
    std::optional<RawId> taken;
    for (const store::Answer& answer : m_taken) {
      if (answer.date == date) {
        use(answer.raw,
            fmt::format("{}, taken {}{}",
                        name,
                        to_string(answer.from),
                        answer.until ? " until " + to_string(*answer.until) : ""));
        taken = answer.until ? taken : answer.raw;
      }
    }
    TRY_ASSIGN(const auto version, m_archive.version_on(unit, date.issue_date));
    if (!version) {
      return {};
    }
    TRY_ASSIGN(text.text, m_archive.load(*version));
    text.since = version->from;
    TRY_ASSIGN(const auto source, m_archive.text_source(*version));
    TRY_ASSIGN(const auto body, m_archive.raw_bytes(source.raw));
    text.raw = source.raw;
    text.ranges = source.ranges;
    text.sha256 = sha256(bytes_of(body, source.ranges));
    if (taken && *taken != source.raw) {
      TRY_ASSIGN(const auto other, m_archive.raw_bytes(*taken));
      if (auto ranges = located(body, source.ranges, other)) {
        text.raw = *taken;
        text.ranges = *std::move(ranges);
      }
    }
    if (!taken || *taken != text.raw) {
      use(text.raw, fmt::format("text of {} on {}", unit.to_string(), date.issue_date.to_string()));
    }
    return {};
  }

  /// The version of a watched page and the one before it.
  Result<void> add_page() {
    const Item& item = m_found.item;
    if (!item.page) {
      return {};
    }
    const auto& watches = m_entries.watches;
    const auto watch = std::find_if(watches.begin(), watches.end(), [&](const Watch& each) {
      return each.id == item.page->watch;
    });
    TRY_ASSIGN(const auto versions, page_versions(m_archive, *watch));
    const Citation unit = parse::page_citation(watch->id);
    const Date day = item.steps.front().date.value();
    std::vector<EvidenceText> read;
    for (const PageVersion& version : versions) {
      const auto page = read_version(m_archive, *watch, version);
      if (version.day > day || !page || !parse::why_no_version(*page, *watch).empty()) {
        continue;
      }
      read.push_back({unit,
                      version.day,
                      parse::page_unit(*page, *watch),
                      version.day,
                      version.record.id,
                      {},
                      version.record.sha256});
    }
    DiffResult diff;
    diff.after = {unit.to_string(), day, {}};
    diff.changes = item.changes;
    if (read.size() > 1) {
      diff.before = {unit.to_string(), read[read.size() - 2].day, {}};
      read.erase(read.begin(), read.end() - 2);
    }
    for (EvidenceText& text : read) {
      use(text.raw, fmt::format("{} on {}", unit.to_string(), text.day.to_string()));
      m_texts.emplace(std::pair(unit, text.day), std::move(text));
    }
    m_found.redlines.push_back(std::move(diff));
    return {};
  }

  Result<void> add_answers() {
    for (auto& [raw, uses] : m_uses) {
      EvidenceAnswer answer;
      TRY_ASSIGN(answer.record, m_archive.raw_record(raw));
      TRY_ASSIGN(answer.fetches, m_archive.fetches(raw));
      TRY_ASSIGN(answer.body, m_archive.raw_bytes(raw));
      answer.uses = std::move(uses);
      m_found.answers.push_back(std::move(answer));
    }
    return {};
  }

  /// What people were told and what they said.
  Result<void> add_people() {
    const Item& item = m_found.item;
    std::set<Citation> units;
    if (item.rule) {
      units.insert(Citation::fr_document(item.id));
    }
    for (const ItemStep& step : item.steps) {
      if (!step.document.empty()) {
        units.insert(Citation::fr_document(step.document));
      }
    }
    if (item.page) {
      units.insert(parse::page_citation(item.page->watch));
    }
    const auto steps = [&](const store::Told& told) {
      return std::any_of(item.steps.begin(), item.steps.end(), [&](const ItemStep& step) {
        return to_string(step.kind) == told.step && step.date == told.issue_date;
      });
    };
    TRY_ASSIGN(m_found.messages, m_archive.messages_telling([&](const store::Told& told) {
      return m_told.contains(told) || (units.contains(told.unit) && (!item.page || steps(told))) ||
             (m_places.contains(told.at) && steps(told));
    }));
    TRY_ASSIGN(m_found.judgements, m_archive.judgements());
    std::erase_if(m_found.judgements, [&](const store::Judgement& each) {
      return items_by_id({item}, each.item).empty() &&
             !units.contains(Citation::fr_document(each.item));
    });
    return {};
  }

  store::Archive& m_archive;
  const Register& m_entries;
  Date m_on;
  Evidence m_found;
  std::vector<store::Answer> m_taken;
  std::set<std::string> m_numbers;                  ///< of the item's documents
  std::set<store::Told> m_told;                     ///< what its changes are told as
  std::set<Citation> m_places;                      ///< that print its days
  std::map<RawId, std::vector<std::string>> m_uses; ///< of answers
  std::map<std::pair<Citation, Date>, EvidenceText> m_texts;
};

} // namespace

Result<Evidence>
gather_evidence(store::Archive& archive, const Register& entries, const Item& item, Date on) {
  return Gatherer(archive, entries, item, on).gather();
}

} // namespace regtrail::query
