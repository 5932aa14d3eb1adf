// What is published or filed and not yet law.
#include "diff/cause/pending.hpp"
#include "tests/diff/cause/support.hpp"

namespace regtrail::tests {
namespace {

std::vector<std::string> pending(std::string_view place,
                                 const std::vector<Document>& documents,
                                 std::string_view today = "2026-06-01") {
  std::vector<const Document*> all;
  for (const Document& document : documents) {
    all.push_back(&document);
  }
  std::vector<std::string> told;
  for (const PendingAmendment& each :
       diff::pending_amendments(place.empty() ? Citation() : cite(place), all, date(today))) {
    told.push_back(each.document + " " + each.instruction + " " +
                   (each.effective    ? each.effective->to_string()
                    : each.indefinite ? "indefinitely"
                                      : "unknown"));
  }
  return told;
}

using Told = std::vector<std::string>;

Document future_rule() {
  Document document = rule("2026-00050", 800, 810, "2026-05-20");
  document.effective = {date("2026-05-20"), date("2026-10-15")};
  document.instructions = {order("2", Verb::revise, {"15 CFR 744.1(a)"}),
                           order("3", Verb::revise, {"15 CFR 744.1(b)"})};
  document.instructions[0].effective = date("2026-05-20");
  document.instructions[1].effective = date("2026-10-15");
  return document;
}

TEST_CASE("an instruction with a date to come is pending for its place and what holds it",
          "[cause]") {
  const Told later{"2026-00050 3 2026-10-15"};
  CHECK(pending("15 CFR 744.1(b)", {future_rule()}) == later);
  CHECK(pending("15 CFR 744.1(b)(2)", {future_rule()}) == later);
  CHECK(pending("15 CFR 744.1", {future_rule()}) == later);
  CHECK(pending("15 CFR Part 744", {future_rule()}) == later);
  CHECK(pending("", {future_rule()}) == later);
  CHECK(pending("15 CFR 744.1(a)", {future_rule()}).empty());
  CHECK(pending("15 CFR 744.11", {future_rule()}).empty());
  CHECK(pending("15 CFR 744.1(b)", {future_rule()}, "2026-10-15").empty());
}

TEST_CASE("what is delayed without a date stays pending", "[cause]") {
  Document document = future_rule();
  document.instructions[1].effective.reset();
  document.instructions[1].indefinite = true;
  CHECK(pending("15 CFR 744.1(b)", {document}) == Told{"2026-00050 3 indefinitely"});
}

TEST_CASE("a delay moves what is pending, a withdrawal takes it away", "[cause]") {
  Document delay = rule("2026-00051", 820, 820, "2026-05-28");
  delay.effective = {date("2027-01-04")};
  delay.relations = {{RelationKind::delays, cite("2026-00050"), false, "text", ""}};
  CHECK(pending("15 CFR 744.1(b)", {future_rule(), delay}) == Told{"2026-00050 3 2027-01-04"});
  delay.relations[0].kind = RelationKind::withdraws;
  CHECK(pending("15 CFR 744.1(b)", {future_rule(), delay}).empty());
}

TEST_CASE("a rule known by metadata is pending for the parts it names", "[cause]") {
  Document document = future_rule();
  document.has_text = false;
  document.instructions.clear();
  CHECK(pending("15 CFR 744.11", {document}) == Told{"2026-00050  2026-10-15"});
  CHECK(pending("15 CFR 742.4", {document}).empty());
}

TEST_CASE("a document on public inspection is pending before anybody knows its parts", "[cause]") {
  Document filed;
  filed.number = "2026-00060";
  filed.type = DocumentType::rule;
  filed.on_inspection = true;
  CHECK(pending("15 CFR 744.11", {filed}) == Told{"2026-00060  unknown"});
}

} // namespace
} // namespace regtrail::tests
