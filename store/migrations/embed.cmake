# cmake -D INPUT=0001.sql -D OUTPUT=schema.cpp -P embed.cmake
# Writes the schema as a C++ string.
file(READ "${INPUT}" content)
file(WRITE "${OUTPUT}" "// Made from ${INPUT}.
#include \"store/database_internal.hpp\"

namespace regtrail::store {

const char* schema_sql() {
  return R\"sql(${content})sql\";
}

} // namespace regtrail::store
")
