#include "query/items.hpp"

#include "diff/cause/delays.hpp"
#include "diff/relevance/matcher.hpp"
#include "query/calendar.hpp"
#include "query/effects.hpp"
#include "query/item_acts.hpp"
#include "query/item_days.hpp"
#include "query/item_steps.hpp"
#include "query/measures.hpp"
#include "query/merged_hits.hpp"
#include "query/pages.hpp"
#include "query/related_documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace regtrail::query {
namespace {

using store::StoredChange;

/// A RIN or docket of more documents is that of a series and says nothing of two of them.
constexpr std::size_t longest_rulemaking = 40;

Direction direction_of(const std::vector<Change>& changes) {
  std::set<Direction> said;
  for (const Change& change : changes) {
    for (const TypedChange& typed : change.typed) {
      said.insert(typed.direction);
    }
  }
  const bool tightened = said.contains(Direction::tightened);
  if (tightened != said.contains(Direction::loosened)) {
    return tightened ? Direction::tightened : Direction::loosened;
  }
  return said == std::set{Direction::neutral} ? Direction::neutral : Direction::unclear;
}

std::string id_of(const StoredChange& change) {
  return code_item_id(change.title, change.part, change.after_date);
}

class Builder {
public:
  Builder(store::Archive& archive, const diff::Matcher& matcher, const ItemQuery& query)
      : m_archive(archive),
        m_matcher(matcher),
        m_query(query),
        m_related(archive) {}

  Result<std::vector<Item>> build() {
    TRY(read_documents());
    TRY(read_changes());
    std::vector<Item> items;
    TRY_ASSIGN(const auto numbers, wanted_documents());
    for (const std::string& number : numbers) {
      TRY_ASSIGN(auto item, of_document(number));
      keep(std::move(item), items);
    }
    for (auto& [id, changes] : m_unexplained) {
      keep(of_code(id, changes), items);
    }
    for (const NamedDay& day : m_calendar.of_law()) {
      TRY_ASSIGN(auto item, of_day(day));
      keep(std::move(item), items);
    }
    TRY_ASSIGN(auto pages, page_items(m_archive, m_matcher, m_query));
    std::move(pages.begin(), pages.end(), std::back_inserter(items));
    std::stable_sort(items.begin(), items.end(), [](const Item& left, const Item& right) {
      return std::tuple(newest(right), is_own(right), right.severity, left.id) <
             std::tuple(newest(left), is_own(left), left.severity, right.id);
    });
    return items;
  }

private:
  Result<void> read_documents() {
    TRY_ASSIGN(auto stored, m_archive.documents({}));
    for (store::StoredDocument& each : stored) {
      const std::string number = each.document.number;
      m_documents.emplace(number, std::move(each.document));
    }
    TRY_ASSIGN(m_acts, ItemActs::read(m_archive, m_documents));
    for (const auto& [number, document] : m_documents) {
      if (says_not_enforced(document)) {
        TRY_ASSIGN(m_not_enforced[number], m_archive.relations_of(number));
      }
    }
    TRY_ASSIGN(m_document_hits, m_archive.document_hits());
    TRY_ASSIGN(m_calendar, Calendar::read(m_archive));
    for (const auto& [number, document] : m_documents) {
      for (const auto& names : {document.rins, document.dockets}) {
        for (const std::string& name : names) {
          m_rulemakings[name].insert(number);
        }
      }
    }
    return {};
  }

  Result<void> read_changes() {
    store::ChangeQuery query;
    query.since = m_query.since;
    query.until = m_query.on;
    query.include_near = true;
    TRY_ASSIGN(auto changes, m_archive.changes(query));
    for (StoredChange& change : changes) {
      add(std::move(change));
    }
    TRY_ASSIGN(auto events, m_archive.status_events(query));
    for (StoredChange& event : events) {
      // The event's word stands for a text: none of the law's has changed, so only the place
      // counts.
      Change happened = event.change;
      happened.kind = ChangeKind::revised;
      happened.after = to_string(event.status->event);
      event.hits = m_matcher.match(happened);
      m_unexplained[id_of(event)].push_back(std::move(event));
    }
    return {};
  }

