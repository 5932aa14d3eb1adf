#include "diff/cause/delays.hpp"

#include "diff/cause/schedule_internal.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace regtrail::diff {

Document with_delays(Document document, const std::vector<const Document*>& all) {
  if (std::none_of(document.relations.begin(), document.relations.end(), [](const Relation& each) {
        return each.kind == RelationKind::delayed_by;
      })) {
    return document;
  }
  const cause::RelatedDocuments others = cause::related_documents(document, all);
  if (others.delayed_by.empty()) {
    return document;
  }
  std::set<Date> effective;
  std::vector<std::optional<Date>> own;
  for (const Instruction& instruction : document.instructions) {
    const std::vector<Date> days = cause::effective_days(document, &instruction, others);
    effective.insert(days.begin(), days.end());
    own.push_back(days.empty() ? std::nullopt
                               : std::optional(*std::min_element(days.begin(), days.end())));
  }
  if (document.instructions.empty()) {
    const std::vector<Date> days = cause::effective_days(document, nullptr, others);
    effective.insert(days.begin(), days.end());
  }
  document.effective.assign(effective.begin(), effective.end());
  for (std::size_t i = 0; i < own.size(); ++i) {
    Instruction& instruction = document.instructions[i];
    instruction.indefinite = !own[i];
    if (!own[i] || instruction.effective || own[i] != document.effective.front()) {
      instruction.effective = own[i];
    }
  }
  return document;
}

} // namespace regtrail::diff
