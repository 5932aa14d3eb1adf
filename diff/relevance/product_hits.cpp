#include "diff/relevance/parameters.hpp"
#include "diff/relevance/place_hits_internal.hpp"
#include "diff/relevance/product_hits_internal.hpp"
#include "ear/path_set.hpp"
#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/supplement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace regtrail::diff {

namespace {

constexpr double place_weight = 1.0;
constexpr double governing_weight = 0.9;
constexpr double mention_weight = 0.7;
constexpr double bare_mention_weight = 0.6; ///< of the entry, where the product has a paragraph
constexpr double bare_mention_in_entry = 0.45;
constexpr double kept_mention_weight = 0.6;
constexpr double control_weight = 0.6;
constexpr double content_weight = 0.6;
constexpr double general_definition_weight = 0.6;
constexpr double term_weight = 0.8;
constexpr double description_weight = 0.65;
constexpr double context_factor = 0.5;
constexpr double other_entry_factor = 0.8;
constexpr double loose_parameter_weight = 0.4;
constexpr double category_weight = 0.4;
constexpr double neighbour_weight = 0.3;
constexpr std::string_view eccn_lead = "ECCN ";
constexpr std::size_t many_eccns = 8; ///< a paragraph that names more is a list of its own
constexpr int critical = 5;
constexpr int medium = 3;
constexpr int low = 2;

/// The first words of a description, where they name the thing: "gate valve" of "Gate valve for
/// chambers, DN 100". "" for a single word, which would be found everywhere.
std::string thing_in(std::string_view description) {
  std::size_t end = 0;
  while (end < description.size() &&
         (is_alpha(description[end]) || description[end] == ' ' || description[end] == '-')) {
    ++end;
  }
  auto head = description.substr(0, end);
  if (end < description.size() && is_alnum(description[end])) { // "DN100": a word with a figure
    head = head.substr(
        0, head.find_last_of(' ') == std::string_view::npos ? 0 : head.find_last_of(' '));
  }
  for (const std::string_view joint :
       {" for ", " with ", " of ", " in ", " to ", " and ", " or "}) {
    head = head.substr(0, head.find(joint));
  }
  head = trimmed(head, "-");
  return head.find(' ') == std::string_view::npos ? std::string() : std::string(head);
}

Register register_of_terms(const std::vector<Product>& products) {
  Register terms;
  for (const Product& product : products) {
    Category category;
    category.id = product.id;
    for (const auto& term : product.terms) {
      (is_japanese(term) ? category.terms_ja : category.terms_en).push_back(term);
    }
    // What only the description says counts as a term of the law would.
    if (auto thing = thing_in(product.description_en); !thing.empty()) {
      category.ear_terms.push_back(std::move(thing));
    }
    category.hs = product.hs;
    terms.categories.push_back(std::move(category));
  }
  return terms;
}

/// Sections of part 742 by the reason for control that the third character of an ECCN stands for
/// (15 CFR 738.2(d)(1)).
struct ControlSection {
  std::string_view section;
  char digit;
};

constexpr std::array control_sections = {
    ControlSection{"742.2", '3'}, // CB
    ControlSection{"742.3", '2'}, // NP
    ControlSection{"742.5", '1'}, // MT
};

/// The share of U.S. content as a figure, which 15 CFR 734.4 limits.
Parameter content_of(double percent) {
  auto text = fmt::format("{}", percent);
  return {"controlled U.S.-origin content", percent, "%", std::move(text)};
}

bool is_whole(const Change& change) {
  return change.kind == ChangeKind::added || change.kind == ChangeKind::removed;
}

/// A requirement of a list that is limited to items names them.
bool is_silent_list(const Change& change) {
  return is_in_party_list(change.at) && change.at.steps().back().name != "License requirement";
}

std::string words_of(const Side& side, const Find& find) {
  const auto& words = side.terms.words;
  const std::size_t begin = words[find.first_word].begin;
  return std::string(side.text.substr(begin, words[find.last_word].end - begin));
}

} // namespace

struct ProductMatcher::Finding {
  std::vector<Reason> reasons;
  bool own_place = false;    ///< at, within or above a paragraph of the product
  bool touched = false;      ///< own_place, and no line of its entry that excepts the paragraph
  bool tied = false;         ///< by its place, a mention or a term: its figures are meant
  bool tied_to_text = false; ///< by its place or a term

  void add(Reason reason) {
    for (Reason& known : reasons) {
      if (known.signal == reason.signal && known.words == reason.words) {
        if (reason.weight > known.weight) {
          known = std::move(reason);
        }
        return;
      }
    }
    reasons.push_back(std::move(reason));
  }
};

