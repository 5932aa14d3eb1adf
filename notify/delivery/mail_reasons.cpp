#include "notify/delivery/mail_reasons.hpp"

#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/summary.hpp"

#include <algorithm>
#include <set>

namespace regtrail::delivery {

namespace {

constexpr std::size_t checks_shown = 3;
constexpr std::size_t ordinals_shown = 6;
constexpr std::size_t reasons_shown = 2;
constexpr std::size_t entries_explained = 3;
constexpr int words_columns = 50;

using store::StoredChange;

class Reasons {
public:
  Reasons(const Topic& topic, const DigestInput& input, const Speaker& speak)
      : m_topic(topic),
        m_input(input),
        m_speak(speak),
        m_shown(shown_changes(topic)) {}

  std::vector<std::string> questions() const {
    std::vector<std::string> list;
    const auto ask = [&list](std::string question) {
      if (list.size() < checks_shown) {
        list.push_back(std::move(question));
      }
    };
    const std::string unread = unread_words();
    if (!unread.empty()) {
      list.push_back(unread);
    }
    ask_of_hits(ask);
    ask_of_changes(ask);
    if (m_topic.rule() != nullptr && m_topic.rule()->type == DocumentType::proposed_rule) {
      ask(m_speak(say::ask_proposal));
    } else if (!whole_parties(m_topic).empty()) {
      ask(m_speak(say::ask_parties));
    } else if (list.empty() && !m_shown.empty()) {
      ask(m_speak(say::ask_group));
    }
    // What could not be read is said last.
    if (!unread.empty()) {
      std::rotate(list.begin(), list.begin() + 1, list.end());
    }
    return list;
  }

  template<typename Ask>
  void ask_of_hits(const Ask& ask) const {
    if (m_topic.told(StepKind::delayed)) {
      ask(m_speak(say::ask_delay));
    }
    for (const Hit& hit : m_topic.hits) {
      if (hit.entry == EntryKind::party) {
        ask(m_speak(say::ask_party, name_of(hit)));
        ask(m_speak(say::ask_party_names));
      } else if (hit.entry == EntryKind::product && render::moves_own_figure(hit)) {
        ask(m_speak(say::ask_product, name_of(hit)));
        const std::optional<Date> day = day_of_effect(m_topic);
        ask(day && *day >= m_speak.today() ? m_speak(say::ask_orders, m_speak.day(*day))
                                           : m_speak(say::ask_orders_now));
      } else if (hit.entry == EntryKind::procedure) {
        ask(m_speak(say::ask_procedure, name_of(hit)));
      }
    }
  }

  template<typename Ask>
  void ask_of_changes(const Ask& ask) const {
    for (const Shown& shown : m_shown) {
      const Change& change = *shown.change;
      if (change.kind == ChangeKind::removed && render::excludes(change.before)) {
        ask(m_speak(say::ask_exclusion, m_speak.place(change.at)));
      }
      const TypedChange* typed = render::main_type(change);
      if (typed != nullptr && typed->type == TypedChangeType::license_exception &&
          typed->direction != Direction::loosened) {
        ask(m_speak(say::ask_exception));
        return;
      }
    }
  }

  /// Instructions of the document that could not be read or compared.
  [[nodiscard]] std::string unread_words() const {
    if (m_topic.rule() == nullptr) {
      return "";
    }
    const auto count =
        std::count_if(m_topic.item()->checks.begin(),
                      m_topic.item()->checks.end(),
                      [](const std::string& check) { return check.starts_with("instruction "); });
    if (count == 0 && !m_topic.item()->checks.empty() && !m_topic.rule()->has_text) {
      return m_speak(say::text_missing, m_topic.rule()->number);
    }
    return count == 0   ? ""
           : count == 1 ? m_speak(say::ask_unread_one)
                        : m_speak(say::ask_unread, count);
  }

  // --- why --------------------------------------------------------------------------------------

  [[nodiscard]] std::string basis(bool own) const {
    std::vector<std::string> sentences;
    const std::vector<std::string> basis = basis_words();
    if (!basis.empty()) {
      sentences.push_back(m_speak(say::basis, m_speak.list(basis)));
    }
    if (!m_shown.empty() && m_shown.front().stored == nullptr && m_topic.rule() != nullptr) {
      sentences.push_back(m_speak(say::not_codified));
    }
    if (own && !m_topic.hits.empty()) {
      if (m_topic.hits.front().entry == EntryKind::party) {
        sentences.push_back(m_speak(say::no_identity));
      }
      sentences.push_back(m_speak(say::why, why_words()));
    }
    return m_speak.sentences(sentences);
  }

