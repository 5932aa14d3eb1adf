#include "query/related_documents.hpp"

#include "diff/cause/delays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace regtrail::query {
namespace {

using store::DocumentContent;

/// One document may be a megabyte.
constexpr std::size_t cached_documents = 48;

/// Relations that decide when a document takes effect or what its words are.
bool bears_on_dates(RelationKind kind) {
  switch (kind) {
  case RelationKind::corrects:
  case RelationKind::corrected_by:
  case RelationKind::delays:
  case RelationKind::delayed_by:
  case RelationKind::withdraws:
  case RelationKind::withdrawn_by:
    return true;
  default:
    return false;
  }
}

} // namespace

void add_numbers(std::set<std::string>& numbers, const std::vector<store::StoredDocument>& found) {
  for (const store::StoredDocument& stored : found) {
    numbers.insert(stored.document.number);
  }
}

Result<std::vector<const Document*>> RelatedDocuments::read(std::set<std::string> numbers) {
  if (m_documents.size() > cached_documents) {
    m_documents.clear();
  }
  for (const std::string& number : std::vector(numbers.begin(), numbers.end())) {
    TRY_ASSIGN(const Document* document, whole(number));
    for (const Relation& relation : document->relations) {
      if (bears_on_dates(relation.kind)) {
        TRY_ASSIGN(const auto related,
                   m_archive.find_documents(relation.target, DocumentContent::described));
        add_numbers(numbers, related);
      }
    }
  }
  std::vector<const Document*> found;
  for (const std::string& number : numbers) {
    TRY_ASSIGN(const Document* document, whole(number));
    found.push_back(document);
  }
  return found;
}

Result<Document> RelatedDocuments::with_delays(Document document) {
  TRY_ASSIGN(const auto related, read({document.number}));
  const auto stored = std::find_if(related.begin(), related.end(), [&](const Document* each) {
    return each->number == document.number;
  });
  if (stored != related.end()) {
    document.relations = (*stored)->relations;
  }
  return diff::with_delays(std::move(document), related);
}

Result<const Document*> RelatedDocuments::whole(const std::string& number) {
  const auto known = m_documents.find(number);
  if (known != m_documents.end()) {
    return known->second.get();
  }
  TRY_ASSIGN(auto found,
             m_archive.find_documents(Citation::fr_document(number), DocumentContent::whole));
  if (found.empty()) {
    return fail(ErrorKind::storage, fmt::format("document '{}' is gone from the archive", number));
  }
  auto document = std::make_unique<Document>(std::move(found.front().document));
  TRY_ASSIGN(document->relations, m_archive.relations_of(number));
  document->body.clear();
  return m_documents.emplace(number, std::move(document)).first->second.get();
}

} // namespace regtrail::query
