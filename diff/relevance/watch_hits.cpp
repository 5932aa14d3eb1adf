#include "diff/relevance/watch_hits_internal.hpp"
#include "model/agency.hpp"
#include "model/characters.hpp"
#include "model/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::diff {

namespace {

constexpr double near_weight = 0.5;
constexpr double question_weight = 0.4; ///< beside a term; without terms the question is all
constexpr double question_alone_weight = 0.7;
constexpr int info = 1;
constexpr int low = 2;
constexpr int medium = 3;

bool asks(const Watch& watch) {
  return watch.enabled && watch.address.empty();
}

Register register_of_terms(const std::vector<Watch>& watches) {
  Register terms;
  for (const Watch& watch : watches) {
    if (!asks(watch)) {
      continue;
    }
    Category category;
    category.id = watch.id;
    category.terms_en = watch.terms;
    terms.categories.push_back(std::move(category));
  }
  return terms;
}

/// "u-s-customs-and-border-protection" of "U.S. Customs and Border Protection".
std::string slug_of(std::string_view name) {
  std::string slug;
  for (const char c : name) {
    if (is_alnum(c)) {
      slug += to_lower(c);
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  if (slug.ends_with('-')) {
    slug.pop_back();
  }
  return slug;
}

bool is_agency(std::string_view slug, std::string_view name) {
  return slug_of(name) == slug || is_same_agency(slug, name);
}

std::string_view searched_type(DocumentType type) {
  return type == DocumentType::proposed_rule  ? "proposed_rule"
         : type == DocumentType::presidential ? "presidential"
                                              : to_string(type);
}

/// Notices of systems of records and of collections of information say in their abstracts where
/// computers stand and who reads the answers.
bool is_of_records(const Document& document) {
  constexpr std::string_view titles =
      "privacy act of 1974|system of records|matching program|information collection|"
      "proposed collection|data collection|submission for omb review";
  return document.type == DocumentType::notice &&
         any_phrase(titles, [title = lowered(document.title)](std::string_view words) {
           return title.find(words) != std::string::npos;
         });
}

bool has_capital(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_upper);
}

} // namespace

WatchMatcher::WatchMatcher(const Register& source) : m_terms(register_of_terms(source.watches)) {
  for (const Watch& watch : source.watches) {
    if (!asks(watch)) {
      continue;
    }
    Question question{watch.id, watch.agencies, watch.types, {}, !watch.terms.empty()};
    for (const auto& place : watch.cfr) {
      if (auto pattern = parse_cfr_pattern(place)) {
        question.cfr.push_back(std::move(*pattern));
      }
    }
    m_questions.push_back(std::move(question));
  }
}

std::optional<std::string> WatchMatcher::covered(const Question& question,
                                                 const Document& document) {
  std::vector<std::string> words;
  if (!question.agencies.empty()) {
    const auto agency =
        std::find_if(document.agencies.begin(), document.agencies.end(), [&](const auto& name) {
          return std::any_of(question.agencies.begin(),
                             question.agencies.end(),
                             [&](const auto& slug) { return is_agency(slug, name); });
        });
    if (agency == document.agencies.end()) {
      return std::nullopt;
    }
    words.push_back(*agency);
  }
  if (!question.types.empty()) {
    // The printer's corrections have no type of their own.
    const bool any = document.type == DocumentType::correction;
    const auto type = searched_type(document.type);
    if (!any &&
        std::find(question.types.begin(), question.types.end(), type) == question.types.end()) {
      return std::nullopt;
    }
    words.emplace_back(to_string(document.type));
  }
  if (!question.cfr.empty()) {
    const auto part =
        std::find_if(document.cfr.begin(), document.cfr.end(), [&](const CfrPart& each) {
          return std::any_of(question.cfr.begin(), question.cfr.end(), [&](const auto& pattern) {
            return regtrail::covers(pattern, Citation::part(each.title, each.part));
          });
        });
    if (part == document.cfr.end()) {
      return std::nullopt;
    }
    words.push_back(fmt::format("{} CFR {}", part->title, part->part));
  }
  return words.empty() ? std::string("any agency") : fmt::format("{}", fmt::join(words, ", "));
}

/// Adds each term of `text` that its watch has not been found by yet.
void WatchMatcher::add_terms(std::vector<std::vector<FoundTerm>>& terms,
                             std::string_view text,
                             Where where) const {
  const Side side{text, make_term_text(text), {}, {}};
  const auto& words = side.terms.words;
  auto finds = m_terms.find(side);
  std::stable_sort(finds.begin(), finds.end(), [](const Find& left, const Find& right) {
    return left.first_word != right.first_word ? left.first_word < right.first_word
                                               : left.last_word > right.last_word;
  });
  // By watch, the word behind its last find: a term inside a longer one is none of its own.
  std::vector<std::uint32_t> read_to(terms.size(), 0);
  for (const Find& find : finds) {
    const Pattern& pattern = m_terms.pattern(find.pattern);
    const std::size_t begin = words[find.first_word].begin;
    const auto printed = text.substr(begin, words[find.last_word].end - begin);
    if (find.last_word < read_to[pattern.category] || (pattern.acronym && !has_capital(printed))) {
      continue;
    }
    read_to[pattern.category] = find.last_word + 1;
    auto& found = terms[pattern.category];
    const bool known = std::any_of(found.begin(), found.end(), [&find](const FoundTerm& term) {
      return term.pattern == find.pattern;
    });
    if (!known) {
      found.push_back({find.pattern, where, std::string(printed)});
    }
  }
}

double WatchMatcher::weight_of(Where where) {
  constexpr double in_title = 0.9;
  constexpr double in_abstract = 0.8;
  constexpr double in_body = 0.65;
  return where == Where::title ? in_title : where == Where::abstract ? in_abstract : in_body;
}

Hit WatchMatcher::make_hit(const Question& question,
                           std::string covered,
                           const std::vector<FoundTerm>& terms,
                           const Document& document) {
  const std::string at = Citation::fr_document(document.number).to_string();
  constexpr std::size_t most_terms = 7;
  Hit hit;
  hit.category = question.id;
  hit.entry = EntryKind::watch;
  hit.severity = low;
  hit.score = question_alone_weight;
  if (!terms.empty()) {
    const Where where = terms.front().where;
    hit.near = where != Where::title &&
               (is_of_records(document) || (where == Where::body && terms.size() == 1));
    hit.severity = where == Where::title                   ? medium
                   : where == Where::abstract && !hit.near ? low
                                                           : info;
    hit.score = hit.near ? near_weight : weight_of(where);
  }
  for (const FoundTerm& term : terms) {
    if (hit.reasons.size() < most_terms) {
      const double weight = hit.near ? near_weight : weight_of(term.where);
      hit.reasons.push_back({Signal::term, term.words, at, weight});
    }
  }
  hit.reasons.push_back({Signal::watch,
                         std::move(covered),
                         at,
                         terms.empty() ? question_alone_weight : question_weight});
  return hit;
}

bool WatchMatcher::covers(const Document& document) const {
  return std::any_of(m_questions.begin(), m_questions.end(), [&document](const Question& question) {
    return covered(question, document).has_value();
  });
}

std::vector<Hit> WatchMatcher::match(const Document& document) const {
  if (!covers(document)) {
    return {};
  }
  std::vector<std::vector<FoundTerm>> terms(m_questions.size());
  add_terms(terms, document.title, Where::title);
  add_terms(terms, document.abstract, Where::abstract);
  add_terms(terms, document.body, Where::body);
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < m_questions.size(); ++i) {
    auto words = covered(m_questions[i], document);
    if (words && (!m_questions[i].has_terms || !terms[i].empty())) {
      hits.push_back(make_hit(m_questions[i], std::move(*words), terms[i], document));
    }
  }
  return hits;
}

} // namespace regtrail::diff
