// One sentence in both languages for changes, status events and items.
#include "notify/render/csv.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/terminal.hpp"
#include "tests/notify/samples.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace regtrail;
using render::headline_of;

namespace {

using Type = TypedChangeType;

Change revised(const std::string& at,
               const std::vector<std::pair<char, std::string>>& runs,
               std::vector<TypedChange> typed = {}) {
  Change change = test::change_of(ChangeKind::revised, at, runs);
  change.typed = std::move(typed);
  return change;
}

Change whole(ChangeKind kind,
             const std::string& at,
             const std::string& text,
             std::vector<TypedChange> typed = {}) {
  Change change = test::change_of(kind, at, {{kind == ChangeKind::added ? '+' : '-', text}});
  change.typed = std::move(typed);
  return change;
}

TypedChange typed(Type type,
                  const std::string& subject,
                  const std::string& before,
                  const std::string& after,
                  Direction direction) {
  return {type, subject, before, after, direction, "a rule"};
}

/// A change whose text does not matter for its sentence.
Change about(const std::string& at, TypedChange change) {
  return revised(at, {{'-', "old words here"}, {'+', "new ones"}}, {std::move(change)});
}

struct Row {
  const char* what;
  Change change;
  const char* en;
  const char* ja;
};

constexpr auto tightened = Direction::tightened;
constexpr auto loosened = Direction::loosened;
constexpr auto neutral = Direction::neutral;
constexpr auto unclear = Direction::unclear;

const std::string list_row = "Supplement No. 4 to Part 744 / JAPAN / Kitakaze Pump K.K.";

std::vector<Row> limits() {
  return {
      {"an upper bound that rises",
       about("ECCN 3B001.c.1.x",
             typed(Type::threshold,
                   "One or more gate valve(s) with switching time",
                   "< 20 milliseconds",
                   "< 35 milliseconds",
                   tightened)),
       "gate valve(s) with switching time: limit raised from 20 to 35 ms, more is controlled "
       "(3B001.c.1.x)",
       "ゲートバルブ、切替時間：しきい値が20 ms 未満から35 ms 未満に引き上げ、規制対象が拡大"
       "（3B001.c.1.x）"},
      {"a lower bound without a unit, and without a direction",
       about("ECCN 3B991.b", typed(Type::threshold, "pumping speed", ">= 4", ">= 6", unclear)),
       "pumping speed: limit raised from 4 to 6 (3B991.b)",
       "排気速度：しきい値が4以上から6以上に引き上げ（3B991.b）"},
      {"another comparator and another unit",
       about("ECCN 3B991.b",
             typed(Type::threshold, "wavelength", "> 1 micrometer", "<= 800 nm", unclear)),
       "wavelength: limit changed from more than 1 micrometer to 800 nm or less (3B991.b)",
       "波長：しきい値が1 micrometer 超から800 nm 以下に変更（3B991.b）"},
      {"powers of ten and a compound unit",
       about("ECCN 3B001.d.7",
             typed(Type::threshold,
                   "memory bandwidth",
                   "> 10^3 gigabytes per second",
                   "> 10^4 gigabytes per second",
                   loosened)),
       "memory bandwidth: limit raised from 10³ to 10⁴ GB/s, less is controlled (3B001.d.7)",
       "メモリ帯域幅：しきい値が10³ GB/s 超から10⁴ GB/s 超に引き上げ、規制対象が縮小（3B001.d.7）"},
      {"a percentage of de minimis",
       about("15 CFR 734.4(c)(2)",
             typed(Type::threshold, "software valued", "<= 25%", "<= 20%", tightened)),
       "U.S.-origin content (de minimis): limit lowered from 25% to 20%, more is subject to "
       "the EAR (§\u00a0734.4(c)(2))",
       "デミニミス（米国原産品の組込比率）：しきい値が25%以下から20%以下に引き下げ、"
       "EARの対象が拡大（§734.4(c)(2)）"},
      {"a number in an exclusion",
       revised("ECCN 3B991.x / Note",
               {{'=', "3B991.x does not apply to ovens of less than "},
                {'-', "9"},
                {'+', "7"},
                {'=', " liters."}},
               {typed(Type::threshold, "ovens", "< 9 liters", "< 7 liters", tightened)}),
       "exclusion for ovens: limit lowered from 9 to 7 liters, more is controlled (3B991.x, "
       "Note)",
       "3B991.x、注：しきい値が9リットル未満から7リットル未満に引き下げ、規制対象が拡大"},
      {"a period",
       about("15 CFR 740.8(c)", typed(Type::threshold, "", ">= 20 days", ">= 30 days", unclear)),
       "§\u00a0740.8(c): period lengthened from 20 to 30 days",
       "§740.8(c)：期間が20日以上から30日以上に延長"}};
}

std::vector<Row> parties() {
  return {
      {"a party added for all items",
       whole(ChangeKind::added,
             list_row,
             "Kitakaze Pump K.K.\nFor all items subject to the EAR.",
             {typed(Type::entity, "party", "", "Kitakaze Pump K.K.", tightened)}),
       "added to the Entity List: Kitakaze Pump K.K. (Japan), license needed for all items "
       "subject to the EAR",
       "エンティティー・リストに追加：Kitakaze Pump K.K.（日本）、EAR対象品目すべてに許可が必要"},
      {"a party removed",
       whole(ChangeKind::removed,
             "Supplement No. 7 to Part 744 / RUSSIA / Example Works",
             "Example Works",
             {typed(Type::entity, "party", "Example Works", "", loosened)}),
       "removed from the Military End-User List: Example Works (Russia)",
       "軍事エンドユーザーリスト（MEUリスト）から削除：Example Works（ロシア）"},
      {"an alias",
       about(list_row, typed(Type::entity, "alias", "", "KKP", tightened)),
       "Kitakaze Pump K.K. (Japan), Entity List: alias added: KKP",
       "エンティティー・リストのKitakaze Pump K.K.（日本）：別名の追加、KKP"},
      {"a footnote with a foreign direct product rule",
       about(list_row + " / License requirement",
             typed(Type::license_requirement,
                   "license requirement",
                   "all items, footnote 4",
                   "all items, footnotes 4 and 5",
                   tightened)),
       "Kitakaze Pump K.K. (Japan): footnote 5 (foreign direct product rule) added, license "
       "requirement widened",
       "Kitakaze Pump K.K.（日本）：脚注5（外国直接製品ルール）を追加、許可要件の拡大"},
      {"a review policy",
       about(list_row + " / License review policy",
             typed(Type::review_policy,
                   "license review policy",
                   "presumption of denial",
                   "case-by-case review",
                   loosened)),
       "Kitakaze Pump K.K. (Japan): license review changed from a presumption of denial to "
       "case-by-case review, less strict",
       "Kitakaze Pump K.K.（日本）：審査方針が原則不許可から個別審査に変更（緩和）"}};
}

std::vector<Row> countries() {
  return {{"a mark of the Country Chart",
           about("Supplement No. 1 to Part 738 / Chile / RS 1",
                 typed(Type::country, "Chile, RS 1", "", "X", tightened)),
           "Chile: RS 1 mark added to the Commerce Country Chart, stricter than before",
           "チリ：カントリーチャートのRS 1の印を追加、規制強化"},
          {"a country that leaves a group",
           about("Supplement No. 1 to Part 740 / Country Group D / Korea, South / [D: 4] Missile "
                 "Technology",
                 typed(Type::country, "Korea, South, D", "X", "", loosened)),
           "South Korea leaves Country Group D:4, less strict than before",
           "韓国をカントリーグループD:4から削除、規制緩和"},
          {"a country that is no longer excluded",
           whole(ChangeKind::removed,
                 "Supplement No. 4 to Part 742 / Italy",
                 "Italy",
                 {typed(Type::country, "Italy", "Italy", "", tightened)}),
           "Italy leaves the countries excluded from the license requirements, license "
           "requirement widened",
           "許可要件の適用除外国からイタリアを削除、許可要件の拡大"}};
}

std::vector<Row> wording() {
  return {
      {"all conditions instead of one",
       about("ECCN 3B001.q",
             typed(Type::conjunction,
                   "list",
                   "any of the following",
                   "all of the following",
                   loosened)),
       "3B001.q: all listed conditions must now be met (before: one was enough), less is "
       "controlled",
       "3B001.q：列挙された条件のすべてが必要に（従前は一つで足りた）、規制対象が縮小"},
      {"a date",
       about("15 CFR 744.6(e)", typed(Type::date, "date", "2026-04-01", "2027-01-15", unclear)),
       "§\u00a0744.6(e): date changed from April 1, 2026 to January 15, 2027 (later)",
       "§744.6(e)：日付を2026年4月1日から2027年1月15日に繰り下げ"},
      {"a reserved item",
       about("ECCN 3B001.p.9",
             typed(Type::scope, "item", "Rinsers for masks", "[Reserved]", loosened)),
       "3B001.p.9: removed (now reserved): “Rinsers for masks”, less is controlled",
       "3B001.p.9：削除（[Reserved]）、規制対象が縮小"},
      {"an exception that ends",
       about("ECCN 3C001 / GBS", typed(Type::license_exception, "GBS", "Yes", "N/A", tightened)),
       "3C001: License Exception GBS no longer available",
       "3C001：許可例外GBSは利用不可に"},
      {"the amount of an exception",
       about("ECCN 3C001 / LVS",
             typed(Type::license_exception, "LVS", "$3,000", "$5,000", loosened)),
       "3C001: License Exception LVS: value limit raised from $3,000 to $5,000",
       "3C001：許可例外LVS：限度額を3,000ドルから5,000ドルに引き上げ"},
      {"paragraphs that need a license",
       about("ECCN 3B001 / License Requirements / NS: a and b",
             typed(Type::license_requirement, "NS applies to", "a, b", "a, b, d.2", tightened)),
       "3B001, license requirements, NS: NS license requirement now also for d.2, more is "
       "controlled",
       "3B001、許可要件、NS：NSの許可要件の対象にd.2を追加、規制対象が拡大"},
      {"a reference",
       about("15 CFR 742.6(a)",
             typed(Type::cross_reference, "reference", "15 CFR 744.1", "15 CFR 744.2(b)", neutral)),
       "§\u00a0742.6(a): reference changed from §\u00a0744.1 to §\u00a0744.2(b)",
       "§742.6(a)：参照条項を§744.1から§744.2(b)に変更"},
      {"an office renamed",
       about("15 CFR 744.2",
             typed(Type::nomenclature, "name", "Office of Pumps", "Office of Valves", neutral)),
       "§\u00a0744.2: wording only: “Office of Pumps” became “Office of Valves”",
       "§744.2：表記のみの変更：「Office of Pumps」を「Office of Valves」に変更"},
      {"nothing typed: the first changed words",
       revised("15 CFR 734.3(a)",
               {{'=', "Items that "}, {'-', "may not "}, {'=', "leave the port at night."}}),
       "§\u00a0734.3(a): “may not” struck",
       "§734.3(a)：「may not」を削除"},
      {"an exclusion struck as a whole",
       whole(ChangeKind::removed,
             "ECCN 3B001.e / Note",
             "Note: 3B001.e does not control robots for libraries.",
             {typed(Type::scope, "note", "", "", tightened)}),
       "3B001.e, Note: exclusion struck: “3B001.e does not control robots for libraries.”, more is "
       "controlled",
       "3B001.e、注：適用除外の削除（ロボット）、規制対象が拡大"},
      {"a text that says \"does not apply\" and frees nobody for certain",
       whole(ChangeKind::removed,
             "15 CFR 740.9(b)",
             "(b) This exception does not apply to robots for libraries."),
       "§\u00a0740.9(b): removed: “This exception does not apply to robots for libraries.”",
       "§740.9(b)：削除（ロボット）"},
      {"an entry that goes",
       whole(ChangeKind::removed, "ECCN 3C999", "3C999 Pellicles for masks, as follows"),
       "3C999: removed from the CCL: “Pellicles for masks, as follows”",
       "3C999：CCLから削除（ペリクル）"}};
}

} // namespace

