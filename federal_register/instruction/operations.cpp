// Clauses put together into operations: "removing “A”" and "adding “B” in its place" are one.
#include "federal_register/instruction/clauses.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::federal_register::instruction_detail {

namespace {

/// Targets of words: where they were said to be, else where we were.
std::vector<Target> places_of_words(const Clause& clause) {
  return clause.where.empty() ? clause.base : clause.where;
}

/// "adding under IRAN, in alphabetical order, “X” and “Y”": words of a country are its entries, and
/// so are those that come into a list of countries in their order.
bool names_parties(const Clause& clause, const std::vector<Target>& where) {
  const bool entries =
      clause.verb == Verb::add || clause.verb == Verb::remove || clause.verb == Verb::revise;
  const bool ordered =
      clause.verb == Verb::add && clause.note.find("alphabetical order") != std::string::npos;
  return entries && clause.new_words.empty() &&
         std::all_of(where.begin(), where.end(), [&](const Target& target) {
           return (target.at.steps().size() == 1 && is_party_list(target.at.unit())) ||
                  (ordered && target.at.steps().size() <= 1 && lists_countries(target.at.unit()));
         });
}

std::string joined(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() || first == second
             ? first + (first == second ? "" : second)
             : first + "; " + second;
}

class Assembler {
public:
  Assembler(const Sentences& sentences, std::string& reason)
      : m_sentences(sentences),
        m_reason(reason) {}

  std::vector<Operation> read();

private:
  void replace(const std::vector<const Clause*>& removed, const Clause& added);
  void add_words(const Clause& clause);
  void add_targets(const Clause& clause);

  void fail(std::string_view why) {
    if (m_reason.empty()) {
      m_reason = why;
    }
  }