  [[nodiscard]] std::vector<std::string> basis_words() const {
    std::vector<std::string> ordinals;
    std::set<CauseEvidence> evidence;
    std::string citation;
    double confidence = 0.0;
    const auto add_ordinal = [&ordinals](const std::string& ordinal) {
      if (!ordinal.empty() &&
          std::find(ordinals.begin(), ordinals.end(), ordinal) == ordinals.end()) {
        ordinals.push_back(ordinal);
      }
    };
    for (const StoredChange* stored : m_topic.changes) {
      if (stored->change.causes.empty()) {
        continue;
      }
      const Cause& cause = stored->change.causes.front();
      const CauseAnswer answer = answer_of(cause);
      if (answer != CauseAnswer::identified && answer != CauseAnswer::cited) {
        continue;
      }
      evidence.insert(cause.evidence.begin(), cause.evidence.end());
      confidence = std::max(confidence, cause.confidence);
      citation = cause.citation;
      add_ordinal(cause.instruction);
    }
    std::vector<std::string> parts;
    if (m_topic.changes.empty() && m_topic.rule() != nullptr) {
      for (const Shown& shown : m_shown) {
        for (const Effect& effect : m_topic.item()->effects) {
          if (effect.change && effect.change->id == shown.change->id) {
            add_ordinal(effect.instruction);
          }
        }
      }
    }
    if (!ordinals.empty()) {
      parts.push_back(
          m_speak(say::basis_instruction, m_speak.first_of(std::move(ordinals), ordinals_shown)));
    }
    if (evidence.contains(CauseEvidence::text)) {
      parts.push_back(m_speak(say::basis_text));
    }
    if (evidence.contains(CauseEvidence::cita) && !citation.empty()) {
      parts.push_back(m_speak(say::basis_cita, citation));
    }
    if (evidence.contains(CauseEvidence::document_not_held)) {
      parts.push_back(m_speak(say::basis_not_held));
    }
    if (confidence > 0 && !parts.empty()) {
      constexpr double certain = 0.9;
      constexpr double likely = 0.75;
      parts.back() = m_speak(say::bracketed,
                             parts.back(),
                             m_speak(confidence >= certain  ? say::certain
                                     : confidence >= likely ? say::likely
                                                            : say::to_check));
    }
    return parts;
  }

  [[nodiscard]] std::string why_words() const {
    std::vector<std::string> entries;
    for (const Hit& hit : m_topic.hits) {
      if (entries.size() == entries_explained) {
        break;
      }
      std::vector<std::string> reasons;
      for (const Reason& reason : hit.reasons) {
        if (reason.weight <= 0 || reasons.size() == reasons_shown) {
          continue;
        }
        std::string words = render::signal_word(reason.signal, m_speak.language());
        words += m_speak.is_japanese() ? "「" + render::excerpt(reason.words, words_columns) + "」"
                                       : " “" + render::excerpt(reason.words, words_columns) + "”";
        if (std::find(reasons.begin(), reasons.end(), words) == reasons.end()) {
          reasons.push_back(std::move(words));
        }
      }
      entries.push_back(reasons.empty()
                            ? name_of(hit)
                            : m_speak(say::bracketed, name_of(hit), m_speak.list(reasons)));
    }
    const std::size_t more = m_topic.hits.size() - entries.size();
    if (more > 0) {
      entries.push_back(m_speak(say::more, more));
    }
    return m_speak.list(entries);
  }

  [[nodiscard]] std::string name_of(const Hit& hit) const {
    return render::entry_name(hit, m_input.categories, m_speak.language());
  }

  const Topic& m_topic;
  const DigestInput& m_input;
  const Speaker& m_speak;
  std::vector<Shown> m_shown;
};

} // namespace

std::vector<std::string>
topic_questions(const Topic& topic, const DigestInput& input, const Speaker& speak) {
  return Reasons(topic, input, speak).questions();
}

std::string
topic_basis(const Topic& topic, const DigestInput& input, const Speaker& speak, bool own) {
  return Reasons(topic, input, speak).basis(own);
}

} // namespace regtrail::delivery
