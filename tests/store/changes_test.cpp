// Transitions, queries over changes and hits, and the outbox.
#include "tests/store/support.hpp"

#include <fmt/format.h>

namespace regtrail::store::test {
namespace {

Hit hit(const std::string& id, const std::string& category, int severity, bool near = false) {
  Hit hit;
  hit.id = id;
  hit.category = category;
  hit.score = near ? 0.4 : 0.1 + 0.2; // not a round number in binary
  hit.severity = severity;
  hit.near = near;
  hit.reasons = {{Signal::eccn, "3B001", "ECCN 3B001.c", 1.0},
                 {Signal::excluded, "food", "", -0.5}};
  return hit;
}

Change change(const std::string& at, const std::string& text = "text") {
  Change change;
  change.at = must(Citation::parse(at));
  change.id = "id of " + at + text;
  change.before = "old " + text;
  change.after = "new " + text;
  change.words = {
      {WordRun::Op::removed, "old"}, {WordRun::Op::added, "new"}, {WordRun::Op::same, " " + text}};
  return change;
}

Transition
transition(int before, int after, std::vector<Change> changes, const std::string& part = "744") {
  Transition transition;
  transition.part = part;
  transition.before = day(before);
  transition.after = day(after);
  transition.diff.changes = std::move(changes);
  return transition;
}

std::vector<std::string> places(const std::vector<StoredChange>& changes) {
  std::vector<std::string> all;
  for (const StoredChange& each : changes) {
    all.push_back(each.change.at.to_string());
  }
  return all;
}

using Places = std::vector<std::string>;

TEST_CASE("status events are found by date, newest first, with or without changes beside them",
          "[store]") {
  Archive archive = in_memory();
  Transition stay = transition(1, 2, {});
  stay.diff.status = {{must(Citation::parse("744.21")),
                       StatusEventKind::stayed,
                       std::nullopt,
                       day(9),
                       "the introductory text"}};
  Transition lift = transition(2, 3, {change("744.1(a)")});
  lift.diff.status = {
      {must(Citation::parse("744.21")), StatusEventKind::lifted, day(3), std::nullopt}};
  REQUIRE(archive.put_transition(stay, noon(40)));
  REQUIRE(archive.put_transition(lift, noon(40)));
  const auto all = must(archive.status_events({}));
  REQUIRE(all.size() == 2);
  CHECK(all[0].status == lift.diff.status[0]);
  CHECK(all[1].status == stay.diff.status[0]);
  CHECK(all[1].part == "744");
  CHECK(all[1].before_date == day(1));
  CHECK(all[1].after_date == day(2));
  CHECK(all[1].change.at == must(Citation::parse("744.21")));
  CHECK(all[0].change.id != all[1].change.id);
  ChangeQuery query;
  query.until = day(2);
  CHECK(must(archive.status_events(query)).size() == 1);
  CHECK(must(archive.changes({})).size() == 1);

  stay.diff.status[0].date = day(2);
  must(archive.replace_status(15, "744", day(1), day(2), stay.diff.status));
  const auto dated = must(archive.status_events({}));
  CHECK(dated[1].status == stay.diff.status[0]);
  CHECK(dated[1].change.id == all[1].change.id);
}

TEST_CASE("a transition comes back to the last bit", "[store]") {
  Archive archive = in_memory();
  Transition given = transition(1, 2, {change("744.23(a)(2)"), change("744.1(a)")});
  given.diff.before = {"15 CFR Part 744", day(1), sha256("b")};
  given.diff.after = {"15 CFR Part 744", day(2), sha256("a")};
  given.diff.notes = {{must(Citation::parse("744.1")), NoteField::cita, "[1]", "[2]"}};
  given.diff.status = {{must(Citation::parse("744.21")),
                        StatusEventKind::stayed,
                        day(3),
                        std::nullopt,
                        "the first sentence"}};
  given.diff.not_understood = {{must(Citation::parse("744.2")), "what", "text"}};
  Change& full = given.diff.changes[0];
  full.kind = ChangeKind::moved;
  full.node_kind = NodeKind::row;
  full.was = must(Citation::parse("Supplement No. 4 to Part 744"))
                 .child({Step::Kind::named, "Example & Co.", 2});
  full.typed = {
      {TypedChangeType::threshold, "pitch", "<= 45 nm", "<= 65 nm", Direction::tightened, "rule"}};
  full.causes = {{"2026-1", "91 FR 52501", 0.93, {CauseEvidence::cita, CauseEvidence::page_range}},
                 {}};
  full.group = "g";
  full.divided_into = {must(Citation::parse("744.23(a)(2)(i)")),
                       must(Citation::parse("744.23(a)(2)(ii)"))};
  given.hits = {{hit("h1", "pumps", 3), hit("h2", "valves", 2, true)}, {}};
  must(archive.put_transition(given, noon(40)));
  const Transition stored = must(archive.transition(15, "744", day(1), day(2)));
  CHECK(stored.diff == given.diff);
  CHECK(stored.hits == given.hits);
  CHECK(must(archive.has_transition(15, "744", day(1), day(2))));
  CHECK_FALSE(must(archive.has_transition(15, "744", day(1), day(3))));
}

TEST_CASE("what a failed transaction stored is not there", "[store]") {
  Archive archive = in_memory();
  const Transition given = transition(0, 1, {change("744.1(a)")});
  const auto failed = archive.in_transaction([&]() -> Result<void> {
    must(archive.put_transition(given, noon(1)));
    return fail(ErrorKind::storage, "no");
  });
  CHECK_FALSE(failed);
  CHECK(must(archive.changes({})).empty());
  CHECK(must(archive.verify()).problems.empty());
  must(archive.put_transition(given, noon(1)));
  CHECK(must(archive.changes({})).size() == 1);
}

TEST_CASE("a date in between replaces the transition across it", "[store]") {
  Archive archive = in_memory();
  must(archive.put_transition(transition(0, 5, {change("744.1(a)")}), noon(40)));
  must(archive.put_transition(transition(5, 9, {change("744.2(a)")}), noon(40)));
  must(archive.put_transition(transition(0, 5, {change("744.1(b)")}, "742"), noon(40)));
  must(archive.put_transition(transition(0, 3, {change("744.3(a)")}), noon(40)));
  must(archive.put_transition(transition(3, 5, {change("744.4(a)")}), noon(40)));
  must(archive.put_transition(transition(3, 5, {change("744.5(a)")}), noon(40)));
  CHECK_FALSE(must(archive.has_transition(15, "744", day(0), day(5))));
  CHECK(places(must(archive.changes({}))) ==
        Places{"15 CFR 744.2(a)", "15 CFR 744.1(b)", "15 CFR 744.5(a)", "15 CFR 744.3(a)"});
}

TEST_CASE("hits that are not given for each change are refused", "[store]") {
  Archive archive = in_memory();
  Transition wrong = transition(0, 1, {change("744.1(a)"), change("744.1(b)")});
  wrong.hits = {{}};
  CHECK_THROWS_AS(archive.put_transition(wrong, noon(40)), std::logic_error);
}

TEST_CASE("changes are listed newest date first and then in legal order", "[store]") {
  Archive archive = in_memory();
  must(archive.put_transition(transition(0, 1, {change("744.11(a)"), change("744.2(a)")}),
                              noon(40)));
  must(archive.put_transition(transition(1, 4, {change("744.3(a)")}), noon(40)));
  must(archive.put_transition(transition(0, 1, {change("742.6(a)")}, "742"), noon(40)));
  CHECK(places(must(archive.changes({}))) ==
        Places{"15 CFR 744.3(a)", "15 CFR 742.6(a)", "15 CFR 744.2(a)", "15 CFR 744.11(a)"});
  ChangeQuery two;
  two.limit = 2;
  CHECK(places(must(archive.changes(two))) == Places{"15 CFR 744.3(a)", "15 CFR 742.6(a)"});
  ChangeQuery bounded;
  bounded.since = day(2);
  CHECK(places(must(archive.changes(bounded))) == Places{"15 CFR 744.3(a)"});
  bounded.since.reset();
  bounded.until = day(1);
  CHECK(must(archive.changes(bounded)).size() == 3);
}

TEST_CASE("a place is its whole steps and what was there before", "[store]") {
  Archive archive = in_memory();
  Change moved = change("744.5(a)");
  moved.was = must(Citation::parse("744.2(b)"));
  must(archive.put_transition(
      transition(0, 1, {change("744.2"), change("744.2(b)(1)"), change("744.23(b)"), moved}),
      noon(1)));
  must(archive.put_transition(
      transition(0, 1, {change("3B001.c.1"), change("3B001.c.10"), change("3B002")}, "774"),
      noon(1)));
  const auto within = [&](const std::string& place) {
    ChangeQuery query;
    query.within = must(Citation::parse(place));
    return places(must(archive.changes(query)));
  };
  CHECK(within("744.2(b)") == Places{"15 CFR 744.2(b)(1)", "15 CFR 744.5(a)"});
  CHECK(within("744.2").size() == 3);
  CHECK(within("744.23") == Places{"15 CFR 744.23(b)"});
  CHECK(within("3B001.c.1") == Places{"ECCN 3B001.c.1"});
  CHECK(within("3B001.c").size() == 2);
  CHECK(within("3B001").size() == 2);
  CHECK(within("15 CFR Part 744").size() == 4);
  CHECK(within("744.99").empty());
}

TEST_CASE("hits are filtered and a filter on hits leaves out changes without", "[store]") {
  Archive archive = in_memory();
  Transition given = transition(
      0, 1, {change("744.1(a)"), change("744.2(a)"), change("744.3(a)"), change("744.4(a)")});
  given.diff.changes[3].kind = ChangeKind::cosmetic;
  given.hits = {
      {hit("1", "pumps", 4), hit("2", "valves", 2)}, {hit("3", "pumps", 5, true)}, {}, {}};
  must(archive.put_transition(given, noon(40)));

  CHECK(must(archive.changes({})).size() == 3);
  ChangeQuery query;
  query.only_hits = true;
  CHECK(places(must(archive.changes(query))) == Places{"15 CFR 744.1(a)"});
  query.include_near = true;
  CHECK(must(archive.changes(query)).size() == 2);
  query.category = "valves";
  const auto valves = must(archive.changes(query));
  REQUIRE(valves.size() == 1);
  REQUIRE(valves[0].hits.size() == 1);
  CHECK(valves[0].hits[0] == hit("2", "valves", 2));
  query.category.clear();
  query.min_severity = 3;
  const auto severe = must(archive.changes(query));
  REQUIRE(severe.size() == 2);
  CHECK(severe[0].hits.size() == 1);
  ChangeQuery all;
  all.include_cosmetic = true;
  CHECK(must(archive.changes(all)).size() == 4);
}

TEST_CASE("a change names the raw digests of its unit on both dates", "[store]") {
  Archive archive = in_memory();
  const Unit before = section(1, "old");
  const Unit after = section(1, "new");
  must(tests::put_units(archive, {15, "744", day(0)}, {before}, noon(0)));
  must(tests::put_units(archive, {15, "744", day(1)}, {section(2, "come"), after}, noon(1)));
  must(archive.put_transition(transition(0, 1, {change("744.1(a)"), change("744.2")}), noon(40)));
  const auto changes = must(archive.changes({}));
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].before_unit_sha == to_hex(before.raw));
  CHECK(changes[0].after_unit_sha == to_hex(after.raw));
  CHECK(changes[1].before_unit_sha.empty());
  CHECK(changes[1].after_unit_sha == to_hex(section(2, "come").raw));
}

