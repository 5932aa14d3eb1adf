// What the mails say, and what they must not.
#include "notify/delivery/digest.hpp"
#include "notify/render/terminal.hpp"
#include "tests/notify/mail_samples.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using namespace regtrail::test;
using delivery::compose_digest;
using delivery::Digest;
using delivery::DigestInput;
using render::Language;

// --- statements that were false ------------------------------------------------------------------

TEST_CASE("no group is called without a hit while the reader's filter holds one back", "[mail]") {
  DigestInput in = input(Language::en);
  in.held_back = {2, {"optics"}};
  const std::string text = flat(compose_digest(in).text);
  CHECK(!holds(text, "No hit"));
  CHECK(holds(text, "Hits left out by your own filter: 2 (they concern: Optics)"));
  in.held_back = {};
  const std::string other = flat(compose_digest(in).text);
  CHECK(holds(other, "No hit Optics"));
  CHECK(holds(other, "Hits left out by your own filter: 0"));
}

TEST_CASE("no group is called without a hit that nobody watches", "[mail]") {
  DigestInput in = input(Language::ja);
  in.watches[2].reasons = {"15 CFR Part 734 is not synced", "the Federal Register was never read"};
  const std::string text = flat(compose_digest(in).text, Language::ja);
  CHECK(!holds(text, "該当なしレンズ・光学"));
  CHECK(holds(text, "未確認取り込んでいない部：15CFR734（関係する登録1件：レンズ・光学）"));
  CHECK(holds(text, "未確認一度も確認していない情報源：連邦官報（関係する登録1件：レンズ・光学）"));
  CHECK(holds(text, "うち1件は確認できていない部分があります"));
  in.watches.clear(); // nobody asked who is watched
  CHECK(!holds(flat(compose_digest(in).text, Language::ja), "該当なし"));
}

TEST_CASE("no group is called without a hit while a source is in trouble", "[mail]") {
  DigestInput in = input(Language::en);
  in.status.sources[1].health = Health::failing;
  const std::string text = flat(compose_digest(in).text);
  CHECK(!holds(text, "No hit"));
  CHECK(holds(text, "× Not read without trouble at the last try"));
}

TEST_CASE("days ahead are listed, and only an archive that was asked has none", "[mail]") {
  DigestInput in = input(Language::en);
  CHECK(holds(compose_digest(in).text, "The archive was asked and holds none."));
  CalendarEntry stay;
  stay.day = Date(2026, 11, 9);
  stay.kind = CalendarKind::stay_ends;
  stay.at = test::cite("15 CFR 744.11(a)(1)");
  stay.words = "until Nov. 9, 2026";
  CalendarEntry rule;
  rule.day = Date(2026, 9, 20);
  rule.kind = CalendarKind::effective;
  rule.document = "2026-17001";
  in.days = {{rule, "Controls on Example Goods", "91 FR 60123"}, {stay, "", ""}};
  const std::string text = flat(compose_digest(in).text);
  CHECK(!holds(text, "holds none"));
  CHECK(holds(text, "Dates and deadlines ahead (90 days, to Monday, November 30, 2026)"));
  CHECK(holds(text,
              "Sun Sep 20 takes effect Controls on Example Goods 91 FR 60123 "
              "<https://www.federalregister.gov/d/2026-17001>"));
  CHECK(holds(text, "Mon Nov 9 stay ends § 744.11(a)(1): “until Nov. 9, 2026”") ==
        false); // a no-break space stands behind the section sign
  CHECK(holds(text, "Mon Nov 9 stay ends §\u00a0744.11(a)(1): “until Nov. 9, 2026”"));

  in.days->clear();
  in.status.sources.pop_back(); // the Federal Register was never read
  const std::string unknown = flat(compose_digest(in).text);
  CHECK(!holds(unknown, "holds none"));
  CHECK(holds(unknown, "The Federal Register was not read: its dates are not known."));
}

