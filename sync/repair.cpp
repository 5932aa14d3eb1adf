#include "sync/repair.hpp"

#include "sync/sync.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace regtrail::sync {
namespace {

using store::Archive;
using store::RawRecord;

/// What has to be made again; "" is nothing.
constexpr const char* rebuild_key = "archive.rebuild";
constexpr const char* derived_tables = "yes";
constexpr const char* whole_file = "the whole file";
constexpr std::size_t most_lines = 5;

/// An Error where the source does not give the same bytes again.
Result<void>
ask_again(Archive& archive, fetch::Transport& transport, const RawRecord& record, Timestamp now) {
  const auto cannot = [](const std::string& why) {
    return fail(ErrorKind::storage,
                fmt::format("its bytes in the archive are damaged and {}; bring a backup back: "
                            "regtrail restore BACKUP",
                            why));
  };
  if (!record.url.starts_with("http")) {
    return cannot("no source has them");
  }
  const auto response = transport.get({record.url, fetch::Accept::any, {}});
  if (!response) {
    return cannot(fmt::format("its source did not answer ({})", response.error().message));
  }
  if (sha256(response->body) != record.sha256) {
    return cannot("its source has other bytes now");
  }
  store::RawResponse raw;
  raw.source = record.source;
  raw.stream = record.stream;
  raw.url = record.url;
  raw.final_url = response->final_url;
  raw.status = response->status;
  raw.headers = response->headers;
  raw.fetched_at = now;
  raw.body = response->body;
  TRY(archive.put_raw(raw));
  return {};
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

} // namespace

Result<void> note_damage(Archive& archive, const store::Verified& verified) {
  TRY(archive.mark_damaged(verified.damaged_bodies));
  if (!verified.derived_damaged) {
    return {};
  }
  // A page with facts that cannot be read stays as it is.
  const bool whole = verified.structure_damaged && !verified.facts_damaged;
  return archive.put_setting(rebuild_key, whole ? whole_file : derived_tables);
}

Result<Repaired> repair(Archive& archive,
                        fetch::Transport& transport,
                        const diff::Matcher& matcher,
                        Timestamp now,
                        SyncObserver& observer) {
  Repaired repaired;
  TRY_ASSIGN(const auto damaged, archive.damaged());
  for (const RawRecord& record : damaged) {
    const auto asked = ask_again(archive, transport, record, now);
    if (asked) {
      ++repaired.answers;
    } else {
      repaired.troubles.push_back({record.url, asked.error()});
    }
  }
  TRY_ASSIGN(const auto noted, archive.setting(rebuild_key));
  if (noted.empty() && repaired.answers == 0) {
    return repaired;
  }
  if (noted == whole_file) {
    // What cannot be copied is in derived tables, or stops the rebuild as well.
    static_cast<void>(archive.compact());
  }
  SyncReport report;
  TRY(archive.in_transaction([&]() -> Result<void> {
    // What is derived from an answer that cannot be read is kept.
    TRY_ASSIGN(const auto unreadable, archive.unreadable());
    if (unreadable.empty()) {
      TRY(archive.empty_derived());
    }
    TRY_ASSIGN(report, rebuild(archive, matcher, observer));
    return {};
  }));
  TRY(archive.put_setting(rebuild_key, ""));
  repaired.rebuilt = true;
  std::move(report.troubles.begin(), report.troubles.end(), std::back_inserter(repaired.troubles));
  return repaired;
}

Result<std::vector<std::string>>
verify_deep(Archive& archive, const diff::Matcher& matcher, SyncObserver& observer) {
  TRY_ASSIGN(const auto held, archive.export_derived());
  std::optional<std::string> made;
  const auto done = archive.in_transaction([&]() -> Result<void> {
    TRY(rebuild(archive, matcher, observer));
    TRY_ASSIGN(made, archive.export_derived());
    return fail(ErrorKind::usage, "an Error takes the rebuild back");
  });
  if (!made) {
    return tl::unexpected(done.error());
  }
  std::vector<std::string> problems;
  const auto report = [&](const std::vector<std::string_view>& lines,
                          const std::vector<std::string_view>& others,
                          std::string_view what) {
    std::vector<std::string_view> only;
    std::set_difference(
        lines.begin(), lines.end(), others.begin(), others.end(), std::back_inserter(only));
    for (std::size_t i = 0; i < std::min(only.size(), most_lines); ++i) {
      problems.push_back(fmt::format("{}: {}", what, only[i]));
    }
    if (only.size() > most_lines) {
      problems.push_back(fmt::format("{}: and {} more", what, only.size() - most_lines));
    }
  };
  const auto held_lines = lines_of(held);
  const auto made_lines = lines_of(*made);
  report(held_lines, made_lines, "held, but not what a rebuild makes");
  report(made_lines, held_lines, "made by a rebuild, but not held");
  return problems;
}

} // namespace regtrail::sync