  /// To the items of the documents that made it, else to that of its part and date.
  void add(StoredChange&& change) {
    std::set<std::string> items;
    for (const Cause& cause : change.change.causes) {
      if (answer_of(cause) == CauseAnswer::identified && m_documents.contains(cause.document)) {
        items.merge(m_acts.items_of(cause.document));
      }
    }
    for (const std::string& item : items) {
      m_explained[item].push_back(change);
    }
    if (items.empty()) {
      m_unexplained[id_of(change)].push_back(std::move(change));
    }
  }

  /// Of the documents with something in the time asked for.
  Result<std::set<std::string>> wanted_documents() {
    std::set<std::string> numbers;
    if (!m_query.since) {
      for (const auto& [number, document] : m_documents) {
        numbers.merge(m_acts.items_of(number));
      }
      return numbers;
    }
    const auto in_time = [&](const std::optional<Date>& day) {
      return day && *day >= *m_query.since && *day <= m_query.on;
    };
    for (const auto& [number, document] : m_documents) {
      if (in_time(document.filed) || in_time(document.published)) {
        numbers.merge(m_acts.items_of(number));
      }
    }
    store::DocumentQuery dated;
    dated.since = m_query.since;
    dated.until = m_query.on;
    TRY_ASSIGN(const auto effective, m_archive.documents(dated));
    for (const store::StoredDocument& each : effective) {
      numbers.merge(m_acts.items_of(each.document.number));
    }
    for (const auto& [number, days] : m_calendar.by_document()) {
      const bool due = std::any_of(days.begin(), days.end(), [&](const NamedDay& day) {
        const auto steps = due_steps(day, m_query.on);
        return std::any_of(
            steps.begin(), steps.end(), [&](const ItemStep& step) { return in_time(step.date); });
      });
      if (due && m_documents.contains(number)) {
        numbers.merge(m_acts.items_of(number));
      }
    }
    for (const auto& [number, changes] : m_explained) {
      numbers.insert(number);
    }
    return numbers;
  }

  /// All changes that the document and those that act on it made.
  Result<std::vector<StoredChange>> changes_of(const std::string& number,
                                               const std::vector<ItemAct>& acts) {
    if (!m_query.since) {
      return m_explained[number];
    }
    std::set<std::string> documents{number};
    for (const ItemAct& act : acts) {
      if (m_acts.items_of(act.document).contains(number)) {
        documents.insert(act.document);
      }
    }
    std::vector<StoredChange> changes = m_explained[number];
    for (const std::string& document : documents) {
      store::ChangeQuery query;
      query.until = *m_query.since - std::chrono::days(1);
      query.include_near = true;
      query.document = document;
      TRY_ASSIGN(auto earlier, m_archive.changes(query));
      for (StoredChange& change : earlier) {
        const auto& causes = change.change.causes;
        if (std::any_of(causes.begin(), causes.end(), [&](const Cause& cause) {
              return cause.document == document && answer_of(cause) == CauseAnswer::identified;
            })) {
          changes.push_back(std::move(change));
        }
      }
    }
    return changes;
  }

  [[nodiscard]] const std::vector<Hit>& document_hits(const std::string& number) const {
    static const std::vector<Hit> none;
    const auto found = m_document_hits.find(number);
    return found == m_document_hits.end() ? none : found->second;
  }

  /// nullopt for what is not known yet, and for what hits nobody where that is left out.
  Result<std::optional<Item>> of_document(const std::string& number) {
    const std::vector<ItemAct> acts = m_acts.on(number);
    TRY_ASSIGN(const auto changes, changes_of(number, acts));
    MergedHits hits;
    hits.add(document_hits(number));
    for (const ItemAct& act : acts) {
      hits.add(document_hits(act.document));
    }
    for (const StoredChange& change : changes) {
      hits.add(change.hits);
    }
    const std::vector<NamedDay> days = days_of(number, acts);
    for (const NamedDay& day : days) {
      hits.add(hits_at(m_matcher, day));
    }
    if (m_query.only_hits && hits.empty()) {
      return std::nullopt;
    }
    TRY_ASSIGN(const auto related, m_related.read({number}));
    ItemDocuments documents;
    documents.related = related;
    for (const Document* each : related) {
      documents.rule = each->number == number ? each : documents.rule;
    }
    std::map<std::string, Document> acting;
    for (const ItemAct& act : acts) {
      TRY_ASSIGN(auto found,
                 m_archive.find_documents(Citation::fr_document(act.document),
                                          store::DocumentContent::whole));
      const auto place = acting.emplace(act.document, std::move(found.front().document)).first;
      documents.acting[act.document] = &place->second;
    }
    documents.acts = acts;
    Item item;
    item.id = number;
    item.steps = steps_of(documents, m_query.on);
    if (item.steps.empty()) {
      return std::nullopt;
    }
    TRY(add_not_enforced(item, *documents.rule, changes));
    TRY(add_days(item, days, m_archive, m_query.on));
    add_dropped_days(item, *documents.rule, m_calendar.of_document(number));
    describe(item, documents);
    TRY(add_effects(item, documents, changes, hits));
    item.hits = hits.of(number);
    add_changes(item, changes);
    return item;
  }

