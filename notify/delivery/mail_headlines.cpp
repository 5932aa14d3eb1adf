#include "notify/delivery/mail_headlines.hpp"

#include "notify/render/days.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/items.hpp"
#include "notify/render/summary.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace regtrail::delivery {

namespace {

constexpr int brief_columns = 112;
constexpr int title_columns = 70;
constexpr int name_columns = 34;

bool is_fresh(const Topic& topic) {
  constexpr std::array kinds{StepKind::filed,
                             StepKind::proposed,
                             StepKind::published,
                             StepKind::in_force,
                             StepKind::codified};
  return !topic.changes.empty() ||
         std::any_of(kinds.begin(), kinds.end(), [&](StepKind kind) { return topic.told(kind); });
}

/// What befell it, the gravest first; nullopt where that is no news.
std::optional<StepKind> mishap_of(const Topic& topic) {
  constexpr std::array kinds{StepKind::withdrawn,
                             StepKind::stayed,
                             StepKind::delayed,
                             StepKind::not_enforced,
                             StepKind::reverted,
                             StepKind::lifted,
                             StepKind::expired,
                             StepKind::corrected};
  const auto* found =
      std::find_if(kinds.begin(), kinds.end(), [&](StepKind kind) { return topic.told(kind); });
  return found == kinds.end() ? std::nullopt : std::optional(*found);
}

bool has_mark(const Topic& topic, Mark mark) {
  const Item* item = topic.item();
  return item != nullptr &&
         std::find(item->marks.begin(), item->marks.end(), mark) != item->marks.end();
}

bool is_proposal(const Topic& topic) {
  return topic.rule() != nullptr && topic.rule()->type == DocumentType::proposed_rule;
}

/// An exclusion that is struck: fewer words, and more that is controlled.
bool strikes_exclusion(const Change& change) {
  const bool gone =
      change.kind == ChangeKind::removed ||
      (change.kind == ChangeKind::revised && change.after.find("[Reserved]") != std::string::npos);
  return gone && render::excludes(change.before) &&
         std::any_of(change.typed.begin(), change.typed.end(), [](const TypedChange& typed) {
           return typed.direction == Direction::tightened;
         });
}

enum class PartyNews { named, added, removed, revised };

class Words {
public:
  Words(const Topic& topic, const DigestInput& input, const Speaker& speak)
      : m_topic(topic),
        m_input(input),
        m_speak(speak),
        m_shown(shown_changes(topic)) {}

  TopicWords run() {
    choose();
    add_lead();
    if (m_out.brief.empty()) {
      m_out.brief = m_out.headline;
    }
    if (m_out.fact.empty()) {
      m_out.fact = m_out.brief;
    }
    m_out.brief = m_speak.capital(m_speak.cut(m_out.brief, brief_columns));
    m_out.headline = m_speak.capital(std::move(m_out.headline));
    return std::move(m_out);
  }

private:
  void choose() {
    const bool fresh = is_fresh(m_topic);
    const std::optional<StepKind> mishap = mishap_of(m_topic);
    const Hit* first = m_topic.hits.empty() ? nullptr : &m_topic.hits.front();
    if (mishap && (!fresh || *mishap != StepKind::corrected)) {
      tell_mishap(*mishap);
    } else if (!fresh && m_topic.item() != nullptr) {
      tell_days();
    } else if (first != nullptr && first->entry == EntryKind::party) {
      tell_party(*first);
    } else if (first != nullptr && render::moves_own_figure(*first)) {
      tell_product(*first);
    } else if (const auto parties = whole_parties(m_topic); parties.size() > 1) {
      tell_parties(parties);
    } else if (m_topic.item() != nullptr && m_topic.item()->page) {
      m_out.headline = m_speak(render::headline_of(*m_topic.item()));
    } else if (!m_shown.empty()) {
      tell_change();
    } else {
      tell_document();
    }
  }

