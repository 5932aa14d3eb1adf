// Who is told of what.
#include "notify/delivery/digest.hpp"

#include <algorithm>
#include <stdexcept>

namespace regtrail::delivery {

const std::vector<std::string>& named_entries(const Subscriber& subscriber, EntryKind kind) {
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
    return subscriber.watches;
  }
  throw std::logic_error("no such kind of entry");
}

bool wants(const Subscriber& subscriber, const Hit& hit) {
  const auto& named = named_entries(subscriber, hit.entry);
  const bool asked =
      named.empty() || std::find(named.begin(), named.end(), hit.category) != named.end();
  return asked && !hit.near && hit.severity >= subscriber.min_severity;
}

} // namespace regtrail::delivery
