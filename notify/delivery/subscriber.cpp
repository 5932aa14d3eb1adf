// Who is told of what.
#include "notify/delivery/digest.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::delivery {

namespace {

bool is_among(const std::vector<std::string>& words, std::string_view word) {
  return words.empty() || std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

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

bool fits(const Change& change,
          const std::vector<std::string>& kinds,
          const std::vector<std::string>& directions) {
  const auto& typed = change.typed;
  const bool direction =
      typed.empty() ? is_among(directions, to_string(Direction::unclear))
                    : std::any_of(typed.begin(), typed.end(), [&](const TypedChange& each) {
                        return is_among(directions, to_string(each.direction));
                      });
  return direction && (is_among(kinds, to_string(change.kind)) ||
                       std::any_of(typed.begin(), typed.end(), [&](const TypedChange& each) {
                         return is_among(kinds, to_string(each.type));
                       }));
}

bool wants(const Subscriber& subscriber, const store::StoredChange& stored) {
  return stored.status ? subscriber.kinds.empty() &&
                             is_among(subscriber.directions, to_string(Direction::unclear))
                       : fits(stored.change, subscriber.kinds, subscriber.directions);
}

bool wants(const Subscriber& subscriber, const Item& item) {
  std::vector<const Change*> changes;
  for (const Change& change : item.changes) {
    changes.push_back(&change);
  }
  for (const Effect& effect : item.effects) {
    if (effect.change) {
      changes.push_back(&*effect.change);
    }
  }
  return changes.empty() || std::any_of(changes.begin(), changes.end(), [&](const Change* change) {
           return fits(*change, subscriber.kinds, subscriber.directions);
         });
}

} // namespace regtrail::delivery
