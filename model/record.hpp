// What a reader wants of an entry of the CCL or of a list, field by field (`show`'s record). Texts
// are those of the law as published; nothing is judged.
#pragma once

#include "model/citation.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace regtrail {

struct LicenseRowRecord {
  std::string reason;                            ///< "NS"
  std::string control;                           ///< whole cell
  std::optional<std::vector<std::string>> paths; ///< nullopt: the entire entry; empty: prose that
                                                 ///< names no path
  std::string chart;
};

struct EccnRecord {
  std::string eccn;
  std::string heading;
  std::vector<std::string> reasons;
  std::vector<LicenseRowRecord> license_requirements;
  std::vector<std::pair<std::string, std::string>> exceptions; ///< ("LVS", text), as printed
  std::string related_controls;
  std::string related_definitions;
  std::vector<std::pair<std::string, std::string>> items; ///< ("a.1", text)
  std::vector<std::pair<Citation, std::string>> notes;
};

/// An entry of the Entity List, the Unverified List or the Military End-User List; the two last
/// have no license columns.
struct EntityRecord {
  std::string list; ///< "Entity List"
  std::string country;
  std::string name;
  std::vector<std::string> aliases;
  std::vector<std::string> addresses;
  std::string remark; ///< "See alternate addresses under Pakistan"
  std::string license_requirement;
  std::vector<int> footnotes;
  std::string review_policy;
  std::vector<std::string> citations; ///< "89 FR 96837"
  bool address_only = false;          ///< names no party: `name` is "Address 01"
  std::string subordinate_to;         ///< the entry of which it is a subordinate part; "" for none
};

/// An entry of the Validated End-User list.
struct VeuRecord {
  std::string country;
  std::string name;
  std::string eligible_items;     ///< whole cell
  std::vector<std::string> eccns; ///< named there, in order of print
  std::vector<std::string> eligible_destinations;
  std::vector<std::string> citations;
};

/// A row of the Commerce Country Chart.
struct ChartRecord {
  std::string country;
  std::vector<std::string> marks; ///< columns with a mark: "NS 1"
  std::vector<int> footnotes;
  std::string pointer; ///< the sentence that stands in place of marks: no marks is not free
};

using Record = std::variant<std::monostate, EccnRecord, EntityRecord, VeuRecord, ChartRecord>;

} // namespace regtrail
