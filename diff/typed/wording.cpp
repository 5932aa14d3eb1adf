// What the wording of prose says: cross-references, dates, quotation marks, and/or, scope words,
// definitions.
#include "diff/typed/polarity_internal.hpp"
#include "diff/typed/typed_internal.hpp"
#include "ear/fr_citation.hpp"
#include "ear/prose_citation.hpp"
#include "ear/quoted_term.hpp"
#include "ear/text_date.hpp"
#include "model/characters.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace regtrail::diff::typed {

namespace {

using Strings = std::vector<std::string>;

/// The members of `list` that `other` has not, each once, in order.
Strings only_in(const Strings& list, const Strings& other) {
  std::set<std::string_view> known(other.begin(), other.end());
  Strings result;
  for (const std::string& item : list) {
    if (known.insert(item).second) {
      result.push_back(item);
    }
  }
  return result;
}

/// What went and what came in its place; one of the two may be "".
using Replacements = std::vector<Texts>;

/// Pairs what went with what came in order where there are as many of both.
void replace_in_order(const Strings& gone, const Strings& come, Replacements& out) {
  const bool paired = gone.size() == come.size();
  for (std::size_t i = 0; i < gone.size(); ++i) {
    out.push_back({gone[i], paired ? come[i] : std::string()});
  }
  for (std::size_t j = 0; !paired && j < come.size(); ++j) {
    out.push_back({"", come[j]});
  }
}

/// "37 CFR 3.73" of "37 CFR 3.73(b)".
std::string_view section_of(std::string_view reference) {
  return reference.substr(0, reference.find('('));
}

/// Pairs references to the same section first, the others in order.
Replacements replaced_references(const Strings& before, const Strings& after) {
  Replacements result;
  Strings gone;
  Strings come = only_in(after, before);
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_section;
  for (std::size_t j = come.size(); j-- > 0;) {
    by_section[std::string(section_of(come[j]))].push_back(j);
  }
  for (std::string& reference : only_in(before, after)) {
    const auto found = by_section.find(section_of(reference));
    if (found == by_section.end() || found->second.empty()) {
      gone.push_back(std::move(reference));
      continue;
    }
    std::string& successor = come[found->second.back()];
    found->second.pop_back();
    result.push_back({std::move(reference), std::exchange(successor, {})});
  }
  come.erase(std::remove(come.begin(), come.end(), std::string()), come.end());
  replace_in_order(gone, come, result);
  return result;
}

/// References without a title are of the title of the text itself.
Strings references_of(std::string_view text, const Citation& at) {
  Strings result;
  for (const auto& found :
       ear::find_citations(text, at.title().empty() ? std::string_view("15") : at.title())) {
    result.push_back(found.citation.to_string());
  }
  return result;
}

struct PlacedDate {
  std::string date;
  std::size_t begin = 0;
};

std::vector<PlacedDate> dates_of(std::string_view text) {
  // The dates of Federal Register citations are part of those.
  const auto citations = ear::find_fr_citations(text);
  std::vector<PlacedDate> result;
  for (const auto& found : ear::find_dates(text)) {
    const bool cited =
        std::any_of(citations.begin(), citations.end(), [&found](const auto& citation) {
          return citation.begin <= found.begin && found.end <= citation.end;
        });
    if (!cited) {
      result.push_back({found.date.to_string(), found.begin});
    }
  }
  return result;
}

/// `begin`: of the date in the text before.
Verdict judge_date(const Change& change, const Law& law, std::size_t begin, bool later) {
  constexpr std::string_view ends =
      "until|through|prior to|before|expire on|expires on|expires|no later than|not later than|"
      "ending|by|up to";
  constexpr std::string_view starts =
      "on or after|after|beginning|effective|as of|starting|since|beginning on|from";
  const std::size_t at = Prose(std::string_view(change.before).substr(0, begin)).size();
  const Prose prose(change.before);
  constexpr std::size_t reach = 4;
  std::size_t word = at;
  bool is_end = false;
  bool is_start = false;
  while (word > 0 && at - word < reach && !is_end && !is_start) {
    --word;
    const std::size_t end = prose.match_at(word, ends);
    const std::size_t start = prose.match_at(word, starts);
    // "expire" says more than the "on" behind it; "on or after" ends with "after".
    is_end = end > 0 && word + end <= at;
    is_start = !is_end && start > 0 && word + start <= at;
  }
  const Verdict unclear{Direction::unclear,
                        "whether a later day helps depends on what it starts or ends"};
  if (is_end == is_start) {
    return unclear;
  }
  const std::size_t first = prose.sentence_begin(at);
  const std::size_t last = prose.sentence_end(at);
  if (is_end && prose.has_any("no later than|not later than", word, at) &&
      prose.has_any("must|shall", first, last)) {
    return {later ? Direction::loosened : Direction::tightened,
            later ? "more time to comply" : "less time to comply"};
  }
  const Surroundings around = surroundings_of(change, law, Side::before);
  Polarity polarity = around.led ? around.polarity : Polarity::unknown;
  const bool of_relief = prose.has_any("authorization|authorized|approval|approved|exception|"
                                       "exemption|eligible|license - free|general license",
                                       first,
                                       last);
  const bool of_bar = prose.has_any("requirement|requirements|prohibition|denial|denied|suspension|"
                                    "may not",
                                    first,
                                    last);
  polarity = of_relief == of_bar ? polarity_at(prose, at, polarity)
             : of_relief         ? Polarity::frees
                                 : statement_of(prose, first, last, Polarity::restricts);
  if (polarity == Polarity::unknown) {
    return unclear;
  }
  if (is_end) {
    return {direction_of(polarity, later),
            polarity == Polarity::frees
                ? (later ? "what frees lasts longer" : "what frees ends earlier")
                : (later ? "what restricts lasts longer" : "what restricts ends earlier")};
  }
  return {direction_of(polarity, !later),
          polarity == Polarity::frees
              ? (later ? "what frees begins later" : "what frees begins earlier")
              : (later ? "what restricts begins later" : "what restricts begins earlier")};
}

enum class Ending { none, conjunction_and, conjunction_or };

/// "; and", "; or", ", and" at the end of a list member.
Ending ending_of(std::string_view text) {
  text = trimmed(text);
  return text.ends_with("; and") || text.ends_with(", and") ? Ending::conjunction_and
         : text.ends_with("; or") || text.ends_with(", or") ? Ending::conjunction_or
                                                            : Ending::none;
}

std::string_view word_of(Ending ending) {
  return ending == Ending::conjunction_and ? "and" : ending == Ending::conjunction_or ? "or" : "";
}

/// "having all of the following" against "having any of the following".
std::string_view list_logic(std::string_view text) {
  for (const std::string_view phrase : {"all of the following",
                                        "any of the following",
                                        "one or more of the following",
                                        "either of the following",
                                        "both of the following",
                                        "all of following"}) {
    if (text.find(phrase) != std::string_view::npos) {
      return phrase;
    }
  }
  return "";
}

bool is_all(std::string_view phrase) {
  return phrase.starts_with("all") || phrase.starts_with("both");
}

/// Where "(see List of Items Controlled)" ends; print has typos in the last word.
std::size_t scope_end(std::string_view text) {
  const auto at = text.find("see List of Items ");
  if (at == std::string_view::npos) {
    return at;
  }
  const auto close = text.find(')', at);
  return close == std::string_view::npos ? text.size() : close + 1;
}

} // namespace

