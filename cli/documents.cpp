#include "cli/documents.hpp"

#include "ear/document_identifier.hpp"

#include <fmt/format.h>

#include <utility>

namespace regtrail::cli {
namespace {

/// Answers of govinfo's link service are filed under this stream.
constexpr const char* link_stream = "govinfo/link";

/// The order that a number of the Daily Compilation stands for, by the stored answers.
Result<Citation> order_of_dcpd(store::Archive& archive, const std::string& dcpd) {
  const auto records = archive.raw_records(link_stream);
  if (!records) {
    return tl::unexpected(records.error());
  }
  std::vector<ear::LinkAnswer> answers;
  for (const store::RawRecord& record : *records) {
    auto bytes = archive.raw_bytes(record.id);
    if (!bytes) {
      return tl::unexpected(std::move(bytes.error()));
    }
    answers.push_back({record.url, record.final_url, std::move(*bytes)});
  }
  return ear::resolve_dcpd(dcpd, answers);
}

Result<Citation> citation_of(store::Archive& archive, const std::string& id) {
  if (id.starts_with("M-")) {
    return Citation::fr_document(id);
  }
  const auto identifier = ear::read_document_identifier(id);
  if (!identifier) {
    return tl::unexpected(identifier.error());
  }
  return identifier->citation.empty() ? order_of_dcpd(archive, identifier->dcpd)
                                      : Result<Citation>(identifier->citation);
}

} // namespace

Result<std::vector<Document>> find_stored_documents(store::Archive& archive,
                                                    const std::string& id) {
  const auto citation = citation_of(archive, id);
  if (!citation) {
    return tl::unexpected(citation.error());
  }
  auto stored = archive.find_documents(*citation, store::DocumentContent::whole);
  if (!stored) {
    return tl::unexpected(std::move(stored.error()));
  }
  if (stored->empty()) {
    return fail(ErrorKind::not_found,
                fmt::format("'{}' is not in the archive; documents come with: regtrail sync "
                            "--source federal-register",
                            citation->to_string()));
  }
  std::vector<Document> documents;
  for (store::StoredDocument& each : *stored) {
    auto relations = archive.relations_of(each.document.number);
    if (!relations) {
      return tl::unexpected(std::move(relations.error()));
    }
    each.document.relations = std::move(*relations);
    documents.push_back(std::move(each.document));
  }
  return documents;
}

} // namespace regtrail::cli
