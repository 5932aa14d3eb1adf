#include "federal_register/document_identifier.hpp"

#include "federal_register/order_mention_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::federal_register {

namespace {

constexpr std::size_t dcpd_digits = 9; // four of the year, five of the document

/// "DCPD-202500789" with or without its hyphen at the beginning of `text`; "" otherwise.
std::string dcpd_at(std::string_view text) {
  if (!has_at(text, 0, "dcpd")) {
    return {};
  }
  text.remove_prefix(text.size() > 4 && text[4] == '-' ? 5 : 4);
  const std::string_view number = text.substr(0, dcpd_digits);
  const bool ends = text.size() <= dcpd_digits || !is_alnum(text[dcpd_digits]);
  return number.size() == dcpd_digits && all_digits(number) && ends ? "DCPD-" + std::string(number)
                                                                    : std::string();
}

std::string value_of(std::string_view query, std::string_view key) {
  for (const auto pair : split(query, '&')) {
    if (pair.size() > key.size() && pair.starts_with(key) && pair[key.size()] == '=') {
      return std::string(pair.substr(key.size() + 1));
    }
  }
  return {};
}

/// "2025-14217" out of "2025-14217.pdf".
std::optional<Citation> document_in(std::string_view piece) {
  for (const std::string_view ending : {".pdf", ".htm", ".html", ".xml", ".txt", ".json"}) {
    if (piece.ends_with(ending)) {
      piece.remove_suffix(ending.size());
      break;
    }
  }
  const auto citation = Citation::parse(piece);
  return citation && citation->kind() == CitationKind::fr_document ? std::optional(*citation)
                                                                   : std::nullopt;
}

struct Address {
  std::string_view host;
  std::vector<std::string_view> path;
  std::string_view query;
};

std::optional<Address> read_address(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (has_at(text, 0, scheme)) {
      text.remove_prefix(scheme.size());
    }
  }
  text = text.substr(0, text.find('#'));
  const std::size_t query = std::min(text.find('?'), text.size());
  const std::size_t slash = std::min(text.find('/'), query);
  Address address;
  address.host = text.substr(0, slash);
  address.path = split(text.substr(slash, query - slash), '/');
  address.query = query < text.size() ? text.substr(query + 1) : std::string_view();
  return address.path.size() < 2 ? std::nullopt : std::optional(address);
}

/// "/link/fr/89/9743", "/link/fr/2024-02930", "/link/cpd/executiveorder/14104",
/// "/link/cpd/2025?dcpdnumber=00789"
DocumentIdentifier read_link(const Address& address) {
  DocumentIdentifier found;
  const auto& path = address.path;
  if (path.size() >= 4 && path[2] == "fr") {
    const auto citation =
        path.size() == 4 ? document_in(path[3]) : [&]() -> std::optional<Citation> {
      const auto page = Citation::parse(fmt::format("{} FR {}", path[3], path[4]));
      return page ? std::optional(*page) : std::nullopt;
    }();
    found.citation = citation.value_or(Citation());
  } else if (path.size() >= 5 && path[2] == "cpd" && path[3] == "executiveorder") {
    const auto order = Citation::parse(fmt::format("EO {}", path[4]));
    found.citation = order ? *order : Citation();
  } else if (path.size() >= 4 && path[2] == "cpd") {
    found.dcpd = dcpd_at(fmt::format("DCPD-{}{}", path[3], value_of(address.query, "dcpdnumber")));
  }
  return found;
}

/// Of other addresses the last piece that is a document's number or a package of the Compilation.
DocumentIdentifier read_govinfo(const Address& address) {
  if (address.path.size() > 1 && address.path[1] == "link") {
    return read_link(address);
  }
  DocumentIdentifier found;
  for (const auto piece : address.path) {
    if (auto dcpd = dcpd_at(piece); !dcpd.empty()) {
      found.dcpd = std::move(dcpd);
    } else if (const auto document = document_in(piece)) {
      found.citation = *document;
    }
  }
  return found;
}

