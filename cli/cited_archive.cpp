#include "cli/cited_archive.hpp"

#include "query/lookup.hpp"

#include <utility>

namespace regtrail::cli {

Result<CitedArchive> open_cited(const Session& session, const std::vector<std::string>& words) {
  auto typed = query::text_citation(words);
  auto archive = session.open_archive(store::OpenMode::read_only);
  if (!archive) {
    return tl::unexpected(typed ? std::move(archive.error()) : std::move(typed.error()));
  }
  if (!typed) {
    TRY_ASSIGN(typed, query::held_citation(*archive, words));
  }
  return CitedArchive{std::move(*archive), std::move(*typed)};
}

} // namespace regtrail::cli
