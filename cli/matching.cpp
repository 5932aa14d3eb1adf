#include "cli/matching.hpp"

#include "query/nodes_above.hpp"

#include <fmt/format.h>

namespace regtrail::cli {
namespace {

constexpr const char* register_setting = "register.sha256";

Result<bool> hits_are_stale(store::Archive& archive, const LoadedRegister& loaded) {
  TRY_ASSIGN(auto stored, archive.setting(register_setting));
  return stored != loaded.sha256;
}

Result<void> refresh_file(Session& session, const LoadedRegister& loaded) {
  TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_write));
  TRY_ASSIGN(const auto lock, Session::lock(archive));
  return refresh_hits(archive, loaded, diff::Matcher(loaded.categories));
}

} // namespace

Result<void>
refresh_hits(store::Archive& archive, const LoadedRegister& loaded, const diff::Matcher& matcher) {
  const auto match = [&](const Document& document) { return matcher.match(document); };
  TRY_ASSIGN(auto stale, hits_are_stale(archive, loaded));
  if (!stale) {
    TRY(archive.match_documents(store::MatchedDocuments::fresh, match));
    return {};
  }
  TRY_ASSIGN(const auto changes, archive.changes({}));
  TRY_ASSIGN(const auto above, query::NodesAbove::read(archive, matcher, changes));
  // In this order: dying in between only repeats the work.
  TRY(archive.replace_hits([&](const store::StoredChange& stored) {
    return matcher.match(stored.change, above.of(stored.change));
  }));
  TRY(archive.match_documents(store::MatchedDocuments::all, match));
  return note_register(archive, loaded);
}

Result<void> note_register(store::Archive& archive, const LoadedRegister& loaded) {
  return archive.put_setting(register_setting, loaded.sha256);
}

Result<store::Archive> open_matched_archive(Session& session, const LoadedRegister& loaded) {
  TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
  TRY_ASSIGN(auto stale, hits_are_stale(archive, loaded));
  if (stale) {
    if (auto refreshed = refresh_file(session, loaded); !refreshed) {
      session.console().note(fmt::format("the register changed, and the hits are still those of "
                                         "the former one: {}",
                                         refreshed.error().message));
    }
  }
  return archive;
}

} // namespace regtrail::cli