  void tell_mishap(StepKind kind) {
    m_named = true;
    const std::string name = topic_name(m_topic, m_speak);
    const Document* rule = m_topic.rule();
    if (kind == StepKind::delayed && rule != nullptr) {
      if (rule->effective.empty()) {
        m_out.headline = m_speak(say::delayed_open, name);
        m_out.brief = m_speak(say::delayed_open_brief, name);
        return;
      }
      const Date day = rule->effective.back();
      m_out.headline = m_speak(say::delayed_to, name, m_speak.day(day));
      m_out.brief = m_speak(say::delayed_brief, name, m_speak.day(day));
      return;
    }
    std::string word = render::step_word(m_topic.news->item, kind, m_speak.language());
    m_out.headline = m_speak(say::step_headline, name, word);
  }

  /// What is due, the nearest first.
  void tell_days() {
    m_named = m_topic.rule() != nullptr;
    const Item& item = m_topic.news->item;
    std::vector<std::string> due;
    for (const ItemStep& step : m_topic.news->steps) {
      if (render::day_ahead(step)) {
        std::string phrase = render::due_phrase(item, step, m_speak.today(), m_speak.language());
        if (std::find(due.begin(), due.end(), phrase) == due.end()) {
          due.push_back(std::move(phrase));
        }
      }
    }
    m_out.headline = due.empty() ? topic_name(m_topic, m_speak) : m_speak.list(due);
    if (m_named && !due.empty()) {
      m_out.headline = m_speak(say::step_headline, topic_name(m_topic, m_speak), m_out.headline);
    }
  }

  [[nodiscard]] std::string name_of(const Hit& hit) const {
    return render::excerpt(render::entry_name(hit, m_input.categories, m_speak.language()),
                           name_columns);
  }

  [[nodiscard]] const Shown* about(const Hit& hit) const {
    const auto found = std::find_if(m_shown.begin(), m_shown.end(), [&](const Shown& shown) {
      return is_about(hit, *shown.change);
    });
    return found == m_shown.end() ? nullptr : &*found;
  }

  void tell_party(const Hit& hit) {
    const Shown* shown = about(hit);
    const Change* change = shown == nullptr ? nullptr : shown->change;
    const PartyNews news = change == nullptr                   ? PartyNews::named
                           : !is_whole_party(*change)          ? PartyNews::revised
                           : change->kind == ChangeKind::added ? PartyNews::added
                                                               : PartyNews::removed;

    struct Said {
      Phrase headline;
      Phrase brief;
      Phrase fact;
    };

    constexpr std::array said{
        Said{say::party_named, say::party_brief_named, say::party_subject_named},
        Said{say::party_added, say::party_brief_added, say::party_subject_added},
        Said{say::party_removed, say::party_brief_removed, say::party_subject_removed},
        Said{say::party_revised, say::party_brief_revised, say::party_subject_revised}};
    Said words = said[static_cast<std::size_t>(news)];
    if (news == PartyNews::added && shown->stored == nullptr) {
      words.headline = say::party_will;
    }
    const std::string list = change == nullptr ? "" : m_speak(render::party_list_name(change->at));
    m_out.headline = m_speak(words.headline, list);
    m_out.brief = m_speak(words.brief, name_of(hit), list);
    m_out.fact = m_speak(words.fact, list);
    const auto parties = whole_parties(m_topic);
    const auto own = std::count_if(parties.begin(), parties.end(), [&](const Change* each) {
      return std::any_of(m_topic.hits.begin(), m_topic.hits.end(), [&](const Hit& other) {
        return other.entry == EntryKind::party && is_about(other, *each);
      });
    });
    m_out.lead.push_back(parties.size() > 1 && own > 0
                             ? m_speak(say::lead_party, parties.size(), own)
                             : m_speak(say::lead_one_party));
  }

