// Documents of the archive together with those that correct, delay or withdraw them.
#pragma once

#include "model/document.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace regtrail::query {

/// Reads documents with their instructions and relations, without their bodies. A document stays in
/// memory until some fifty others were read.
class RelatedDocuments {
public:
  explicit RelatedDocuments(store::Archive& archive) : m_archive(archive) {}

  /// The documents that `numbers` name and those related to them by a correction, a delay or a
  /// withdrawal, in the order of their numbers. The pointers are valid until the next call.
  Result<std::vector<const Document*>> read(std::set<std::string> numbers);

  /// `document` with its dates of effect after the delays that documents of the archive order.
  Result<Document> with_delays(Document document);

private:
  Result<const Document*> whole(const std::string& number);

  store::Archive& m_archive;
  std::map<std::string, std::unique_ptr<Document>> m_documents;
};

/// Inserts the numbers of what was found.
void add_numbers(std::set<std::string>& numbers, const std::vector<store::StoredDocument>& found);

} // namespace regtrail::query
