#include "diff/relevance/weigher_internal.hpp"
#include "model/characters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace regtrail::diff {

namespace {

constexpr double context_factor = 0.5; // the term stands in unchanged words only
constexpr double demoted_factor = 0.5;
// How near a change is to a named place, beside the very place (1).
constexpr double group_factor = 0.95;
constexpr double umbrella_factor = 0.9;
constexpr double above_factor = 0.75;
constexpr double lower_case_acronym_factor = 0.5;
constexpr double other_entry_factor = 0.5;
constexpr double party_list_factor = 0.5;
// "See also 3B903" touches 3B903 less than a change of 3B903 does.
constexpr double mention_factor = 0.7;
// An entry that the changed paragraph speaks of, in words that stayed.
constexpr double context_mention_weight = 0.6;
constexpr double reference_factor = 0.5;
constexpr double entity_weight = 0.8;
constexpr double title_weight = 0.7; // a term in a title, at least
constexpr std::size_t max_reasons = 8;
constexpr std::size_t terms_that_count = 2;

/// A weighed term of a category.
struct WeighedTerm {
  double weight = 0.0;
  bool is_ear_term = false;
  std::string words;
  std::string excluded_by; ///< the nearest false positive
};

/// How the place of a change fits one that a category names.
struct PlaceSignal {
  /// A later one is better evidence.
  enum class Fit : std::uint8_t {
    none,
    below,    ///< the change is above the named place and may concern its neighbours only
    governs,  ///< the change is above the named place and holds for it: a heading, a requirement
    umbrella, ///< the whole entry or section is named, the change is deeper inside
    group,    ///< an inner item that covers the change's place and its siblings
    exact,    ///< the very place, or a lettered paragraph of the CCL that covers it
  };
  Fit fit = Fit::none;
  std::string named; ///< as the register writes it
};

struct Evidence {
  std::map<std::uint32_t, WeighedTerm> terms; ///< by pattern
  PlaceSignal eccn;
  PlaceSignal cfr;
  bool cfr_is_definition = false;
  std::optional<Reason> mention;
  std::optional<Reason> reference;
  std::optional<Reason> entity;
  std::optional<Reason> hs;
  bool requirement_met = true;
  bool corroborated = false; ///< a term was found, in changed words or not
};

using Fit = PlaceSignal::Fit;

void keep_better(PlaceSignal& signal, Fit fit, const std::string& named) {
  if (fit > signal.fit) {
    signal = {fit, named};
  }
}

Fit fit_of(const EccnPlace& prefix, const EccnPlace& place, const Subject& subject) {
  const bool in_license_row = subject.in_license_row;
  if (covers(prefix, place)) {
    const int inside = depth(place) - depth(prefix) + (subject.in_note ? 1 : 0);
    if (inside == 0 || in_license_row || depth(prefix) == 1) {
      return Fit::exact;
    }
    return depth(prefix) == 0 ? Fit::umbrella : Fit::group;
  }
  if (!covers(place, prefix) || (in_license_row && depth(place) == 0)) {
    return Fit::none;
  }
  return governs(place, prefix, subject) ? Fit::governs : Fit::below;
}

Fit fit_of(const CfrPattern& pattern, const Citation& place, bool is_whole) {
  if (covers(pattern, place)) {
    return pattern.place.empty() || pattern.place.steps().size() < place.steps().size()
               ? Fit::umbrella
               : Fit::exact;
  }
  if (pattern.place.empty() || pattern.place.name() != place.name() ||
      !pattern.place.is_within(place)) {
    return Fit::none;
  }
  return is_whole ? Fit::governs : Fit::below;
}

class Weigher {
public:
  Weigher(const CompiledRegister& compiled, const Subject& subject)
      : m_compiled(compiled),
        m_subject(subject),
        m_rules(compiled.source().rules),
        m_evidence(compiled.categories().size()) {}

