#include "cli/digest_input.hpp"

#include "ear/country.hpp"
#include "ear/entity_cell.hpp"
#include "ear/fr_citation.hpp"
#include "ear/license_requirement.hpp"
#include "model/supplement.hpp"
#include "notify/render/days.hpp"
#include "query/calendar.hpp"
#include "query/effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

namespace regtrail::cli {
namespace {

using delivery::DigestInput;
using delivery::ItemNews;

constexpr std::chrono::days days_reach{90};

bool is_of_ear(const Document& document) {
  return std::any_of(document.cfr.begin(), document.cfr.end(), [](const CfrPart& part) {
    return part.title == "15" && part.part.size() == 3 && part.part >= "730" && part.part <= "774";
  });
}

/// The item that a document is, or is a step of.
const Item* item_of(const std::vector<Item>& items, const std::string& document) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) {
    return item.id == document ||
           std::any_of(item.steps.begin(), item.steps.end(), [&](const ItemStep& step) {
             return step.document == document;
           });
  });
  return document.empty() || found == items.end() ? nullptr : &*found;
}

Result<std::optional<Document>>
find_document(store::Archive& archive, const std::string& number, store::DocumentContent content) {
  TRY_ASSIGN(auto found, archive.find_documents(Citation::fr_document(number), content));
  return found.empty() ? std::nullopt : std::optional(std::move(found.back().document));
}

/// What a row of a party list says, from its lines: the entity cell, then of the Entity List the
/// requirement and the policy, then citations.
EntityRecord read_party(const Change& change) {
  std::vector<std::string> lines;
  const std::string& text = change.kind == ChangeKind::added ? change.after : change.before;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  EntityRecord record;
  record.country = change.at.steps().front().name;
  record.name = change.at.steps()[1].name;
  const auto take_last = [&lines] {
    std::string last = std::move(lines.back());
    lines.pop_back();
    return last;
  };
  const bool has_license = change.at.name() == entity_list;
  if (lines.size() > 1 && !ear::find_fr_citations(lines.back()).empty()) {
    for (const ear::FrCitation& citation : ear::find_fr_citations(take_last())) {
      record.citations.push_back(ear::to_string(citation));
    }
  }
  if (has_license && lines.size() > 2) {
    record.review_policy = take_last();
    record.license_requirement = take_last();
    const auto read = ear::parse_license_requirement(record.license_requirement);
    record.footnotes.assign(read.footnotes.begin(), read.footnotes.end());
  }
  const ear::EntityCell cell = ear::parse_entity_cell(fmt::format("{}", fmt::join(lines, "\n")));
  record.aliases = cell.aliases;
  record.addresses = cell.addresses;
  record.remark = cell.remark;
  return record;
}

bool is_whole_party(const Change& change) {
  return is_in_party_list(change.at) && change.at.steps().size() == 2 &&
         (change.kind == ChangeKind::added || change.kind == ChangeKind::removed);
}

class InputReader {
public:
  InputReader(store::Archive& archive,
              const DigestContext& context,
              const delivery::Subscriber& subscriber,
              const ToldUpTo& before)
      : m_archive(archive),
        m_context(context),
        m_subscriber(subscriber),
        m_before(before) {}