  const Sentences& m_sentences;
  std::string& m_reason;
  std::vector<Operation> m_operations;
  std::string m_page; ///< "On page 30705, in the first column" of a correction
};

/// Whether the words of `added` come where those of `removed` stood: "in its place", or "removing
/// “A” and adding “B” in paragraph (c)".
bool replaces(const Clause& removed, const Clause& added) {
  if (removed.verb != Verb::remove || added.verb != Verb::add || added.words.empty()) {
    return false;
  }
  return added.in_place ||
         (!removed.words.empty() && removed.where.empty() && !added.where.empty() &&
          added.note.empty() && added.words.size() == removed.words.size());
}

/// "removing “A” in paragraph (a) and “B” in paragraph (b) and adding in their place “C” and “D”,
/// respectively": `removed` are clauses of one verb.
void Assembler::replace(const std::vector<const Clause*>& removed, const Clause& added) {
  std::size_t count = 0;
  for (const Clause* clause : removed) {
    count += std::max<std::size_t>(clause->words.size(), 1); // "the parenthetical text at the end"
  }
  if (added.words.size() != count && added.words.size() != 1) {
    return fail("unequal numbers of words to remove and to add");
  }
  std::size_t next = 0;
  for (const Clause* clause : removed) {
    auto where = clause->where.empty() ? clause->objects.targets : clause->where;
    where = where.empty() ? added.where : where;
    where = where.empty() ? clause->base : where;
    if (where.empty()) {
      return fail("target not found");
    }
    const bool text = clause->words.empty();
    for (std::size_t i = 0; i < (text ? 1 : clause->words.size()); ++i, ++next) {
      Operation operation;
      operation.verb = Verb::replace_words;
      operation.targets = where;
      operation.old_words = text ? std::string() : clause->words[i];
      operation.new_words = added.words[added.words.size() == 1 ? 0 : next];
      operation.note = joined(joined(clause->objects.note, clause->note), added.note);
      m_operations.push_back(std::move(operation));
    }
  }
}

void Assembler::add_words(const Clause& clause) {
  const auto where = places_of_words(clause);
  if (where.empty()) {
    return fail("target not found");
  }
  if (clause.new_words.size() > 1 && clause.new_words.size() != clause.words.size()) {
    return fail("unequal numbers of words to remove and to add");
  }
  if (names_parties(clause, where)) {
    Operation operation;
    operation.verb = clause.verb;
    operation.note = joined(clause.objects.note, clause.note);
    for (const Target& country : where) {
      for (const std::string& name : clause.words) {
        operation.targets.push_back(Target{with_name(country.at, trimmed(name, " ,;"))});
      }
    }
    m_operations.push_back(std::move(operation));
    return;
  }
  for (std::size_t i = 0; i < clause.words.size(); ++i) {
    Operation operation;
    operation.targets = where;
    operation.note = joined(clause.objects.note, clause.note);
    if (!clause.new_words.empty()) {
      operation.verb = clause.verb == Verb::correct ? Verb::correct : Verb::replace_words;
      operation.old_words = clause.words[i];
      operation.new_words = clause.new_words[clause.new_words.size() == 1 ? 0 : i];
    } else if (clause.verb == Verb::remove) {
      operation.verb = Verb::remove_words;
      operation.old_words = clause.words[i];
    } else if (clause.verb == Verb::add) {
      operation.verb = Verb::add_words;
      operation.new_words = clause.words[i];
    } else {
      return fail("words without what becomes of them");
    }
    m_operations.push_back(std::move(operation));
  }
}

void Assembler::add_targets(const Clause& clause) {
  Operation operation;
  operation.verb = clause.verb;
  operation.targets = clause.objects.targets;
  operation.to = clause.to;
  operation.note = joined(clause.objects.note, clause.note);
  if (clause.objects.reserved && clause.verb == Verb::add) {
    operation.verb = Verb::reserve;
  }
  if (clause.objects.pronoun && !m_operations.empty()) {
    if (!m_operations.back().old_words.empty() || !clause.where.empty()) {
      return fail("words or a place that a pronoun stands for");
    }
    operation.targets = m_operations.back().targets;
    if (!m_operations.back().to.empty()) {
      operation.targets.clear(); // "redesignate ... as paragraph (d) and revise it"
      for (const Citation& at : m_operations.back().to) {
        operation.targets.push_back(Target{at});
      }
    }
  }
  if (clause.objects.partial) {
    operation.verb = Verb::revise; // a cell of the entry, in which an alias comes or goes
  }
  // "and adding 17 new entries in their place", "and adding two sentences in its place": those of
  // the places removed.
  const bool unnamed =
      clause.in_place && !m_operations.empty() &&
      std::all_of(operation.targets.begin(), operation.targets.end(), [&](const Target& target) {
        return (!target.at.steps().empty() && target.at.steps().back().name == "entries") ||
               (target.extent == TargetExtent::own_text && clause.base.size() == 1 &&
                clause.base.front().at == target.at);
      });
  if (unnamed) {
    operation.targets = m_operations.back().targets;
  }
  if (operation.targets.empty()) {
    operation.targets = clause.where;
  }
  if (operation.targets.empty()) {
    return fail("target not found");
  }
  if (!clause.new_words.empty()) {
    operation.new_words = clause.new_words.front();
  }
  if (operation.verb == Verb::redesignate && operation.to.size() != operation.targets.size()) {
    return fail("unequal lists in a redesignation");
  }
  if (operation.verb == Verb::replace_words) {
    return fail("words to replace are missing");
  }
  m_operations.push_back(std::move(operation));
}

std::vector<Operation> Assembler::read() {
  const auto& clauses = m_sentences.clauses;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const Clause& clause = clauses[i];
    if (clause.container) {
      m_page = clause.verb == Verb::correct ? clause.note : m_page;
      continue;
    }
    std::size_t next = i + 1;
    std::vector<const Clause*> removed{&clause};
    while (next < clauses.size() && clauses[next].continues) {
      removed.push_back(&clauses[next++]);
    }
    if (next < clauses.size() && replaces(clause, clauses[next])) {
      replace(removed, clauses[next]);
      i = next;
    } else if (!clause.words.empty()) {
      if (!clause.objects.targets.empty()) {
        fail("words and places under one verb");
      }
      add_words(clause);
    } else {
      add_targets(clause);
    }
  }
  for (auto& operation : m_operations) {
    operation.note = joined(m_page, operation.note);
  }
  if (m_operations.empty() && m_reason.empty() && !m_sentences.only_text) {
    const auto container = std::find_if(
        clauses.begin(), clauses.end(), [](const Clause& clause) { return clause.container; });
    const bool named = container != clauses.end();
    const auto& places = named && !m_sentences.located && !container->objects.targets.empty()
                             ? container->objects.targets
                             : m_sentences.base;
    if (!m_sentences.subject.empty() || (!named && !m_sentences.located)) {
      fail("unknown verb");
    } else if (places.empty()) {
      fail("target not found");
    } else {
      Operation operation;
      operation.verb = Verb::amend;
      operation.targets = places;
      operation.note = named ? container->note : "";
      m_operations.push_back(std::move(operation));
    }
  } else if (!m_sentences.subject.empty()) {
    fail("unknown verb");
  }
  return std::move(m_operations);
}

} // namespace

std::vector<Operation> operations_of(const Sentences& sentences, std::string& reason) {
  return Assembler(sentences, reason).read();
}

} // namespace regtrail::federal_register::instruction_detail
