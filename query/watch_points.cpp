#include "query/watch_points.hpp"

#include "diff/relevance/matcher.hpp"
#include "query/watch_state.hpp"
#include "store/streams.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace regtrail::query {
namespace {

std::optional<Date> first_day(const Item& item) {
  std::optional<Date> first;
  for (const ItemStep& step : item.steps) {
    if (step.date && (!first || *step.date < *first)) {
      first = step.date;
    }
  }
  return first;
}

void sort_newest_first(std::vector<Appearance>& found) {
  std::stable_sort(found.begin(), found.end(), [](const Appearance& left, const Appearance& right) {
    return right.day < left.day;
  });
}

bool hits(const Item& item, EntryKind kind, const std::string& id) {
  return std::any_of(item.hits.begin(), item.hits.end(), [&](const Hit& hit) {
    return hit.entry == kind && hit.category == id && !hit.near;
  });
}

bool hits_any(const Item& item, EntryKind kind, const std::vector<std::string>& ids) {
  return std::any_of(
      ids.begin(), ids.end(), [&](const std::string& id) { return hits(item, kind, id); });
}

void add_changed_words(std::string& text, const Change& change) {
  if (change.words.empty()) {
    text += change.before + "\n" + change.after + "\n";
    return;
  }
  for (const WordRun& run : change.words) {
    text += run.op == WordRun::Op::same ? "\n" : run.text + "\n";
  }
}

/// Title, abstract and changed words.
std::string told_text(const Item& item) {
  std::string text;
  if (item.rule) {
    text = item.rule->title + "\n" + item.rule->abstract + "\n";
  }
  if (item.page) {
    text += item.page->title + "\n";
  }
  for (const Change& change : item.changes) {
    add_changed_words(text, change);
  }
  for (const Effect& effect : item.effects) {
    if (effect.change) {
      add_changed_words(text, *effect.change);
    }
  }
  return text;
}

/// A category of its own for the terms of each point, so that they are compared as all terms are.
diff::Matcher matcher_of(const std::vector<WatchPoint>& points) {
  Register terms;
  for (const WatchPoint& point : points) {
    if (!point.terms.empty()) {
      Category category;
      category.id = point.id;
      category.label_en = point.label_en;
      category.terms_en = point.terms;
      terms.categories.push_back(std::move(category));
    }
  }
  return diff::Matcher(std::move(terms));
}

std::set<std::string> points_named(const diff::Matcher& matcher, const Item& item) {
  std::set<std::string> ids;
  for (const Hit& hit : matcher.explain(told_text(item), Citation())) {
    ids.insert(hit.category);
  }
  return ids;
}

/// A document is not news of what it foresaw itself.
bool is_source(const Item& item, Date day) {
  return item.rule && item.rule->signed_on && *item.rule->signed_on <= day;
}

class Points {
public:
  Points(const Register& entries,
         const std::vector<Item>& items,
         const std::vector<EntryWatch>& watched)
      : m_matcher(matcher_of(entries.points)),
        m_items(items) {
    for (const EntryWatch& each : watched) {
      m_watched.emplace(std::pair(each.entry, each.id), &each);
    }
  }

  PointNews news_of(const WatchPoint& point) {
    PointNews news;
    news.point = &point;
    const auto since = Date::parse(point.day);
    for (const Item& item : m_items) {
      const auto day = first_day(item);
      const bool is_later = day && since && *since < *day && !is_source(item, *since);
      if (is_later && is_for(item, point)) {
        news.appeared.push_back({&item, *day});
      }
    }
    sort_newest_first(news.appeared);
    add_state(news, EntryKind::watch, point.watches);
    add_state(news, EntryKind::category, point.categories);
    return news;
  }

private:
  bool is_for(const Item& item, const WatchPoint& point) {
    if (!hits_any(item, EntryKind::watch, point.watches) &&
        !hits_any(item, EntryKind::category, point.categories)) {
      return false;
    }
    if (point.terms.empty()) {
      return true;
    }
    auto [named, is_new] = m_named.try_emplace(&item);
    if (is_new) {
      named->second = points_named(m_matcher, item);
    }
    return named->second.contains(point.id);
  }

  void add_state(PointNews& news, EntryKind kind, const std::vector<std::string>& ids) const {
    for (const std::string& id : ids) {
      const auto found = m_watched.find({kind, id});
      if (found == m_watched.end()) {
        news.not_watched.push_back({kind, id, {"is not in the register"}, std::nullopt});
        continue;
      }
      const EntryWatch& state = *found->second;
      if (!state.reasons.empty()) {
        news.not_watched.push_back(state);
      } else if (state.until) {
        news.until = std::min(news.until.value_or(*state.until), *state.until);
      }
    }
  }

  diff::Matcher m_matcher;
  const std::vector<Item>& m_items;
  std::map<std::pair<EntryKind, std::string>, const EntryWatch*> m_watched;
  std::map<const Item*, std::set<std::string>> m_named; ///< points whose terms an item holds
};

} // namespace

Result<std::vector<WatchNews>> watch_news(store::Archive& archive,
                                          const Register& entries,
                                          const std::vector<Item>& items,
                                          const std::vector<EntryWatch>& watched) {
  std::vector<WatchNews> all;
  for (const Watch& watch : entries.watches) {
    WatchNews news;
    news.watch = &watch;
    TRY_ASSIGN(const auto state, watch_state(archive, watch));
    news.asked_from = state.asked_from;
    for (const EntryWatch& each : watched) {
      if (each.entry == EntryKind::watch && each.id == watch.id) {
        news.reasons = each.reasons;
        news.until = each.until;
      }
    }
    for (const Item& item : items) {
      if (const auto day = first_day(item); day && hits(item, EntryKind::watch, watch.id)) {
        news.brought.push_back({&item, *day});
      }
    }
    sort_newest_first(news.brought);
    if (!watch.address.empty()) {
      TRY_ASSIGN(news.versions, archive.raw_records(store::page_stream + watch.id));
      std::erase_if(news.versions,
                    [](const store::RawRecord& record) { return !record.quarantine.empty(); });
      std::reverse(news.versions.begin(), news.versions.end());
    }
    all.push_back(std::move(news));
  }
  return all;
}

std::vector<PointNews> point_news(const Register& entries,
                                  const std::vector<Item>& items,
                                  const std::vector<EntryWatch>& watched) {
  Points points(entries, items, watched);
  std::vector<PointNews> all;
  for (const WatchPoint& point : entries.points) {
    all.push_back(points.news_of(point));
  }
  return all;
}

} // namespace regtrail::query
