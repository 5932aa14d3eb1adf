// The nodes above those of changes, which matching asks for (diff::Matcher::match).
#pragma once

#include "model/change.hpp"
#include "model/error.hpp"
#include "model/node.hpp"
#include "store/archive.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace regtrail::diff {
class Matcher;
} // namespace regtrail::diff

namespace regtrail::query {

/// The node above that of `change` in the units after it; nullptr where matching does not ask for
/// it, and where there is none.
[[nodiscard]] const Node*
node_above(const diff::Matcher& matcher, std::span<const Unit> after, const Change& change);

/// Those of stored changes.
class NodesAbove {
public:
  static Result<NodesAbove> read(store::Archive& archive,
                                 const diff::Matcher& matcher,
                                 const std::vector<store::StoredChange>& changes);

  [[nodiscard]] const Node* of(const Change& change) const;

private:
  std::map<std::string, Node> m_nodes; ///< by id of the change
};

} // namespace regtrail::query
