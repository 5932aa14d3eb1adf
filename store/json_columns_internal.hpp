// Lists as JSON columns (docs/archive.md names their fields).
#pragma once

#include "model/category.hpp"
#include "model/change.hpp"
#include "model/document.hpp"
#include "model/node.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::store {

/// Of one of the types below, compact.
template<typename List>
std::string to_json(const List& list);

/// Throws Damage on what to_json did not make.
template<typename List>
List from_json(std::string_view json);

using Headers = std::vector<std::pair<std::string, std::string>>;

// clang-format off
#define REGTRAIL_JSON_COLUMN(List)                   \
  template<> std::string to_json(const List& list);  \
  template<> List from_json(std::string_view json);
// clang-format on

REGTRAIL_JSON_COLUMN(Headers)
REGTRAIL_JSON_COLUMN(std::vector<std::string>)
REGTRAIL_JSON_COLUMN(std::vector<Date>)
REGTRAIL_JSON_COLUMN(std::vector<ByteRange>)
REGTRAIL_JSON_COLUMN(std::vector<UnitNote>)
REGTRAIL_JSON_COLUMN(std::vector<WordRun>)
REGTRAIL_JSON_COLUMN(std::vector<TypedChange>)
REGTRAIL_JSON_COLUMN(std::vector<CauseEvidence>)
REGTRAIL_JSON_COLUMN(std::vector<Reason>)
REGTRAIL_JSON_COLUMN(std::vector<CfrPart>)
REGTRAIL_JSON_COLUMN(std::vector<DatedClause>)
REGTRAIL_JSON_COLUMN(std::vector<Deadline>)
REGTRAIL_JSON_COLUMN(std::vector<Operation>)
REGTRAIL_JSON_COLUMN(std::vector<SetOutText>)

#undef REGTRAIL_JSON_COLUMN

} // namespace regtrail::store
