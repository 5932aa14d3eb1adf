// `register list`: entries of all kinds, which of them are not watched, and why.
#pragma once

#include "cli/config.hpp"
#include "cli/register_file.hpp"
#include "cli/session.hpp"
#include "model/error.hpp"
#include "model/watched.hpp"

#include <string>
#include <vector>

namespace regtrail::cli {

Result<void> list_register(Session& session, const Config& config, const LoadedRegister& loaded);

/// As query::watched; without an archive no entry is watched.
Result<std::vector<EntryWatch>>
watches_of(Session& session, const Config& config, const Register& entries);

/// What [sync] parts would have to be for all parts that entries name: the configured ones, else
/// those of the EAR, and the missing ones behind them, as the configuration writes them. Empty
/// where none is missing.
[[nodiscard]] std::vector<std::string> offered_parts(const Config& config, const Register& entries);

/// The offer in words, with the line to copy; "" where there is none.
[[nodiscard]] std::string
offer_text(const Session& session, const Config& config, const Register& entries);

} // namespace regtrail::cli