  std::vector<Hit> weigh();

private:
  void read_side(const Side& side);
  void weigh_finds(std::uint32_t category, const Side& side, const std::vector<Find>& finds);
  void read_places(std::uint32_t category);
  void read_mentions(std::uint32_t category);
  [[nodiscard]] bool requirement_by_entry(std::uint32_t category) const;
  [[nodiscard]] bool excluded_by_place(std::uint32_t category) const;
  [[nodiscard]] bool is_other_entry(std::uint32_t category) const;
  [[nodiscard]] double term_factor(std::uint32_t category,
                                   const Pattern& pattern,
                                   const Side& side,
                                   const Find& find) const;
  [[nodiscard]] double eccn_weight(std::uint32_t category) const;
  [[nodiscard]] double cfr_weight(std::uint32_t category) const;
  [[nodiscard]] Hit make_hit(std::uint32_t category) const;

  [[nodiscard]] const Category& category(std::uint32_t id) const {
    return m_compiled.source().categories[id];
  }

  const CompiledRegister& m_compiled;
  const Subject& m_subject;
  const MatchingRules& m_rules;
  std::vector<Evidence> m_evidence;
};

std::string words_of(const Side& side, const Find& find) {
  const auto& words = side.terms.words;
  const std::size_t begin = words[find.first_word].begin;
  return std::string(side.text.substr(begin, words[find.last_word].end - begin));
}

bool is_changed(const Side& side, const Find& find) {
  const auto any = [&find](const std::vector<bool>& words) {
    const auto last = words.begin() + find.last_word + 1;
    return std::find(words.begin() + find.first_word, last, true) != last;
  };
  return any(side.changed) || any(side.beside_changed_figure);
}

bool has_capital(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_upper);
}

/// "For all items subject to the EAR", which stands in every row of a list.
bool is_list_formula(const Side& side, const Find& find) {
  const std::size_t begin = side.terms.words[find.first_word].begin;
  constexpr std::string_view lead = "items ";
  return begin >= lead.size() && side.text.substr(begin - lead.size(), lead.size()) == lead &&
         side.text.substr(begin, 10) == "subject to";
}

double Weigher::term_factor(std::uint32_t id,
                            const Pattern& pattern,
                            const Side& side,
                            const Find& find) const {
  double factor = 1.0;
  if (!is_changed(side, find)) {
    factor *= context_factor;
  }
  if (pattern.acronym && !has_capital(words_of(side, find))) {
    factor *= lower_case_acronym_factor;
  }
  if (pattern.kind == Pattern::Kind::term && is_other_entry(id)) {
    factor *= other_entry_factor;
  }
  if (m_subject.in_party_list && m_evidence[id].cfr.fit == Fit::none) {
    factor *= is_list_formula(side, find) ? 0.0 : party_list_factor;
  }
  return factor;
}

/// The change lies in an entry that the category does not name. A new entry has no owner yet.
bool Weigher::is_other_entry(std::uint32_t id) const {
  const bool new_entry =
      m_subject.is_whole && !m_subject.places.empty() && m_subject.places.front().steps().empty();
  return !m_subject.eccns.empty() && !new_entry && m_evidence[id].eccn.fit == Fit::none &&
         !m_compiled.categories()[id].eccns.empty();
}

bool Weigher::excluded_by_place(std::uint32_t id) const {
  const auto& compiled = m_compiled.categories()[id];
  const bool entry = std::any_of(
      compiled.excluded_entries.begin(), compiled.excluded_entries.end(), [this](const auto& no) {
        return std::any_of(m_subject.eccns.begin(), m_subject.eccns.end(), [&no](const auto& at) {
          return covers(no, at);
        });
      });
  return entry ||
         std::any_of(compiled.excluded_places.begin(),
                     compiled.excluded_places.end(),
                     [this](const auto& no) {
                       return std::any_of(m_subject.places.begin(),
                                          m_subject.places.end(),
                                          [&no](const auto& at) { return covers(no, at); });
                     });
}