TEST_CASE("a change without a known rule is not called editorial", "[mail]") {
  for (const Language language : {Language::en, Language::ja}) {
    DigestInput in = input(language);
    for (store::StoredChange& each : in.changes) {
      each.change.causes = {
          {"",
           "",
           0.0,
           {CauseEvidence::editorial, CauseEvidence::no_citation, CauseEvidence::no_instruction}}};
    }
    const Digest digest = compose_digest(in);
    CHECK(!holds(digest.text, "editorial"));
    CHECK(!holds(digest.text, "編集"));
    CHECK(holds(flat(digest.text, language),
                language == Language::en
                    ? "No Federal Register document could be found for this change."
                    : "根拠となる官報文書を特定できませんでした。"));
  }
}

TEST_CASE("what is not known is left out, and no number or sign of the machine is printed",
          "[mail]") {
  for (const Language language : {Language::en, Language::ja}) {
    const Digest digest = compose_digest(input(language));
    for (const std::string part : {"unknown",
                                   "未確認",
                                   "confidence",
                                   "確度",
                                   "0.9",
                                   "->",
                                   "<= ",
                                   "15 CFR 744.23",
                                   "a higher upper bound"}) {
      INFO(part);
      CHECK(!holds(digest.text, part));
      CHECK((part == "->" || !holds(digest.html, part))); // comments of HTML end in an arrow
      CHECK(!holds(digest.subject, part));
    }
  }
}

