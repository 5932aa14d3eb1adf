// What people give to name a document of the Federal Register: a number, a citation, the address
// of a page that shows it.
#pragma once

#include "model/citation.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register {

struct DocumentIdentifier {
  Citation
      citation;     ///< executive_order, fr_document or fr_page; empty() where only `dcpd` is known
  std::string dcpd; ///< "DCPD-202500789" of the Daily Compilation, else ""

  friend bool operator==(const DocumentIdentifier&, const DocumentIdentifier&) = default;
};

/// "EO 14320", "E.O. 14,320", "2025-14217", "FR Doc. 2025-14217", "90 FR 35389", "DCPD-202500789",
/// "DCPD202500789", and the addresses of www.govinfo.gov (packages, details, metadata, link
/// service) and www.federalregister.gov (pages, short links, citations, texts, API). Looks at
/// the text only.
Result<DocumentIdentifier> read_document_identifier(std::string_view text);

/// A stored answer of govinfo's link service.
struct LinkAnswer {
  std::string
      url; ///< asked: ".../link/cpd/2025?dcpdnumber=00789", ".../link/cpd/executiveorder/14319"
  std::string final_url;
  std::string body;
};

/// The order that is `dcpd` in the Daily Compilation, as an answer of the link service says it:
/// the question was for an order and led there, or the document there is headed by the number of
/// an order. not_found, saying what was tried, where no answer does.
Result<Citation> resolve_dcpd(std::string_view dcpd, const std::vector<LinkAnswer>& answers);

} // namespace regtrail::federal_register
