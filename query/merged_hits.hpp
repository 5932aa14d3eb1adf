// The hits of an item: those of its document, its changes and its steps, one an entry.
#pragma once

#include "model/hit.hpp"

#include <map>
#include <string>
#include <vector>

namespace regtrail::query {

class MergedHits {
public:
  /// Near misses are left out. Of an entry the highest score and severity count, and the reasons
  /// of all its hits up to eight, those of the best first.
  void add(const Hit& hit);
  void add(const std::vector<Hit>& hits);

  /// Best first, under ids of the item.
  [[nodiscard]] std::vector<Hit> of(const std::string& item) const;

  [[nodiscard]] bool empty() const { return m_hits.empty(); }

private:
  std::map<std::string, Hit> m_hits; ///< by entry
};

} // namespace regtrail::query