TEST_CASE("a rule with 150 additions is one item, with their counts and a file of all", "[mail]") {
  const Digest digest = compose_digest(additions(Language::ja, 150));
  const std::string text = flat(digest.text, Language::ja);
  CHECK(digest.subject == "【重大】エンティティー・リストに150者を追加");
  CHECK(count(text, "■重大") == 2); // in the summary and in front of the item
  CHECK(holds(text, "エンティティー・リストに150者が追加されました"));
  CHECK(holds(text, "中国150"));
  CHECK(holds(text, "審査方針は個別審査75者、原則不許可75者。全150者は添付CSVにあります。"));
  CHECK(!holds(text, "Example001"));
  CHECK(digest.html.size() < 20'000);
  CHECK(digest.hit_ids.size() == 150);
  REQUIRE(digest.attachments.size() == 1);
  const delivery::Attachment& file = digest.attachments[0];
  CHECK(file.name == "parties_91-FR-100.csv");
  CHECK(file.type == "text/csv; charset=utf-8");
  CHECK(file.bytes.starts_with("\xEF\xBB\xBF"));
  CHECK(count(file.bytes, "\r\n") == 151);
  CHECK(holds(file.bytes, "'=Example 7")); // no formula

  const Digest few = compose_digest(additions(Language::en, 12));
  CHECK(few.attachments.empty());
  CHECK(holds(few.text, "Example 011 Instruments Co., Ltd. (China)"));
}

// --- items ---------------------------------------------------------------------------------------

TEST_CASE("changes of one rule are one item that says what follows, then what changed", "[mail]") {
  const Digest digest = compose_digest(input(Language::ja));
  const std::string text = flat(digest.text, Language::ja);
  CHECK(digest.subject ==
        "【重大】§744.23(a)(2)(iii)：しきい値が16 nm 以下から18 nm 以下に引き上げ、許可要件の拡大");
  CHECK(holds(text, "重大な改正が1件あります"));
  CHECK(holds(text, "登録製品群3と照合しました。"));
  CHECK(holds(text, "1.■重大規制強化・8月13日eCFR反映"));
  CHECK(holds(text, "旧(iii)Logiccircuitsofanodeof*16*nanometersorless;"));
  CHECK(holds(text, "新(iii)Logiccircuitsofanodeof*18*nanometersorless;"));
  CHECK(holds(text, "対象真空バルブ、エッチング装置"));
  CHECK(holds(text, "https://www.federalregister.gov/citation/91-FR-52501"));
  CHECK(holds(text,
              "https://www.ecfr.gov/compare/2026-08-13/to/2026-06-02/title-15/"
              "section-744.23#p-744.23(a)(2)(iii)"));
  CHECK(holds(text, "根拠：eCFRの注記が91FR52501を引用（確実）。"));
  CHECK(holds(text, "この項目が届いた理由：真空バルブ（EAR用語「logiccircuits」）"));
  CHECK(count(text, "1.■重大") == 1);
  CHECK(!holds(text, "2."));
  CHECK(digest.hit_ids.size() == 3);
  CHECK(digest.thread == "91 FR 52501");
}

TEST_CASE("the same replacement in many places is one passage with all its hits", "[mail]") {
  DigestInput in = quiet(Language::en);
  for (int i = 0; i < 3; ++i) {
    Change change = test::change_of(ChangeKind::revised,
                                    "15 CFR 744." + std::to_string(i + 2),
                                    {{'=', "the "}, {'-', "Bureau"}, {'+', "Office"}});
    change.group = "g";
    change.causes = {{"2026-1", "91 FR 5", 0.9, {CauseEvidence::cita}}};
    in.changes.push_back(stored(change, {hit("g" + std::to_string(i), "etch", 2, 0.6)}));
  }
  const Digest digest = compose_digest(in);
  CHECK(count(digest.text, "old the *Bureau*") == 1);
  CHECK(holds(digest.text, "also at §\u00a0744.3, §\u00a0744.4"));
  CHECK(digest.hit_ids.size() == 3);
}

TEST_CASE("an own partner comes first, beside what the list says, and no identity is claimed",
          "[mail]") {
  DigestInput in = additions(Language::en, 28);
  in.categories.home = "JP";
  in.home = "Japan";
  Party partner;
  partner.id = "c-0417";
  partner.names = {"EXAMPLE 005 INSTRUMENTS"};
  partner.address = "8 Example Road, Wuhan";
  in.categories.parties = {partner};
  in.watches.push_back({EntryKind::party, partner.id, {}, Date(2026, 9, 1)});
  Hit near = hit("p", partner.id, 5, 0.8);
  near.entry = EntryKind::party;
  near.reasons = {{Signal::party,
                   "Example 005 Instruments Co., Ltd.",
                   in.changes[5].change.at.to_string(),
                   0.8,
                   "EXAMPLE 005 INSTRUMENTS",
                   std::nullopt,
                   NameLikeness::folded}};
  in.changes[5].hits.push_back(near);
  EntityRecord& record = in.parties[in.changes[5].change.id];
  record.addresses = {"No. 8 Example Road, Wuhan, China"};
  record.license_requirement =
      "For all items subject to the EAR (See §§ 734.9(e)(3) and 744.11 of the EAR)";
  const Digest digest = compose_digest(in);
  const std::string text = flat(digest.text);
  CHECK(digest.subject == "Critical: possible partner match, addition to the Entity List");
  CHECK(!holds(digest.subject, "EXAMPLE 005"));
  CHECK(holds(text, "A company that may be your partner was added to the Entity List"));
  CHECK(holds(text,
              "Of the 28 parties, 1 may be yours. Whether it is the same is for you to check."));
  CHECK(
      holds(text, "Your record c-0417 Name EXAMPLE 005 INSTRUMENTS Address 8 Example Road, Wuhan"));
  CHECK(holds(text, "＝ equals the name (apart from legal form, case and punctuation)"));
  CHECK(
      holds(text, "Made in Japan can be caught by the foreign direct product rule (§734.9(e)(3))"));
  CHECK(holds(text, "[ ] Hold shipments, technology and spare parts for EXAMPLE 005 INSTRUMENTS"));
  CHECK(holds(text, "A comparison of names, not a finding of identity."));
  CHECK(holds(digest.attachments.at(0).bytes, "EXAMPLE 005 INSTRUMENTS"));
}

TEST_CASE("a product that comes within a limit is named with what was and what is", "[mail]") {
  DigestInput in = quiet(Language::ja);
  Product& product = in.categories.products.emplace_back();
  product.id = "vx-200";
  product.part_number = "VX-200";
  Hit own = hit("p", "vx-200", 5, 0.9);
  own.entry = EntryKind::product;
  Change change = test::threshold_change();
  own.reasons = {{Signal::parameter,
                  "18 nm",
                  change.at.to_string(),
                  0.9,
                  "node 17 nm",
                  ParameterEffect::now_inside,
                  std::nullopt}};
  in.items.push_back(rule_news("2026-17001", DocumentType::rule, StepKind::published));
  delivery::ItemNews& news = in.items[0];
  news.item.rule->effective = {Date(2026, 11, 20)};
  news.item.hits.push_back(own);
  Effect effect;
  effect.instruction = "2.a";
  effect.at = change.at;
  effect.outcome = Effect::Outcome::compared;
  effect.change = change;
  news.item.effects = {effect};
  const Digest digest = compose_digest(in);
  const std::string text = flat(digest.text, Language::ja);
  CHECK(digest.subject ==
        "【重大】登録品 VX-200 が、§744.23(a)(2)(iii)のしきい値の範囲内に（11/20施行）");
  CHECK(holds(text, "11月20日から、登録品VX-200が§744.23(a)(2)(iii)のしきい値の範囲に入ります"));
  CHECK(holds(text, "登録品VX-200（node17nm）と§744.23(a)(2)(iii)のしきい値従前対象外→今回対象"));
  CHECK(holds(text, "数値の比較であり、該非判定ではありません。"));
  CHECK(holds(text, "□VX-200と派生品のECCN判定の見直し"));
  CHECK(holds(text, "□11月20日以降に出荷する受注残と、許可申請の要否"));
  CHECK(holds(text, "施行日2026年11月20日（金）（あと79日）"));
  CHECK(holds(text, "根拠：官報の改正指示2.aが該当箇所を名指し。eCFRには未反映。"));
}

TEST_CASE("a proposal is no duty, a delay names the new day, and both say who brought them",
          "[mail]") {
  DigestInput in = quiet(Language::ja);
  in.items.push_back(rule_news("2026-17002", DocumentType::proposed_rule, StepKind::proposed));
  in.items[0].item.rule->comments_close = Date(2026, 12, 21);
  in.items[0].item.rule->dockets = {"BIS-2026-0037"};
  in.items.push_back(rule_news("2026-17003", DocumentType::rule, StepKind::published));
  delivery::ItemNews& late = in.items[1];
  late.steps = {{StepKind::delayed, Date(2026, 8, 31), "2026-17100", {}}};
  late.item.steps = late.steps;
  late.item.marks = {Mark::delayed};
  late.item.rule->effective = {Date(2027, 2, 1)};
  late.item.hits[0].severity = 3;
  late.told_before = true;
  const Digest digest = compose_digest(in);
  const std::string text = flat(digest.text, Language::ja);
  CHECK(holds(digest.subject, "【高】規則案「Controls on Example Goods」"));
  CHECK(holds(digest.subject, "ほか1件"));
  CHECK(holds(text, "1.◆高規則案・意見募集12月21日まで"));
  CHECK(holds(text, "現時点で義務は生じません。"));
  CHECK(holds(text, "https://www.regulations.gov/docket/BIS-2026-0037"));
  CHECK(holds(text, "最終規則「ControlsonExampleGoods」の施行が2027年2月1日に延期されました"));
  CHECK(holds(text, "今回の動き施行延期8月31日（2026-17100"));
  CHECK(holds(text, "□旧い施行日を前提とした社内通知、システム設定、顧客への案内"));
}

TEST_CASE("a step as it was announced is one line among the other changes", "[mail]") {
  DigestInput in = quiet(Language::en);
  in.items.push_back(rule_news("2026-17004", DocumentType::rule, StepKind::published));
  in.items[0].told_before = true;
  const Digest digest = compose_digest(in);
  CHECK(digest.subject == "EAR: 1 steps as announced, nothing new to you");
  CHECK(holds(digest.text, "as announced"));
  CHECK(!holds(digest.text, "[What to check next]"));
  CHECK(digest.hit_ids.size() == 1);
}

TEST_CASE("instructions that could not be read are always among what is to be checked", "[mail]") {
  DigestInput in = quiet(Language::en);
  in.items.push_back(rule_news("2026-17005", DocumentType::rule, StepKind::published));
  in.items[0].item.checks = {"instruction 3 of 2026-17005 was not understood: Turn the page."};
  const std::string text = flat(compose_digest(in).text);
  CHECK(holds(text, "[ ] One instruction could not be read or compared: does it concern you?"));
  CHECK(!holds(text, "was not understood"));
}

TEST_CASE("a stay shows what the note says and no text", "[mail]") {
  DigestInput in = quiet(Language::en);
  Change place;
  place.at = test::cite("15 CFR 744.21");
  in.changes.push_back(stored(place, {hit("s1", "etch", 3, 0.8)}));
  in.changes[0].status =
      StatusEvent{place.at, StatusEventKind::stayed, Date(2025, 11, 12), Date(2026, 11, 9)};
  const Digest digest = compose_digest(in);
  CHECK(digest.hit_ids == std::vector<std::string>{"s1"});
  CHECK(holds(digest.subject, "§\u00a0744.21: stayed 2025-11-12 until 2026-11-09"));
  CHECK(holds(digest.text, "§\u00a0744.21  stayed 2025-11-12 until 2026-11-09"));
  CHECK(!holds(digest.text, "old "));
}

// --- lengths and forms ---------------------------------------------------------------------------

TEST_CASE("seven items stand in full, the others in a line each, none is dropped", "[mail]") {
  DigestInput in = quiet(Language::en);
  for (int i = 0; i < 9; ++i) {
    in.items.push_back(
        rule_news("2026-1800" + std::to_string(i), DocumentType::rule, StepKind::published));
    in.items.back().item.hits[0].severity = i == 4 ? 2 : 4;
  }
  const std::string text = compose_digest(in).text;
  CHECK(count(text, "PDF\n") == 7);
  CHECK(holds(text, "2 more items\n"));
  CHECK(holds(text, "9. ○ Low Final rule"));
  for (int i = 0; i < 9; ++i) {
    CHECK(holds(text, "2026-1800" + std::to_string(i)));
  }
}

TEST_CASE("a mail of many long changes stays below eighty kilobytes", "[mail]") {
  DigestInput in = quiet(Language::ja);
  for (int i = 0; i < 200; ++i) {
    std::string text = "(a)";
    for (int word = 0; word < 400; ++word) {
      text += fmt::format(" \u7269{}", word);
    }
    Change change =
        test::change_of(ChangeKind::added, fmt::format("15 CFR 744.{}(a)", i + 1), {{'+', text}});
    change.id = fmt::format("{:032}", i);
    in.changes.push_back(stored(change, {hit(fmt::format("l{}", i), "etch", 1 + i % 5, 0.5)}));
  }
  const Digest digest = compose_digest(in);
  CHECK(digest.html.size() < 80'000);
  CHECK(!holds(digest.html, "\xEF\xBF\xBD"));
  CHECK(digest.hit_ids.size() == 200);
}

TEST_CASE("lines of the text take 76 columns, but for addresses", "[mail]") {
  for (const Language language : {Language::en, Language::ja}) {
    for (const DigestInput& in : {input(language), additions(language, 12), quiet(language)}) {
      for (const std::string& line : lines_of(compose_digest(in).text)) {
        INFO(line);
        CHECK((render::display_width(line) <= 76 || holds(line, "https://")));
        CHECK((line.empty() || line.back() != ' '));
      }
    }
  }
}

TEST_CASE("a subject has at most sixty wide or 78 narrow characters", "[mail]") {
  for (const Language language : {Language::en, Language::ja}) {
    DigestInput in = quiet(language);
    in.items.push_back(rule_news("2026-17006", DocumentType::rule, StepKind::published));
    in.items[0].item.rule->title = std::string(60, 'm') + " " + std::string(60, 'n');
    in.items[0].item.rule->effective = {Date(2026, 11, 20)};
    in.items.push_back(in.items[0]);
    const std::string subject = compose_digest(in).subject;
    INFO(subject);
    CHECK(render::display_width(subject) <= (language == Language::ja ? 120 : 78));
    CHECK(holds(subject, language == Language::ja ? "ほか1件" : ", 1 more"));
  }
}

TEST_CASE("the HTML is tables that load nothing, with the dark colours in one style sheet",
          "[mail]") {
  const Digest digest = compose_digest(input(Language::ja));
  CHECK(holds(digest.html, "<html lang=\"ja\">"));
  CHECK(count(digest.html, "<div") == 1); // the preheader
  CHECK(!holds(digest.html, "white-space"));
  CHECK(!holds(digest.html, "<img"));
  CHECK(!holds(digest.html, "<script"));
  CHECK(!holds(digest.html, "url("));
  CHECK(holds(digest.html, "prefers-color-scheme:dark"));
  CHECK(holds(digest.html, ">16</span>"));
  CHECK(holds(digest.html, ">18</b>"));
  CHECK(count(digest.html, "<table") == count(digest.html, "</table>"));
  CHECK(digest.html == compose_digest(input(Language::ja)).html);
}

TEST_CASE("hostile law stays text in the HTML part and off the subject's line structure",
          "[mail]") {
  DigestInput in = input(Language::en);
  in.changes[1].change.words = {{WordRun::Op::added, "<script>x</script>"}};
  in.changes[1].change.typed[0].before = "a\r\nBcc: evil@example.com";
  in.categories.categories[1].label_en = "<b>Valves</b>";
  const Digest digest = compose_digest(in);
  CHECK(!holds(digest.html, "<script"));
  CHECK(!holds(digest.html, "<b>Valves"));
  CHECK(digest.subject.find_first_of("\r\n") == std::string::npos);
}

// --- beside the items ----------------------------------------------------------------------------

TEST_CASE("what touches nobody is a line each, of the newest twenty", "[mail]") {
  DigestInput in = input(Language::en);
  for (int i = 0; i < 25; ++i) {
    delivery::ItemNews news =
        rule_news(fmt::format("2026-19{:03}", i), DocumentType::rule, StepKind::published);
    news.item.hits.clear();
    in.others.push_back(std::move(news));
  }
  const std::string text = compose_digest(in).text;
  CHECK(holds(text, "25 other EAR changes (none touches your entries)"));
  CHECK(holds(text, "d/2026-19019"));
  CHECK(!holds(text, "d/2026-19020"));
  CHECK(holds(text, "and 5 more, older ones"));
}

TEST_CASE("what was not understood, held back as doubtful, missing or withdrawn is said",
          "[mail]") {
  DigestInput in = input(Language::ja);
  in.status.not_understood.push_back({{test::cite("744.23(b)"), "what", "text"}, Date(2026, 9, 1)});
  in.status.quarantined.resize(2);
  in.status.missing_texts.push_back({"2026-18100", "91 FR 52000", {}, {}});
  PendingAmendment& filing = in.status.withdrawn.emplace_back();
  filing.document = "2026-18500";
  filing.title = "Gauges";
  const std::string text = flat(compose_digest(in).text, Language::ja);
  CHECK(holds(text, "1か所を読み取れず、登録内容との関係は不明：§744.23(b)"));
  CHECK(holds(text, "疑わしいため保留した情報源の応答：2件"));
  CHECK(holds(text, "本文未入手2026-18100（91FR52000）"));
  CHECK(holds(text, "公開閲覧から取り下げ（官報には未掲載）：2026-18500：Gauges"));
}

TEST_CASE("a subscriber with few groups reads only of those", "[mail]") {
  DigestInput in = input(Language::en);
  in.subscriber.categories = {"optics"};
  CHECK(holds(flat(compose_digest(in).text), "Checked against your 1 product groups."));
  CHECK(holds(flat(compose_digest(in).text), "No hit Optics"));
}

TEST_CASE("a day of mails is the reader's, not that of UTC", "[digest]") {
  delivery::Subscriber reader;
  const Timestamp morning_in_tokyo = *parse_timestamp("2026-10-21T22:30:00Z");
  CHECK(delivery::reader_day(reader, morning_in_tokyo) == Date(2026, 10, 21));
  reader.language = Language::ja;
  CHECK(delivery::reader_day(reader, morning_in_tokyo) == Date(2026, 10, 22));
}
