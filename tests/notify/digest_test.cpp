#include "notify/delivery/digest.hpp"
#include "tests/notify/samples.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using delivery::compose_digest;
using delivery::Digest;
using delivery::DigestInput;

namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Hit hit(const std::string& id, const std::string& category, int severity, double score) {
  Hit out;
  out.id = id;
  out.category = category;
  out.severity = severity;
  out.score = score;
  out.reasons = {{Signal::ear_term, "logic circuits", "15 CFR 744.23", 0.9}};
  return out;
}

store::StoredChange stored(const Change& change, std::vector<Hit> hits) {
  store::StoredChange out;
  out.change = change;
  out.part = "744";
  out.before_date = Date(2026, 6, 2);
  out.after_date = Date(2026, 8, 13);
  out.hits = std::move(hits);
  return out;
}

Category category(const std::string& id, const std::string& en, const std::string& ja) {
  Category out;
  out.id = id;
  out.label_en = en;
  out.label_ja = ja;
  return out;
}

DigestInput input(render::Language language) {
  DigestInput out;
  out.subscriber.name = "kato";
  out.subscriber.to = "kato@example.co.jp";
  out.subscriber.language = language;
  out.categories.categories = {category("etch", "Etchers", "エッチング装置"),
                               category("valves", "Vacuum valves", "真空バルブ"),
                               category("optics", "Optics", "レンズ・光学")};
  out.now = parse_timestamp("2026-09-01T22:30:11Z").value();
  SourceStatus source;
  source.source = "ecfr";
  source.health = Health::healthy;
  source.valid_through = Date(2026, 9, 1);
  source.last_success = parse_timestamp("2026-09-01T22:27:00Z").value();
  out.status.sources.push_back(source);
  out.cosmetic_left_out = 12;
  const DiffResult diff = test::section_diff();
  out.changes.push_back(stored(diff.changes[1], {hit("h3", "etch", 4, 0.7)}));
  out.changes.push_back(
      stored(diff.changes[0], {hit("h1", "valves", 5, 0.92), hit("h2", "etch", 4, 0.7)}));
  return out;
}

} // namespace

TEST_CASE("a Japanese digest reads most severe first, says what is unknown and what was checked",
          "[notify]") {
  const Digest digest = compose_digest(input(render::Language::ja));
  CHECK(digest.subject == "[regtrail] 重大1 高1: 15 CFR 744.23(a)(2)(iii) 改正：しきい値 <= 16 nm "
                          "-> <= 18 nm（規制強化）ほか  2026-09-02");
  CHECK(digest.text ==
        "1. 【重大】 15 CFR 744.23(a)(2)(iii)  しきい値が16 nm 以下から18 nm "
        "以下に引き上げ、許可要件の拡大\n"
        "   旧: (iii) Logic circuits of a node of 16 nanometers or less;\n"
        "   新: (iii) Logic circuits of a node of 18 nanometers or less;\n"
        "   施行日 未確認 / 官報掲載日（連邦官報） 未確認 / 意見募集期限 未確認\n"
        "   比較した電子版連邦規則集（eCFR）：2026年6月2日 -> 2026年8月13日\n"
        "   対象：真空バルブ 0.92 (EAR用語 \"logic circuits\")、エッチング装置 0.70 (EAR用語 "
        "\"logic circuits\")\n"
        "   許可要件：未確認\n"
        "   出典：91 FR 52501 (2026-16628) / 確度 0.93 / 連邦規則集に反映済み\n"
        "\n"
        "2. 【高】 15 CFR 744.23(a)(5)  新設\n"
        "   新: (5) Items for the testing of packages: (i) Probes; (ii) Sockets.\n"
        "   施行日 未確認 / 官報掲載日（連邦官報） 未確認 / 意見募集期限 未確認\n"
        "   比較した電子版連邦規則集（eCFR）：2026年6月2日 -> 2026年8月13日\n"
        "   対象：エッチング装置 0.70 (EAR用語 \"logic circuits\")\n"
        "   許可要件：未確認\n"
        "   出典：91 FR 52501 (2026-16628) / 確度 0.93 / 連邦規則集に反映済み\n"
        "\n"
        "今後の期限：未確認\n"
        "確認した情報源：eCFR 2026年9月1日まで、確認 2026-09-02 07:27 JST\n"
        "編集上の変更 12件は省略\n"
        "該当なしの分野（確認済み）：レンズ・光学\n");
  CHECK(digest.hit_ids == std::vector<std::string>{"h1", "h2", "h3"});
}