  void tell_product(const Hit& hit) {
    const auto reason =
        std::find_if(hit.reasons.begin(), hit.reasons.end(), [](const Reason& each) {
          return each.effect == ParameterEffect::now_inside ||
                 each.effect == ParameterEffect::now_outside;
        });
    const bool inside = reason->effect == ParameterEffect::now_inside;
    const auto at = Citation::parse(reason->at);
    const std::string place = at ? m_speak.place(*at) : reason->at;
    const std::string name = name_of(hit);
    const Document* rule = m_topic.rule();
    const std::optional<Date> day = rule == nullptr || rule->effective.empty()
                                        ? std::nullopt
                                        : std::optional(rule->effective.front());
    if (is_proposal(m_topic)) {
      tell_change();
    } else if (!day) {
      m_out.headline = m_speak(inside ? say::inside_now : say::outside_now, name, place);
    } else if (!inside) {
      m_out.headline = m_speak(say::outside_from, m_speak.day(*day), name, place);
    } else {
      const bool ahead = *day > m_speak.today();
      m_out.headline =
          m_speak(ahead ? say::inside_from : say::inside_since, m_speak.day(*day), name, place);
    }
    m_out.brief = m_speak(inside ? say::inside_brief : say::outside_brief, name, place);
    const auto products =
        std::count_if(m_topic.hits.begin(), m_topic.hits.end(), [](const Hit& each) {
          return each.entry == EntryKind::product && render::moves_own_figure(each);
        });
    if (inside && products > 1) {
      m_out.lead.push_back(
          m_speak(say::lead_products, m_input.categories.products.size(), products));
    }
  }

  void tell_parties(const std::vector<const Change*>& parties) {
    const std::string list = m_speak(render::party_list_name(parties.front()->at));
    const auto came = std::count_if(parties.begin(), parties.end(), [](const Change* each) {
      return each->kind == ChangeKind::added;
    });
    const auto went = static_cast<std::ptrdiff_t>(parties.size()) - came;
    if (went == 0) {
      m_out.headline = m_speak(say::parties_came, came, list);
      m_out.brief = m_speak(say::parties_brief_came, came, list);
    } else if (came == 0) {
      m_out.headline = m_speak(say::parties_went, went, list);
      m_out.brief = m_speak(say::parties_brief_went, went, list);
    } else {
      m_out.headline = m_speak(say::parties_both, came, went, list);
      m_out.brief = m_speak(say::parties_brief_both, came, went, list);
    }
  }

  void tell_change() {
    const Change& change = *m_shown.front().change;
    if (strikes_exclusion(change)) {
      m_out.headline = m_speak(say::struck, m_speak.place(change.at));
      m_out.lead.push_back(m_speak(say::lead_exclusion));
      m_out.brief = m_out.headline;
    } else {
      m_out.brief = m_speak(render::headline_of(change));
      m_out.headline = m_out.brief;
    }
    const std::size_t more = m_shown.size() - 1;
    if (more > 0) {
      m_out.headline =
          m_speak(say::and_places,
                  m_out.headline,
                  more == 1 ? m_speak(say::more_one_place) : m_speak(say::more_many_places, more));
    }
  }

  void tell_document() {
    m_named = true;
    const Item* item = m_topic.item();
    if (item != nullptr) {
      m_out.headline = m_speak(render::headline_of(*item));
      return;
    }
    // Only what notes of the law say of its force.
    const StoredChange& event = *m_topic.changes.front();
    m_out.headline = event.status ? m_speak(render::headline_of(*event.status))
                                  : m_speak(render::headline_of(event.change));
  }

  void add_lead() {
    std::vector<std::string>& lead = m_out.lead;
    const Item* item = m_topic.item();
    if (is_proposal(m_topic) && !has_mark(m_topic, Mark::withdrawn)) {
      lead.insert(lead.begin(), m_speak(say::lead_no_duty));
    }
    if (const Document* rule = m_topic.rule(); rule != nullptr) {
      if (!m_named) {
        const bool rules =
            rule->type == DocumentType::rule || rule->type == DocumentType::proposed_rule;
        lead.push_back(m_speak(rules ? say::lead_rule : say::lead_document,
                               m_speak(render::document_kind(*rule)),
                               render::excerpt(rule->title, title_columns)));
      }
      if (m_topic.news->told_before && is_fresh(m_topic)) {
        lead.push_back(m_speak(say::lead_told, standing_words(m_topic, m_speak)));
      }
    } else if (item == nullptr) {
      lead.push_back(m_topic.citation.empty() ? m_speak(say::lead_unknown)
                                              : m_speak(say::lead_cited, m_topic.citation));
    }
  }