ProductMatcher::ProductMatcher(const Register& source)
    : m_products(source.products),
      m_rules(source.rules),
      m_eccns(source.products.size()),
      m_terms(register_of_terms(source.products)) {
  for (std::uint32_t i = 0; i < m_products.size(); ++i) {
    std::set<std::string> entries;
    for (const auto& text : m_products[i].eccn) {
      auto place = parse_eccn_place(text);
      if (is_eccn(place.eccn)) {
        entries.insert(place.eccn);
        m_eccns[i].push_back(std::move(place));
      }
    }
    for (const auto& entry : entries) {
      m_by_eccn[entry].push_back(i);
    }
    for (const auto& category : m_products[i].categories) {
      m_by_category[category].push_back(i);
    }
    std::set<std::string> defined;
    for (const auto& term : m_products[i].terms) {
      defined.insert(make_term_text(term).squeezed);
    }
    for (const Parameter& parameter : m_products[i].parameters) {
      defined.insert(make_term_text(parameter.name).squeezed);
    }
    for (const auto& word : defined) {
      m_by_definition[word].push_back(i);
    }
    if (m_products[i].us_content) {
      m_products[i].parameters.push_back(content_of(*m_products[i].us_content));
    }
  }
}

void ProductMatcher::add_places(Findings& findings,
                                const Change& change,
                                const Subject& subject) const {
  const auto look_at = [&](const Citation& at) {
    if (at.kind() != CitationKind::eccn) {
      return;
    }
    const auto found = m_by_eccn.find(at.name());
    if (found == m_by_eccn.end()) {
      return;
    }
    for (const std::uint32_t product : found->second) {
      for (std::size_t i = 0; i < m_eccns[product].size(); ++i) {
        const EccnPlace& own = m_eccns[product][i];
        const Concern concern = concern_of(own, change, at);
        if (concern == Concern::none) {
          continue;
        }
        Finding& finding = findings[product];
        finding.own_place = finding.tied = finding.tied_to_text = true;
        finding.touched = finding.touched || !subject.in_entry_line || own.path.empty() ||
                          governs({at.name(), ""}, own, subject);
        const std::string typed = own.path.empty() ? own.eccn : own.eccn + '.' + own.path;
        finding.add({Signal::eccn,
                     typed,
                     change.at.to_string(),
                     concern == Concern::within ? place_weight : governing_weight});
      }
    }
  };
  look_at(change.at);
  if (change.was && *change.was != change.at) {
    look_at(*change.was);
  }
}

void ProductMatcher::add_mentions(Findings& findings,
                                  const Change& change,
                                  const Subject& subject) const {
  struct Named {
    EccnPlace place;
    std::string words;
    bool changed;
  };

  std::vector<Named> all;
  for (const Mention& mention : subject.mentions) {
    if (!mention.eccn.eccn.empty()) {
      all.push_back({mention.eccn, mention.words, true});
    }
  }
  // A paragraph whose list of entries stays is about all of them.
  if (all.empty() && !is_whole(change) && change.at.kind() != CitationKind::eccn) {
    const std::string& text = change.after.empty() ? change.before : change.after;
    for (auto& mention : ear::find_eccns(text)) {
      all.push_back({{mention.eccn, mention.path},
                     text.substr(mention.begin, mention.end - mention.begin),
                     false});
    }
    if (all.size() > many_eccns) {
      all.clear();
    }
  }
  for (const Named& named : all) {
    const auto found = m_by_eccn.find(named.place.eccn);
    if (found == m_by_eccn.end() || named.place.eccn == change.at.name()) {
      continue;
    }
    for (const std::uint32_t product : found->second) {
      double weight = 0.0;
      for (const EccnPlace& own : m_eccns[product]) {
        if (!covers(own, named.place) && !covers(named.place, own)) {
          continue;
        }
        const bool bare = named.place.path.empty() && !own.path.empty();
        const bool in_entry = change.at.kind() == CitationKind::eccn;
        weight = std::max(weight,
                          !named.changed ? kept_mention_weight
                          : !bare        ? mention_weight
                          : in_entry     ? bare_mention_in_entry
                                         : bare_mention_weight);
      }
      if (weight > 0) {
        Finding& finding = findings[product];
        finding.tied = finding.tied || !is_whole(change);
        finding.add({Signal::eccn, named.words, change.at.to_string(), weight});
      }
    }
  }
}