bool Weigher::requirement_by_entry(std::uint32_t id) const {
  const auto begins = [this](const std::string& eccn) {
    const auto& wanted = m_subject.eccns;
    const auto starts = [&eccn](const EccnPlace& place) {
      return place.eccn.compare(0, eccn.size(), eccn) == 0;
    };
    return std::any_of(wanted.begin(), wanted.end(), starts) ||
           std::any_of(m_subject.mentions.begin(),
                       m_subject.mentions.end(),
                       [&starts](const Mention& mention) { return starts(mention.eccn); });
  };
  const auto& required = m_compiled.categories()[id].required_eccn;
  return m_evidence[id].eccn.fit != Fit::none ||
         std::any_of(required.begin(), required.end(), begins);
}

void Weigher::read_side(const Side& side) {
  auto finds = m_compiled.find(side);
  std::stable_sort(finds.begin(), finds.end(), [this](const Find& left, const Find& right) {
    return m_compiled.pattern(left.pattern).category < m_compiled.pattern(right.pattern).category;
  });
  for (std::size_t first = 0; first < finds.size();) {
    const auto id = m_compiled.pattern(finds[first].pattern).category;
    std::size_t last = first;
    while (last < finds.size() && m_compiled.pattern(finds[last].pattern).category == id) {
      ++last;
    }
    weigh_finds(id,
                side,
                {finds.begin() + static_cast<std::ptrdiff_t>(first),
                 finds.begin() + static_cast<std::ptrdiff_t>(last)});
    first = last;
  }
}

/// The finds of one category in one side, in order of their end.
void Weigher::weigh_finds(std::uint32_t id, const Side& side, const std::vector<Find>& finds) {
  std::vector<Find> excluding;
  for (const auto& find : finds) {
    const auto kind = m_compiled.pattern(find.pattern).kind;
    if (kind == Pattern::Kind::false_positive) {
      excluding.push_back(find);
    } else if (kind == Pattern::Kind::required) {
      m_evidence[id].requirement_met = true;
    } else if (kind == Pattern::Kind::hs && !m_subject.in_document && is_changed(side, find)) {
      m_evidence[id].hs =
          Reason{Signal::hs, words_of(side, find), m_subject.at, m_rules.hs_hit_weight};
    }
  }
  const auto window = static_cast<std::uint32_t>(m_rules.proximity_window_tokens);
  for (const auto& find : finds) {
    const auto& pattern = m_compiled.pattern(find.pattern);
    const bool is_name = pattern.kind == Pattern::Kind::name && m_subject.is_title;
    if (pattern.kind > Pattern::Kind::ear_term && !is_name) {
      continue;
    }
    const auto near = std::partition_point(excluding.begin(), excluding.end(), [&](const Find& no) {
      return no.last_word + window < find.first_word;
    });
    WeighedTerm term;
    term.is_ear_term = pattern.kind == Pattern::Kind::ear_term || is_name;
    double base = term.is_ear_term ? m_rules.ear_term_hit_weight : category(id).weight;
    if (m_subject.is_title && base > 0) {
      base = std::max(base, title_weight);
    }
    term.weight = base * term_factor(id, pattern, side, find);
    term.words = words_of(side, find);
    if (near != excluding.end() && near->first_word <= find.last_word + window) {
      term.excluded_by = words_of(side, *near);
      term.weight *= 1.0 - m_rules.false_positive_penalty;
    }
    auto& known = m_evidence[id].terms[find.pattern];
    if (known.words.empty() || term.weight > known.weight) {
      known = std::move(term);
    }
  }
}

void Weigher::read_places(std::uint32_t id) {
  const auto& compiled = m_compiled.categories()[id];
  auto& evidence = m_evidence[id];
  for (std::size_t i = 0; i < compiled.eccns.size(); ++i) {
    for (const auto& place : m_subject.eccns) {
      keep_better(evidence.eccn, fit_of(compiled.eccns[i], place, m_subject), category(id).eccn[i]);
    }
  }
  for (std::size_t i = 0; i < compiled.places.size(); ++i) {
    const auto& pattern = compiled.places[i];
    for (const auto& place : m_subject.places) {
      const Fit fit = fit_of(pattern, place, m_subject.is_whole);
      keep_better(evidence.cfr, fit, compiled.places_text[i]);
      evidence.cfr_is_definition |= fit != Fit::none && !pattern.definition.empty();
    }
  }
}