  using StoredChange = store::StoredChange;

  const Topic& m_topic;
  const DigestInput& m_input;
  const Speaker& m_speak;
  std::vector<Shown> m_shown;
  bool m_named = false; ///< the headline names the document
  TopicWords m_out;
};

} // namespace

TopicWords topic_words(const Topic& topic, const DigestInput& input, const Speaker& speak) {
  return Words(topic, input, speak).run();
}

std::string standing_words(const Topic& topic, const Speaker& speak) {
  const Item* item = topic.item();
  const Document* rule = topic.rule();
  if (item != nullptr && item->page) {
    return speak(say::page_changed);
  }
  if (has_mark(topic, Mark::withdrawn)) {
    return speak(say::withdrawn);
  }
  if (has_mark(topic, Mark::stayed)) {
    return speak(say::stayed);
  }
  if (rule == nullptr) {
    return topic.changes.empty()
               ? std::string()
               : speak(say::codified_on, speak.day(topic.changes.back()->after_date));
  }
  if (has_mark(topic, Mark::not_enforced)) {
    return speak(say::not_enforced);
  }
  if (is_proposal(topic)) {
    return rule->comments_close ? speak(say::proposed_to, speak.day(*rule->comments_close))
                                : speak(say::proposed);
  }
  if (rule->effective.empty()) {
    return has_mark(topic, Mark::delayed) ? speak(say::delayed)
           : rule->on_inspection          ? speak(say::filed)
           : rule->published              ? speak(say::published_on, speak.day(*rule->published))
                                          : std::string();
  }
  const Date first = rule->effective.front();
  const std::string day = speak.day(first);
  if (rule->effective.size() > 1 && rule->effective.back() > speak.today()) {
    return speak(say::in_steps, day);
  }
  return speak(first <= speak.today() ? say::in_force_since : say::in_force_from, day);
}

std::string direction_words(const Topic& topic, const Speaker& speak) {
  bool tightened = false;
  bool loosened = false;
  for (const Shown& shown : shown_changes(topic)) {
    for (const TypedChange& typed : shown.change->typed) {
      tightened = tightened || typed.direction == Direction::tightened;
      loosened = loosened || typed.direction == Direction::loosened;
    }
  }
  return tightened && loosened ? speak(say::both_ways)
         : tightened           ? speak(say::tightened)
         : loosened            ? speak(say::loosened)
                               : std::string();
}

std::string topic_name(const Topic& topic, const Speaker& speak) {
  if (const Document* rule = topic.rule()) {
    return speak(render::document_kind(*rule)) + (speak.is_japanese() ? "" : " ") +
           speak(say::title_quoted, render::excerpt(rule->title, title_columns));
  }
  if (const Item* item = topic.item()) {
    return item->page ? item->page->title : speak(render::headline_of(*item));
  }
  return topic.citation.empty() ? speak.place(topic.place) : topic.citation;
}

std::vector<const Change*> whole_parties(const Topic& topic) {
  std::vector<const Change*> parties;
  std::set<std::string> ids;
  const auto add = [&](const Change& change) {
    if (is_whole_party(change) && ids.insert(change.id).second) {
      parties.push_back(&change);
    }
  };
  for (const Shown& shown : shown_changes(topic)) {
    add(*shown.change);
  }
  if (topic.item() != nullptr && !parties.empty()) {
    // Rows that hit nobody are counted with the others.
    for (const Change& change : topic.item()->changes) {
      add(change);
    }
  }
  return parties;
}

} // namespace regtrail::delivery
