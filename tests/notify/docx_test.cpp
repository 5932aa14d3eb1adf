#include "notify/render/docx.hpp"
#include "notify/render/zip.hpp"
#include "parse/zip_internal.hpp"
#include "tests/notify/samples.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace regtrail;
using render::Language;

namespace {

std::map<std::string, std::string> members_of(const std::string& bytes) {
  return parse::unzip(
             bytes, [](std::string_view) { return true; }, "test")
      .value();
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string document_of(const DiffResult& diff, const std::map<std::string, Date>& published = {}) {
  return members_of(render::diff_docx(diff, Language::en, published)).at("word/document.xml");
}

} // namespace

TEST_CASE("a ZIP archive gives back its members, and equal members give equal bytes", "[notify]") {
  const std::string large(300'000, 'x');
  const std::vector<render::ZipMember> members{{"b.txt", "b"}, {"a/empty", ""}, {"a/large", large}};
  const std::string bytes = render::zip(members);
  CHECK(members_of(bytes) ==
        std::map<std::string, std::string>{{"b.txt", "b"}, {"a/empty", ""}, {"a/large", large}});
  CHECK(render::zip(members) == bytes);
  CHECK(bytes.size() < large.size() / 10);
}

TEST_CASE("a rule that is known is the author of a tracked change, on its own day", "[notify]") {
  const DiffResult diff = test::section_diff();
  CHECK(holds(document_of(diff, {{"2026-16628", Date(2026, 8, 11)}}),
              "w:author=\"91 FR 52501\" w:date=\"2026-08-11T00:00:00Z\"><w:r><w:delText "
              "xml:space=\"preserve\">16</w:delText></w:r></w:del>"));
  CHECK(holds(document_of(diff), "w:author=\"91 FR 52501\"><w:r>"));
}

TEST_CASE("the eCFR is the author where no rule is known, on the date of the text", "[notify]") {
  DiffResult diff = test::section_diff();
  for (Change& change : diff.changes) {
    change.causes = {{"2026-16628", "91 FR 52501", 0.3, {CauseEvidence::candidate}}};
  }
  const std::string document = document_of(diff, {{"2026-16628", Date(2026, 8, 11)}});
  CHECK(holds(document, "w:author=\"eCFR\" w:date=\"2026-08-13T00:00:00Z\""));
  CHECK(!holds(document, "w:author=\"91 FR 52501\""));
}

TEST_CASE("lines of a text are breaks, and nothing from outside is markup in Word", "[notify]") {
  DiffResult diff = test::section_diff();
  CHECK(holds(document_of(diff), "(i) Probes;</w:t><w:br/><w:t xml:space=\"preserve\">(ii)"));
  diff.after.unit = "<w:p>";
  diff.changes[0].causes[0].citation = "\"><w:b/>";
  diff.changes[0].words = {{WordRun::Op::added, "</w:t>\x01\xEF\xBF\xBF"}};
  const std::string document = document_of(diff);
  CHECK(holds(document, "&lt;w:p&gt;"));
  CHECK(holds(document, "w:author=\"&quot;&gt;&lt;w:b/&gt;\""));
  CHECK(holds(document, "&lt;/w:t&gt;\xEF\xBF\xBD\xEF\xBF\xBD"));
}
