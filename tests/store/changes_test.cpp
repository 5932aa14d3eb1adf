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
  stay.diff.status = {{must(Citation::parse("744.21")), StatusEventKind::stayed, day(2), day(9)}};
  Transition lift = transition(2, 3, {change("744.1(a)")});
  lift.diff.status = {
      {must(Citation::parse("744.21")), StatusEventKind::lifted, day(3), std::nullopt}};
  REQUIRE(archive.put_transition(stay));
  REQUIRE(archive.put_transition(lift));
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
}

TEST_CASE("a hit without a stored change is under way once it was queued", "[store][outbox]") {
  Archive archive = in_memory();
  OutboxMessage message;
  message.subscriber = "kato";
  message.hit_ids = {"stay"};
  REQUIRE(archive.enqueue(message));
  using Ids = std::vector<std::string>;
  CHECK(must(archive.undelivered_hits("kato", {"stay", "lift"})) == Ids{"lift"});
  CHECK(must(archive.undelivered_hits("sato", {"stay", "lift"})) == Ids{"stay", "lift"});
}

TEST_CASE("a transition comes back to the last bit", "[store]") {
  Archive archive = in_memory();
  Transition given = transition(1, 2, {change("744.23(a)(2)"), change("744.1(a)")});
  given.diff.before = {"15 CFR Part 744", day(1), sha256("b")};
  given.diff.after = {"15 CFR Part 744", std::nullopt, sha256("a")};
  given.diff.notes = {{must(Citation::parse("744.1")), NoteField::cita, "[1]", "[2]"}};
  given.diff.status = {
      {must(Citation::parse("744.21")), StatusEventKind::stayed, day(3), std::nullopt}};
  given.diff.not_understood = {{must(Citation::parse("744.2")), "what", "text"}};
  Change& full = given.diff.changes[0];
  full.kind = ChangeKind::moved;
  full.node_kind = NodeKind::row;
  full.was = must(Citation::parse("Supplement No. 4 to Part 744"))
                 .child({Step::Kind::named, "Example / Co. #7", 2});
  full.typed = {
      {TypedChangeType::threshold, "pitch", "<= 45 nm", "<= 65 nm", Direction::tightened, "rule"}};
  full.causes = {{"2026-1", "91 FR 52501", 0.93, {CauseEvidence::cita, CauseEvidence::page_range}},
                 {}};
  full.group = "g";
  given.hits = {{hit("h1", "pumps", 3), hit("h2", "valves", 2, true)}, {}};
  must(archive.put_transition(given));
  const auto stored = must(archive.transitions(15, "744"));
  REQUIRE(stored.size() == 1);
  CHECK(stored[0].diff == given.diff);
  CHECK(stored[0].hits == given.hits);
  CHECK(must(archive.has_transition(15, "744", day(1), day(2))));
  CHECK_FALSE(must(archive.has_transition(15, "744", day(1), day(3))));
}

/// An answer for a part, and the digest of its bytes.
SideInfo answered(Archive& archive, int date, const std::string& body) {
  RawResponse response;
  response.stream = "ecfr/full/title-15/part-744";
  response.url = fmt::format("https://www.ecfr.gov/{}", date);
  response.body = body;
  must(archive.put_raw(response));
  return {"15 CFR Part 744", day(date), sha256(body)};
}

std::string long_text(unsigned seed) {
  std::mt19937 random(seed);
  std::string text;
  for (int i = 0; i < 1500; ++i) {
    text += fmt::format("word{} ", random());
  }
  return text;
}

TEST_CASE("a change costs little beside the answers that hold its words", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  const std::string law = long_text(1);
  constexpr int dates = 60;
  std::vector<Transition> given;
  std::uintmax_t start = 0;
  {
    Archive archive = open(file);
    std::vector<SideInfo> sides;
    for (int i = 0; i <= dates; ++i) {
      sides.push_back(answered(archive, i, law + std::to_string(i)));
    }
    start = bytes_used(file);
    for (int i = 0; i < dates; ++i) {
      const std::string words = law.substr(static_cast<std::size_t>(i) * 300, 600);
      Change one = change("744.1(a)", words);
      one.id = to_hex(hash128(std::to_string(i)));
      given.push_back(transition(i, i + 1, {one, change("744.2(b)", words)}));
      given.back().diff.before = sides[static_cast<std::size_t>(i)];
      given.back().diff.after = sides[static_cast<std::size_t>(i) + 1];
      given.back().hits = {{hit("h", "pumps", 3)}, {}};
      given.back().hits[0][0].id = to_hex(hash128(one.id + "\npumps"));
      must(archive.put_transition(given.back()));
    }
  }
  Archive archive = open(file, OpenMode::read_write);
  const auto stored = must(archive.transitions(15, "744"));
  REQUIRE(stored.size() == given.size());
  for (std::size_t i = 0; i < stored.size(); ++i) {
    CHECK(stored[i].diff == given[i].diff);
    CHECK(stored[i].hits == given[i].hits);
  }
  // 2400 characters each, and 16 bytes of an id.
  CHECK((bytes_used(file) - start) / dates < 400);
  must(archive.drop_derived());
  CHECK(must(archive.changes({})).empty());
  must(archive.put_transition(given[0]));
  CHECK(must(archive.transitions(15, "744")).at(0).diff == given[0].diff);
}

TEST_CASE("what a failed transaction said is not remembered", "[store]") {
  Archive archive = in_memory();
  const std::string law = long_text(2);
  Transition given = transition(0, 1, {change("744.1(a)", law.substr(0, 9000))});
  const auto failed = archive.in_transaction([&]() -> Result<void> {
    given.diff.after = answered(archive, 1, law);
    must(archive.put_transition(given));
    return fail(ErrorKind::storage, "no");
  });
  CHECK_FALSE(failed);
  given.diff.before = answered(archive, 0, long_text(3));
  given.diff.after = answered(archive, 1, long_text(4) + law);
  must(archive.put_transition(given));
  CHECK(must(archive.transitions(15, "744")).at(0).diff == given.diff);
}

