#include "federal_register/document_identifier.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using federal_register::LinkAnswer;
using federal_register::read_document_identifier;
using federal_register::resolve_dcpd;

TEST_CASE("a document is named by number, citation or address", "[identifier]") {
  const auto [text, citation, dcpd] = GENERATE(table<std::string, std::string, std::string>({
      {"EO 14320", "EO 14320", ""},
      {"Executive Order 14320", "EO 14320", ""},
      {"E.O. 14,320", "EO 14320", ""},
      {"2025-14217", "2025-14217", ""},
      {"FR Doc. 2025-14217", "2025-14217", ""},
      {"2025\u201314217", "2025-14217", ""},
      {"E8-4768", "E8-4768", ""},
      {"90 FR 35389", "90 FR 35389", ""},
      {"DCPD-202500789", "", "DCPD-202500789"},
      {"dcpd202500789", "", "DCPD-202500789"},
      {"https://www.govinfo.gov/content/pkg/DCPD-202500789/pdf/DCPD-202500789.pdf",
       "",
       "DCPD-202500789"},
      {"https://www.govinfo.gov/app/details/DCPD-202500789", "", "DCPD-202500789"},
      {"www.govinfo.gov/app/details/DCPD-202500789/summary", "", "DCPD-202500789"},
      {"https://www.govinfo.gov/link/cpd/2025?dcpdnumber=00789&link-type=html",
       "",
       "DCPD-202500789"},
      {"https://www.govinfo.gov/link/cpd/2025?link-type=pdf&dcpdnumber=00789",
       "",
       "DCPD-202500789"},
      {"https://www.govinfo.gov/link/cpd/executiveorder/14319", "EO 14319", ""},
      {"https://www.govinfo.gov/link/fr/89/9743", "89 FR 9743", ""},
      {"https://www.govinfo.gov/link/fr/2024-02930?link-type=html", "2024-02930", ""},
      {"https://www.govinfo.gov/content/pkg/FR-2025-07-28/pdf/2025-14217.pdf", "2025-14217", ""},
      {"https://www.govinfo.gov/content/pkg/FR-2025-07-28/html/2025-14217.htm", "2025-14217", ""},
      {"https://www.govinfo.gov/app/details/FR-2025-07-28/2025-14217", "2025-14217", ""},
      {"https://www.govinfo.gov/metadata/granule/FR-2025-07-28/2025-14217/mods.xml",
       "2025-14217",
       ""},
      {"https://www.federalregister.gov/documents/2025/07/28/2025-14217/preventing-widgets",
       "2025-14217",
       ""},
      {"https://www.federalregister.gov/d/2025-14217", "2025-14217", ""},
      {"https://www.federalregister.gov/citation/90-FR-35389", "90 FR 35389", ""},
      {"https://www.federalregister.gov/api/v1/documents/2025-14217?publication_date=2025-07-28",
       "2025-14217",
       ""},
      {"https://www.federalregister.gov/documents/full_text/xml/2025/07/28/2025-14217.xml",
       "2025-14217",
       ""},
      {"https://public-inspection.federalregister.gov/2025-14217.pdf?1753", "2025-14217", ""},
  }));
  CAPTURE(text);
  const auto found = read_document_identifier(text);
  REQUIRE(found);
  CHECK(found->citation.to_string() == citation);
  CHECK(found->dcpd == dcpd);
}

TEST_CASE("what names no document is refused with examples of what does", "[identifier]") {
  const auto text = GENERATE(as<std::string>{},
                             "",
                             "15 CFR 744.23",
                             "3B001",
                             "DCPD-20250078",
                             "DCPD-2025007891",
                             "DCPD-2025x0789",
                             "https://www.govinfo.gov/",
                             "https://www.govinfo.gov/app/details/CFR-2025-title15-vol2",
                             "https://www.govinfo.gov/link/cpd/2025",
                             "https://www.govinfo.gov/link/fr/x/y",
                             "https://www.example.com/d/2025-14217",
                             "https://www.govinfo.gov.example.com/app/details/DCPD-202500789",
                             "https://www.federalregister.gov/citation/90-XX-1",
                             "\x1b[31mEO");
  CAPTURE(text);
  const auto found = read_document_identifier(text);
  REQUIRE_FALSE(found);
  CHECK(found.error().kind == ErrorKind::usage);
  CHECK(found.error().message.find("try e.g. EO 14320") != std::string::npos);
  CHECK(found.error().message.find('\x1b') == std::string::npos);
}

TEST_CASE("a number of the Daily Compilation is resolved by an answer of the link service",
          "[identifier]") {
  const std::string dcpd = "DCPD-202500789";
  const std::string by_number =
      "https://www.govinfo.gov/link/cpd/2025?dcpdnumber=00789&link-type=html";
  const std::string by_order = "https://www.govinfo.gov/link/cpd/executiveorder/14319";
  const std::string document =
      "https://www.govinfo.gov/content/pkg/DCPD-202500789/html/DCPD-202500789.htm";
  SECTION("the document there is headed by the order's number") {
    const auto heading = GENERATE(as<std::string>{},
                                  "Executive Order 14319--Preventing Widgets",
                                  "Executive Order 14319\u2014Preventing Widgets");
    const auto order = resolve_dcpd(
        dcpd, {{by_number, document, "<pre>July 23, 2025\n" + heading + "\n See EO 13960.</pre>"}});
    REQUIRE(order);
    CHECK(order->to_string() == "EO 14319");
  }
  SECTION("the question was for the order and led there") {
    const auto order = resolve_dcpd(dcpd, {{by_order, document, ""}});
    REQUIRE(order);
    CHECK(order->to_string() == "EO 14319");
  }
  SECTION("a document that only mentions an order is none") {
    const auto order = resolve_dcpd(
        dcpd, {{by_number, document, "Remarks. In Executive Order 14319 we said so."}});
    REQUIRE_FALSE(order);
    CHECK(order.error().kind == ErrorKind::not_found);
    CHECK(order.error().message.find("unknown identifier 'DCPD-202500789': tried ") == 0);
    CHECK(order.error().message.find(by_number) != std::string::npos);
  }
  SECTION("answers about other documents say nothing") {
    const auto order = resolve_dcpd(
        dcpd,
        {{"https://www.govinfo.gov/link/cpd/2025?dcpdnumber=00790",
          document,
          "Executive Order 14320--Widgets"},
         {by_order, "https://www.govinfo.gov/content/pkg/DCPD-202500790/html/x.htm", ""}});
    REQUIRE_FALSE(order);
    CHECK(order.error().message.find("none is about it") != std::string::npos);
  }
}
