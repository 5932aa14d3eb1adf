// Places that are followed back in time, as a tree of names: renaming one moves all below it.
#pragma once

#include "model/citation.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace regtrail::query {

/// A step as its name and its position among the bearers of that name: "text 2" is the second
/// "text", "(a) #2" the second "(a)".
struct PlaceStep {
  std::string name;
  std::uint32_t position = 1;

  friend auto operator<=>(const PlaceStep&, const PlaceStep&) = default;
};

using Path = std::vector<PlaceStep>;

/// From the unit down; an entry of the CCL is the first step within its supplement.
[[nodiscard]] Path path_of(const Citation& citation);

/// The way back, from the unit's citation.
[[nodiscard]] Citation citation_of(const Citation& unit, const Path& path);

/// True when `path` is `above` or lies below it.
[[nodiscard]] bool lies_within(const Path& path, const Path& above);

class PlaceTree {
public:
  /// Follows `what` (the caller's number for it) from `path` on.
  void add(const Path& path, std::size_t what);

  /// Takes out what stands at `path` itself.
  std::vector<std::size_t> take_at(const Path& path);

  /// Takes out what stands at `path` and below it, each with its path below `path`.
  std::vector<std::pair<Path, std::size_t>> take_within(const Path& path);

  /// Positions at which something is followed among the bearers of the last name of `path`.
  [[nodiscard]] std::vector<std::uint32_t> positions(const Path& path);

  /// Renames all at once; swaps and chains are welcome.
  void rename(std::vector<std::pair<Path, Path>> from_to);

  [[nodiscard]] bool empty() const { return m_count == 0; }

private:
  struct Place {
    std::map<PlaceStep, std::unique_ptr<Place>> below;
    std::vector<std::size_t> here;
  };

  /// The place that the first `length` steps lead to, or null.
  [[nodiscard]] Place* find(const Path& path, std::size_t length);
  std::unique_ptr<Place> take(const Path& path);
  void attach(const Path& path, std::unique_ptr<Place> place);
  static void merge(Place& into, Place& from);

  Place m_root;
  std::size_t m_count = 0;
};

} // namespace regtrail::query
