#include "parse/page.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <string>
#include <vector>

using Catch::Matchers::Contains;
using namespace regtrail;
using parse::Page;

namespace {

using Lines = std::vector<std::string>;

/// A PDF with a line of text below the other; "" leaves room for a line.
std::string pdf_of(const std::vector<Lines>& pages, const std::string& trailer = "") {
  std::vector<std::string> objects{
      "<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
  std::string kids;
  for (const Lines& lines : pages) {
    std::string stream = "BT /F1 11 Tf 72 770 Td 14 TL ";
    for (const std::string& line : lines) {
      stream += "(" + line + ") Tj T* ";
    }
    stream += "ET";
    objects.push_back(fmt::format("<</Length {}>>stream\n{}\nendstream", stream.size(), stream));
    objects.push_back(fmt::format("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 842]/Contents {} 0 R"
                                  "/Resources<</Font<</F1 3 0 R>>>>>>",
                                  objects.size()));
    kids += fmt::format("{} 0 R ", objects.size());
  }
  objects[1] = fmt::format("<</Type/Pages/Kids[{}]/Count {}>>", kids, pages.size());
  std::string out = "%PDF-1.4\n";
  std::string table = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  return out +
         fmt::format("xref\n0 {}\n{}trailer\n<</Size {}/Root 1 0 R{}>>\nstartxref\n{}\n%%EOF\n",
                     objects.size() + 1,
                     table,
                     objects.size() + 1,
                     trailer,
                     out.size());
}

Page page_of(const std::string& pdf) {
  auto page = parse::read_page(pdf, {"https://www.example.gov/plan.pdf", "main", {}}, "plan.pdf");
  INFO((page ? "" : page.error().message));
  REQUIRE(page);
  return std::move(*page);
}

Lines texts_of(const Page& page) {
  Lines texts;
  for (const parse::PageBlock& block : page.blocks) {
    texts.push_back(block.text);
  }
  return texts;
}

} // namespace

TEST_CASE("the lines of a PDF are joined to paragraphs", "[page]") {
  const Page page =
      page_of(pdf_of({{"Pillar III",
                       "",
                       "The office verifies the location of every accelerator that was ex-",
                       "ported, and of long-term loans; a long-",
                       "term loan is reported.",
                       "",
                       "Foundries report their customers."}}));
  CHECK(texts_of(page) ==
        Lines{"Pillar III",
              "The office verifies the location of every accelerator that was exported, and of "
              "long-term loans; a long-term loan is reported.",
              "Foundries report their customers."});
  CHECK(page.title == "Pillar III");
  CHECK(page.has_content);
}

TEST_CASE("running heads and numbers of a PDF's pages are no text", "[page]") {
  std::vector<Lines> pages;
  for (int i = 1; i <= 4; ++i) {
    pages.push_back(
        {"Office of Chips",
         "",
         fmt::format("Only page {} says this sentence about accelerators in the country.", i),
         "",
         fmt::format("Page {} of 4", i)});
  }
  const Lines texts = texts_of(page_of(pdf_of(pages)));
  REQUIRE(texts.size() == 4);
  CHECK(texts[2] == "Only page 3 says this sentence about accelerators in the country.");
}

TEST_CASE("a sentence goes on over the end of a PDF's page", "[page]") {
  const Page page = page_of(
      pdf_of({{"The office verifies the location of every accelerator that was exported and"},
              {"of every one that is leased to somebody in another country by its owner."}}));
  CHECK(page.blocks.size() == 1);
}

TEST_CASE("items of a list in a PDF are blocks of their own", "[page]") {
  const Page page =
      page_of(pdf_of({{"1. The first action is long enough to fill most of its line.",
                       "2. The second action is long enough to fill most of its line.",
                       "(a) A step of the second action that also fills its own line."}}));
  REQUIRE(page.blocks.size() == 3);
  CHECK(page.blocks[1].kind == parse::PageBlock::Kind::item);
}

TEST_CASE("a PDF that cannot be read is an error of one line", "[page]") {
  const std::string whole = pdf_of({{"Text of the plan."}});

  struct Row {
    std::string bytes;
    const char* why;
  };

  const std::vector<Row> rows{
      {"%PDF-1.4\nnothing", "cut or broken"},
      {whole.substr(0, 60), "cut or broken"},
      {pdf_of({{"Secret."}},
              "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + std::string(64, 'A') + ">/U<" +
                  std::string(64, 'B') + ">>>/ID[<00><00>]"),
       "password"},
  };
  for (const Row& row : rows) {
    const auto page = parse::read_page(row.bytes, {}, "plan.pdf");
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == ErrorKind::malformed);
    CHECK_THAT(page.error().message, Contains(row.why));
    CHECK(page.error().message.find('\n') == std::string::npos);
  }
  CHECK(texts_of(page_of(whole)) == Lines{"Text of the plan."});
}