void type_references(Change& change) {
  const bool only_cited = has_step(change.at, "Federal Register citation");
  for (const Texts& texts : replaced_references(references_of(change.before, change.at),
                                                references_of(change.after, change.at))) {
    // An ECCN is what a text is about, and so is a reference that has no counterpart.
    const bool is_pointer =
        only_cited || (!texts.before.empty() && !texts.after.empty() &&
                       !texts.before.starts_with("ECCN") && !texts.after.starts_with("ECCN"));
    add(change,
        Type::cross_reference,
        only_cited ? "Federal Register citation" : "reference",
        texts,
        {is_pointer ? Direction::neutral : Direction::unclear,
         "a reference was changed; what it points to decides"});
  }
}

void type_dates(Change& change, const Law& law) {
  const auto before = dates_of(change.before);
  const auto after = dates_of(change.after);
  const auto strings = [](const std::vector<PlacedDate>& dates) {
    Strings result;
    for (const PlacedDate& each : dates) {
      result.push_back(each.date);
    }
    return result;
  };
  Replacements replacements;
  replace_in_order(only_in(strings(before), strings(after)),
                   only_in(strings(after), strings(before)),
                   replacements);
  for (const Texts& texts : replacements) {
    Verdict verdict{Direction::unclear,
                    "whether a later day helps depends on what it starts or ends"};
    const auto found = std::find_if(
        before.begin(), before.end(), [&](const auto& each) { return each.date == texts.before; });
    if (found != before.end() && !texts.after.empty()) {
      verdict = judge_date(change, law, found->begin, texts.after > texts.before);
    }
    add(change, Type::date, "date", texts, verdict);
  }
}

