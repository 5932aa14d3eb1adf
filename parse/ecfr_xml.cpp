#include "parse/ecfr_xml.hpp"

#include "parse/cfr/xml_reader.hpp"
#include "parse/ecfr/title.hpp"
#include "parse/ecfr/tree_builder.hpp"
#include "parse/ecfr/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace regtrail::parse {
namespace {

std::string scope_of(const std::string& root, const EcfrDocument& document) {
  if (document.units.empty()) {
    return {};
  }
  const Citation& first = document.units.front().id;
  if (root == "DIV5" || root == "DIV8" || root == "DIV9") {
    return first.to_string();
  }
  if (root == "DIV6" || root == "DIV7") {
    return Citation::part(document.title, first.part_number()).to_string();
  }
  return fmt::format("Title {}", document.title.empty() ? "?" : document.title);
}

/// The title of a document whose first unit is `piece`.
std::string title_of(std::string_view bytes, const Piece& piece, const PieceSource& source) {
  std::string title = stated_title(piece.element, source.parent);
  return title.empty() ? infer_title(bytes, part_of(piece)) : title;
}

/// Two pieces of one part's frame as one: a part may span two volumes or be opened twice by
/// mistake.
void join_frames(Unit& first, Unit&& second) {
  for (Node& child : second.root.children) {
    const auto same = [&](const Node& other) {
      return other.normalised == child.normalised && other.designator == child.designator;
    };
    if (std::none_of(first.root.children.begin(), first.root.children.end(), same)) {
      child.ordinal = static_cast<std::uint32_t>(first.root.children.size() + 2);
      first.root.children.push_back(std::move(child));
    }
  }
  rehash_shallow(first.root);
  first.ranges.insert(first.ranges.end(), second.ranges.begin(), second.ranges.end());
  for (UnitNote& note : second.notes) {
    if (std::find(first.notes.begin(), first.notes.end(), note) == first.notes.end()) {
      first.notes.push_back(std::move(note));
    }
  }
}

/// One unit for each id: a section left behind as "[Reserved]" beside its new text gives way, the
/// pieces of a frame are joined, the same text twice is kept once. Anything else that is printed
/// twice stays. All of it is listed.
void settle_repeated_units(std::vector<Unit>& units) {
  std::map<std::pair<CitationKind, std::string>, std::size_t> seen; // all are of one title
  std::set<std::pair<Citation, Hash128>> kept; // of what was printed more than once
  std::vector<Unit> settled;
  settled.reserve(units.size());
  for (Unit& unit : units) {
    const auto [known, added] = seen.try_emplace({unit.id.kind(), unit.id.name()}, settled.size());
    if (added) {
      settled.push_back(std::move(unit));
      continue;
    }
    Unit& first = settled[known->second];
    if (unit.id.kind() == CitationKind::part) {
      join_frames(first, std::move(unit));
      continue;
    }
    if (first.reserved && !unit.reserved) {
      std::swap(first, unit);
    }
    first.not_understood.push_back({first.id,
                                    "printed twice in one document",
                                    std::string(cut_text(subtree_text(unit.root), 80))});
    kept.insert({first.id, first.root.published});
    if (!unit.reserved && kept.insert({unit.id, unit.root.published}).second) {
      settled.push_back(std::move(unit));
    }
  }
  units = std::move(settled);
}

} // namespace

Result<EcfrDocument> parse_ecfr(std::string_view bytes, const EcfrOptions& options) {
  EcfrDocument document;
  document.title = options.title;
  CfrHandler handler;
  handler.on_piece = [&](const Piece& piece, const PieceSource& source) {
    if (document.title.empty() && document.units.empty()) {
      document.title = title_of(bytes, piece, source);
    }
    add_unit(document.units, read_unit(piece, source, document.title), source.units_inside);
  };
  TRY_ASSIGN(const std::string root,
             read_cfr_xml(bytes, CfrForm::ecfr, options.limits, options.source_name, handler));
  settle_repeated_units(document.units);
  document.scope = scope_of(root, document);
  return document;
}

} // namespace regtrail::parse
