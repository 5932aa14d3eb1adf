// Steps of a migration that SQL alone cannot take.
#pragma once

#include "store/database_internal.hpp"

namespace regtrail::store {

/// Writes anew what migration 3 set aside, and drops the tables of schema 2. Within its
/// transaction.
void convert_from_schema_2(Database& db);

} // namespace regtrail::store