void type_quotations(Change& change) {
  struct Quoted {
    std::string term;
    std::string printed;
  };

  const auto quoted = [](std::string_view text) {
    std::vector<Quoted> result;
    for (const auto& found : ear::find_quoted_terms(text)) {
      const char quote = found.kind == ear::QuoteKind::double_quotes ? '"' : '\'';
      result.push_back({found.term, quote + found.term + quote});
    }
    return result;
  };
  const auto before = quoted(change.before);
  const auto after = quoted(change.after);
  const auto has = [](const std::vector<Quoted>& list, const std::string& printed) {
    return std::any_of(list.begin(), list.end(), [&printed](const Quoted& item) {
      return item.printed == printed;
    });
  };
  const auto print_of = [](const std::vector<Quoted>& list, const std::string& term) {
    const auto found = std::find_if(
        list.begin(), list.end(), [&term](const Quoted& item) { return item.term == term; });
    return found == list.end() ? std::string() : found->printed;
  };
  // Only a term that stands on both sides has changed its quotation: others came or went with text.
  std::set<std::string> reported;
  const auto report =
      [&](const std::string& term, const std::string& left, const std::string& right) {
        if (reported.insert(term).second) {
          add(change,
              Type::quotation,
              term,
              {left, right},
              {Direction::unclear, "quotation marks decide which definition a term has"});
        }
      };
  const std::string plain_before = normalise(change.before);
  const std::string plain_after = normalise(change.after);
  for (const auto& item : before) {
    if (!has(after, item.printed) && plain_after.find(item.term) != std::string::npos) {
      const auto now = print_of(after, item.term);
      report(item.term, item.printed, now.empty() ? item.term : now);
    }
  }
  for (const auto& item : after) {
    if (!has(before, item.printed) && plain_before.find(item.term) != std::string::npos) {
      const auto was = print_of(before, item.term);
      report(item.term, was.empty() ? item.term : was, item.printed);
    }
  }
}

