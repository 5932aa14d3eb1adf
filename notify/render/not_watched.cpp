#include "notify/render/not_watched.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace regtrail::render {

std::vector<std::string> not_watched_lines(const std::vector<EntryWatch>& watches,
                                           std::size_t shown) {
  std::vector<std::pair<const EntryWatch*, std::vector<std::string>>> groups;
  for (const EntryWatch& watch : watches) {
    if (watch.reasons.empty()) {
      continue;
    }
    auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& other) {
      return other.first->entry == watch.entry && other.first->reasons == watch.reasons;
    });
    if (group == groups.end()) {
      group = groups.insert(groups.end(), {&watch, {}});
    }
    group->second.push_back(watch.id);
  }
  std::vector<std::string> lines;
  for (const auto& [first, ids] : groups) {
    const std::size_t count = std::min(shown, ids.size());
    const auto more =
        ids.size() > count ? fmt::format(" and {} more", ids.size() - count) : std::string();
    lines.push_back(
        fmt::format("{} {}{}: {}",
                    to_string(first->entry),
                    fmt::join(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count), ", "),
                    more,
                    fmt::join(first->reasons, "; ")));
  }
  return lines;
}

} // namespace regtrail::render