  Result<DigestInput> run(std::vector<ItemNews> news, std::vector<store::StoredChange> changes) {
    m_input.subscriber = m_subscriber;
    m_input.now = m_context.now;
    m_input.categories = m_context.categories;
    m_input.status = m_context.status;
    m_input.days = m_context.days;
    m_input.watches = m_context.watches;
    m_input.parts = m_context.parts;
    m_input.pages = m_context.pages;
    m_input.since = m_before.day;
    const auto names = ear::names_of_country(m_context.categories.home);
    m_input.home = names.empty() ? "" : std::string(names.front());
    m_input.items = std::move(news);
    m_input.changes = std::move(changes);
    add_items_of_changes();
    add_others();
    TRY(add_proposed_texts());
    TRY(add_documents());
    add_parties();
    TRY(count_cosmetic());
    return std::move(m_input);
  }

private:
  /// Items of which only changes are news.
  void add_items_of_changes() {
    std::set<std::string> changed;
    for (const store::StoredChange& stored : m_input.changes) {
      changed.insert(stored.change.id);
    }
    std::set<std::string> known;
    for (const ItemNews& news : m_input.items) {
      known.insert(news.item.id);
    }
    for (const Item& item : m_context.items) {
      if (!item.rule || known.contains(item.id) ||
          std::none_of(item.changes.begin(), item.changes.end(), [&](const Change& change) {
            return changed.contains(change.id);
          })) {
        continue;
      }
      ItemNews& news = m_input.items.emplace_back();
      news.item = item;
      std::erase_if(news.item.hits,
                    [&](const Hit& hit) { return !delivery::wants(m_subscriber, hit); });
      news.told_before = true;
    }
  }

  /// Whether something of the item happened behind what the last mail told.
  [[nodiscard]] bool is_new(const Item& item) const {
    return std::any_of(item.steps.begin(), item.steps.end(), [&](const ItemStep& step) {
      if (!step.date || render::day_ahead(step)) {
        return false;
      }
      const auto& told = step.kind == StepKind::codified ? m_before.ecfr : m_before.day;
      return !told || *step.date > *told;
    });
  }

  /// What touches no entry, and what the subscriber's filter leaves out.
  void add_others() {
    for (const Item& item : m_context.items) {
      if (!is_new(item)) {
        continue;
      }
      bool wanted = false;
      for (const Hit& hit : item.hits) {
        const bool told = delivery::wants(m_subscriber, hit) && delivery::wants(m_subscriber, item);
        wanted = wanted || told;
        if (!told && !hit.near) {
          m_input.held_back.entries.insert(hit.category);
        }
      }
      if (item.hits.empty() && (!item.rule || is_of_ear(*item.rule))) {
        m_input.others.push_back({item, item.steps, false});
      } else if (!item.hits.empty() && !wanted) {
        ++m_input.held_back.count;
      }
    }
  }

  /// Of proposed rules what they would make of the law.
  Result<void> add_proposed_texts() {
    for (ItemNews& news : m_input.items) {
      if (!news.item.rule || news.item.rule->type != DocumentType::proposed_rule ||
          news.steps.empty()) {
        continue;
      }
      TRY_ASSIGN(const auto document,
                 find_document(m_archive, news.item.id, store::DocumentContent::whole));
      if (document) {
        TRY_ASSIGN(news.item.effects,
                   query::document_effects(m_archive, *document, date_of(m_context.now)));
      }
    }
    return {};
  }

  Result<void> add_documents() {
    std::set<std::string> numbers;
    for (const store::StoredChange& stored : m_input.changes) {
      const auto& causes = stored.change.causes;
      if (!causes.empty() && answer_of(causes.front()) == CauseAnswer::identified) {
        numbers.insert(causes.front().document);
      }
    }
    for (const ItemNews& news : m_input.items) {
      for (const ItemStep& step : news.steps) {
        numbers.insert(step.document);
      }
    }
    numbers.erase("");
    for (const std::string& number : numbers) {
      TRY_ASSIGN(auto document,
                 find_document(m_archive, number, store::DocumentContent::described));
      if (document) {
        m_input.documents.emplace(number, *std::move(document));
      }
    }
    return {};
  }

  void add_parties() {
    const auto add = [&](const Change& change) {
      if (is_whole_party(change)) {
        m_input.parties.emplace(change.id, read_party(change));
      }
    };
    for (const store::StoredChange& stored : m_input.changes) {
      add(stored.change);
    }
    for (const ItemNews& news : m_input.items) {
      std::for_each(news.item.changes.begin(), news.item.changes.end(), add);
      for (const Effect& effect : news.item.effects) {
        if (effect.change) {
          add(*effect.change);
        }
      }
    }
  }

