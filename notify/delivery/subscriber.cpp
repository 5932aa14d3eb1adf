// Who is told of what.
#include "notify/delivery/digest.hpp"

#include <algorithm>

namespace regtrail::delivery {

const std::vector<std::string>& named_entries(const Subscriber& subscriber, EntryKind kind) {
  static const std::vector<std::string> all;
  switch (kind) {
  case EntryKind::category:
    return subscriber.categories;
  case EntryKind::product:
    return subscriber.products;
  case EntryKind::party:
    return subscriber.parties;
  case EntryKind::procedure:
    return subscriber.procedures;
  case EntryKind::destination:
    return subscriber.destinations;
  case EntryKind::watch:
    break;
  }
  return all;
}

bool wants(const Subscriber& subscriber, const Hit& hit) {
  const auto& named = named_entries(subscriber, hit.entry);
  const bool asked =
      named.empty() || std::find(named.begin(), named.end(), hit.category) != named.end();
  return asked && !hit.near && hit.severity >= subscriber.min_severity;
}

} // namespace regtrail::delivery
