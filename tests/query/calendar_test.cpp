// Days that documents and the law name: each once, with the steps that they make.
#include "diff/relevance/matcher.hpp"
#include "query/calendar.hpp"
#include "query/items.hpp"
#include "tests/query/dated_law.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <string>
#include <vector>

using namespace regtrail;
using namespace regtrail::query;
using namespace regtrail::query::testing;

namespace {

Date day(const char* text) {
  return *Date::parse(text);
}

Document document(const char* number, const char* published, const char* title = "Kiln licenses") {
  Document made;
  made.number = number;
  made.type = DocumentType::rule;
  made.title = title;
  made.published = day(published);
  made.cfr = {{"15", "744"}};
  made.has_text = true;
  return made;
}

Instruction stay_until(const char* until, Verb verb = Verb::stay) {
  Instruction made;
  made.ordinal = "1";
  made.title = "15";
  made.part = "744";
  made.understood = true;
  made.until = day(until);
  made.operations = {{verb, {{*Citation::parse("15 CFR 744.1(a)"), {}}}, {}, "", "", ""}};
  return made;
}

void put(DatedLaw& law, const Document& each) {
  REQUIRE(law.archive().put_document({each, std::nullopt, std::nullopt}));
}

std::vector<Item> items(DatedLaw& law, const char* on, const char* since = nullptr) {
  ItemQuery query;
  query.on = day(on);
  query.since = since == nullptr ? std::nullopt : std::optional(day(since));
  query.only_hits = false;
  query.ahead = since == nullptr;
  const diff::Matcher matcher(Register{});
  auto found = find_items(law.archive(), matcher, query);
  INFO((found ? "" : found.error().message));
  REQUIRE(found);
  return *std::move(found);
}

/// "2029-06-30 stay_ends 15 CFR 744.1(a) [2028-1]", of what lies within two years.
Lines calendar(DatedLaw& law, const char* on) {
  Lines lines;
  const auto all = items(law, on);
  for (const CalendarEntry& each : calendar_of(all, day(on), day(on) + std::chrono::days(730))) {
    lines.push_back(fmt::format("{} {} {} [{}]",
                                each.day.to_string(),
                                to_string(each.kind),
                                each.at.empty() ? "-" : each.at.to_string(),
                                each.item));
  }
  return lines;
}

/// "due_30 2029-05-31" of the only item.
Lines due(DatedLaw& law, const char* on) {
  Lines lines;
  for (const Item& item : items(law, on)) {
    for (const ItemStep& step : item.steps) {
      if (to_string(step.kind).starts_with("due")) {
        lines.push_back(
            fmt::format("{} {} {}", item.id, to_string(step.kind), step.date->to_string()));
      }
    }
  }
  return lines;
}

std::string stayed(const char* until) {
  return section({text("a", long_a), text("b", long_b)}) +
         fmt::format("  effdnot: At 92 FR 77, Jan. 10, 2028, in § 744.1, paragraph (a) was stayed, "
                     "effective until {}.\n",
                     until);
}

} // namespace

TEST_CASE("an end that the law and its rule print is one entry, at the place of the law",
          "[calendar]") {
  DatedLaw law;
  law.on("2028-01-12", stayed("June 30, 2029"));
  CHECK(calendar(law, "2029-01-01") ==
        Lines{"2029-06-30 stay_ends 15 CFR 744.1(a) [15 CFR 744.1(a)@2029-06-30]"});

  Document rule = document("2028-1", "2028-01-10");
  rule.instructions = {stay_until("2029-06-30")};
  put(law, rule);
  CHECK(calendar(law, "2029-01-01") == Lines{"2029-06-30 stay_ends 15 CFR 744.1(a) [2028-1]"});

  Document other = document("2028-2", "2028-01-11");
  other.instructions = {stay_until("2029-06-29", Verb::revise)};
  put(law, other);
  CHECK(calendar(law, "2029-01-01") ==
        Lines{"2029-06-29 expires - [2028-2]", "2029-06-30 stay_ends 15 CFR 744.1(a) [2028-1]"});
}

TEST_CASE("only the newest text of the law counts, and a day that it held when it came",
          "[calendar]") {
  DatedLaw law;
  law.on("2028-01-12", section({text("a", "Until June 30, 2029, nothing is owed by anybody.")}));
  law.on("2028-03-01", section({text("a", "Until July 31, 2029, nothing is owed by anybody.")}));
  const Lines now{"2029-07-31 text_ends 15 CFR 744.1(a) [15 CFR 744.1(a)@2029-07-31]"};
  CHECK(calendar(law, "2028-06-01") == now);
  law.on("2029-08-15", section({text("a", long_a)}));
  CHECK(calendar(law, "2029-07-01") == now);
}

TEST_CASE("steps come thirty and seven days before and on the day, none before it was known",
          "[calendar]") {
  struct Row {
    const char* known;
    const char* on;
    Lines wanted;
  };

  const std::string id = "15 CFR 744.1(a)@2029-06-30 ";
  const Row row = GENERATE_COPY(values<Row>({
      {"2028-01-12", "2029-05-30", {}},
      {"2028-01-12", "2029-05-31", {id + "due_30 2029-05-31"}},
      {"2028-01-12", "2029-06-23", {id + "due_30 2029-05-31", id + "due_7 2029-06-23"}},
      {"2028-01-12",
       "2029-07-04",
       {id + "due_30 2029-05-31", id + "due_7 2029-06-23", id + "due 2029-06-30"}},
      {"2029-06-10", "2029-07-04", {id + "due_7 2029-06-23", id + "due 2029-06-30"}},
      {"2029-06-30", "2029-07-04", {id + "due 2029-06-30"}},
      {"2029-07-01", "2029-07-04", {}},
  }));
  CAPTURE(row.known, row.on);
  DatedLaw law;
  law.on(row.known, section({text("a", "Until June 30, 2029, nothing is owed by anybody.")}));
  CHECK(due(law, row.on) == row.wanted);
}

