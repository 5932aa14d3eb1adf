#include "query/blame.hpp"
#include "query/day_of_law.hpp"
#include "query/history.hpp"
#include "tests/query/dated_law.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace regtrail;
using namespace regtrail::query;
using namespace regtrail::query::testing;

namespace {

Date day(const char* text) {
  return *Date::parse(text);
}

Cause cause_of(const char* document, double confidence = 0.9) {
  return {document, "91 FR 7000", confidence, {CauseEvidence::cita}};
}

class LawOfDays : public DatedLaw {
public:
  void document(const char* number, const std::vector<const char*>& effective) {
    Document document = named(number);
    for (const char* each : effective) {
      document.effective.push_back(day(each));
    }
    put(document);
  }

  void delay(const char* number, const char* delayed, const char* until) {
    Document document = named(number);
    document.effective = {day(until)};
    document.relations.push_back(
        {RelationKind::delays, Citation::fr_document(delayed), false, "text", "is delayed"});
    put(document);
  }

  void rule_of_744(const char* number, const char* effective, const char* target) {
    Document document = named(number);
    document.effective = {day(effective)};
    document.cfr = {{"15", "744"}};
    document.has_text = true;
    Instruction instruction;
    instruction.ordinal = "2";
    instruction.title = "15";
    instruction.part = "744";
    instruction.understood = true;
    Operation operation;
    operation.verb = Verb::revise;
    operation.targets = {{*Citation::parse(target)}};
    instruction.operations = {operation};
    document.instructions = {instruction};
    put(document);
  }

  void asked(const char* source, const char* through) {
    SourceStatus status;
    status.source = source;
    status.health = Health::healthy;
    status.valid_through = day(through);
    status.last_success = *parse_timestamp(through);
    REQUIRE(archive().put_source_status(status));
  }

  /// "2026-03-10 law 2026-03-02": the eCFR's date of the text found and its day of law.
  std::string on(const char* date, const char* citation = "744.1(a)") {
    const auto found = text_on_day(archive(), *Citation::parse(citation), day(date));
    if (!found) {
      return found.error().message;
    }
    const auto law = found->text.in_force_from;
    return found->version.from.to_string() + (law ? " law " + law->to_string() : "");
  }

  using DatedLaw::on;

  TextOnDay not_shown(const char* asked, const char* today) {
    TextOnDay text;
    text.asked = day(asked);
    REQUIRE(add_not_shown(archive(), *Citation::parse("744.1(a)"), day(today), text));
    return text;
  }

private:
  static Document named(const char* number) {
    Document document;
    document.number = number;
    document.type = DocumentType::rule;
    document.title = "Rule " + document.number;
    document.published = day("2026-02-20");
    return document;
  }

  void put(const Document& document) { REQUIRE(archive().put_document({document, {}, {}})); }
};

} // namespace

TEST_CASE("the text of a day is what was law on it, also where the eCFR showed it later", "[law]") {
  LawOfDays law;
  law.document("2026-00100", {"2026-03-02"});
  law.on("2026-01-01", section({text("a", long_a)}));
  law.caused_by(cause_of("2026-00100"));
  law.on("2026-03-10", section({text("a", edited_a)}));
  CHECK(law.on("2026-03-01") == "2026-01-01");
  CHECK(law.on("2026-03-02") == "2026-03-10 law 2026-03-02");
  CHECK(law.on("2026-03-10") == "2026-03-10 law 2026-03-02");
  CHECK(law.on("2026-03-02", "744.1") == "2026-03-10 law 2026-03-02");
}

TEST_CASE("what the eCFR shows ahead of its day is not yet the law", "[law]") {
  LawOfDays law;
  law.document("2026-00100", {"2026-03-20"});
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-02-01", section({text("a", long_a), text("b", edited_b)}));
  law.caused_by(cause_of("2026-00100"));
  law.on("2026-03-10", section({text("a", edited_a), text("b", edited_b)}));
  CHECK(law.on("2026-03-12") == "2026-02-01");
  CHECK(law.on("2026-03-12", "744.1") == "2026-02-01");
  CHECK(law.on("2026-03-20") == "2026-03-10 law 2026-03-20");
}

TEST_CASE("where the cause is doubtful or has no date the eCFR's date decides", "[law]") {
  LawOfDays law;
  law.document("2026-00100", {"2026-03-02"});
  law.document("2026-00200", {});
  law.document("2026-00300", {"2026-03-02", "2026-06-01"});
  const Cause cause = GENERATE(cause_of("2026-00100", 0.8),
                               cause_of("2026-00200"),
                               cause_of("2026-00300"),
                               cause_of("", 0.9),
                               cause_of("2026-09999"));
  law.on("2026-01-01", section({text("a", long_a)}));
  law.caused_by(cause);
  law.on("2026-03-10", section({text("a", edited_a)}));
  CHECK(law.on("2026-03-05") == "2026-01-01");
  CHECK(law.on("2026-03-10") == "2026-03-10");
}

TEST_CASE("a delay moves the day of law", "[law]") {
  LawOfDays law;
  law.document("2026-00100", {"2026-03-02"});
  law.delay("2026-00150", "2026-00100", "2026-03-08");
  law.on("2026-01-01", section({text("a", long_a)}));
  law.caused_by(cause_of("2026-00100"));
  law.on("2026-03-10", section({text("a", edited_a)}));
  CHECK(law.on("2026-03-05") == "2026-01-01");
  CHECK(law.on("2026-03-09") == "2026-03-10 law 2026-03-08");
}