void Weigher::read_mentions(std::uint32_t id) {
  const auto& compiled = m_compiled.categories()[id];
  auto& evidence = m_evidence[id];
  const auto keep = [this](std::optional<Reason>& reason,
                           Signal signal,
                           const std::string& words,
                           double weight) {
    if (!reason || weight > reason->weight) {
      reason = Reason{signal, words, m_subject.at, weight};
    }
  };
  const double listed = m_subject.in_party_list ? party_list_factor : 1.0;
  for (const auto& mention : m_subject.mentions) {
    const bool own = std::any_of(m_subject.eccns.begin(),
                                 m_subject.eccns.end(),
                                 [&](const auto& at) { return at.eccn == mention.eccn.eccn; });
    for (const auto& prefix : compiled.eccns) {
      if (!mention.eccn.eccn.empty() && !own && covers(prefix, mention.eccn)) {
        keep(evidence.mention,
             Signal::eccn,
             mention.words,
             m_rules.eccn_hit_weight * mention_factor * listed);
      }
    }
    for (const auto& pattern : compiled.places) {
      if (!mention.reference.empty() && covers(pattern, mention.reference)) {
        keep(evidence.reference,
             Signal::reference,
             mention.words,
             m_rules.cfr_hit_weight * reference_factor);
      }
    }
  }
  if (m_subject.eccns.empty()) {
    for (const auto& named : m_subject.named_eccns) {
      for (const auto& prefix : compiled.eccns) {
        if (related(prefix, named)) {
          const std::string words = named.path.empty() ? named.eccn : named.eccn + '.' + named.path;
          keep(evidence.mention,
               Signal::eccn,
               words,
               std::min(context_mention_weight, m_rules.eccn_hit_weight) * listed);
        }
      }
    }
  }
  for (const auto& paragraph : m_subject.own_paragraphs) {
    for (const auto& pattern : compiled.places) {
      const bool below = paragraph.steps().size() > 1 && !pattern.place.empty() &&
                         pattern.place.is_within(paragraph);
      if (!pattern.place.steps().empty() && (below || covers(pattern, paragraph))) {
        keep(evidence.reference, Signal::reference, paragraph.to_string(), m_rules.cfr_hit_weight);
      }
    }
  }
  const auto is_foreign_product_rule = [](const CfrPattern& pattern) {
    return covers(pattern, Citation::section("15", "734.9"));
  };
  if (!m_subject.fdp_footnotes.empty() &&
      std::any_of(compiled.places.begin(), compiled.places.end(), is_foreign_product_rule)) {
    evidence.entity = Reason{Signal::entity, m_subject.fdp_footnotes, m_subject.at, entity_weight};
  }
}

double Weigher::eccn_weight(std::uint32_t id) const {
  const auto& evidence = m_evidence[id];
  const double full = m_rules.eccn_hit_weight;
  switch (evidence.eccn.fit) {
  case Fit::none:
    return 0.0;
  case Fit::exact:
    return full;
  case Fit::group:
    return full * group_factor;
  case Fit::umbrella:
    return full * umbrella_factor;
  case Fit::governs:
    return full * above_factor;
  case Fit::below:
    return full * (evidence.corroborated || is_users(category(id)) ? above_factor : demoted_factor);
  }
  return 0.0;
}

double Weigher::cfr_weight(std::uint32_t id) const {
  const auto& evidence = m_evidence[id];
  const double full = m_rules.cfr_hit_weight;
  if (evidence.cfr.fit == Fit::none) {
    return 0.0;
  }
  if (evidence.cfr.fit == Fit::below && !evidence.corroborated && !evidence.cfr_is_definition &&
      !is_users(category(id))) {
    return std::min(full, m_rules.min_score_mention + 0.01);
  }
  return full;
}