TEST_CASE("a text that was amended elsewhere keeps the day from which its end was known",
          "[calendar]") {
  DatedLaw law;
  const std::string end = "Until June 30, 2029, nothing is owed by anybody.";
  law.on("2028-01-12", section({text("a", end.c_str()), text("b", long_b)}));
  law.on("2029-06-10", section({text("a", end.c_str()), text("b", edited_b)}));
  CHECK(due(law, "2029-06-11") == Lines{"15 CFR 744.1(a)@2029-06-30 due_30 2029-05-31"});
}

TEST_CASE("an extension takes the coming steps of the old day away and brings its own",
          "[calendar]") {
  DatedLaw law;
  law.on("2028-01-12", stayed("June 30, 2029"));
  Document rule = document("2028-1", "2028-01-10");
  rule.instructions = {stay_until("2029-06-30")};
  put(law, rule);
  CHECK(due(law, "2029-06-05") == Lines{"2028-1 due_30 2029-05-31"});

  Document extension = document("2029-7", "2029-06-10");
  extension.instructions = {stay_until("2030-06-30")};
  extension.relations = {
      {RelationKind::extends, Citation::fr_document("2028-1"), false, "text", ""}};
  put(law, extension);
  CHECK(due(law, "2029-12-01").empty());
  CHECK(due(law, "2030-05-31") == Lines{"2029-7 due_30 2030-05-31"});

  law.on("2029-06-12", stayed("June 30, 2030"));
  CHECK(calendar(law, "2029-06-15") == Lines{"2030-06-30 stay_ends 15 CFR 744.1(a) [2029-7]"});
}

TEST_CASE("a day of effect that was put off is that of the new day, a withdrawn one none",
          "[calendar]") {
  DatedLaw law;
  Document rule = document("2028-1", "2028-01-10");
  rule.effective = {day("2028-06-30")};
  put(law, rule);
  CHECK(calendar(law, "2028-02-01") == Lines{"2028-06-30 effective - [2028-1]"});
  CHECK(due(law, "2028-07-01").empty());

  Document moved = rule;
  moved.effective = {day("2028-09-30")};
  REQUIRE(law.archive().replace_days(moved));
  CHECK(calendar(law, "2028-02-01") == Lines{"2028-09-30 effective - [2028-1]"});

  Document withdrawal = document("2028-5", "2028-03-01");
  withdrawal.action = "Withdrawal of final rule.";
  withdrawal.relations = {
      {RelationKind::withdraws, Citation::fr_document("2028-1"), false, "text", ""}};
  put(law, withdrawal);
  CHECK(calendar(law, "2028-03-02").empty());
}

TEST_CASE("a stay whose day has come is said to end unless prolonged, with what the eCFR says",
          "[calendar]") {
  DatedLaw law;
  law.on("2028-01-12", stayed("June 30, 2029"));
  const auto found = items(law, "2029-07-02", "2029-06-30");
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].checks.size() == 1);
  CHECK(
      found[0].checks[0] ==
      "15 CFR 744.1(a) applies again unless prolonged; the eCFR of 2028-01-12 says \"At 92 FR "
      "77, Jan. 10, 2028, in § 744.1, paragraph (a) was stayed, effective until June 30, 2029.\"");
}

TEST_CASE("a task of an order that was revoked is shown so and makes no step", "[calendar]") {
  DatedLaw law;
  Document order = document("2028-1", "2028-01-12", "Order about kilns");
  order.type = DocumentType::presidential;
  order.subtype = "Executive Order";
  order.executive_order = "19001";
  order.signed_on = day("2028-01-10");
  order.deadlines = {{90, day("2028-04-09"), "Within 90 days, list the kilns."},
                     {365, day("2029-01-09"), "Within 365 days, count the kilns."}};
  put(law, order);
  Document revoking = order;
  revoking.number = "2028-9";
  revoking.executive_order = "19002";
  revoking.signed_on = day("2028-06-01");
  revoking.published = day("2028-06-04");
  revoking.deadlines.clear();
  revoking.relations = {
      {RelationKind::revokes, Citation::executive_order("19001"), false, "text", ""}};
  put(law, revoking);

  Lines words;
  const auto all = items(law, "2028-01-20");
  for (const CalendarEntry& each : calendar_of(all, day("2028-01-01"), day("2029-12-31"))) {
    words.push_back(fmt::format("{} {}", to_string(each.kind), each.words));
  }
  CHECK(words == Lines{"task Within 90 days, list the kilns.",
                       "task (revoked by EO 19002) Within 365 days, count the kilns."});
  CHECK(due(law, "2029-12-31") ==
        Lines{"2028-1 due_30 2028-03-10", "2028-1 due_7 2028-04-02", "2028-1 due 2028-04-09"});
}