  /// Cosmetic changes behind what the last mail told; of a first mail those of the dates of its
  /// changes.
  Result<void> count_cosmetic() {
    store::ChangeQuery query;
    if (m_before.ecfr) {
      query.since = *m_before.ecfr + std::chrono::days(1);
    } else if (!m_input.changes.empty()) {
      query.since = std::min_element(m_input.changes.begin(),
                                     m_input.changes.end(),
                                     [](const auto& left, const auto& right) {
                                       return left.after_date < right.after_date;
                                     })
                        ->after_date;
    } else {
      return {};
    }
    query.until = date_of(m_context.now);
    query.include_cosmetic = true;
    TRY_ASSIGN(const auto all, m_archive.changes(query));
    m_input.cosmetic_left_out =
        static_cast<int>(std::count_if(all.begin(), all.end(), [](const auto& stored) {
          return stored.change.kind == ChangeKind::cosmetic;
        }));
    return {};
  }

  store::Archive& m_archive;
  const DigestContext& m_context;
  const delivery::Subscriber& m_subscriber;
  const ToldUpTo& m_before;
  DigestInput m_input;
};

} // namespace

Result<std::vector<delivery::DayAhead>>
days_ahead(store::Archive& archive, const std::vector<Item>& items, Date today) {
  TRY_ASSIGN(const auto calendar, query::Calendar::read(archive));
  std::vector<delivery::DayAhead> days;
  for (const auto& [number, named] : calendar.by_document()) {
    std::optional<Document> document;
    for (const query::NamedDay& day : named) {
      if (day.entry.day < today || day.entry.day > today + days_reach || !day.revoked_by.empty()) {
        continue;
      }
      if (!number.empty() && !document) {
        TRY_ASSIGN(document, find_document(archive, number, store::DocumentContent::described));
      }
      const Item* item = item_of(items, number.empty() ? query::item_id(day) : number);
      const bool withdrawn =
          (document && document->withdrawn) ||
          (item != nullptr &&
           std::find(item->marks.begin(), item->marks.end(), Mark::withdrawn) != item->marks.end());
      const bool ours = number.empty() || (document && is_of_ear(*document)) ||
                        (item != nullptr && !item->hits.empty());
      if (withdrawn || !ours) {
        continue;
      }
      delivery::DayAhead& ahead = days.emplace_back();
      ahead.entry = day.entry;
      ahead.entry.document = number;
      ahead.entry.item = item == nullptr ? "" : item->id;
      if (document) {
        ahead.title = document->title;
        ahead.citation = fr_citation_of(*document);
      }
    }
  }
  std::stable_sort(days.begin(), days.end(), [](const auto& left, const auto& right) {
    return left.entry.day < right.entry.day;
  });
  return days;
}

std::string ToldUpTo::to_string() const {
  return fmt::format("{} {}", ecfr ? ecfr->to_string() : "-", day ? day->to_string() : "-");
}

ToldUpTo ToldUpTo::parse(std::string_view text) {
  const auto read = [](std::string_view word) {
    const auto date = Date::parse(word);
    return date ? std::optional(*date) : std::nullopt;
  };
  const std::size_t blank = text.find(' ');
  return blank == std::string_view::npos
             ? ToldUpTo{}
             : ToldUpTo{read(text.substr(0, blank)), read(text.substr(blank + 1))};
}

Result<DigestInput> digest_input(store::Archive& archive,
                                 const DigestContext& context,
                                 const delivery::Subscriber& subscriber,
                                 std::vector<ItemNews> news,
                                 std::vector<store::StoredChange> changes,
                                 const ToldUpTo& before) {
  return InputReader(archive, context, subscriber, before).run(std::move(news), std::move(changes));
}

} // namespace regtrail::cli
