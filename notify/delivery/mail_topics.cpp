#include "notify/delivery/mail_topics.hpp"

#include "model/supplement.hpp"
#include "notify/render/days.hpp"
#include "notify/render/entries.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace regtrail::delivery {

namespace {

using store::StoredChange;

/// Entries of the control list and sections are places of their own.
Citation place_of(const Change& change) {
  return change.at.kind() == CitationKind::eccn ? Citation::eccn(change.at.name())
                                                : change.at.unit();
}

/// With the hit of the same entry made one with it: the better score, all reasons.
void add_hit(std::vector<Hit>& hits, const Hit& hit) {
  const auto same = std::find_if(hits.begin(), hits.end(), [&](const Hit& each) {
    return each.entry == hit.entry && each.category == hit.category;
  });
  if (same == hits.end()) {
    hits.push_back(hit);
    return;
  }
  same->score = std::max(same->score, hit.score);
  same->severity = std::max(same->severity, hit.severity);
  for (const Reason& reason : hit.reasons) {
    if (std::find(same->reasons.begin(), same->reasons.end(), reason) == same->reasons.end()) {
      same->reasons.push_back(reason);
    }
  }
}

/// Own partners, then products, then procedures and destinations, then the rest.
int rank_of(EntryKind kind) {
  switch (kind) {
  case EntryKind::party:
    return 0;
  case EntryKind::product:
    return 1;
  case EntryKind::procedure:
  case EntryKind::destination:
    return 2;
  case EntryKind::category:
  case EntryKind::watch:
    break;
  }
  return 3;
}

class Grouping {
public:
  explicit Grouping(const DigestInput& input) : m_input(input) {}

  std::vector<Topic> run() {
    for (const ItemNews& news : m_input.items) {
      m_topics.emplace_back().news = &news;
      for (const Change& change : news.item.changes) {
        m_items[change.id].push_back(m_topics.size() - 1);
      }
    }
    for (const StoredChange& change : m_input.changes) {
      if (!change.hits.empty()) {
        topic_of(change).changes.push_back(&change);
      }
    }
    std::for_each(m_topics.begin(), m_topics.end(), finish);
    std::erase_if(m_topics, [](const Topic& topic) {
      return topic.changes.empty() && (topic.news == nullptr || topic.news->steps.empty());
    });
    std::stable_sort(m_topics.begin(), m_topics.end(), is_before);
    return std::move(m_topics);
  }

private:
  Topic& topic_of(const StoredChange& stored) {
    const auto& causes = stored.change.causes;
    const auto found = m_items.find(stored.change.id);
    if (found != m_items.end()) {
      const std::vector<std::size_t>& places = found->second;
      const auto first = std::find_if(places.begin(), places.end(), [&](std::size_t place) {
        return !causes.empty() && m_topics[place].news->item.id == causes.front().document;
      });
      return m_topics[first == places.end() ? places.front() : *first];
    }
    const bool cited = !causes.empty() && !causes.front().citation.empty() &&
                       (answer_of(causes.front()) == CauseAnswer::cited ||
                        answer_of(causes.front()) == CauseAnswer::identified);
    const std::string key = cited ? causes.front().citation : place_of(stored.change).to_string();
    const auto [place, fresh] = m_others.emplace(key, m_topics.size());
    if (fresh) {
      Topic& topic = m_topics.emplace_back();
      topic.citation = cited ? key : "";
      topic.place = cited ? Citation() : place_of(stored.change);
    }
    return m_topics[place->second];
  }

  static void finish(Topic& topic) {
    if (topic.news != nullptr && !topic.news->steps.empty()) {
      for (const Hit& hit : topic.news->item.hits) {
        add_hit(topic.hits, hit);
      }
    }
    std::stable_sort(topic.changes.begin(),
                     topic.changes.end(),
                     [](const StoredChange* left, const StoredChange* right) {
                       return left->after_date < right->after_date;
                     });
    for (const StoredChange* change : topic.changes) {
      for (const Hit& hit : change->hits) {
        add_hit(topic.hits, hit);
      }
    }
    std::stable_sort(topic.hits.begin(), topic.hits.end(), [](const Hit& left, const Hit& right) {
      return std::tuple(rank_of(left.entry), !render::moves_own_figure(left), -left.score) <
             std::tuple(rank_of(right.entry), !render::moves_own_figure(right), -right.score);
    });
    for (const Hit& hit : topic.hits) {
      topic.severity = std::max(topic.severity, hit.severity);
    }
  }

  static bool is_before(const Topic& left, const Topic& right) {
    const auto key = [](const Topic& topic) {
      const int rank = topic.hits.empty() ? 4 : rank_of(topic.hits.front().entry);
      const std::optional<Date> day = day_of_effect(topic);
      const bool ahead = !topic.changes.empty()
                             ? false
                             : topic.item() != nullptr && topic.item()->station < Station::in_force;
      return std::tuple(-topic.severity, rank, ahead, day.value_or(Date()));
    };
    return key(left) < key(right);
  }

