// The numbered migrations, embedded at build time from store/migrations/*.sql.
#pragma once

#include <vector>

namespace regtrail::store {

struct Migration {
  int number; ///< the schema version the archive has afterwards
  const char* name;
  const char* sql;
};

/// In ascending order without gaps, from 1.
const std::vector<Migration>& migrations();

} // namespace regtrail::store