/// "Items controlled for CB reasons": 742.2 is about every entry whose number says so, but for the
/// paragraphs that name entries.
void ProductMatcher::add_reasons_for_control(Findings& findings, const Change& change) const {
  const auto section = std::find_if(
      control_sections.begin(), control_sections.end(), [&](const ControlSection& each) {
        return change.at.kind() == CitationKind::section && change.at.name() == each.section;
      });
  if (section == control_sections.end() ||
      !ear::find_eccns(change.before + '\n' + change.after).empty()) {
    return;
  }
  for (const auto& [eccn, products] : m_by_eccn) {
    if (eccn[2] != section->digit) {
      continue;
    }
    for (const std::uint32_t product : products) {
      findings[product].add(
          {Signal::cfr, std::string(section->section), change.at.to_string(), control_weight});
    }
  }
}

/// A definition of a word of the product. Parts "specially designed" for equipment stand in most
/// entries of the groups A and B.
void ProductMatcher::add_definitions(Findings& findings, const Change& change) const {
  if (change.at.kind() != CitationKind::section || change.at.name() != "772.1" ||
      change.at.steps().empty()) {
    return;
  }
  const auto& name = change.at.steps().front().name;
  const auto at = change.at.to_string();
  const auto squeezed = make_term_text(name).squeezed;
  if (const auto found = m_by_definition.find(squeezed); found != m_by_definition.end()) {
    for (const std::uint32_t product : found->second) {
      findings[product].add({Signal::term, name, at, term_weight});
    }
  }
  if (squeezed != make_term_text("specially designed").squeezed) {
    return;
  }
  for (const auto& [eccn, products] : m_by_eccn) {
    if (eccn[1] == 'A' || eccn[1] == 'B') {
      for (const std::uint32_t product : products) {
        findings[product].add({Signal::cfr, name, at, general_definition_weight});
      }
    }
  }
}

/// The de minimis rules of 734.4(c) and (d) are about every commodity with U.S. content.
void ProductMatcher::add_content(Findings& findings, const Change& change) const {
  if (change.at.kind() != CitationKind::section || change.at.name() != "734.4" ||
      (change.before + change.after).find("commodit") == std::string::npos) {
    return;
  }
  for (std::uint32_t product = 0; product < m_products.size(); ++product) {
    if (m_products[product].us_content && !parameter_effects(m_products[product], change).empty()) {
      Finding& finding = findings[product];
      finding.tied = finding.tied_to_text = true;
      finding.add({Signal::cfr, "734.4", change.at.to_string(), content_weight});
    }
  }
}

void ProductMatcher::add_terms(Findings& findings,
                               const Change& change,
                               const Subject& subject) const {
  for (const Side& side : subject.sides) {
    for (const Find& find : m_terms.find(side)) {
      const Pattern& pattern = m_terms.pattern(find.pattern);
      const std::uint32_t product = pattern.category;
      const auto first = side.changed.begin() + find.first_word;
      const auto last = side.changed.begin() + find.last_word + 1;
      const bool changed = std::find(first, last, true) != last;
      if (pattern.kind == Pattern::Kind::hs) {
        if (changed && !subject.in_document) {
          findings[product].add(
              {Signal::hs, words_of(side, find), subject.at, m_rules.hs_hit_weight});
        }
        continue;
      }
      Finding& finding = findings[product];
      double weight = pattern.kind == Pattern::Kind::term ? term_weight : description_weight;
      weight *= changed ? 1.0 : context_factor;
      if (!finding.own_place && !m_eccns[product].empty() && !is_whole(change) &&
          change.at.kind() == CitationKind::eccn) {
        weight *= other_entry_factor;
      }
      finding.tied = finding.tied_to_text = true;
      finding.add({Signal::term, words_of(side, find), subject.at, weight});
    }
  }
}

void ProductMatcher::add_categories(Findings& findings, const std::vector<Hit>& categories) const {
  for (const Hit& hit : categories) {
    const auto found = m_by_category.find(hit.category);
    if (found == m_by_category.end() || hit.entry != EntryKind::category ||
        hit.score < m_rules.min_score_flag) {
      continue;
    }
    for (const std::uint32_t product : found->second) {
      findings[product].add({Signal::product,
                             hit.category,
                             hit.reasons.empty() ? std::string() : hit.reasons.front().at,
                             category_weight});
    }
  }
}