void type_conjunction(Change& change, const Law& law) {
  const Surroundings around = surroundings_of(change, law, Side::after);
  const Polarity led = polarity_at(Prose(change.after), std::string::npos, around.polarity);
  const auto logic_before = list_logic(change.before);
  const auto logic_after = list_logic(change.after);
  if (!logic_before.empty() && !logic_after.empty() &&
      is_all(logic_before) != is_all(logic_after)) {
    Verdict verdict{Direction::unclear, "what the list decides is no control text"};
    if (led != Polarity::unknown) {
      verdict = {direction_of(led, !is_all(logic_after)),
                 led == Polarity::frees ? is_all(logic_after)
                                              ? "all conditions instead of any free fewer items"
                                              : "any condition instead of all frees more items"
                 : is_all(logic_after)  ? "all conditions instead of any catch fewer items"
                                        : "any condition instead of all catches more items"};
    }
    add(change,
        Type::conjunction,
        "list",
        {std::string(logic_before), std::string(logic_after)},
        verdict);
  }
  const Ending before = ending_of(change.before);
  const Ending after = ending_of(change.after);
  if (before == after) {
    return;
  }
  // "all of the following: ... and" became "any of the following: ... or".
  const std::string above_before = text_above(change, law, Side::before);
  const std::string above_after = text_above(change, law, Side::after);
  const auto lead_before = list_logic(above_before);
  const auto lead_after = list_logic(above_after);
  const bool lead_turned =
      !lead_before.empty() && !lead_after.empty() && is_all(lead_before) != is_all(lead_after) &&
      before == (is_all(lead_before) ? Ending::conjunction_and : Ending::conjunction_or) &&
      after == (is_all(lead_after) ? Ending::conjunction_and : Ending::conjunction_or);
  Verdict verdict{Direction::unclear, "what the list joins is not certain"};
  if (lead_turned) {
    verdict = {direction_of(around.polarity, !is_all(lead_after)),
               "the lead of the list says the same of all its members"};
  } else if (before == Ending::none || after == Ending::none) {
    verdict = {Direction::neutral, "the last member of the list moved"};
  } else if (around.polarity == Polarity::restricts && change.at.kind() == CitationKind::eccn) {
    // In prose "and" also joins things that are all controlled; only in items it joins conditions.
    verdict = after == Ending::conjunction_and
                  ? Verdict{Direction::loosened, "all members instead of one catch fewer items"}
                  : Verdict{Direction::tightened, "one member instead of all catches more items"};
  }
  add(change,
      Type::conjunction,
      "end of the paragraph",
      {std::string(word_of(before)), std::string(word_of(after))},
      verdict);
}

/// Words after "(see List of Items Controlled)" extend a heading: "... and components therefor".
void type_scope(Change& change) {
  // The entry's own heading: others ("Special Conditions for STA") are labels.
  if (change.at.kind() != CitationKind::eccn || !has_step(change.at, "heading")) {
    return;
  }
  const auto words_before = normalise(change.before);
  const auto words_after = normalise(change.after);
  const auto end_before = scope_end(words_before);
  const auto end_after = scope_end(words_after);
  if (end_before == std::string_view::npos || end_after == std::string_view::npos) {
    if (end_before != end_after) {
      add(change,
          Type::scope,
          "heading",
          one_sided(end_before == std::string_view::npos, "list of items"),
          {Direction::unclear, "the heading began or ceased to point to the list of items"});
    }
    return;
  }
  const auto tail_of = [](std::string_view text, std::size_t end) {
    std::string tail(trimmed(text.substr(end)));
    tail.erase(tail.find_last_not_of(". ") + 1);
    return tail;
  };
  const auto before = tail_of(words_before, end_before);
  const auto after = tail_of(words_after, end_after);
  if (before == after) {
    // The words in front delimit the entry as well; whether they widen it is for a reader to say.
    add(change,
        Type::scope,
        "heading",
        {words_before.substr(0, end_before), words_after.substr(0, end_after)},
        {Direction::unclear, "the heading was reworded"});
    return;
  }
  Verdict verdict{Direction::unclear, "what is controlled beside the list was reworded"};
  if (before.empty()) {
    verdict = {Direction::tightened,
               "what follows the pointer to the list is controlled in addition"};
  } else if (after.empty()) {
    verdict = {Direction::loosened, "nothing beside the list is controlled any more"};
  }
  add(change, Type::scope, "items beside the list", {before, after}, verdict);
}

void type_definition(Change& change) {
  if (change.node_kind == NodeKind::definition ||
      change.at.is_within(Citation::section("15", "772.1"))) {
    add(change,
        Type::definition,
        change.at.steps().empty() ? std::string() : change.at.steps().front().name,
        {},
        {Direction::unclear, "whoever uses the term is touched"});
  }
}

} // namespace regtrail::diff::typed
