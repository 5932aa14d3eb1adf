#include "diff/cause/day_of_law.hpp"

#include "diff/cause/schedule_internal.hpp"

#include <algorithm>

namespace regtrail::diff {

namespace {

/// Published is not said to be in effect.
bool says_a_day(const Document& document, const Instruction* instruction) {
  return !document.effective.empty() || (instruction != nullptr && instruction->effective) ||
         std::any_of(
             document.clauses.begin(), document.clauses.end(), [](const DatedClause& clause) {
               return clause.kind == DatedClause::Kind::effective;
             });
}

} // namespace

std::optional<Date> day_of_law(const Document& document,
                               std::string_view instruction,
                               const std::vector<const Document*>& all) {
  const auto found = std::find_if(
      document.instructions.begin(), document.instructions.end(), [&](const Instruction& each) {
        return !instruction.empty() && each.ordinal == instruction;
      });
  const Instruction* named = found == document.instructions.end() ? nullptr : &*found;
  const cause::RelatedDocuments others = cause::related_documents(document, all);
  if (!says_a_day(document, named) && others.delayed_by.empty()) {
    return std::nullopt;
  }
  std::vector<Date> days = cause::effective_days(document, named, others);
  std::sort(days.begin(), days.end());
  if (days.empty() || days.front() != days.back()) {
    return std::nullopt;
  }
  const bool withdrawn = std::any_of(
      others.withdrawn_by.begin(), others.withdrawn_by.end(), [&](const Document* other) {
        return other->published && *other->published <= days.front();
      });
  return withdrawn ? std::nullopt : std::optional(days.front());
}

} // namespace regtrail::diff