TEST_CASE("what the place was called before is another place's law", "[law]") {
  LawOfDays law;
  law.document("2026-00100", {"2026-03-02"});
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.caused_by(cause_of("2026-00100"));
  law.on("2026-03-10", section({text("a", long_c), text("b", long_a), text("c", long_b)}));
  CHECK(law.on("2026-03-01", "744.1(b)") == "2026-01-01");
  CHECK(law.on("2026-03-05", "744.1(b)") == "2026-03-10 law 2026-03-02");
}

TEST_CASE("a version with changes of two days has no day of law of its own", "[law]") {
  LawOfDays law;
  law.document("2026-00100", {"2026-03-02"});
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.caused_by(cause_of("2026-00100"));
  law.on("2026-03-10", section({text("a", edited_a), text("b", long_b)}));
  auto history = assemble_history(law.archive(), *Citation::parse("744.1"));
  REQUIRE(history);
  Change other = history->versions.front().changes.front();
  other.causes.clear();
  history->versions.front().changes.push_back(other);
  REQUIRE(mark_days_of_law(law.archive(), *history));
  CHECK_FALSE(history->versions.front().in_force_from);
  other.kind = ChangeKind::cosmetic;
  history->versions.front().changes.back() = other;
  REQUIRE(mark_days_of_law(law.archive(), *history));
  CHECK(history->versions.front().in_force_from == day("2026-03-02"));
}

TEST_CASE("blame answers with the text that was law on the day", "[law]") {
  LawOfDays law;
  law.document("2026-00100", {"2026-03-02"});
  law.on("2026-01-01", section({text("a", long_a)}));
  law.caused_by(cause_of("2026-00100"));
  law.on("2026-03-10", section({text("a", edited_a)}));
  auto blame = assemble_blame(law.archive(), *Citation::parse("744.1(a)"), day("2026-03-04"));
  REQUIRE(blame);
  REQUIRE(mark_days_of_law(law.archive(), *blame));
  REQUIRE(blame->lines.size() == 1);
  CHECK(blame->lines[0].text == edited_a);
  CHECK(blame->lines[0].since == day("2026-03-10"));
  CHECK(blame->lines[0].in_force_from == day("2026-03-02"));
}

TEST_CASE("the history of a name says what its bearer became", "[law]") {
  LawOfDays law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-03-10", section({text("a", long_b)}));
  const auto history = assemble_history(law.archive(), *Citation::parse("744.1(b)"));
  REQUIRE(history);
  REQUIRE(history->versions.front().became);
  CHECK(history->versions.front().became->to_string() == "15 CFR 744.1(a)");
}

TEST_CASE("a day that the eCFR has not answered for is said to be unknown", "[law]") {
  LawOfDays law;
  law.on("2026-01-01", section({text("a", long_a)}));
  law.asked("ecfr", "2026-04-01");
  const TextOnDay later = law.not_shown("2027-01-01", "2026-04-02");
  CHECK(later.known_through == day("2026-04-01"));
  CHECK_FALSE(later.pending);
  const TextOnDay known = law.not_shown("2026-04-01", "2026-04-02");
  CHECK_FALSE(known.known_through);
  CHECK(known.pending);
  law.asked("federal-register", "2026-04-01");
  CHECK(law.not_shown("2027-01-01", "2026-04-02").pending->empty());
}

TEST_CASE("a rule in force that the eCFR does not show yet is named", "[law]") {
  LawOfDays law;
  law.on("2026-01-01", section({text("a", long_a)}));
  law.asked("ecfr", "2026-04-01");
  law.asked("federal-register", "2026-04-10");
  law.rule_of_744("2026-00400", "2026-04-05", "744.1(a)");
  law.rule_of_744("2026-00500", "2026-05-05", "744.1(a)");
  law.rule_of_744("2026-00600", "2026-04-05", "744.1(b)");
  const TextOnDay today = law.not_shown("2026-04-10", "2026-04-10");
  REQUIRE(today.in_force_not_shown.size() == 1);
  CHECK(today.in_force_not_shown[0].document == "2026-00400");
  REQUIRE(today.pending->size() == 1);
  CHECK(today.pending->at(0).document == "2026-00500");
  CHECK(law.not_shown("2026-04-03", "2026-04-10").in_force_not_shown.empty());
}

TEST_CASE("a rule that the eCFR should show by now is named while its place did not change",
          "[law]") {
  LawOfDays law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-04-08", section({text("a", long_a), text("b", edited_b)}));
  law.asked("ecfr", "2026-04-10");
  law.asked("federal-register", "2026-04-10");
  law.rule_of_744("2026-00400", "2026-04-05", "744.1(a)");
  law.rule_of_744("2026-00500", "2026-02-05", "744.1(a)");
  REQUIRE(law.not_shown("2026-04-11", "2026-04-11").in_force_not_shown.size() == 1);
  CHECK(law.not_shown("2026-04-11", "2026-04-11").in_force_not_shown[0].document == "2026-00400");
  law.on("2026-04-09", section({text("a", edited_a), text("b", edited_b)}));
  CHECK(law.not_shown("2026-04-11", "2026-04-11").in_force_not_shown.empty());
}
