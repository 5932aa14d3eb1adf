#include "diff/tree/tree_diff.hpp"

#include "diff/tree/alignment.hpp"
#include "diff/tree/report_internal.hpp"
#include "diff/typed/typed_diff.hpp"

#include <algorithm>
#include <tuple>

namespace regtrail::diff {
namespace {

/// Legal order of the place, then kind, then whatever tells two changes of one place apart.
bool in_order(const Change& left, const Change& right) {
  if (const auto order = left.at <=> right.at; order != 0) {
    return order < 0;
  }
  if (left.kind != right.kind) {
    return left.kind < right.kind;
  }
  if (left.was != right.was) {
    return left.was.has_value() && right.was.has_value() ? *left.was < *right.was
                                                         : right.was.has_value();
  }
  return std::tie(left.before, left.after) < std::tie(right.before, right.after);
}

bool notes_in_order(const NoteChange& left, const NoteChange& right) {
  if (const auto order = left.at <=> right.at; order != 0) {
    return order < 0;
  }
  return left.field < right.field;
}

} // namespace

DiffResult
diff_units(std::span<const Unit> before, std::span<const Unit> after, const DiffOptions& options) {
  const Alignment alignment = align(before, after);
  DiffResult result;
  result.before = options.before;
  result.after = options.after;
  result.changes = tree::report_changes(alignment, options.after.date);
  tree::group_replacements(result.changes);
  const Law law(before, after);
  for (Change& change : result.changes) {
    type_change(change, law);
  }
  std::sort(result.changes.begin(), result.changes.end(), in_order);
  result.notes = tree::report_notes(alignment);
  std::stable_sort(result.notes.begin(), result.notes.end(), notes_in_order);
  result.status = tree::read_status(result.notes, options.after.date);
  for (const Unit& unit : after) {
    result.not_understood.insert(
        result.not_understood.end(), unit.not_understood.begin(), unit.not_understood.end());
  }
  return result;
}

} // namespace regtrail::diff