  /// Steps by measures that say of the rule, or of a place that it made, that it is not enforced.
  Result<void>
  add_not_enforced(Item& item, const Document& rule, const std::vector<StoredChange>& changes) {
    const auto made = [&](const Citation& place) {
      return std::any_of(changes.begin(), changes.end(), [&](const StoredChange& each) {
        return each.change.at.is_within(place);
      });
    };
    for (const auto& [number, relations] : m_not_enforced) {
      const Document& measure = m_documents.at(number);
      if (rule.type != DocumentType::rule || !measure.published ||
          *measure.published > m_query.on || !rule.published ||
          *measure.published < *rule.published) {
        continue;
      }
      bool about = false;
      for (const Relation& relation : relations) {
        about = about || made(relation.target) ||
                std::any_of(rule.instructions.begin(),
                            rule.instructions.end(),
                            [&](const Instruction& each) { return names(each, relation.target); });
        if (relation.target.unit().kind() == CitationKind::fr_document ||
            relation.target.kind() == CitationKind::fr_page) {
          TRY_ASSIGN(const auto found,
                     m_archive.find_documents(relation.target, store::DocumentContent::described));
          about = about || (found.size() == 1 && found.front().document.number == rule.number);
        }
      }
      if (about) {
        item.steps.push_back({StepKind::not_enforced, measure.published, number, {}});
      }
    }
    return {};
  }

  static bool names(const Instruction& instruction, const Citation& place) {
    const auto& operations = instruction.operations;
    return std::any_of(operations.begin(), operations.end(), [&](const Operation& operation) {
      return std::any_of(operation.targets.begin(),
                         operation.targets.end(),
                         [&](const Target& target) { return target.at.is_within(place); });
    });
  }

  /// Of the document and of those that are only steps of it; of what was withdrawn none.
  [[nodiscard]] std::vector<NamedDay> days_of(const std::string& number,
                                              const std::vector<ItemAct>& acts) const {
    const bool withdrawn = m_documents.at(number).withdrawn ||
                           std::any_of(acts.begin(), acts.end(), [&](const ItemAct& act) {
                             const auto& day = m_documents.at(act.document).published;
                             return act.kind == StepKind::withdrawn && day && *day <= m_query.on;
                           });
    if (withdrawn) {
      return {};
    }
    std::set<std::string> numbers{number};
    for (const ItemAct& act : acts) {
      if (m_acts.items_of(act.document).contains(number)) {
        numbers.insert(act.document);
      }
    }
    std::vector<NamedDay> days;
    for (const std::string& each : numbers) {
      const Document& document = m_documents.at(each);
      for (NamedDay day : m_calendar.of_document(each)) {
        if (!day.known) {
          day.known = document.filed ? document.filed : document.published;
        }
        days.push_back(std::move(day));
      }
    }
    return days;
  }

  /// The item of a day that only the law prints; nullopt before there is a step to tell.
  Result<std::optional<Item>> of_day(const NamedDay& day) {
    Item item;
    item.id = item_id(day);
    TRY(add_days(item, {day}, m_archive, m_query.on));
    const bool ahead = m_query.ahead && day.entry.day >= m_query.on;
    if (item.steps.empty() && !ahead) {
      return std::nullopt;
    }
    MergedHits hits;
    hits.add(hits_at(m_matcher, day));
    item.hits = hits.of(item.id);
    item.station = Station::codified;
    item.severity = item.hits.empty() ? day_severity : 0;
    for (const Hit& hit : item.hits) {
      item.severity = std::max(item.severity, hit.severity);
    }
    sort_steps(item.steps);
    return item;
  }

