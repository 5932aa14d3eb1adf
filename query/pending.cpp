#include "query/pending.hpp"

#include "diff/cause/pending.hpp"
#include "query/related_documents.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>

namespace regtrail::query {
namespace {

constexpr int ear_title = 15;
using HeldParts = std::set<std::pair<int, std::string>>; ///< title and part

/// True where all of its targets lie neither in the EAR nor in a part that is held: watches bring
/// rules of every agency.
bool is_elsewhere(const PendingAmendment& pending, const HeldParts& held) {
  const auto& targets = pending.targets;
  return !targets.empty() && std::none_of(targets.begin(), targets.end(), [&](const Citation& at) {
    const std::string part = at.part_number();
    const int number = part.empty() ? 0 : std::atoi(part.c_str());
    const int title = at.title().empty() ? ear_title : std::atoi(at.title().c_str());
    return (title == ear_title && number >= 730 && number <= 774) || held.contains({title, part});
  });
}

} // namespace

Result<std::vector<PendingAmendment>>
pending_amendments(store::Archive& archive, const Citation& place, Date today) {
  store::DocumentQuery query;
  query.since = today + std::chrono::days(1);
  TRY_ASSIGN(const auto later, archive.documents(query));
  std::set<std::string> numbers;
  add_numbers(numbers, later);
  RelatedDocuments related(archive);
  TRY_ASSIGN(const auto documents, related.read(std::move(numbers)));
  auto pending = diff::pending_amendments(place, documents, today);
  if (place.empty()) {
    TRY_ASSIGN(const auto parts, archive.planned_parts());
    const HeldParts held(parts.begin(), parts.end());
    std::erase_if(pending, [&](const PendingAmendment& each) { return is_elsewhere(each, held); });
  }
  return pending;
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

Result<std::vector<Document>> withdrawn_filings(store::Archive& archive, Date today) {
  constexpr std::chrono::days reach{60};
  const Date since = today - reach;
  TRY_ASSIGN(auto stored, archive.documents({}));
  std::vector<Document> filings;
  for (store::StoredDocument& each : stored) {
    if (each.document.withdrawn && each.document.filed.value_or(since) >= since) {
      filings.push_back(std::move(each.document));
    }
  }
  std::sort(filings.begin(), filings.end(), [](const Document& left, const Document& right) {
    return left.number < right.number;
  });
  return filings;
}

PendingAmendment as_listed(const Document& filing) {
  PendingAmendment listed;
  listed.document = filing.number;
  listed.title = filing.title;
  listed.text = fmt::format("{}", fmt::join(filing.editorial_notes, " "));
  for (const CfrPart& each : filing.cfr) {
    listed.targets.push_back(Citation::part(each.title, each.part));
  }
  return listed;
}

} // namespace regtrail::query
