#include "query/measures.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::query {

bool says_not_enforced(const Document& measure) {
  return measure.type == DocumentType::measure && measure.action == not_enforced_action;
}

Result<std::vector<Document>> measures_about(store::Archive& archive, const Citation& place) {
  store::DocumentQuery query;
  query.type = DocumentType::measure;
  query.content = store::DocumentContent::whole;
  TRY_ASSIGN(auto stored, archive.documents(query));
  std::vector<Document> found;
  for (store::StoredDocument& each : stored) {
    const auto& relations = each.document.relations;
    const bool about =
        std::any_of(relations.begin(), relations.end(), [&](const Relation& relation) {
          return place.is_within(relation.target) || relation.target.is_within(place);
        });
    if (about) {
      found.push_back(std::move(each.document));
    }
  }
  return found;
}

} // namespace regtrail::query
