#include "notify/render/not_watched.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace regtrail::render {
namespace {

/// "product", "5 products:"
std::string counted_kind(EntryKind kind, std::size_t count) {
  const std::string word(to_string(kind));
  if (count == 1) {
    return word;
  }
  const std::string plural = word.ends_with('y')    ? word.substr(0, word.size() - 1) + "ies"
                             : word.ends_with("ch") ? word + "es"
                                                    : word + "s";
  return fmt::format("{} {}:", count, plural);
}

} // namespace

std::vector<std::string> not_watched_lines(const std::vector<EntryWatch>& watches,
                                           std::size_t shown) {
  struct Group {
    std::string reason;
    EntryKind kind;
    std::vector<std::string> ids;
  };

  std::vector<Group> groups;
  for (const EntryWatch& watch : watches) {
    for (const std::string& reason : watch.reasons) {
      auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& other) {
        return other.kind == watch.entry && other.reason == reason;
      });
      if (group == groups.end()) {
        group = groups.insert(groups.end(), {reason, watch.entry, {}});
      }
      group->ids.push_back(watch.id);
    }
  }
  std::stable_sort(groups.begin(), groups.end(), [](const Group& left, const Group& right) {
    return left.ids.size() > right.ids.size();
  });
  std::vector<std::string> lines;
  for (const Group& group : groups) {
    const std::size_t count = std::min(shown, group.ids.size());
    const auto last = group.ids.begin() + static_cast<std::ptrdiff_t>(count);
    const auto more = group.ids.size() > count
                          ? fmt::format(" and {} more", group.ids.size() - count)
                          : std::string();
    lines.push_back(fmt::format("{}: {} {}{}",
                                group.reason,
                                counted_kind(group.kind, group.ids.size()),
                                fmt::join(group.ids.begin(), last, ", "),
                                more));
  }
  return lines;
}

} // namespace regtrail::render