TEST_CASE("a date in between replaces the transition across it", "[store]") {
  Archive archive = in_memory();
  must(archive.put_transition(transition(0, 5, {change("744.1(a)")})));
  must(archive.put_transition(transition(5, 9, {change("744.2(a)")})));
  must(archive.put_transition(transition(0, 5, {change("744.1(b)")}, "742")));
  must(archive.put_transition(transition(0, 3, {change("744.3(a)")})));
  must(archive.put_transition(transition(3, 5, {change("744.4(a)")})));
  must(archive.put_transition(transition(3, 5, {change("744.5(a)")})));
  CHECK_FALSE(must(archive.has_transition(15, "744", day(0), day(5))));
  CHECK(places(must(archive.changes({}))) ==
        Places{"15 CFR 744.2(a)", "15 CFR 744.1(b)", "15 CFR 744.5(a)", "15 CFR 744.3(a)"});
}

TEST_CASE("hits that are not given for each change are refused", "[store]") {
  Archive archive = in_memory();
  Transition wrong = transition(0, 1, {change("744.1(a)"), change("744.1(b)")});
  wrong.hits = {{}};
  CHECK_THROWS_AS(archive.put_transition(wrong), std::logic_error);
}

TEST_CASE("changes are listed newest date first and then in legal order", "[store]") {
  Archive archive = in_memory();
  must(archive.put_transition(transition(0, 1, {change("744.11(a)"), change("744.2(a)")})));
  must(archive.put_transition(transition(1, 4, {change("744.3(a)")})));
  must(archive.put_transition(transition(0, 1, {change("742.6(a)")}, "742")));
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
      transition(0, 1, {change("744.2"), change("744.2(b)(1)"), change("744.23(b)"), moved})));
  must(archive.put_transition(
      transition(0, 1, {change("3B001.c.1"), change("3B001.c.10"), change("3B002")}, "774")));
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
  must(archive.put_transition(given));

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
  must(archive.put_snapshot({15, "744", day(0)}, {before}, noon(0)));
  must(archive.put_snapshot({15, "744", day(1)}, {section(2, "come"), after}, noon(1)));
  must(archive.put_transition(transition(0, 1, {change("744.1(a)"), change("744.2")})));
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
  must(archive.put_transition(given));
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

OutboxMessage message(const std::string& to, std::vector<std::string> hits, int number = 1) {
  OutboxMessage message;
  message.subscriber = to;
  message.recipient = to + "@example.com";
  message.subject = "件名";
  message.message_id = fmt::format("<{}.{}@example.com>", to, number);
  message.bytes = "From: x\r\n\r\nbody\r\n";
  message.hit_ids = std::move(hits);
  message.queued_at = noon(1);
  return message;
}

void store_two_hits(Archive& archive) {
  Transition given = transition(0, 1, {change("744.1(a)"), change("744.2(a)")});
  given.hits = {{hit("one", "pumps", 4)}, {hit("two", "pumps", 4), hit("three", "valves", 4)}};
  must(archive.put_transition(given));
}

TEST_CASE("a hit is waiting until it is queued, for each subscriber", "[store]") {
  Archive archive = in_memory();
  store_two_hits(archive);
  CHECK(must(archive.undelivered("anna", {})).size() == 2);
  must(archive.enqueue(message("anna", {"one", "two"})));
  const auto waiting = must(archive.undelivered("anna", {}));
  REQUIRE(waiting.size() == 1);
  REQUIRE(waiting[0].hits.size() == 1);
  CHECK(waiting[0].hits[0].id == "three");
  CHECK(must(archive.undelivered("bert", {})).size() == 2);
}

TEST_CASE("a hit that is on its way cannot be queued again", "[store]") {
  Archive archive = in_memory();
  must(archive.enqueue(message("anna", {"one", "two"})));
  const auto again = archive.enqueue(message("anna", {"three", "two"}, 2));
  REQUIRE_FALSE(again);
  CHECK_THAT(again.error().message, Catch::Contains("'two'") && Catch::Contains("'anna'"));
  CHECK(must(archive.queued_messages()).size() == 1);
  must(archive.enqueue(message("anna", {"three"}, 3))); // nothing of the refused one stayed
  must(archive.enqueue(message("bert", {"one"})));
  CHECK_FALSE(archive.enqueue(message("anna", {"four"}, 3))); // the same Message-ID
}

TEST_CASE("a message stays queued with its bytes until it is sent", "[store]") {
  Archive archive = in_memory();
  const OutboxMessage given = message("anna", {"one"});
  const std::int64_t id = must(archive.enqueue(given));
  must(archive.mark_attempt_failed(id, noon(2), "450 try later"));
  CHECK(must(archive.status()).outbox_failed == 1);
  auto queued = must(archive.queued_messages());
  REQUIRE(queued.size() == 1);
  CHECK(queued[0].bytes == given.bytes);
  CHECK(queued[0].message_id == given.message_id);
  CHECK(queued[0].hit_ids == given.hit_ids);
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

TEST_CASE("a rebuild repeats no mail and loses none", "[store]") {
  Archive archive = in_memory();
  store_two_hits(archive);
  must(archive.enqueue(message("anna", {"one"})));
  must(archive.drop_derived());
  CHECK(must(archive.undelivered("anna", {})).empty());
  CHECK(must(archive.queued_messages()).size() == 1);
  store_two_hits(archive);
  CHECK(must(archive.undelivered("anna", {})).size() == 1);
}

} // namespace
} // namespace regtrail::store::test
