// list, show, add, edit, remove, import, export and test of one kind of entry of the register.
#pragma once

#include "cli/exit_code.hpp"
#include "cli/session.hpp"
#include "model/error.hpp"
#include "model/register.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace regtrail::cli {

class EntryVerbs {
public:
  EntryVerbs() = default;
  EntryVerbs(const EntryVerbs&) = delete;
  EntryVerbs& operator=(const EntryVerbs&) = delete;
  virtual ~EntryVerbs() = default;

  /// `app` ("categories", "register products") lives as long as this; without a verb it lists.
  virtual void add_options(CLI::App& app) = 0;

  virtual Result<ExitCode> run(Session& session) = 0;
};

std::unique_ptr<EntryVerbs> make_entry_verbs(EntryKind kind);

/// "categories", "products".
[[nodiscard]] std::string_view plural_of(EntryKind kind);

} // namespace regtrail::cli
