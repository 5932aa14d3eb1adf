#include "query/status_events.hpp"

#include "diff/relevance/matcher.hpp"

namespace regtrail::query {

Result<std::vector<store::StoredChange>> matched_status_events(store::Archive& archive,
                                                               const Register& categories,
                                                               const store::ChangeQuery& query) {
  auto events = archive.status_events(query);
  if (!events || events->empty()) {
    return events;
  }
  const diff::Matcher matcher(categories);
  for (store::StoredChange& stored : *events) {
    // The event's word stands for a text: none of the law's has changed, so only the place counts.
    Change happened = stored.change;
    happened.kind = ChangeKind::revised;
    happened.after = to_string(stored.status->event);
    stored.hits = matcher.match(happened);
  }
  std::erase_if(*events, [](const store::StoredChange& stored) { return stored.hits.empty(); });
  return events;
}

} // namespace regtrail::query
