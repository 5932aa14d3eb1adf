# cmake -D OUTPUT=migrations.cpp -P embed.cmake 0001_archive.sql ...
# Writes the migrations as one C++ array, in the order of their numbers.
set(rows "")
set(index 0)
math(EXPR last "${CMAKE_ARGC} - 1")
set(after_script FALSE)
foreach(index RANGE ${last})
  set(argument "${CMAKE_ARGV${index}}")
  if(after_script)
    get_filename_component(name "${argument}" NAME)
    string(REGEX MATCH "^0*([1-9][0-9]*)_[a-z0-9_]+\\.sql$" matched "${name}")
    if(NOT matched)
      message(FATAL_ERROR "a migration is called NNNN_words.sql, not '${name}'")
    endif()
    file(READ "${argument}" sql)
    string(APPEND rows "    {${CMAKE_MATCH_1}, \"${name}\", R\"sql(${sql})sql\"},\n")
  elseif(argument MATCHES "embed\\.cmake$")
    set(after_script TRUE)
  endif()
endforeach()
file(WRITE "${OUTPUT}" "// Made from store/migrations/*.sql by embed.cmake.
#include \"store/migrations_internal.hpp\"

namespace regtrail::store {

const std::vector<Migration>& migrations() {
  static const std::vector<Migration> all = {
${rows}  };
  return all;
}

} // namespace regtrail::store
")
