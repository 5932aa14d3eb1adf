// Standard output and standard error: colours, width, paging, and pipes that close early.
#pragma once

#include "cli/environment.hpp"
#include "model/error.hpp"
#include "notify/render/terminal.hpp"

#include <string>
#include <string_view>

namespace regtrail::cli {

enum class ColorMode { automatic, always, never };
enum class Verbosity { quiet, normal };

class Console {
public:
  /// `environment` must outlive the console: NO_COLOR, COLUMNS, PAGER and TERM are read from it.
  Console(int out, int err, const Environment& environment);

  void configure(ColorMode color, Verbosity verbosity);

  [[nodiscard]] bool out_is_terminal() const { return m_out_is_terminal; }

  [[nodiscard]] bool err_is_terminal() const { return m_err_is_terminal; }

  [[nodiscard]] render::TerminalStyle style() const;

  /// Results, to standard output. A reader that went away is a normal end: what follows is dropped.
  void print(std::string_view text);

  /// Results that may be long: through $PAGER (less -FRX) on a terminal, else as print().
  void page(std::string_view text);

  /// "regtrail: <message>" to standard error, also when quiet; addresses without their logins.
  void error(std::string_view message);

  /// The same for what is no error; silent when quiet.
  void note(std::string_view message);

  /// Raw text to standard error, for progress.
  void progress(std::string_view text);

  /// An error of kind storage when standard output could not be written.
  [[nodiscard]] Result<void> finish() const;

private:
  void write_message(std::string_view message);
  bool page_through(const std::string& pager, std::string_view text);

  int m_out;
  int m_err;
  const Environment& m_environment;
  bool m_out_is_terminal;
  bool m_err_is_terminal;
  ColorMode m_color = ColorMode::automatic;
  Verbosity m_verbosity = Verbosity::normal;
  int m_out_error = 0; ///< errno of the first failed write
};

} // namespace regtrail::cli