  /// What the eCFR does not show yet, against the text that it shows.
  Result<void> add_effects(Item& item,
                           const ItemDocuments& documents,
                           const std::vector<StoredChange>& changes,
                           MergedHits& hits) const {
    const Document& rule = *documents.rule;
    const auto& days = item.rule->effective;
    const bool shown = std::any_of(changes.begin(), changes.end(), [&](const StoredChange& each) {
      return !days.empty() && each.after_date >= days.back();
    });
    if (rule.type != DocumentType::rule || shown || (days.empty() && !changes.empty())) {
      return {};
    }
    TRY_ASSIGN(auto effects, document_effects(m_archive, rule, m_query.on));
    std::erase_if(effects, [](const Effect& effect) {
      return effect.outcome == Effect::Outcome::as_set_out;
    });
    for (const Effect& effect : effects) {
      if (effect.change && effect.outcome == Effect::Outcome::compared) {
        hits.add(m_matcher.match(*effect.change));
      }
      if (effect.outcome == Effect::Outcome::not_compared && !effect.at.empty() &&
          effect.at.kind() != CitationKind::part) {
        item.checks.push_back(fmt::format("instruction {} {}", effect.instruction, effect.reason));
      }
    }
    item.effects = std::move(effects);
    return {};
  }

  void describe(Item& item, const ItemDocuments& documents) const {
    const Document& rule = *documents.rule;
    add_checks(rule, item.checks);
    for (const auto& [number, acting] : documents.acting) {
      add_checks(*acting, item.checks);
    }
    item.related = related_to(rule);
    Document described = diff::with_delays(rule, documents.related);
    described.instructions.clear();
    item.rule = std::move(described);
  }

  static void add_checks(const Document& document, std::vector<std::string>& checks) {
    for (const Instruction& instruction : document.instructions) {
      if (!instruction.understood) {
        checks.push_back(
            fmt::format("instruction {} of {} was not understood{}: {}",
                        instruction.ordinal,
                        document.number,
                        instruction.reason.empty() ? "" : " (" + instruction.reason + ")",
                        instruction.text));
      }
    }
    for (const std::string& text : document.not_understood) {
      checks.push_back(fmt::format("{}: {}", document.number, text));
    }
    if (!document.has_text && document.type == DocumentType::rule) {
      checks.push_back(fmt::format("the text of {} was not read yet", document.number));
    }
  }

  /// Proposals of a final rule and final rules of a proposal.
  [[nodiscard]] std::vector<std::string> related_to(const Document& rule) const {
    const auto is_proposal = [](const Document& document) {
      return document.type == DocumentType::proposed_rule;
    };
    std::set<std::string> related;
    for (const auto& names : {rule.rins, rule.dockets}) {
      for (const std::string& name : names) {
        const auto found = m_rulemakings.find(name);
        if (found == m_rulemakings.end() || found->second.size() > longest_rulemaking) {
          continue;
        }
        for (const std::string& number : found->second) {
          const Document& other = m_documents.at(number);
          const bool pair = is_proposal(other) != is_proposal(rule) &&
                            (is_proposal(other) || other.type == DocumentType::rule) &&
                            (is_proposal(rule) || rule.type == DocumentType::rule);
          if (pair && m_acts.items_of(number).contains(number)) {
            related.insert(number);
          }
        }
      }
    }
    return {related.begin(), related.end()};
  }

  Item of_code(const std::string& id, const std::vector<StoredChange>& changes) const {
    Item item;
    item.id = id;
    MergedHits hits;
    for (const StoredChange& change : changes) {
      hits.add(change.hits);
    }
    item.hits = hits.of(id);
    add_changes(item, changes);
    return item;
  }

  /// Changes, what their dates say of the item, and what their meaning does.
  static void add_changes(Item& item, const std::vector<StoredChange>& changes) {
    std::map<Date, std::set<std::string>> ordinals;
    for (const StoredChange& each : changes) {
      auto& instructions = ordinals[each.after_date];
      if (each.status) {
        add_event(item, each);
        continue;
      }
      item.changes.push_back(each.change);
      for (const Cause& cause : each.change.causes) {
        if (cause.document == item.id && !cause.instruction.empty()) {
          instructions.insert(cause.instruction);
        }
      }
    }
    for (const auto& [day, instructions] : ordinals) {
      item.steps.push_back(
          {StepKind::codified, day, "", {instructions.begin(), instructions.end()}});
      item.ecfr = item.ecfr.value_or(day);
    }
    sort_steps(item.steps);
    item.station = station_of(item.steps);
    item.marks = marks_of(item.steps);
    std::vector<Change> weighed = item.changes;
    for (const Effect& effect : item.effects) {
      if (effect.change) {
        weighed.push_back(*effect.change);
      }
    }
    item.direction = direction_of(weighed);
    for (const Change& change : weighed) {
      item.severity = std::max(item.severity, diff::base_severity(change));
    }
    if (!item.hits.empty()) {
      item.severity = std::max_element(item.hits.begin(),
                                       item.hits.end(),
                                       [](const Hit& left, const Hit& right) {
                                         return left.severity < right.severity;
                                       })
                          ->severity;
    }
  }

