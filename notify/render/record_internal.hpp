// What a reader wants of a CCL entry or of a list entry, gathered from its node tree by the
// designators that the parser gives. Texts are views of the law as published; nothing is judged.
#pragma once

#include "model/citation.hpp"
#include "model/node.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::render {

struct LicenseRow {
  std::string reason;                            ///< "NS"
  std::string control;                           ///< whole cell
  std::optional<std::vector<std::string>> paths; ///< nullopt: entire entry; empty: not readable
  std::string chart;
};

struct EccnRecord {
  std::string eccn;
  std::string heading;
  std::vector<std::string> reasons;
  std::vector<LicenseRow> license_requirements;
  std::vector<std::pair<std::string, std::string>> exceptions; ///< ("LVS", text), as printed
  std::string related_controls;
  std::string related_definitions;
  std::vector<std::pair<std::string, std::string>> items; ///< ("a.1", text)
  std::vector<std::pair<Citation, std::string>> notes;
};

struct EntityRecord {
  std::string list; ///< "Entity List"
  std::string country;
  std::string name;
  std::vector<std::string> aliases;
  std::vector<std::string> addresses;
  std::string license_requirement;
  std::vector<int> footnotes;
  std::string review_policy;
  std::vector<std::string> citations; ///< "89 FR 96837"
};

/// nullopt unless `citation` is a whole ECCN and `node` its entry.
[[nodiscard]] std::optional<EccnRecord> eccn_record(const Citation& citation, const Node& node);

/// nullopt unless `node` is an entry of the Entity, Unverified or Military End-User List.
[[nodiscard]] std::optional<EntityRecord> entity_record(const Citation& citation, const Node& node);

/// The text of the first heading at or directly below `node`, "" where there is none.
[[nodiscard]] std::string heading_of(const Node& node);

/// "a.1 to a.3, b" -> a.1, a.2, a.3, b; stops at the first word that is no path.
[[nodiscard]] std::vector<std::string> expand_paths(std::string_view text);

} // namespace regtrail::render
