#include "diff/tree/tree_diff.hpp"
#include "query/compare.hpp"
#include "query/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace regtrail::query {
namespace {

struct Side {
  SideInfo info;
  Unit unit; ///< the place alone, as if it were one
};

/// "c.1" of ECCN 3B001.c.1: what the labels of its items begin with.
std::string item_path(const Citation& citation) {
  std::string path;
  for (const Step& step : citation.steps()) {
    if (step.kind == Step::Kind::item) {
      path += (path.empty() ? "" : ".") + step.name;
    }
  }
  return path;
}

/// Takes out of the labels what only says where the place stands.
void strip_labels(Node& root, const std::string& path) {
  root.designator.clear();
  root.label.clear();
  for (Node& child : root.children) {
    if (child.kind == NodeKind::heading && child.designator == "heading") {
      child.label.clear();
    }
  }
  if (path.empty()) {
    return;
  }
  std::vector<Node*> open{&root};
  while (!open.empty()) {
    Node* node = open.back();
    open.pop_back();
    if (node->kind == NodeKind::item && node->label.starts_with(path + ".")) {
      node->label.erase(0, path.size() + 1);
    }
    for (Node& child : node->children) {
      open.push_back(&child);
    }
  }
}

Result<Side> load_side(store::Archive& archive, const DatedPlace& place) {
  if (place.citation.kind() == CitationKind::part) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is a whole part; two sections, supplements, ECCNs or places in "
                            "them can be compared",
                            place.citation.to_string()));
  }
  TRY_ASSIGN(auto version, version_for(archive, place.citation, place.on));
  TRY_ASSIGN(auto date, part_date(archive, place.citation, place.on));
  TRY_ASSIGN(auto node, archive.load_node(version, place.citation));
  if (!node) {
    return absent_place(archive, place.citation, version);
  }
  Side side;
  side.info = {place.citation.to_string(), date, version.raw};
  side.unit.root = std::move(*node);
  side.unit.raw = version.raw;
  strip_labels(side.unit.root, item_path(place.citation));
  return side;
}

} // namespace

Result<DiffResult>
compare_places(store::Archive& archive, const DatedPlace& before, const DatedPlace& after) {
  TRY_ASSIGN(auto left, load_side(archive, before));
  TRY_ASSIGN(auto right, load_side(archive, after));
  // Under one name: only what differs below it is said to have another.
  left.unit.id = after.citation;
  right.unit.id = after.citation;
  DiffResult diff = diff::diff_units({&left.unit, 1}, {&right.unit, 1}, {left.info, right.info});
  const auto in_first = [&](const Citation& place) {
    return rebased(place, after.citation, before.citation).value_or(place);
  };
  for (Change& change : diff.changes) {
    if (change.kind == ChangeKind::removed) {
      change.at = in_first(change.at);
    }
    if (change.was) {
      change.was = in_first(*change.was);
    }
    for (TypedChange& typed : change.typed) {
      typed.direction = Direction::unclear;
      typed.rule = "two places are compared, neither was amended into the other";
    }
  }
  return diff;
}

} // namespace regtrail::query
