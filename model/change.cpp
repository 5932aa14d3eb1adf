#include "model/change.hpp"

#include <algorithm>

namespace regtrail {
CauseAnswer answer_of(const Cause& cause) {
  if (!cause.document.empty()) {
    return cause.confidence >= 0.5 ? CauseAnswer::identified : CauseAnswer::candidate;
  }
  if (!cause.citation.empty()) {
    return CauseAnswer::cited;
  }
  const auto& evidence = cause.evidence;
  const bool editorial =
      std::find(evidence.begin(), evidence.end(), CauseEvidence::editorial) != evidence.end();
  return editorial ? CauseAnswer::editorial : CauseAnswer::unidentified;
}

bool DiffResult::substantive() const {
  return std::any_of(changes.begin(), changes.end(), [](const Change& change) {
    return change.kind != ChangeKind::cosmetic;
  });
}

} // namespace regtrail