TEST_CASE("a change is told in one sentence of each language", "[headline]") {
  for (const auto& rows : {limits(), parties(), countries(), wording()}) {
    for (const Row& row : rows) {
      INFO(row.what);
      const Headline headline = headline_of(row.change);
      CHECK(headline.en == row.en);
      CHECK(headline.ja == row.ja);
    }
  }
}

TEST_CASE("a number that moved back and forth is told with its direction turned", "[headline]") {
  const auto move = [](const char* from, const char* to, Direction direction) {
    return headline_of(
        about("ECCN 3B001.a", typed(Type::threshold, "beam energy", from, to, direction)));
  };
  CHECK(move("> 5 keV", "> 3 keV", tightened).en ==
        "beam energy: limit lowered from 5 to 3 keV, more is controlled (3B001.a)");
  CHECK(move("> 3 keV", "> 5 keV", loosened).en ==
        "beam energy: limit raised from 3 to 5 keV, less is controlled (3B001.a)");
}

TEST_CASE("an own product and its effect come first", "[headline]") {
  Register entries;
  entries.products.emplace_back();
  entries.products[0].id = "gv-9";
  entries.products[0].part_number = "GV-9";
  Hit hit;
  hit.category = "gv-9";
  hit.entry = EntryKind::product;
  Reason reason;
  reason.signal = Signal::parameter;
  reason.own = "switching time 30 ms";
  reason.at = "ECCN 3B001.c.1.x";
  reason.effect = ParameterEffect::now_inside;
  hit.reasons.push_back(reason);
  const Headline headline = headline_of(limits().front().change, hit, entries);
  CHECK(headline.en == "GV-9 (switching time 30 ms): was outside, is now inside 3B001.c.1.x; limit "
                       "raised from 20 to 35 ms, more is controlled");
  CHECK(headline.ja == "GV-9（switching time 30 ms）：従前は対象外、今回3B001.c.1.xの対象に。"
                       "しきい値が20 ms 未満から35 ms 未満に引き上げ、規制対象が拡大");
}