Hit Weigher::make_hit(std::uint32_t id) const {
  const auto& evidence = m_evidence[id];
  Hit hit;
  hit.category = category(id).id;
  double place = 0.0;
  const auto give = [&hit](const Reason& reason) { hit.reasons.push_back(reason); };
  if (const double weight = eccn_weight(id); weight > 0) {
    give({Signal::eccn, evidence.eccn.named, m_subject.at, weight});
    place = std::max(place, weight);
  }
  if (const double weight = cfr_weight(id); weight > 0) {
    give({Signal::cfr, evidence.cfr.named, m_subject.at, weight});
    place = std::max(place, weight);
  }
  for (const auto* reason : {&evidence.mention, &evidence.reference, &evidence.entity}) {
    if (*reason) {
      give(**reason);
      place = std::max(place, (*reason)->weight);
    }
  }
  std::vector<const WeighedTerm*> terms;
  double lacking = 0.0;
  for (const auto& [pattern, term] : evidence.terms) {
    if (!term.is_ear_term && !evidence.requirement_met) {
      lacking = std::max(lacking, term.weight);
    } else {
      terms.push_back(&term);
    }
  }
  std::stable_sort(terms.begin(), terms.end(), [](const auto* left, const auto* right) {
    return left->weight > right->weight;
  });
  const bool excluded = excluded_by_place(id);
  double doubt = 1.0 - std::min(place, 1.0);
  std::size_t counted = 0;
  for (const auto* term : terms) {
    const double weight = excluded ? 0.0 : term->weight;
    give({term->is_ear_term ? Signal::ear_term : Signal::term, term->words, m_subject.at, weight});
    if (counted++ < terms_that_count) {
      doubt *= 1.0 - std::min(weight, 1.0);
    }
    if (!term->excluded_by.empty()) {
      give({Signal::excluded, term->excluded_by, m_subject.at, -term->weight});
    }
  }
  if (excluded && !terms.empty()) {
    give({Signal::excluded, m_subject.at, m_subject.at, -terms.front()->weight});
  }
  if (lacking > 0) {
    give({Signal::required,
          fmt::format("none of: {}", fmt::join(category(id).require_any, ", ")),
          m_subject.at,
          -lacking});
  }
  if (evidence.hs) {
    give(*evidence.hs);
    doubt *= 1.0 - evidence.hs->weight;
  }
  constexpr double digits = 10000.0;
  hit.score = std::round((1.0 - doubt) * digits) / digits;
  std::stable_sort(hit.reasons.begin(), hit.reasons.end(), [](const auto& left, const auto& right) {
    return std::abs(left.weight) > std::abs(right.weight);
  });
  if (hit.reasons.size() > max_reasons) {
    hit.reasons.resize(max_reasons);
  }
  return hit;
}

std::vector<Hit> Weigher::weigh() {
  const auto count = static_cast<std::uint32_t>(m_evidence.size());
  for (std::uint32_t id = 0; id < count; ++id) {
    read_places(id);
  }
  for (std::uint32_t id = 0; id < count; ++id) {
    m_evidence[id].requirement_met =
        !m_compiled.categories()[id].has_requirement || requirement_by_entry(id);
  }
  for (const auto& side : m_subject.sides) {
    read_side(side);
  }
  for (std::uint32_t id = 0; id < count; ++id) {
    auto& evidence = m_evidence[id];
    const bool excluded = excluded_by_place(id);
    evidence.corroborated =
        !excluded &&
        std::any_of(evidence.terms.begin(), evidence.terms.end(), [&evidence](const auto& term) {
          return term.second.weight > 0 && term.second.excluded_by.empty() &&
                 (term.second.is_ear_term || evidence.requirement_met);
        });
  }
  std::vector<Hit> hits;
  for (std::uint32_t id = 0; id < count; ++id) {
    read_mentions(id);
    auto hit = make_hit(id);
    if (!hit.reasons.empty()) {
      hits.push_back(std::move(hit));
    }
  }
  std::stable_sort(hits.begin(), hits.end(), [](const Hit& left, const Hit& right) {
    return left.score > right.score;
  });
  return hits;
}

} // namespace

std::vector<Hit> weigh(const CompiledRegister& compiled, const Subject& subject) {
  return Weigher(compiled, subject).weigh();
}

} // namespace regtrail::diff
