#include "diff/cause/schedule_internal.hpp"
#include "diff/cause/weights_internal.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <string_view>

namespace regtrail::diff::cause {

namespace {

constexpr std::chrono::days early{weight::days_early};
constexpr std::chrono::days late{weight::days_late};
constexpr std::chrono::days stale{weight::days_stale};

bool has_relation(const Document& from, RelationKind kind, const Document& to) {
  return std::any_of(from.relations.begin(), from.relations.end(), [&](const Relation& relation) {
    return relation.kind == kind && names(relation.target, to);
  });
}

bool related(const Document& document, RelationKind kind, const Document& other) {
  return has_relation(document, kind, other) || has_relation(other, inverse(kind), document);
}

/// "5" is about the instructions "5", "5.a", "5.b".
bool is_about(std::string_view clause, std::string_view ordinal) {
  return ordinal == clause || (ordinal.size() > clause.size() && ordinal.starts_with(clause) &&
                               ordinal[clause.size()] == '.');
}

bool is_effective(const DatedClause& clause) {
  return clause.kind == DatedClause::Kind::effective;
}

/// Dates that DATES gives for this instruction, else for those that no clause singles out.
std::vector<Date> by_clauses(const Document& document, const Instruction* instruction) {
  std::vector<Date> own;
  std::vector<Date> general;
  for (const DatedClause& clause : document.clauses) {
    if (!is_effective(clause)) {
      continue;
    }
    if (clause.instruction.empty()) {
      general.push_back(clause.date);
    } else if (instruction == nullptr || is_about(clause.instruction, instruction->ordinal)) {
      own.push_back(clause.date);
    }
  }
  if (instruction == nullptr) {
    general.insert(general.end(), own.begin(), own.end());
    return general;
  }
  return own.empty() ? general : own;
}

enum class Delays { no, some, all };

/// What a delaying document delays of this instruction; without one, of the document.
Delays delays(const Document& delaying, const Instruction* instruction) {
  bool names_instructions = false;
  for (const DatedClause& clause : delaying.clauses) {
    if (clause.instruction.empty() || clause.kind != DatedClause::Kind::other) {
      continue; // its own instructions have dates of effect
    }
    names_instructions = true;
    if (instruction != nullptr && is_about(clause.instruction, instruction->ordinal)) {
      return Delays::all;
    }
  }
  if (!names_instructions) {
    return Delays::all;
  }
  return instruction == nullptr ? Delays::some : Delays::no;
}

void take_dates_of(const Document& delaying, std::vector<Date>& days) {
  const Date first = days.empty() ? Date() : *std::min_element(days.begin(), days.end());
  std::vector<Date> later;
  const auto add = [&](Date date) {
    if (date > first) {
      later.push_back(date);
    }
  };
  // What it sets for the other document is of no effect on itself.
  for (const DatedClause& clause : delaying.clauses) {
    if (clause.kind == DatedClause::Kind::other) {
      add(clause.date);
    }
  }
  if (!later.empty()) {
    days = std::move(later);
    return;
  }
  for (const Date date : delaying.effective) {
    add(date);
  }
  for (const DatedClause& clause : delaying.clauses) {
    if (is_effective(clause)) {
      add(clause.date);
    }
  }
  for (const Instruction& instruction : delaying.instructions) {
    if (instruction.effective) {
      add(*instruction.effective);
    }
  }
  // The delaying document takes effect itself, mostly on the day it is published.
  if (later.size() > 1 && delaying.published) {
    std::erase_if(later, [&](Date date) { return date <= *delaying.published; });
  }
  days = std::move(later);
}

} // namespace

bool is_on_page(const Document& document, FrPage page) {
  return document.volume != 0 && document.volume == page.volume &&
         page.page >= document.start_page &&
         page.page <= std::max(document.start_page, document.end_page);
}

bool names(const Citation& citation, const Document& document) {
  switch (citation.kind()) {
  case CitationKind::fr_document:
    return citation.name() == document.number;
  case CitationKind::executive_order:
    return !document.executive_order.empty() && citation.name() == document.executive_order;
  case CitationKind::fr_page: {
    std::size_t volume_end = 0;
    std::size_t page_end = 0;
    return is_on_page(document,
                      {read_int(citation.volume(), volume_end).value_or(0),
                       read_int(citation.name(), page_end).value_or(0)});
  }
  default:
    return false;
  }
}

RelatedDocuments related_documents(const Document& document,
                                   const std::vector<const Document*>& all) {
  RelatedDocuments found;
  for (const Document* other : all) {
    if (other->number == document.number) {
      continue;
    }
    if (related(document, RelationKind::delayed_by, *other)) {
      found.delayed_by.push_back(other);
    }
    if (related(document, RelationKind::withdrawn_by, *other)) {
      found.withdrawn_by.push_back(other);
    }
    if (related(document, RelationKind::corrected_by, *other) ||
        related(document, RelationKind::corrects, *other)) {
      found.corrected_by.push_back(other);
    }
  }
  std::sort(found.delayed_by.begin(), found.delayed_by.end(), [](const auto* one, const auto* two) {
    return one->published < two->published;
  });
  return found;
}

std::vector<Date> effective_days(const Document& document,
                                 const Instruction* instruction,
                                 const RelatedDocuments& others) {
  std::vector<Date> days;
  if (instruction != nullptr && instruction->indefinite) {
    return days;
  }
  if (instruction != nullptr && instruction->effective) {
    days.push_back(*instruction->effective);
  } else {
    days = by_clauses(document, instruction);
    if (days.empty()) {
      days = document.effective;
    }
    if (instruction == nullptr) {
      for (const Instruction& each : document.instructions) {
        if (each.effective) {
          days.push_back(*each.effective);
        }
      }
    }
  }
  // A final rule without a date of effect takes effect when it is published (docs/sources.md, Time:
  // dates of a rule).
  const bool unread =
      std::any_of(document.unread_dates.begin(),
                  document.unread_dates.end(),
                  [](const UnreadDate& each) { return each.kind == DatedClause::Kind::effective; });
  if (days.empty() && document.published && !unread) {
    days.push_back(*document.published);
  }
  for (const Document* delaying : others.delayed_by) {
    const Delays delayed = delays(*delaying, instruction);
    if (delayed == Delays::no) {
      continue;
    }
    const std::vector<Date> kept = delayed == Delays::some ? days : std::vector<Date>();
    take_dates_of(*delaying, days);
    days.insert(days.end(), kept.begin(), kept.end());
  }
  return days;
}

Timing timing_of(const Document& document,
                 const std::vector<Date>& days,
                 const RelatedDocuments& others,
                 const Attributable& transition) {
  if (document.published && *document.published > transition.after + early) {
    return Timing::never;
  }
  if (days.empty()) {
    return Timing::unknown;
  }
  Timing best = Timing::never;
  for (const Date effective : days) {
    const bool withdrawn = std::any_of(
        others.withdrawn_by.begin(), others.withdrawn_by.end(), [&](const Document* other) {
          return other->published && *other->published <= effective;
        });
    const Date due = document.published ? std::max(effective, *document.published) : effective;
    if (withdrawn || due > transition.after + early || due + stale < transition.before) {
      continue;
    }
    if (due + late >= transition.after) {
      return Timing::on_time;
    }
    best = std::max(best, due + late >= transition.before ? Timing::within : Timing::too_late);
  }
  return best;
}

} // namespace regtrail::diff::cause