TEST_CASE("an item is told by the part whose figure moved, behind whatever its hit stands",
          "[headline]") {
  Register entries;
  entries.products.emplace_back();
  entries.products[0].id = "gv-9";
  entries.products[0].part_number = "GV-9";
  Item item;
  item.id = "15 CFR 774@2026-09-04";
  item.changes = {limits()[1].change, limits()[0].change};
  Hit category;
  category.category = "pumps";
  Hit product;
  product.category = "gv-9";
  product.entry = EntryKind::product;
  product.reasons.emplace_back();
  product.reasons[0].signal = Signal::parameter;
  product.reasons[0].own = "switching time 30 ms";
  product.reasons[0].at = "ECCN 3B001.c.1.x";
  product.reasons[0].effect = ParameterEffect::now_inside;
  item.hits = {category, product};
  CHECK(headline_of(item, entries)
            .en.starts_with("GV-9 (switching time 30 ms): was outside, is now inside 3B001.c.1.x"));
}

TEST_CASE("a headline names the paragraph beside it that holds the figure already", "[headline]") {
  Register entries;
  entries.products.emplace_back().id = "gv-9";
  Hit hit;
  hit.category = "gv-9";
  hit.entry = EntryKind::product;
  Reason left{Signal::parameter, "less than 20 ms", "ECCN 3B001.c.1.x", 1.0};
  left.own = "switching time 30 ms";
  left.effect = ParameterEffect::now_outside;
  Reason beside{Signal::parameter, "3B001.c.1.y", "ECCN 3B001.c.1.y", 0.3};
  beside.own = left.own;
  beside.effect = ParameterEffect::still_inside;
  hit.reasons = {left, beside};
  const auto words = render::headline_of(limits().front().change, hit, entries);
  CHECK(words.en.starts_with("gv-9 (switching time 30 ms): was inside, is now outside "
                             "3B001.c.1.x; 3B001.c.1.y holds it already; "));
  CHECK(words.ja.find("3B001.c.1.yで既に対象") != std::string::npos);
}

