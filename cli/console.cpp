#include "cli/console.hpp"

#include "cli/files.hpp"
#include "model/text.hpp"
#include "model/web_address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>

namespace regtrail::cli {
namespace {

constexpr int default_width = 100;

struct WindowSize {
  int columns = 0;
  int rows = 0;
};

WindowSize window_size(int descriptor) {
  struct winsize size {};

  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0) {
    return {};
  }
  return {size.ws_col, size.ws_row};
}

int columns_from(const Environment& environment) {
  int columns = 0;
  if (const auto text = environment.get("COLUMNS")) {
    std::from_chars(text->data(), text->data() + text->size(), columns);
  }
  return columns;
}

} // namespace

Console::Console(int out, int err, const Environment& environment)
    : m_out(out),
      m_err(err),
      m_environment(environment),
      m_out_is_terminal(::isatty(out) != 0),
      m_err_is_terminal(::isatty(err) != 0) {}

void Console::configure(ColorMode color, Verbosity verbosity) {
  m_color = color;
  m_verbosity = verbosity;
}

render::TerminalStyle Console::style() const {
  render::TerminalStyle style;
  const auto term = m_environment.get("TERM");
  style.colour = m_color == ColorMode::always ||
                 (m_color == ColorMode::automatic && m_out_is_terminal &&
                  !m_environment.get("NO_COLOR") && (!term || *term != "dumb"));
  int width = columns_from(m_environment);
  if (width <= 0 && m_out_is_terminal) {
    width = window_size(m_out).columns;
  }
  style.width = width > 0 ? std::clamp(width, 20, 400) : default_width;
  return style;
}

void Console::print(std::string_view text) {
  if (m_out_error == 0) {
    m_out_error = write_all(m_out, text);
  }
}

void Console::page(std::string_view text) {
  const int rows = m_out_is_terminal ? window_size(m_out).rows : 0;
  const auto lines = std::count(text.begin(), text.end(), '\n');
  const std::string pager = m_environment.get("PAGER").value_or("less");
  if (rows <= 0 || lines < rows || pager == "cat" || !page_through(pager, text)) {
    print(text);
  }
}

bool Console::page_through(const std::string& pager, std::string_view text) {
  // As git does: less leaves short texts on the screen and shows our colours.
  ::setenv("LESS", "FRX", 0);
  std::FILE* pipe = ::popen(pager.c_str(), "w");
  if (pipe == nullptr) {
    return false;
  }
  std::fwrite(text.data(), 1, text.size(), pipe);
  constexpr int command_not_found = 127;
  const int status = ::pclose(pipe);
  return !(WIFEXITED(status) && WEXITSTATUS(status) == command_not_found);
}

void Console::write_message(std::string_view message) {
  write_all(m_err, fmt::format("regtrail: {}\n", printable(without_user_info(message))));
}

void Console::error(std::string_view message) {
  write_message(message);
}

void Console::note(std::string_view message) {
  if (m_verbosity == Verbosity::normal) {
    write_message(message);
  }
}

void Console::progress(std::string_view text) {
  write_all(m_err, text);
}

Result<void> Console::finish() const {
  if (m_out_error == 0 || m_out_error == EPIPE) {
    return {};
  }
  return fail(ErrorKind::storage,
              fmt::format("cannot write to standard output: {}",
                          std::generic_category().message(m_out_error)));
}

} // namespace regtrail::cli
