// The JSON of `--json`, schema version 1. The order of keys is part of it, as is the two-space
// indent and the final newline; fields may be added, none renamed.
#pragma once

#include "model/blame.hpp"
#include "model/change.hpp"
#include "model/hit.hpp"
#include "model/item.hpp"
#include "model/node.hpp"
#include "model/record.hpp"
#include "model/source.hpp"
#include "model/version.hpp"
#include "model/watched.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::render {

/// A hit of the feed (`changes --json`) with the change it belongs to.
struct FeedItem {
  Change change;
  std::optional<Hit> hit; ///< nullopt: the change hits nobody
  SideInfo before;
  SideInfo after;
  /// Set where the text was stayed, lifted or the like and its words did not change; `change` then
  /// has only its id and its place.
  std::optional<StatusEvent> status = std::nullopt;
  Headline headline = {};
  int severity_by_itself = 1; ///< of the change, whoever is hit

  [[nodiscard]] int severity() const { return hit ? hit->severity : severity_by_itself; }
};

[[nodiscard]] std::string diff_json(const DiffResult& diff);
[[nodiscard]] std::string history_json(const History& history);
/// `history --pending --json`.
[[nodiscard]] std::string pending_json(const Citation& citation,
                                       const std::optional<std::vector<PendingAmendment>>& pending);
[[nodiscard]] std::string blame_json(const Blame& blame);

/// The record of an entry at a citation, below `parent`.
using RecordOf = std::function<Record(const Citation& at, const Node& entry, const Node& parent)>;

/// `nodes` are the node(s) at `citation`; `record` is that of the one node, if any.
/// Entries of listed parties have the record that `record_of` gives.
[[nodiscard]] std::string show_json(const Citation& citation,
                                    const TextOnDay& day,
                                    const Unit& unit,
                                    const std::vector<const Node*>& nodes,
                                    const Record& record,
                                    const RecordOf& record_of = {});

[[nodiscard]] std::string changes_json(const std::vector<FeedItem>& items);
[[nodiscard]] std::string status_json(const ArchiveStatus& status,
                                      const std::vector<EntryWatch>& watches = {});

} // namespace regtrail::render
