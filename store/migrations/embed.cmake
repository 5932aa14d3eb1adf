# cmake -D "INPUTS=0001.sql;0002.sql" -D OUTPUT=schema.cpp -P embed.cmake
# Writes the files, in their order, as C++ strings.
set(strings "")
foreach(input IN LISTS INPUTS)
  file(READ "${input}" content)
  string(APPEND strings "R\"sql(${content})sql\",\n")
endforeach()
file(WRITE "${OUTPUT}" "// Made from ${INPUTS}.
#include \"store/database_internal.hpp\"

#include <array>

namespace regtrail::store {

namespace {
constexpr std::array statements = {
${strings}};
} // namespace

int newest_form() {
  return first_form + static_cast<int>(statements.size()) - 1;
}

const char* migration(int form) {
  return statements.at(static_cast<std::size_t>(form - first_form));
}

} // namespace regtrail::store
")