  static void add_event(Item& item, const StoredChange& stored) {
    const StatusEvent& event = *stored.status;
    const std::string at = stored.change.at.to_string();
    const std::string extent =
        event.extent.empty() ? at : fmt::format("{} of {}", event.extent, at);
    if (const auto step = step_of(event.event)) {
      item.checks.push_back(fmt::format("{}: {}", to_string(event.event), extent));
      const ItemStep told{*step, event.date.value_or(stored.after_date), "", {}};
      if (std::find(item.steps.begin(), item.steps.end(), told) == item.steps.end()) {
        item.steps.push_back(told);
      }
    } else {
      item.checks.push_back(
          fmt::format("an amendment could not be carried out by the eCFR: {}", extent));
    }
  }

  /// True where it hits more than fields of interest.
  static bool is_own(const Item& item) {
    return std::any_of(item.hits.begin(), item.hits.end(), [](const Hit& hit) {
      return hit.entry != EntryKind::category && hit.entry != EntryKind::watch;
    });
  }

  /// The day by which the item is as new as it is.
  static std::optional<Date> newest(const Item& item) {
    std::optional<Date> day;
    for (const ItemStep& step : item.steps) {
      day = std::max(day, step.date);
    }
    return day;
  }

  void keep(std::optional<Item> item, std::vector<Item>& items) const {
    const bool wanted = item && !(m_query.only_hits && item->hits.empty()) &&
                        (!m_query.since || newest(*item) >= m_query.since);
    if (wanted) {
      items.push_back(*std::move(item));
    }
  }

  store::Archive& m_archive;
  const diff::Matcher& m_matcher;
  const ItemQuery& m_query;
  RelatedDocuments m_related;
  std::map<std::string, Document> m_documents; ///< described, by number
  ItemActs m_acts;
  std::map<std::string, std::vector<Relation>> m_not_enforced; ///< by measure: what it is about
  Calendar m_calendar;
  std::map<std::string, std::vector<Hit>> m_document_hits;
  std::map<std::string, std::set<std::string>> m_rulemakings;     ///< by RIN or docket
  std::map<std::string, std::vector<StoredChange>> m_explained;   ///< by item
  std::map<std::string, std::vector<StoredChange>> m_unexplained; ///< by item
};

} // namespace

Result<std::vector<Item>>
find_items(store::Archive& archive, const diff::Matcher& matcher, const ItemQuery& query) {
  return Builder(archive, matcher, query).build();
}

std::string code_item_id(int title, const std::string& part, Date date) {
  return fmt::format("{} CFR {}@{}", title, part, date.to_string());
}

std::vector<Item> items_by_id(const std::vector<Item>& items, std::string_view id) {
  const std::size_t mark = id.find('@');
  const auto day = mark == std::string_view::npos ? std::nullopt : [&] {
    const auto read = Date::parse(id.substr(mark + 1));
    return read ? std::optional(*read) : std::nullopt;
  }();
  const auto changed_then = [&](const Item& item) {
    const bool then = std::any_of(item.steps.begin(), item.steps.end(), [&](const ItemStep& step) {
      return step.kind == StepKind::codified && step.date == day;
    });
    return then && std::any_of(item.changes.begin(), item.changes.end(), [&](const Change& change) {
             const std::string title = change.at.title().empty() ? "15" : change.at.title();
             return id.substr(0, mark) == title + " CFR " + change.at.part_number();
           });
  };
  std::vector<Item> found;
  for (const Item& item : items) {
    if (item.id == id || (day && changed_then(item))) {
      found.push_back(item);
    }
  }
  return found;
}

} // namespace regtrail::query
