// Inside the room trouble is thrown and becomes an Error at the face (impl_internal.hpp): a query
// may fail at every step, and every failure ends the call.
#pragma once

#include "model/error.hpp"

#include <exception>
#include <string>
#include <utility>

namespace regtrail::store {

class Trouble : public std::exception {
public:
  explicit Trouble(Error error) : m_error(std::move(error)) {}

  [[nodiscard]] const char* what() const noexcept override { return m_error.message.c_str(); }

  [[nodiscard]] const Error& error() const { return m_error; }

private:
  Error m_error;
};

/// Stored bytes that we cannot have written; the face adds the file and the remedy.
class Damage : public std::exception {
public:
  explicit Damage(std::string what) : m_what(std::move(what)) {}

  [[nodiscard]] const char* what() const noexcept override { return m_what.c_str(); }

private:
  std::string m_what;
};

[[noreturn]] inline void refuse(ErrorKind kind, std::string message) {
  throw Trouble(Error{kind, std::move(message)});
}

} // namespace regtrail::store