TEST_CASE("the English digest says the same", "[notify]") {
  DigestInput in = input(render::Language::en);
  in.changes.erase(in.changes.begin());
  const Digest digest = compose_digest(in);
  CHECK(digest.subject == "[regtrail] critical 1: 15 CFR 744.23(a)(2)(iii) revised: threshold <= "
                          "16 nm -> <= 18 nm, tightened  2026-09-01");
  CHECK(digest.text ==
        "1. [critical] 15 CFR 744.23(a)(2)(iii)  node: limit raised from 16 to 18 nm, license "
        "requirement widened\n"
        "   before: (iii) Logic circuits of a node of 16 nanometers or less;\n"
        "   after: (iii) Logic circuits of a node of 18 nanometers or less;\n"
        "   effective unknown / published unknown / comments close unknown\n"
        "   eCFR issues compared: 2026-06-02 -> 2026-08-13\n"
        "   touches: Vacuum valves 0.92 (EAR term \"logic circuits\"), Etchers 0.70 (EAR term "
        "\"logic circuits\")\n"
        "   license requirement: unknown\n"
        "   source: 91 FR 52501 (2026-16628) / confidence 0.93 / codified in the CFR\n"
        "\n"
        "deadlines ahead: unknown\n"
        "sources checked: eCFR complete through 2026-09-01, checked 2026-09-01 22:27 UTC\n"
        "12 editorial changes left out\n"
        "categories without a hit (checked): Optics\n");
}

TEST_CASE("the dates of the document that made a change are told, and those that lie ahead",
          "[notify]") {
  DigestInput in = input(render::Language::en);
  in.changes.erase(in.changes.begin());
  Document rule;
  rule.number = "2026-16628";
  rule.volume = 91;
  rule.start_page = 52501;
  rule.published = Date(2026, 8, 10);
  rule.effective = {Date(2026, 8, 13)};
  rule.compliance = {Date(2026, 12, 1)};
  rule.comments_close = Date(2026, 9, 28);
  in.documents.emplace(rule.number, rule);
  const std::string text = compose_digest(in).text;
  CHECK(
      holds(text, "   effective 2026-08-13 / published 2026-08-10 / comments close 2026-09-28\n"));
  CHECK(holds(text,
              "deadlines ahead: comments close 2026-09-28 (91 FR 52501), compliance 2026-12-01 "
              "(91 FR 52501)\n"));

  in.documents.begin()->second.comments_close.reset();
  in.documents.begin()->second.compliance.clear();
  in.documents.begin()->second.instructions.emplace_back().ordinal = "3";
  in.documents.begin()->second.instructions[0].effective = Date(2026, 8, 20);
  in.changes[0].change.causes[0].instruction = "3";
  const std::string later = compose_digest(in).text;
  CHECK(holds(later, "   effective 2026-08-20 / published 2026-08-10 / comments close none\n"));
  CHECK(holds(later, "deadlines ahead: none\n"));
}

TEST_CASE("a stay is an item of its own that shows no text and carries its hits", "[notify]") {
  DigestInput given = input(render::Language::en);
  given.changes.clear();
  Change place;
  place.at = test::cite("15 CFR 744.21");
  given.changes.push_back(stored(place, {hit("s1", "etch", 3, 0.8)}));
  given.changes[0].status =
      StatusEvent{place.at, StatusEventKind::stayed, Date(2025, 11, 12), Date(2026, 11, 9)};
  const Digest digest = compose_digest(given);
  CHECK(digest.hit_ids == std::vector<std::string>{"s1"});
  CHECK(holds(digest.subject, "15 CFR 744.21 stayed 2025-11-12 until 2026-11-09"));
  CHECK(holds(digest.text, "15 CFR 744.21  stayed 2025-11-12 until 2026-11-09\n   eCFR issues"));
  CHECK(!holds(digest.text, "before:"));
  given.subscriber.language = render::Language::ja;
  CHECK(holds(compose_digest(given).text, "適用停止"));
}

