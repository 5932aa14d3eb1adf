// Lists as JSON columns (docs/archive.md names their fields).
#pragma once

#include "model/change.hpp"
#include "model/document.hpp"
#include "model/hit.hpp"
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
#define REGTRAIL_JSON_COLUMNS(do_with)     \
  do_with(Headers)                         \
  do_with(std::vector<std::string>)        \
  do_with(std::vector<Date>)               \
  do_with(std::vector<Citation>)           \
  do_with(std::vector<ByteRange>)          \
  do_with(std::vector<UnitNote>)           \
  do_with(std::vector<WordRun>)            \
  do_with(std::vector<TypedChange>)        \
  do_with(std::vector<CauseEvidence>)      \
  do_with(std::vector<Reason>)             \
  do_with(std::vector<CfrPart>)            \
  do_with(std::vector<DatedClause>)        \
  do_with(std::vector<UnreadDate>)         \
  do_with(std::vector<Deadline>)           \
  do_with(std::vector<Operation>)          \
  do_with(std::vector<SetOutText>)

#define REGTRAIL_DECLARE(List)                      \
  template<> std::string to_json(const List& list); \
  template<> List from_json(std::string_view json);
// clang-format on

REGTRAIL_JSON_COLUMNS(REGTRAIL_DECLARE)

#undef REGTRAIL_DECLARE

} // namespace regtrail::store
