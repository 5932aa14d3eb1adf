// JSON answers of the services. Each parser sees every answer.
#include "parse/ecfr_json.hpp"
#include "parse/fr_json.hpp"
#include "parse/govinfo_json.hpp"
#include "tests/fuzz/laws.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

void check_document(const Document& document) {
  require(!document.number.empty(), "a document has a number");
  require(document.end_page == 0 || document.start_page <= document.end_page,
          "a document ends behind its beginning",
          document.number);
  require(std::is_sorted(document.cfr.begin(), document.cfr.end()), "parts are in order");
  for (const Relation& relation : document.relations) {
    const auto target = Citation::parse(relation.target.to_string());
    require(relation.source == "metadata" || (target && *target == relation.target),
            "an order named in notes parses back",
            relation.words);
  }
}

void check_page(const Result<parse::FrPage>& page) {
  if (!page) {
    require(!page.error().message.empty(), "a refusal says why");
    return;
  }
  std::for_each(page->documents.begin(), page->documents.end(), check_document);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  static_cast<void>(parse::parse_titles(json, "titles.json"));
  static_cast<void>(parse::parse_versions(json, "versions.json"));
  static_cast<void>(parse::parse_corrections(json, "corrections.json"));
  if (const auto listing = parse::parse_bulk_listing(json, "listing.json")) {
    const auto years = parse::bulk_years(*listing);
    const auto volumes = parse::bulk_cfr_volumes(*listing, 2025, 15);
    require(std::is_sorted(years.begin(), years.end()), "years are in order");
    require(std::is_sorted(volumes.begin(), volumes.end()), "volumes are in order");
  }
  check_page(parse::parse_fr_documents(json, "documents.json"));
  check_page(parse::parse_fr_public_inspection(json, "inspection.json"));
  if (const auto document = parse::parse_fr_document(json, "document.json")) {
    check_document(*document);
  }
  if (const auto agencies = parse::parse_fr_agencies(json, "agencies.json")) {
    require(std::none_of(agencies->begin(),
                         agencies->end(),
                         [](const auto& agency) { return agency.slug.empty(); }),
            "an agency has a slug");
  }
  return 0;
}