TEST_CASE("an empty digest states that nothing changed and what was checked", "[notify]") {
  DigestInput in = input(render::Language::ja);
  in.changes.clear();
  const Digest digest = compose_digest(in);
  CHECK(digest.subject == "[regtrail] 該当する変更なし（確認済み）  2026-09-02");
  CHECK(holds(digest.text, "貴社の登録分野に関わる変更はありません。"));
  CHECK(holds(digest.text, "確認した情報源：eCFR 2026年9月1日まで"));
  CHECK(holds(digest.text, "該当なしの分野（確認済み）：エッチング装置、真空バルブ、レンズ・光学"));
  CHECK(digest.hit_ids.empty());
}

TEST_CASE("a source in trouble takes the promise out of an empty digest", "[notify]") {
  DigestInput in = input(render::Language::en);
  in.changes.clear();
  in.status.sources[0].health = Health::failing;
  in.status.sources[0].message = "answered with a block page";
  const Digest digest = compose_digest(in);
  CHECK(!holds(digest.subject, "nothing changed"));
  CHECK(!holds(digest.text, "Nothing changed"));
  CHECK(holds(digest.text, "this is not a statement that nothing changed"));
  CHECK(holds(digest.text, "in trouble: answered with a block page"));
}

TEST_CASE("a digest before any sync claims nothing", "[notify]") {
  DigestInput in = input(render::Language::en);
  in.changes.clear();
  in.status.sources.clear();
  const Digest digest = compose_digest(in);
  CHECK(!holds(digest.text, "Nothing changed"));
  CHECK(holds(digest.text, "no source was checked yet"));
}

TEST_CASE("the same replacement in many places is one item with all its hits", "[notify]") {
  DigestInput in = input(render::Language::en);
  in.changes.clear();
  for (int i = 0; i < 3; ++i) {
    Change change = test::change_of(ChangeKind::revised,
                                    "15 CFR 744." + std::to_string(i + 2),
                                    {{'=', "the "}, {'-', "Bureau"}, {'+', "Office"}});
    change.group = "g";
    in.changes.push_back(stored(change, {hit("g" + std::to_string(i), "etch", 2, 0.6)}));
  }
  const Digest digest = compose_digest(in);
  CHECK(holds(digest.text, "1. [low] 15 CFR 744.2 and more  “Bureau” became “Office”\n"));
  CHECK(holds(digest.text, "   places: 15 CFR 744.2, 15 CFR 744.3, 15 CFR 744.4\n"));
  CHECK(!holds(digest.text, "\n2. "));
  CHECK(digest.hit_ids.size() == 3);
}

TEST_CASE("what was not understood and what is quarantined is said", "[notify]") {
  DigestInput in = input(render::Language::ja);
  in.status.not_understood.push_back({{test::cite("744.23(b)"), "what", "text"}, Date(2026, 9, 1)});
  in.status.quarantined.resize(2);
  const Digest digest = compose_digest(in);
  CHECK(holds(digest.text, "読み取れなかった箇所 1件：15 CFR 744.23(b)\n"));
  CHECK(holds(digest.text, "隔離した応答 2件\n"));
}

TEST_CASE("texts that are not there and filings that were withdrawn are said", "[notify]") {
  DigestInput in = input(render::Language::en);
  CHECK(!holds(compose_digest(in).text, "not yet available"));
  in.status.missing_texts.push_back({"2026-18100", "91 FR 52000", {}, {}});
  PendingAmendment& filing = in.status.withdrawn.emplace_back();
  filing.document = "2026-18500";
  filing.title = "Gauges";
  filing.text = "Withdrawn by letter.";
  const Digest digest = compose_digest(in);
  CHECK(holds(digest.text, "text not yet available: 2026-18100 (91 FR 52000)\n"));
  CHECK(holds(digest.text,
              "taken off public inspection, not published: 2026-18500: Gauges (Withdrawn by "
              "letter.)\n"));
  in.subscriber.language = render::Language::ja;
  CHECK(holds(compose_digest(in).text, "2026-18500：Gauges"));
}

