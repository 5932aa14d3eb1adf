# cmake -D INPUT=file -D OUTPUT=file.cpp -D FUNCTION=name [-D NAMESPACE=cli] -P embed.cmake
# Writes a C++ source whose function returns the bytes of INPUT.
if(NOT NAMESPACE)
  set(NAMESPACE cli)
endif()
file(READ "${INPUT}" content)
string(FIND "${content}" ")regtrail\"" delimiter)
if(NOT delimiter EQUAL -1)
  message(FATAL_ERROR "'${INPUT}' holds the delimiter of the raw string")
endif()
file(WRITE "${OUTPUT}" "// Generated from ${INPUT}.
#include <string_view>

namespace regtrail::${NAMESPACE} {

std::string_view ${FUNCTION}();

std::string_view ${FUNCTION}() {
  return R\"regtrail(${content})regtrail\";
}

} // namespace regtrail::${NAMESPACE}
")
