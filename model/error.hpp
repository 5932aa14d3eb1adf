// Expected trouble as a value. Broken invariants throw std::logic_error instead.
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace regtrail {

enum class ErrorKind {
  usage,     ///< the caller asked for something that cannot be (bad citation, bad option)
  not_found, ///< asked for something that does not exist (a unit absent on a date, a missing file)
  network,   ///< the peer could not be reached or the transfer broke off
  http,      ///< the peer answered with a status that is not success
  blocked,   ///< the peer answered with a block or interstitial page (HTML with status 200)
  malformed, ///< bytes that are not what they claim to be
  too_large, ///< a limit of our own on size, time or depth was exceeded
  quarantined, ///< well-formed data that cannot be true (a list that lost most of its rows)
  storage,     ///< the archive could not be read or written
  busy,        ///< another process holds the archive's sync lock
};

/// One line, lower case, subject quoted, no full stop: what failed, where (file:line, URL or
/// citation), then the remedy if there is one.
struct Error {
  ErrorKind kind = ErrorKind::usage;
  std::string message;
};

template<typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] tl::unexpected<Error> fail(ErrorKind kind, std::string message);

/// Adds what the caller was doing in front of `error`: "<doing>: <message>".
[[nodiscard]] tl::unexpected<Error> fail_while(std::string_view doing, Error error);

/// "network", "too large", ...: for logs and JSON.
[[nodiscard]] std::string_view to_string(ErrorKind kind);

} // namespace regtrail

/// TRY(expression): evaluates a Result and, when it holds an error, returns that error from the
/// enclosing function. A value is dropped; one that only moves (a lock, an archive) is refused.
#define TRY(...) REGTRAIL_TRY_(REGTRAIL_CONCAT_(tried_, __COUNTER__), __VA_ARGS__)

/// TRY_ASSIGN(auto x, expression): the same, and `x` takes the value. Declares a variable in the
/// enclosing scope, so it is no body of an `if` without braces.
#define TRY_ASSIGN(target, ...)                                                                    \
  REGTRAIL_TRY_ASSIGN_(REGTRAIL_CONCAT_(tried_, __COUNTER__), target, __VA_ARGS__)

#define REGTRAIL_TRY_(tried, ...)                                                                  \
  do {                                                                                             \
    auto tried = (__VA_ARGS__);                                                                    \
    using Tried = typename decltype(tried)::value_type;                                            \
    static_assert(std::is_void_v<Tried> || std::is_copy_constructible_v<Tried>);                   \
    if (!tried) {                                                                                  \
      return tl::unexpected(std::move(tried).error());                                             \
    }                                                                                              \
  } while (false)

#define REGTRAIL_TRY_ASSIGN_(tried, target, ...)                                                   \
  auto tried = (__VA_ARGS__);                                                                      \
  if (!tried) {                                                                                    \
    return tl::unexpected(std::move(tried).error());                                               \
  }                                                                                                \
  target = *std::move(tried)

#define REGTRAIL_CONCAT_(a, b) REGTRAIL_CONCAT_2_(a, b)
#define REGTRAIL_CONCAT_2_(a, b) a##b
