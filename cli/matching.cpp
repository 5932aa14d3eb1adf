#include "cli/matching.hpp"

#include <fmt/format.h>

#include <chrono>

namespace regtrail::cli {
namespace {

constexpr const char* register_setting = "register.sha256";

Result<bool> hits_are_stale(store::Archive& archive, const LoadedRegister& loaded) {
  auto stored = archive.setting(register_setting);
  if (!stored) {
    return tl::unexpected(std::move(stored.error()));
  }
  return *stored != loaded.sha256;
}

Result<void> refresh_file(Session& session, const LoadedRegister& loaded) {
  auto archive = session.open_archive(store::OpenMode::read_write);
  if (!archive) {
    return tl::unexpected(std::move(archive.error()));
  }
  auto lock =
      archive->lock_for_sync(std::chrono::milliseconds(0), [](std::chrono::milliseconds) {});
  if (!lock) {
    return tl::unexpected(std::move(lock.error()));
  }
  return refresh_hits(*archive, loaded, diff::Matcher(loaded.categories));
}

} // namespace

Result<void>
refresh_hits(store::Archive& archive, const LoadedRegister& loaded, const diff::Matcher& matcher) {
  auto stale = hits_are_stale(archive, loaded);
  if (!stale) {
    return tl::unexpected(std::move(stale.error()));
  }
  if (!*stale) {
    return {};
  }
  // In this order: dying in between only repeats the work.
  auto replaced = archive.replace_hits(
      [&](const store::StoredChange& stored) { return matcher.match(stored.change); });
  if (!replaced) {
    return replaced;
  }
  return note_register(archive, loaded);
}

Result<void> note_register(store::Archive& archive, const LoadedRegister& loaded) {
  return archive.put_setting(register_setting, loaded.sha256);
}

Result<store::Archive> open_matched_archive(Session& session, const LoadedRegister& loaded) {
  auto archive = session.open_archive(store::OpenMode::read_only);
  if (!archive) {
    return archive;
  }
  auto stale = hits_are_stale(*archive, loaded);
  if (!stale) {
    return tl::unexpected(std::move(stale.error()));
  }
  if (*stale) {
    if (auto refreshed = refresh_file(session, loaded); !refreshed) {
      session.console().note(fmt::format("the register changed, and the hits are still those of "
                                         "the former one: {}",
                                         refreshed.error().message));
    }
  }
  return archive;
}

} // namespace regtrail::cli
