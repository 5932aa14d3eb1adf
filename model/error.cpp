#include "model/error.hpp"

#include <array>
#include <cstddef>
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
  constexpr std::array<std::string_view, 10> words{"usage",
                                                   "not found",
                                                   "network",
                                                   "http",
                                                   "blocked",
                                                   "malformed",
                                                   "too large",
                                                   "quarantined",
                                                   "storage",
                                                   "busy"};
  return words.at(static_cast<std::size_t>(kind));
}

} // namespace regtrail