  const DigestInput& m_input;
  std::vector<Topic> m_topics;
  std::map<std::string, std::vector<std::size_t>> m_items; ///< topics by the ids of their changes
  std::map<std::string, std::size_t> m_others;             ///< by page or place
};

/// How much a change has to say: what hits an own entry, then severity, then a known direction.
std::tuple<int, int, bool> weight_of(const Topic& topic, const Shown& shown) {
  int rank = 4;
  int severity = 0;
  const auto weigh = [&](const Hit& hit) {
    rank = std::min(rank, rank_of(hit.entry));
    severity = std::max(severity, hit.severity);
  };
  if (shown.stored != nullptr) {
    std::for_each(shown.stored->hits.begin(), shown.stored->hits.end(), weigh);
  } else {
    for (const Hit& hit : topic.hits) {
      if (is_about(hit, *shown.change)) {
        weigh(hit);
      }
    }
  }
  const auto& typed = shown.change->typed;
  const bool directed = std::any_of(typed.begin(), typed.end(), [](const TypedChange& each) {
    return each.direction == Direction::tightened || each.direction == Direction::loosened;
  });
  return {std::min(rank, 3), -severity, !directed};
}

/// Of other groups of products nobody needs to read.
void keep_own_effects(const Topic& topic, std::vector<Shown>& shown) {
  const auto is_own = [&](const Shown& each) {
    return std::any_of(topic.hits.begin(), topic.hits.end(), [&](const Hit& hit) {
      return is_about(hit, *each.change);
    });
  };
  if (std::any_of(shown.begin(), shown.end(), is_own)) {
    std::erase_if(
        shown, [&](const Shown& each) { return !is_own(each) && !is_whole_party(*each.change); });
  }
}

} // namespace

bool Topic::told(StepKind kind) const {
  return news != nullptr && std::any_of(news->steps.begin(),
                                        news->steps.end(),
                                        [kind](const ItemStep& step) { return step.kind == kind; });
}

std::vector<Topic> topics_of(const DigestInput& input) {
  return Grouping(input).run();
}

bool is_without_news(const Topic& topic) {
  if (topic.news == nullptr || !topic.changes.empty() || !topic.news->told_before ||
      topic.news->item.page) {
    return false;
  }
  const auto& steps = topic.news->steps;
  return std::all_of(steps.begin(), steps.end(), [&](const ItemStep& step) {
    return step.kind == StepKind::codified ||
           (step.kind == StepKind::published && step.document == topic.news->item.id &&
            topic.news->item.effects.empty());
  });
}

std::optional<Date> day_of_effect(const Topic& topic) {
  if (const Document* rule = topic.rule(); rule != nullptr && !rule->effective.empty()) {
    return rule->effective.front();
  }
  return topic.changes.empty() ? std::nullopt : std::optional(topic.changes.front()->after_date);
}

namespace {

bool is_citation(const Shown& shown) {
  const auto& steps = shown.change->at.steps();
  return !steps.empty() && steps.back().name == "Federal Register citation";
}

} // namespace

std::vector<Shown> shown_changes(const Topic& topic) {
  std::vector<Shown> shown;
  std::map<std::string, std::size_t> groups;
  const auto add = [&](const Change& change, const StoredChange* stored) {
    if (!change.group.empty()) {
      const auto [place, fresh] = groups.emplace(change.group, shown.size());
      if (!fresh) {
        shown[place->second].alike.push_back(&change);
        return;
      }
    }
    shown.push_back({&change, stored, {}});
  };
  for (const StoredChange* stored : topic.changes) {
    if (!stored->status) {
      add(stored->change, stored);
    }
  }
  if (shown.empty() && topic.item() != nullptr) {
    const Item& item = *topic.item();
    for (const Effect& effect : item.effects) {
      if (effect.change && effect.outcome == Effect::Outcome::compared) {
        add(*effect.change, nullptr);
      }
    }
    if (item.page) {
      for (const Change& change : item.changes) {
        add(change, nullptr);
      }
    }
    keep_own_effects(topic, shown);
  }
  // The rule stands below each item; that a list's cell cites it too is told where nothing else is.
  if (!std::all_of(shown.begin(), shown.end(), is_citation)) {
    std::erase_if(shown, is_citation);
  }
  std::stable_sort(shown.begin(), shown.end(), [&](const Shown& left, const Shown& right) {
    return weight_of(topic, left) < weight_of(topic, right);
  });
  return shown;
}

bool is_whole_party(const Change& change) {
  return is_in_party_list(change.at) && change.at.steps().size() == 2 &&
         (change.kind == ChangeKind::added || change.kind == ChangeKind::removed);
}

bool is_about(const Hit& hit, const Change& change) {
  return std::any_of(hit.reasons.begin(), hit.reasons.end(), [&](const Reason& reason) {
    return reason.at == change.at.to_string();
  });
}

} // namespace regtrail::delivery
