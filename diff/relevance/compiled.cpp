#include "diff/relevance/compiled_internal.hpp"
#include "model/characters.hpp"

#include <algorithm>
#include <iterator>

namespace regtrail::diff {

namespace {

/// "FAR", "UPS", "CD-SEM" is none: two to four capitals and nothing else.
bool is_acronym(std::string_view term) {
  return term.size() >= 2 && term.size() <= 4 && std::all_of(term.begin(), term.end(), is_upper);
}

/// "3B": the beginning of an ECCN.
bool is_eccn_beginning(std::string_view term) {
  return term.size() >= 2 && term.size() <= 5 && is_digit(term[0]) && term[1] >= 'A' &&
         term[1] <= 'E' && std::all_of(term.begin() + 2, term.end(), is_digit);
}

CompiledCategory compile(const Category& category) {
  CompiledCategory compiled;
  for (const auto& eccn : category.eccn) {
    compiled.eccns.push_back(parse_eccn_place(eccn));
  }
  for (const auto& place : category.cfr) {
    if (auto pattern = parse_cfr_pattern(place)) {
      compiled.places.push_back(std::move(*pattern));
      compiled.places_text.push_back(place);
    }
  }
  for (const auto& term : category.false_positives) {
    if (is_eccn(term.substr(0, 5))) {
      compiled.excluded_entries.push_back(parse_eccn_place(term));
    } else if (auto pattern = parse_cfr_pattern(term)) {
      compiled.excluded_places.push_back(std::move(*pattern));
    }
  }
  for (const auto& term : category.require_any) {
    if (is_eccn_beginning(term)) {
      compiled.required_eccn.push_back(term);
    }
  }
  compiled.has_requirement = !category.require_any.empty();
  return compiled;
}

} // namespace

CompiledRegister::CompiledRegister(Register categories) : m_register(std::move(categories)) {
  std::uint32_t id = 0;
  for (const auto& category : m_register.categories) {
    m_categories.push_back(compile(category));
    // A spelling counts once, at its best: "data center" and "datacenter" are one term.
    add_terms(category.ear_terms, id, Pattern::Kind::ear_term);
    add_terms(category.terms_en, id, Pattern::Kind::term);
    add_terms(category.terms_ja, id, Pattern::Kind::term);
    add_terms(category.false_positives, id, Pattern::Kind::false_positive);
    add_terms(category.require_any, id, Pattern::Kind::required);
    // Four bare digits are too often a year or a page; "8486.20" is a tariff code.
    std::vector<std::string> codes;
    std::copy_if(category.hs.begin(),
                 category.hs.end(),
                 std::back_inserter(codes),
                 [](const std::string& code) { return code.find('.') != std::string::npos; });
    add_terms(codes, id, Pattern::Kind::hs);
    add_terms({category.label_en, category.label_ja}, id, Pattern::Kind::name);
    ++id;
  }
  m_automaton.build();
}

void CompiledRegister::add_terms(const std::vector<std::string>& terms,
                                 std::uint32_t category,
                                 Pattern::Kind kind) {
  constexpr std::size_t longest_glued = 5;
  if (kind == Pattern::Kind::ear_term) {
    m_spellings.clear(); // the first list of a category
  }
  for (const auto& term : terms) {
    const auto squeezed = make_term_text(term);
    if (kind <= Pattern::Kind::ear_term && !m_spellings.insert(squeezed.squeezed).second) {
      continue;
    }
    Pattern pattern;
    pattern.category = category;
    pattern.kind = kind;
    pattern.japanese = is_japanese(term);
    pattern.acronym = is_acronym(term);
    pattern.one_word = squeezed.words.size() == 1 && squeezed.squeezed.size() <= longest_glued;
    pattern.term = term;
    m_automaton.add(squeezed.squeezed, static_cast<std::uint32_t>(m_patterns.size()));
    m_patterns.push_back(std::move(pattern));
    m_lengths.push_back(static_cast<std::uint32_t>(squeezed.squeezed.size()));
  }
}

std::vector<Find> CompiledRegister::find(const Side& side) const {
  std::vector<Find> finds;
  const auto& text = side.terms;
  m_automaton.find(text.squeezed, [&](std::uint32_t id, std::size_t end) {
    const std::size_t begin = end - m_lengths[id];
    const std::uint32_t first = text.word_of[begin];
    const std::uint32_t last = text.word_of[end - 1];
    if (first == TermText::no_word || last == TermText::no_word ||
        text.words[first].squeezed_begin != begin || text.words[last].squeezed_end != end ||
        (m_patterns[id].one_word && first != last)) {
      return;
    }
    finds.push_back({id, first, last});
  });
  // Of one category the longest Japanese term counts, not those inside it.
  std::vector<Find> japanese;
  std::copy_if(finds.begin(), finds.end(), std::back_inserter(japanese), [&](const Find& find) {
    const auto& pattern = m_patterns[find.pattern];
    return pattern.japanese && pattern.kind <= Pattern::Kind::ear_term;
  });
  std::erase_if(finds, [&](const Find& find) {
    return m_patterns[find.pattern].kind <= Pattern::Kind::ear_term &&
           std::any_of(japanese.begin(), japanese.end(), [&](const Find& other) {
             return m_patterns[other.pattern].category == m_patterns[find.pattern].category &&
                    other.first_word <= find.first_word && other.last_word >= find.last_word &&
                    other.last_word - other.first_word > find.last_word - find.first_word;
           });
  });
  return finds;
}

} // namespace regtrail::diff
