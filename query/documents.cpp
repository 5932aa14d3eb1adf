#include "query/documents.hpp"

#include "federal_register/document_identifier.hpp"
#include "query/related_documents.hpp"
#include "store/streams.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace regtrail::query {
namespace {

/// The order that a number of the Daily Compilation stands for, by the stored answers.
Result<Citation> order_of_dcpd(store::Archive& archive, const std::string& dcpd) {
  TRY_ASSIGN(const auto records, archive.raw_records(store::govinfo_link_stream));
  std::vector<federal_register::LinkAnswer> answers;
  for (const store::RawRecord& record : records) {
    TRY_ASSIGN(auto bytes, archive.raw_bytes(record.id));
    answers.push_back({record.url, record.final_url, std::move(bytes)});
  }
  return federal_register::resolve_dcpd(dcpd, answers);
}

/// "14110" alone, where one order has that number.
Result<std::optional<Citation>> order_numbered(store::Archive& archive, const std::string& id) {
  constexpr std::size_t longest_number = 5;
  if (id.size() > longest_number || id.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  const Citation order = Citation::executive_order(id);
  TRY_ASSIGN(const auto found, archive.find_documents(order, store::DocumentContent::described));
  return found.size() == 1 ? std::optional(order) : std::nullopt;
}

Result<Citation> citation_of(store::Archive& archive, const std::string& id) {
  if (id.starts_with("M-")) {
    return Citation::fr_document(id);
  }
  const auto identifier = federal_register::read_document_identifier(id);
  if (!identifier) {
    TRY_ASSIGN(const auto order, order_numbered(archive, id));
    return order ? Result<Citation>(*order) : tl::unexpected(identifier.error());
  }
  return identifier->citation.empty() ? order_of_dcpd(archive, identifier->dcpd)
                                      : Result<Citation>(identifier->citation);
}

} // namespace

Result<std::vector<Document>> find_stored_documents(store::Archive& archive,
                                                    const std::string& id) {
  TRY_ASSIGN(const auto citation, citation_of(archive, id));
  TRY_ASSIGN(auto stored, archive.find_documents(citation, store::DocumentContent::whole));
  if (stored.empty()) {
    return fail(ErrorKind::not_found,
                fmt::format("'{}' is not in the archive; documents come with: regtrail sync "
                            "--source federal-register",
                            citation.to_string()));
  }
  std::vector<Document> documents;
  RelatedDocuments related(archive);
  for (store::StoredDocument& each : stored) {
    TRY_ASSIGN(auto document, related.with_delays(std::move(each.document)));
    documents.push_back(std::move(document));
  }
  return documents;
}

} // namespace regtrail::query
