#include "model/error.hpp"

#include <stdexcept>
#include <utility>

namespace regtrail {

tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return tl::unexpected<Error>(Error{kind, std::move(message)});
}

tl::unexpected<Error> fail_while(std::string_view doing, Error error) {
  error.message = std::string(doing) + ": " + error.message;
  return tl::unexpected<Error>(std::move(error));
}

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
  case ErrorKind::usage:
    return "usage";
  case ErrorKind::not_found:
    return "not found";
  case ErrorKind::network:
    return "network";
  case ErrorKind::http:
    return "http";
  case ErrorKind::blocked:
    return "blocked";
  case ErrorKind::malformed:
    return "malformed";
  case ErrorKind::too_large:
    return "too large";
  case ErrorKind::quarantined:
    return "quarantined";
  case ErrorKind::storage:
    return "storage";
  case ErrorKind::busy:
    return "busy";
  }
  throw std::logic_error("unknown ErrorKind");
}

} // namespace regtrail
