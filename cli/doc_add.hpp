// regtrail doc add: a measure that the Code does not print, entered by hand.
#pragma once

#include "cli/exit_code.hpp"
#include "cli/session.hpp"
#include "model/error.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace regtrail::cli {

class DocAdd {
public:
  void add_options(CLI::App& app);

  [[nodiscard]] bool chosen() const { return m_app != nullptr && m_app->parsed(); }

  Result<ExitCode> run(Session& session) const;

private:
  [[nodiscard]] Result<std::string> text() const;

  CLI::App* m_app = nullptr;
  std::string m_title;
  std::string m_date;
  std::string m_url;
  std::string m_kind;
  std::vector<std::string> m_about;
  std::string m_text;
  std::string m_file;
  bool m_not_enforced = false;
};

} // namespace regtrail::cli
