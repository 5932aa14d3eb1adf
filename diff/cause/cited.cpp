#include "diff/cause/cited_internal.hpp"
#include "ear/fr_citation.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace regtrail::diff::cause {

namespace {

constexpr std::string_view citation_column = "Federal Register citation";

/// Citations in `text` that `other` does not have.
std::vector<ear::FrCitation> only_in(std::string_view text, std::string_view other) {
  std::set<std::pair<int, int>> known;
  for (const ear::FrCitation& citation : ear::find_fr_citations(other)) {
    known.emplace(citation.volume, citation.page);
  }
  std::vector<ear::FrCitation> found = ear::find_fr_citations(text);
  std::erase_if(found, [&](const ear::FrCitation& citation) {
    return !known.emplace(citation.volume, citation.page).second;
  });
  return found;
}

void add(std::vector<Pointer>& pointers,
         Pointer::Kind kind,
         const Place& place,
         const std::vector<ear::FrCitation>& citations) {
  for (const ear::FrCitation& citation : citations) {
    pointers.push_back({kind, place, {citation.volume, citation.page}, citation.date});
  }
}

bool is_list_row(NodeKind kind) {
  return kind == NodeKind::row || kind == NodeKind::entry || kind == NodeKind::table;
}

} // namespace

std::vector<Pointer> pointers_of(const DiffResult& diff) {
  std::vector<Pointer> pointers;
  for (const NoteChange& note : diff.notes) {
    const Place place = place_of(note.at);
    if (note.field == NoteField::cita || note.field == NoteField::source) {
      add(pointers, Pointer::Kind::cited, place, only_in(note.after, note.before));
    } else if (note.field == NoteField::pending_link) {
      add(pointers, Pointer::Kind::pending_gone, place, only_in(note.before, note.after));
    }
  }
  for (const Change& change : diff.changes) {
    const Citation& at = change.at;
    if (at.kind() != CitationKind::appendix || at.steps().empty()) {
      continue;
    }
    if (at.steps().back().name == citation_column) {
      add(pointers,
          Pointer::Kind::cited,
          place_of(at.parent()),
          only_in(change.after, change.before));
    } else if (change.kind == ChangeKind::added && is_list_row(change.node_kind)) {
      add(pointers, Pointer::Kind::cited, place_of(at), only_in(change.after, ""));
    }
  }
  return pointers;
}

std::vector<const Pointer*> pointers_for(const std::vector<Pointer>& all, const Change& change) {
  std::vector<const Pointer*> found;
  std::vector<Place> places{place_of(change.at)};
  if (change.was) {
    places.push_back(place_of(*change.was));
  }
  std::size_t depth = 0;
  for (const Pointer& pointer : all) {
    const bool covers = std::any_of(places.begin(), places.end(), [&](const Place& place) {
      return lies_within(place, pointer.place);
    });
    if (covers) {
      found.push_back(&pointer);
      depth = std::max(depth, pointer.place.steps.size());
    }
  }
  // A row's own citations say more than those of the whole list.
  if (depth > 1) {
    std::erase_if(found, [&](const Pointer* pointer) {
      return pointer->kind == Pointer::Kind::cited && pointer->place.steps.size() < depth;
    });
  }
  return found;
}

} // namespace regtrail::diff::cause

namespace regtrail::diff {

std::vector<FrPage> newly_cited_pages(const DiffResult& diff) {
  std::set<FrPage> pages;
  for (const cause::Pointer& pointer : cause::pointers_of(diff)) {
    pages.insert(pointer.page);
  }
  for (const NoteChange& note : diff.notes) {
    if (note.field == NoteField::effdnot) {
      for (const auto& cited : ear::find_fr_citations(note.after)) {
        pages.insert({cited.volume, cited.page});
      }
    }
  }
  return {pages.begin(), pages.end()};
}

} // namespace regtrail::diff
