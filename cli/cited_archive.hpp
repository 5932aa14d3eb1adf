// The archive and the place in it that the words of a command line cite.
#pragma once

#include "cli/session.hpp"
#include "model/citation.hpp"
#include "store/archive.hpp"

#include <string>
#include <vector>

namespace regtrail::cli {

struct CitedArchive {
  store::Archive archive;
  Citation citation;
};

/// Opens the archive to read. Words that are no citation are the name of a listed party; without an
/// archive they are an error of usage.
Result<CitedArchive> open_cited(const Session& session, const std::vector<std::string>& words);

} // namespace regtrail::cli
