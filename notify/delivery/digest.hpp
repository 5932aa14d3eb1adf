// The digest: what a subscriber reads in two minutes.
#pragma once

#include "model/category.hpp"
#include "model/change.hpp"
#include "model/document.hpp"
#include "model/source.hpp"
#include "notify/render/html.hpp"
#include "store/archive.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::delivery {

struct Subscriber {
  std::string name;
  std::string to; ///< mail address
  render::Language language = render::Language::en;
  std::vector<std::string> categories; ///< empty = all
  int min_severity = 1;
  std::string schedule; ///< "daily" or "immediate"
};

struct DigestInput {
  Subscriber subscriber;
  std::vector<store::StoredChange> changes; ///< with the hits meant for this subscriber
  Register categories;
  /// Those that the changes name as causes and that the archive holds, by number.
  std::map<std::string, Document> documents;
  ArchiveStatus status;
  int cosmetic_left_out = 0;
  Timestamp now{};
};

struct Digest {
  std::string subject;
  std::string text;
  std::string html;
  std::vector<std::string> hit_ids;
};

/// In the order of ear-domain.md 8.2: most severe first, one item a change, its categories with
/// their reasons, before and after, dates and source (unknown is said, never blank), then the
/// sources checked, what was not understood, and the categories without a hit.
[[nodiscard]] Digest compose_digest(const DigestInput& input);

} // namespace regtrail::delivery
