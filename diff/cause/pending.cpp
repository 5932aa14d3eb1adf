#include "diff/cause/pending.hpp"

#include "diff/cause/places_internal.hpp"
#include "diff/cause/schedule_internal.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

namespace regtrail::diff {

namespace {

using cause::Place;
using cause::RelatedDocuments;

/// The first of `days` after `today`; nullopt when all have passed.
std::optional<Date> next_of(const std::vector<Date>& days, Date today) {
  std::optional<Date> next;
  for (const Date day : days) {
    if (day > today && (!next || day < *next)) {
      next = day;
    }
  }
  return next;
}

/// What is still to come of `document`, or of one of its instructions; nullopt when its days have
/// passed.
std::optional<PendingAmendment> pending_of(const Document& document,
                                           const Instruction* instruction,
                                           const RelatedDocuments& others,
                                           Date today) {
  const std::vector<Date> days = cause::effective_days(document, instruction, others);
  const std::optional<Date> next = next_of(days, today);
  // Nothing is known yet of the dates of a document that is filed for public inspection.
  const bool filed = instruction == nullptr && document.on_inspection;
  if (!next && !days.empty() && !filed) {
    return std::nullopt;
  }
  PendingAmendment pending;
  pending.document = document.number;
  pending.citation = fr_citation_of(document);
  pending.title = document.title;
  pending.published = document.published;
  pending.on_inspection = document.on_inspection;
  pending.effective = next;
  pending.indefinite = days.empty() && !filed;
  if (instruction != nullptr) {
    pending.instruction = instruction->ordinal;
    pending.text = instruction->text;
  }
  return pending;
}

bool names_part(const Document& document, const Citation& place) {
  const std::string part = place.part_number();
  return std::any_of(document.cfr.begin(), document.cfr.end(), [&](const CfrPart& each) {
    return each.part == part && (place.title().empty() || each.title == place.title());
  });
}

void add_by_metadata(std::vector<PendingAmendment>& found,
                     const Citation& place,
                     const Document& document,
                     const RelatedDocuments& others,
                     Date today) {
  const bool anywhere = document.on_inspection && document.cfr.empty();
  if (!place.empty() && !anywhere && !names_part(document, place)) {
    return;
  }
  if (auto pending = pending_of(document, nullptr, others, today)) {
    for (const CfrPart& each : document.cfr) {
      pending->targets.push_back(Citation::part(each.title, each.part));
    }
    found.push_back(std::move(*pending));
  }
}

/// The targets of text-changing operations that touch `place`.
std::vector<Citation> targets_at(const Instruction& instruction, const Citation& place) {
  std::vector<Citation> touched;
  const Place wanted = cause::place_of(place);
  const auto add = [&](const Citation& target) {
    const Place named = cause::place_of(target);
    if (place.empty() || cause::lies_within(wanted, named) || cause::lies_within(named, wanted)) {
      touched.push_back(target);
    }
  };
  for (const Operation& operation : instruction.operations) {
    if (!cause::orders_text(operation.verb)) {
      continue;
    }
    for (const Target& target : operation.targets) {
      add(target.at);
    }
    for (const Citation& target : operation.to) {
      add(target);
    }
  }
  return touched;
}

void add_by_instructions(std::vector<PendingAmendment>& found,
                         const Citation& place,
                         const Document& document,
                         const RelatedDocuments& others,
                         Date today) {
  for (const Instruction& instruction : document.instructions) {
    std::vector<Citation> targets = targets_at(instruction, place);
    if (!instruction.understood && !place.empty() && instruction.part == place.part_number()) {
      targets = {Citation::part(instruction.title, instruction.part)};
    }
    auto pending =
        targets.empty() ? std::nullopt : pending_of(document, &instruction, others, today);
    if (pending) {
      pending->targets = std::move(targets);
      found.push_back(std::move(*pending));
    }
  }
}

} // namespace

std::vector<PendingAmendment> pending_amendments(const Citation& place,
                                                 const std::vector<const Document*>& documents,
                                                 Date today) {
  std::vector<PendingAmendment> found;
  for (const Document* document : documents) {
    if (document->type != DocumentType::rule) {
      continue;
    }
    const RelatedDocuments others = cause::related_documents(*document, documents);
    if (!others.withdrawn_by.empty()) {
      continue;
    }
    if (document->has_text) {
      add_by_instructions(found, place, *document, others, today);
    } else {
      add_by_metadata(found, place, *document, others, today);
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    const auto key = [](const PendingAmendment& each) {
      return std::tuple(!each.effective, each.effective.value_or(Date()), each.document);
    };
    return key(left) < key(right);
  });
  return found;
}

} // namespace regtrail::diff
