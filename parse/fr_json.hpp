// Answers of the Federal Register's API into documents (docs/sources.md). Lenient where
// recorded answers differ among themselves: numbers as strings, absent keys, nulls everywhere.
//
// What makes an answer unusable is an Error that names the document and the field: no number, a
// list that is none, a publication date that is none. A value of less weight that cannot be read
// is left out and said in Document::not_understood.
#pragma once

#include "model/document.hpp"
#include "model/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// A page of a search, a batch, or the documents on one printed page.
struct FrPage {
  std::vector<Document> documents;
  std::optional<int> count; ///< of all pages together; capped at 10,000 by the service
  std::optional<int> total_pages;
  std::string next_page_url;          ///< "" on the last page
  std::vector<std::string> not_found; ///< numbers of a batch
  /// Rows that cannot be read, which leave the others as they are: "result 3: no
  /// 'document_number'". A page of which no row can be read is an error.
  std::vector<std::string> unreadable;
};

/// `source_name` (a URL or file) stands in messages: "<source_name>: expected ...".
Result<FrPage> parse_fr_documents(std::string_view json, std::string_view source_name);

/// One document, bare.
Result<Document> parse_fr_document(std::string_view json, std::string_view source_name);

/// Documents on file: all of them provisional. One without a day of publication was withdrawn; its
/// editorial notes may say why. A count that does not match is an error: what the list lacks would
/// be taken for withdrawn.
Result<FrPage> parse_fr_public_inspection(std::string_view json, std::string_view source_name);

struct FrAgency {
  std::int64_t id = 0;
  std::string name; ///< "Industry and Security Bureau"
  std::string slug;
  std::optional<std::int64_t> parent;
};

/// A bare array, unlike the eCFR's.
Result<std::vector<FrAgency>> parse_fr_agencies(std::string_view json,
                                                std::string_view source_name);

} // namespace regtrail::parse