TEST_CASE("a headline counts the other products that the change reaches", "[headline]") {
  Register entries;
  std::vector<Hit> hits;
  for (const char* id : {"gv-1", "gv-2", "gv-3"}) {
    entries.products.emplace_back().id = id;
    hits.emplace_back().category = id;
    hits.back().entry = EntryKind::product;
  }
  hits.back().near = true;
  Change change;
  change.at = *Citation::parse("ECCN 3B001.c");
  change.before = "c. Etch tools.";
  change.after = "c. Dry etch tools.";
  const auto words = render::headline_of(change, hits, entries);
  CHECK(words.en.ends_with("; and 1 more of yours"));
  CHECK(words.ja.ends_with("（ほか登録品1点）"));
  CHECK(render::headline_of(change, hits.front(), entries).en + "; and 1 more of yours" ==
        words.en);
}

TEST_CASE("a match of names is never told as identity", "[headline]") {
  Register entries;
  entries.parties.emplace_back();
  entries.parties[0].id = "kitakaze";
  entries.parties[0].names = {"Kitakaze Pump Co., Ltd."};
  Hit hit;
  hit.category = "kitakaze";
  hit.entry = EntryKind::party;
  hit.reasons.emplace_back();
  hit.reasons[0].signal = Signal::party;
  hit.reasons[0].likeness = NameLikeness::folded;
  const Headline headline = headline_of(parties().front().change, hit, entries);
  CHECK(headline.en.starts_with(
      "possible match with your partner Kitakaze Pump Co., Ltd.: added to the Entity List: "));
  CHECK(headline.ja.starts_with("登録取引先「Kitakaze Pump Co., Ltd.」と同一の可能性（要照合）："));
}