TEST_CASE("a new register replaces the hits of all changes", "[store]") {
  Archive archive = in_memory();
  Transition given = transition(0, 1, {change("744.1(a)"), change("744.2(a)")});
  given.hits = {{hit("old", "pumps", 4)}, {}};
  must(archive.put_transition(given, noon(40)));
  must(archive.replace_hits([](const StoredChange& stored) {
    CHECK(stored.hits.empty());
    return stored.change.at.name() == "744.2" ? std::vector<Hit>{hit("new", "valves", 1)}
                                              : std::vector<Hit>{};
  }));
  ChangeQuery query;
  query.only_hits = true;
  const auto changes = must(archive.changes(query));
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].hits.at(0).id == "new");
}

// --- delivery --------------------------------------------------------------------------------

Told told(const std::string& at, int date = 1, const char* step = "changed") {
  const Citation place = must(Citation::parse(at));
  return {place.unit(), day(date), place, step};
}

OutboxMessage message(const std::string& to, std::vector<Told> told, int number = 1) {
  OutboxMessage message;
  message.subscriber = to;
  message.recipient = to + "@example.com";
  message.subject = "件名";
  message.message_id = fmt::format("<{}.{}@example.com>", to, number);
  message.bytes = "From: x\r\n\r\nbody\r\n";
  message.told = std::move(told);
  message.queued_at = noon(1);
  return message;
}