TEST_CASE("a subscriber with few categories is told only about those", "[notify]") {
  DigestInput in = input(render::Language::en);
  in.changes.clear();
  in.subscriber.categories = {"valves"};
  const Digest digest = compose_digest(in);
  CHECK(holds(digest.text, "categories without a hit (checked): Vacuum valves\n"));
}

TEST_CASE("a very long addition is cut in the mail and says where to read on", "[notify]") {
  DigestInput in = input(render::Language::ja);
  in.changes.resize(1);
  std::string text;
  for (int i = 0; i < 100000; ++i) {
    text += "規制 ";
  }
  in.changes[0].change.after = text;
  const Digest digest = compose_digest(in);
  CHECK(digest.text.size() < 5000);
  CHECK(holds(digest.text, "以下略。全文: regtrail diff \"15 CFR 744.23(a)(5)\""));
  CHECK(!holds(digest.text, "\xEF\xBF\xBD"));
}

TEST_CASE("hostile law stays text in the HTML part and off the subject's line structure",
          "[notify]") {
  DigestInput in = input(render::Language::en);
  in.changes[1].change.words = {{WordRun::Op::added, "<script>x</script>"}};
  in.changes[1].change.typed[0].before = "a\r\nBcc: evil@example.com";
  in.categories.categories[1].label_en = "<b>Valves</b>";
  const Digest digest = compose_digest(in);
  CHECK(!holds(digest.html, "<script"));
  CHECK(!holds(digest.html, "<b>Valves"));
  CHECK(digest.subject.find_first_of("\r\n") == std::string::npos);
}

TEST_CASE("the HTML part carries its style inline and loads nothing", "[notify]") {
  const Digest digest = compose_digest(input(render::Language::ja));
  CHECK(holds(digest.html, "<html lang=\"ja\">"));
  CHECK(holds(digest.html, "max-width:640px"));
  CHECK(holds(digest.html,
              "of a node of <u style=\"color:#8f1d17;background:#fbe3e1\">16</u> nanometers"));
  CHECK(!holds(digest.html, "<style"));
  CHECK(!holds(digest.html, "http"));
  CHECK(digest.html == compose_digest(input(render::Language::ja)).html);
}

TEST_CASE("a subscriber is told of the kinds and directions that are asked for", "[notify]") {
  delivery::Subscriber subscriber;
  store::StoredChange stored;
  stored.change.kind = ChangeKind::revised;
  stored.change.typed = {{TypedChangeType::threshold, "", "", "", Direction::loosened, ""}};
  CHECK(delivery::wants(subscriber, stored));
  subscriber.directions = {"tightened", "unclear"};
  CHECK_FALSE(delivery::wants(subscriber, stored));
  stored.change.typed.clear();
  CHECK(delivery::wants(subscriber, stored)); // what says nothing is unclear
  subscriber.kinds = {"added", "threshold"};
  CHECK_FALSE(delivery::wants(subscriber, stored));
  stored.change.kind = ChangeKind::added;
  CHECK(delivery::wants(subscriber, stored));

  Item item;
  CHECK(delivery::wants(subscriber, item)); // no text of it is compared yet
  Effect effect;
  effect.change = stored.change;
  item.effects = {effect};
  CHECK(delivery::wants(subscriber, item));
  item.effects.front().change->kind = ChangeKind::removed;
  CHECK_FALSE(delivery::wants(subscriber, item));
}

TEST_CASE("a subscriber's list of one kind of entry leaves the other kinds alone", "[notify]") {
  delivery::Subscriber subscriber;
  subscriber.categories = {"valves"};
  Hit hit;
  hit.severity = 3;
  hit.category = "gauges";
  CHECK_FALSE(delivery::wants(subscriber, hit));
  hit.category = "valves";
  CHECK(delivery::wants(subscriber, hit));
  hit.entry = EntryKind::party;
  hit.category = "kitakaze";
  CHECK(delivery::wants(subscriber, hit));
  subscriber.parties = {"minamikaze"};
  CHECK_FALSE(delivery::wants(subscriber, hit));
}