/// "/documents/2025/07/28/2025-14217/slug", "/d/2025-14217", "/citation/90-FR-35389",
/// "/api/v1/documents/2025-14217.json"
DocumentIdentifier read_federal_register(const Address& address) {
  DocumentIdentifier found;
  const auto& path = address.path;
  for (std::size_t i = 1; i < path.size() && found.citation.empty(); ++i) {
    if (path[i] == "citation" && i + 1 < path.size()) {
      std::string cited(path[i + 1]);
      std::replace(cited.begin(), cited.end(), '-', ' ');
      const auto page = Citation::parse(cited);
      found.citation = page && page->kind() == CitationKind::fr_page ? *page : Citation();
    } else if (const auto document = document_in(path[i])) {
      found.citation = *document;
    }
  }
  return found;
}

bool is_host(std::string_view host, std::string_view name) {
  return lowered(host) == name || lowered(host) == fmt::format("www.{}", name) ||
         lowered(host) == fmt::format("public-inspection.{}", name);
}

std::string number_of_link(std::string_view url) {
  const auto address = read_address(url);
  return address ? read_govinfo(*address).dcpd : std::string();
}

/// "unknown identifier '<text>': tried <what>, <what>; ..." of kind not_found.
Error unknown_identifier(std::string_view text, const std::vector<std::string>& tried) {
  std::string list;
  for (const auto& place : tried) {
    list += (list.empty() ? "" : ", ") + printable(place);
  }
  return {ErrorKind::not_found,
          fmt::format("unknown identifier '{}': tried {}", printable(text.substr(0, 200)), list)};
}

} // namespace

Result<DocumentIdentifier> read_document_identifier(std::string_view text) {
  const std::string folded = normalise(text);
  DocumentIdentifier found;
  if (folded.find('/') != std::string::npos && folded.find('.') < folded.find('/', 8)) {
    const auto address = read_address(folded);
    if (address && is_host(address->host, "govinfo.gov")) {
      found = read_govinfo(*address);
    } else if (address && is_host(address->host, "federalregister.gov")) {
      found = read_federal_register(*address);
    }
  } else {
    found.dcpd = dcpd_at(folded);
  }
  if (!found.citation.empty() || !found.dcpd.empty()) {
    return found;
  }
  const auto citation = Citation::parse(folded);
  if (citation && (citation->kind() == CitationKind::executive_order ||
                   citation->kind() == CitationKind::fr_document ||
                   citation->kind() == CitationKind::fr_page)) {
    return DocumentIdentifier{*citation, {}};
  }
  return fail(ErrorKind::usage,
              fmt::format("cannot tell which document '{}' is: try e.g. EO 14320, 2025-14217, "
                          "90 FR 35389, DCPD-202500789 or the address of its page on govinfo",
                          printable(text.substr(0, 200))));
}

Result<Citation> resolve_dcpd(std::string_view dcpd, const std::vector<LinkAnswer>& answers) {
  std::vector<std::string> tried = {"the numbers of orders and documents"};
  for (const LinkAnswer& answer : answers) {
    const auto asked = read_document_identifier(answer.url);
    if (!asked) {
      continue;
    }
    if (asked->citation.kind() == CitationKind::executive_order && !asked->citation.empty() &&
        number_of_link(answer.final_url) == dcpd) {
      return asked->citation;
    }
    if (asked->dcpd != dcpd) {
      continue;
    }
    tried.push_back(answer.url);
    // The heading stands in front: "Executive Order 14319--Preventing ..."; others are named later.
    const Folded folded(std::string_view(answer.body).substr(0, 20'000));
    std::size_t at = find_word(folded.text(), "executive order");
    const auto orders =
        at == std::string_view::npos ? std::vector<OrderMention>{} : read_orders(folded.text(), at);
    if (!orders.empty() && folded.at(orders.front().end) == '-') {
      return Citation::executive_order(orders.front().number);
    }
  }
  if (tried.size() == 1) {
    tried.emplace_back("stored answers of the link service, of which none is about it");
  }
  return tl::unexpected(unknown_identifier(dcpd, tried));
}

} // namespace regtrail::federal_register