void store_two_changes(Archive& archive) {
  Transition given = transition(0, 1, {change("744.1(a)"), change("744.2(a)")});
  given.hits = {{hit("one", "pumps", 4)}, {hit("two", "pumps", 4), hit("three", "valves", 4)}};
  must(archive.put_transition(given, noon(1)));
}

Places untold(Archive& archive, const std::string& subscriber) {
  return places(must(archive.untold(subscriber, must(archive.changes({})))));
}

TEST_CASE("a change is untold until a message that tells it is queued, for each subscriber",
          "[store]") {
  Archive archive = in_memory();
  store_two_changes(archive);
  CHECK(untold(archive, "anna") == Places{"15 CFR 744.1(a)", "15 CFR 744.2(a)"});
  must(archive.enqueue(message("anna", {told("744.1(a)")})));
  CHECK(untold(archive, "anna") == Places{"15 CFR 744.2(a)"});
  CHECK(untold(archive, "bert").size() == 2);
}

TEST_CASE("a change is told by its place and date, whatever its id and hits become", "[store]") {
  Archive archive = in_memory();
  store_two_changes(archive);
  must(archive.enqueue(message("anna", {told("744.1(a)"), told("744.2(a)", 2)})));
  must(archive.drop_derived());
  Transition anew = transition(0, 1, {change("744.1(a)"), change("744.2(a)")});
  anew.diff.changes[0].id = "another";
  anew.diff.changes[0].kind = ChangeKind::moved;
  anew.hits = {{hit("other", "valves", 5)}, {}};
  must(archive.put_transition(anew, noon(9)));
  CHECK(untold(archive, "anna") == Places{"15 CFR 744.2(a)"});
}

