#include "query/pending.hpp"

#include "diff/cause/pending.hpp"
#include "query/related_documents.hpp"

#include <chrono>
#include <set>
#include <string>
#include <utility>

namespace regtrail::query {

Result<std::vector<PendingAmendment>>
pending_amendments(store::Archive& archive, const Citation& place, Date today) {
  store::DocumentQuery query;
  query.since = today + std::chrono::days(1);
  TRY_ASSIGN(const auto later, archive.documents(query));
  std::set<std::string> numbers;
  add_numbers(numbers, later);
  RelatedDocuments related(archive);
  TRY_ASSIGN(const auto documents, related.read(std::move(numbers)));
  return diff::pending_amendments(place, documents, today);
}

Result<std::optional<std::vector<PendingAmendment>>>
known_pending(store::Archive& archive, const Citation& place, Date today) {
  std::optional<std::vector<PendingAmendment>> pending;
  TRY_ASSIGN(const auto status, archive.source_status("federal-register"));
  if (status && status->last_success) {
    TRY_ASSIGN(pending, pending_amendments(archive, place, today));
  }
  return pending;
}

} // namespace regtrail::query
