// The many-places edit: one replacement made throughout (a nomenclature change).
#include "diff/tree/report_internal.hpp"
#include "model/digest.hpp"

#include <map>
#include <optional>
#include <string>

namespace regtrail::diff::tree {
namespace {

/// A replacement in more places than this is one group.
constexpr std::size_t few_places = 4;

/// "removed NUL added" when all that a revision does is this one replacement, once or often.
std::optional<std::string> only_replacement(const Change& change) {
  std::optional<std::string> only;
  for (std::size_t i = 0; i < change.words.size(); ++i) {
    if (change.words[i].op == WordRun::Op::same) {
      continue;
    }
    std::string here;
    if (change.words[i].op == WordRun::Op::removed) {
      here = change.words[i++].text;
    }
    here.push_back('\0');
    if (i < change.words.size() && change.words[i].op == WordRun::Op::added) {
      here += change.words[i].text;
    }
    if (only && *only != here) {
      return std::nullopt;
    }
    only = std::move(here);
  }
  return only;
}

} // namespace

void group_replacements(std::vector<Change>& changes) {
  std::map<std::string, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].kind == ChangeKind::revised) {
      if (const auto replacement = only_replacement(changes[i])) {
        places[*replacement].push_back(i);
      }
    }
  }
  for (const auto& [replacement, members] : places) {
    if (members.size() > few_places) {
      for (const std::size_t i : members) {
        changes[i].group = to_hex(hash128(replacement));
      }
    }
  }
}

} // namespace regtrail::diff::tree
