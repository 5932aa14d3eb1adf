// What is shown of a unit, or of an entry of the CCL: its text, how it came about, what is to come.
// Of the frame of a part the history is that of all its units.
#pragma once

#include "model/blame.hpp"
#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/node.hpp"
#include "model/record.hpp"
#include "model/version.hpp"

#include <map>
#include <string>
#include <vector>

namespace regtrail {

/// A printed paragraph, heading or cell.
struct PlaceLine {
  std::string place; ///< below the unit or entry: "(a)(2)", "c.1 / Note 1"; "" for its own text
  std::string text;

  friend bool operator==(const PlaceLine&, const PlaceLine&) = default;
};

struct PlaceView {
  Citation at;
  std::string heading;         ///< of the newest text, else of the last there was
  Node text;                   ///< the newest; empty where `gone`
  bool gone = false;           ///< the newest issue has no such text
  std::vector<UnitNote> notes; ///< of the unit
  History history;             ///< with days of law; `pending` of all that bears on the place
  std::vector<StatusEvent> events;
  std::vector<PendingAmendment> not_shown; ///< in force, and not in the eCFR yet
  std::map<std::string, BlameLine> blame;  ///< by citation
  /// Of the entry of the CCL itself, and of the parties of a list, by citation.
  std::map<std::string, Record> records;
  /// Of each entry of `history.versions`; none where it holds no text. All empty where the texts
  /// of all versions are more than the limit that was asked for.
  std::vector<std::vector<PlaceLine>> texts;
};

/// The lines of `node`, which stands at `at`, in printed order.
[[nodiscard]] std::vector<PlaceLine> lines_of(const Node& node, const Citation& at);

} // namespace regtrail