TEST_CASE("a stay is told beside a change of the same place and date", "[store]") {
  Archive archive = in_memory();
  Transition given = transition(0, 1, {change("744.1(a)")});
  given.diff.status = {
      {must(Citation::parse("744.1(a)")), StatusEventKind::stayed, day(1), std::nullopt}};
  must(archive.put_transition(given, noon(1)));
  must(archive.enqueue(message("anna", {told("744.1(a)", 1, "stayed")})));
  CHECK(untold(archive, "anna").size() == 1);
  CHECK(must(archive.untold("anna", must(archive.status_events({})))).empty());
}

TEST_CASE("what is on its way cannot be queued again", "[store]") {
  Archive archive = in_memory();
  must(archive.enqueue(message("anna", {told("744.1(a)"), told("744.2(a)")})));
  const auto again = archive.enqueue(message("anna", {told("744.3(a)"), told("744.2(a)")}, 2));
  REQUIRE_FALSE(again);
  CHECK_THAT(again.error().message, Catch::Contains("744.2(a)") && Catch::Contains("'anna'"));
  CHECK(must(archive.queued_messages()).size() == 1);
  // Nothing of the refused one stayed.
  must(archive.enqueue(message("anna", {told("744.3(a)")}, 3)));
  must(archive.enqueue(message("bert", {told("744.1(a)")})));
  // The same Message-ID.
  CHECK_FALSE(archive.enqueue(message("anna", {told("744.4(a)")}, 3)));
}

TEST_CASE("a message stays queued with its bytes until it is sent", "[store]") {
  Archive archive = in_memory();
  const OutboxMessage given = message("anna", {told("744.1(a)")});
  const std::int64_t id = must(archive.enqueue(given));
  must(archive.mark_attempt_failed(id, noon(2), "450 try later"));
  CHECK(must(archive.status()).outbox_failed == 1);
  auto queued = must(archive.queued_messages());
  REQUIRE(queued.size() == 1);
  CHECK(queued[0].bytes == given.bytes);
  CHECK(queued[0].message_id == given.message_id);
  CHECK(queued[0].subject == given.subject);
  CHECK(queued[0].recipient == given.recipient);
  CHECK(queued[0].queued_at == given.queued_at);
  CHECK(queued[0].attempts == 1);
  CHECK(queued[0].last_error == "450 try later");
  must(archive.mark_sent(id, noon(3)));
  CHECK(must(archive.queued_messages()).empty());
  const ArchiveStatus status = must(archive.status());
  CHECK(status.outbox_sent == 1);
  CHECK(status.outbox_failed == 0);
  CHECK_FALSE(archive.mark_sent(id, noon(4)));
  CHECK_FALSE(archive.mark_attempt_failed(99, noon(4), "x"));
}

} // namespace
} // namespace regtrail::store::test