TEST_CASE("a document is told by its kind, title and days", "[headline]") {
  Item item;
  item.id = "2026-30001";
  item.rule.emplace();
  item.rule->type = DocumentType::rule;
  item.rule->action = "Interim final rule; request for comments.";
  item.rule->title = "Pumps and Their Controls";
  item.rule->effective = {Date(2026, 12, 4)};
  CHECK(headline_of(item) ==
        Headline{"interim final rule, effective December 4, 2026: Pumps and Their Controls",
                 "暫定最終規則「Pumps and Their Controls」、2026年12月4日施行"});
  item.marks = {Mark::delayed};
  CHECK(headline_of(item).en.starts_with("interim final rule, delayed to December 4, 2026"));
  item.marks = {};
  item.rule->type = DocumentType::proposed_rule;
  item.rule->action = "Proposed rule.";
  item.rule->comments_close = Date(2027, 1, 8);
  CHECK(headline_of(item) ==
        Headline{"proposed rule, no duty yet, comments close January 8, 2027: Pumps and Their "
                 "Controls",
                 "規則案「Pumps and Their Controls」、意見期限2027年1月8日"
                 "（現時点で義務は生じません）"});
}

TEST_CASE("a step of the eCFR is told by the change that has a direction", "[headline]") {
  Item item;
  item.id = "15 CFR 774@2026-09-04";
  item.changes = {wording()[6].change, limits()[0].change};
  CHECK(headline_of(item).en ==
        "gate valve(s) with switching time: limit raised from 20 to 35 ms, more is controlled "
        "(3B001.c.1.x); 1 more change");
}

TEST_CASE("a table for spreadsheets begins with a byte order mark and defuses formulas", "[csv]") {
  const DiffResult diff = test::section_diff();
  render::FeedItem item{diff.changes[0], std::nullopt, diff.before, diff.after};
  item.change.before = "=1+1";
  const std::string table = render::changes_csv({item});
  CHECK(table.starts_with("\xEF\xBB\xBF\"ecfr_date\",\"severity\","));
  CHECK(table.find(",\"'=1+1\",") != std::string::npos);
  CHECK(table.ends_with("\"\r\n"));
}