bool ProductMatcher::is_named(std::uint32_t product, std::string_view text) const {
  const Side side{text, make_term_text(text), {}, {}};
  const auto finds = m_terms.find(side);
  return std::any_of(finds.begin(), finds.end(), [&](const Find& find) {
    const Pattern& pattern = m_terms.pattern(find.pattern);
    return pattern.category == product && pattern.kind != Pattern::Kind::hs;
  });
}

/// Paragraphs in the same list as that of the change that hold a figure of the product already:
/// those of its ECCNs, and those that name it.
void ProductMatcher::add_neighbours(Finding& finding,
                                    std::uint32_t product,
                                    const Change& change,
                                    const Node& list) const {
  if (list.text.find("all of the following") != std::string::npos) {
    return; // they are further conditions, not other ways to be caught
  }
  const auto steps = child_steps(list);
  for (std::size_t i = 0; i < list.children.size(); ++i) {
    const Node& node = list.children[i];
    const Citation at = change.at.parent().child(steps[i]);
    if (node.kind != NodeKind::item || at == change.at) {
      continue;
    }
    const auto limits = parameter_limits(m_products[product], node.text, at, list.text);
    const EccnPlace place = parse_eccn_place(at.to_string().substr(eccn_lead.size()));
    const bool own = std::any_of(m_eccns[product].begin(),
                                 m_eccns[product].end(),
                                 [&](const EccnPlace& each) { return covers(each, place); });
    if (is_inside(node.text, limits) && (own || is_named(product, node.text))) {
      Reason reason{Signal::parameter,
                    at.to_string().substr(eccn_lead.size()),
                    at.to_string(),
                    neighbour_weight};
      reason.own = limits.front().own;
      reason.effect = ParameterEffect::still_inside;
      finding.add(std::move(reason));
    }
  }
}

Hit ProductMatcher::make_hit(std::uint32_t product,
                             const Finding& finding,
                             const Change& change,
                             int severity) const {
  constexpr std::size_t most = 8;
  constexpr double digits = 10000.0;
  Hit hit;
  hit.category = m_products[product].id;
  hit.entry = EntryKind::product;
  hit.reasons = finding.reasons;
  std::stable_sort(hit.reasons.begin(), hit.reasons.end(), [](const auto& left, const auto& right) {
    return left.weight > right.weight;
  });
  double doubt = 1.0;
  std::set<Signal> counted;
  for (const Reason& reason : hit.reasons) {
    if (counted.insert(reason.signal).second) {
      doubt *= 1.0 - std::min(reason.weight, 1.0);
    }
  }
  hit.score = std::round((1.0 - doubt) * digits) / digits;
  if (hit.reasons.size() > most) {
    hit.reasons.resize(most);
  }
  hit.near = !finding.own_place && hit.score < m_rules.min_score_flag;
  const bool now_inside =
      std::any_of(hit.reasons.begin(), hit.reasons.end(), [](const Reason& reason) {
        return reason.effect == ParameterEffect::now_inside;
      });
  // A new number is a new classification on every paper.
  const bool renumbered = finding.own_place && change.was && *change.was != change.at;
  hit.severity = now_inside                              ? critical
                 : hit.near                              ? std::max(1, severity - 1)
                 : renumbered                            ? std::max(severity, medium)
                 : finding.own_place && !finding.touched ? std::min(severity, low)
                                                         : severity;
  return hit;
}

std::vector<Hit> ProductMatcher::match(const Change& change,
                                       int severity,
                                       const std::vector<Hit>& categories,
                                       const Node* above) const {
  if (m_products.empty() || is_silent_list(change)) {
    return {};
  }
  const Subject subject = make_subject(change);
  Findings findings;
  add_places(findings, change, subject);
  add_mentions(findings, change, subject);
  add_reasons_for_control(findings, change);
  add_definitions(findings, change);
  add_content(findings, change);
  add_terms(findings, change, subject);
  add_categories(findings, categories);
  std::vector<Hit> hits;
  for (auto& [product, finding] : findings) {
    bool moved = false;
    for (Reason& reason : parameter_effects(m_products[product], change)) {
      if (!(is_whole(change) ? finding.tied_to_text : finding.tied)) {
        reason.weight = loose_parameter_weight;
        reason.effect.reset();
      }
      moved = moved || reason.effect.has_value();
      finding.add(std::move(reason));
    }
    if (moved && above != nullptr && change.at.kind() == CitationKind::eccn) {
      add_neighbours(finding, product, change, *above);
    }
    auto hit = make_hit(product, finding, change, severity);
    if (!hit.reasons.empty()) {
      hits.push_back(std::move(hit));
    }
  }
  return hits;
}

} // namespace regtrail::diff
