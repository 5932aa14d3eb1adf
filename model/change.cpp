#include "model/change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace regtrail {
namespace {

constexpr std::array<std::pair<ChangeKind, std::string_view>, 6> change_kinds{{
    {ChangeKind::added, "added"},
    {ChangeKind::removed, "removed"},
    {ChangeKind::revised, "revised"},
    {ChangeKind::redesignated, "redesignated"},
    {ChangeKind::moved, "moved"},
    {ChangeKind::cosmetic, "cosmetic"},
}};

constexpr std::array<std::pair<Direction, std::string_view>, 4> directions{{
    {Direction::tightened, "tightened"},
    {Direction::loosened, "loosened"},
    {Direction::neutral, "neutral"},
    {Direction::unclear, "unclear"},
}};

} // namespace

std::string_view to_string(ChangeKind kind) {
  return change_kinds[static_cast<std::size_t>(kind)].second;
}

Result<ChangeKind> parse_change_kind(std::string_view word) {
  for (const auto& [kind, name] : change_kinds) {
    if (name == word) {
      return kind;
    }
  }
  return fail(ErrorKind::malformed, fmt::format("'{}' is not a kind of change", word));
}

std::string_view to_string(Direction direction) {
  return directions[static_cast<std::size_t>(direction)].second;
}

Result<Direction> parse_direction(std::string_view word) {
  for (const auto& [direction, name] : directions) {
    if (name == word) {
      return direction;
    }
  }
  return fail(ErrorKind::malformed, fmt::format("'{}' is not a direction", word));
}

CauseAnswer answer_of(const Cause& cause) {
  if (!cause.document.empty()) {
    return cause.confidence >= 0.5 ? CauseAnswer::identified : CauseAnswer::candidate;
  }
  if (!cause.citation.empty()) {
    return CauseAnswer::cited;
  }
  const auto& evidence = cause.evidence;
  const bool editorial = std::find(evidence.begin(), evidence.end(), "editorial") != evidence.end();
  return editorial ? CauseAnswer::editorial : CauseAnswer::unidentified;
}

bool DiffResult::substantive() const {
  return std::any_of(changes.begin(), changes.end(), [](const Change& change) {
    return change.kind != ChangeKind::cosmetic;
  });
}

} // namespace regtrail
