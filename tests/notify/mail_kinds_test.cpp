// Mails beside the digest of what is new, and who is told of what.
#include "notify/delivery/digest.hpp"
#include "tests/notify/mail_samples.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using namespace regtrail::test;
using delivery::compose_digest;
using delivery::Digest;
using delivery::DigestInput;
using delivery::MailKind;
using render::Language;

// --- the other kinds -----------------------------------------------------------------------------

TEST_CASE("a quiet mail says that nothing was hit only where all of it was checked", "[mail]") {
  DigestInput in = quiet(Language::ja);
  in.kind = MailKind::quiet;
  const Digest sure = compose_digest(in);
  CHECK(sure.subject == "該当なし：EAR改正を確認済み（eCFR 9月1日版まで、連邦官報 9月1日号まで）");
  CHECK(holds(sure.text, "○ 該当なし（確認済み）"));
  CHECK(sure.hit_ids.empty());

  const auto unsure = [](DigestInput given) {
    const Digest digest = compose_digest(given);
    CHECK(!holds(digest.text, "該当なし（確認済み）"));
    CHECK(!holds(digest.subject, "該当なし"));
    return digest;
  };
  DigestInput failing = in;
  failing.status.sources[0].health = Health::failing;
  CHECK(holds(unsure(failing).text, "変更がないことを確認したものではありません"));
  DigestInput unwatched = in;
  unwatched.watches[0].reasons = {"15 CFR Part 774 is not synced"};
  unsure(unwatched);
  DigestInput unread = in;
  unread.status.sources.clear();
  CHECK(holds(unsure(unread).text, "まだどの情報源も確認していません。"));
  DigestInput held = in;
  held.held_back = {1, {"etch"}};
  CHECK(holds(unsure(held).text, "受信設定により省いた該当は1件です。"));
}

TEST_CASE("a mail about a source that fails says what cannot be said", "[mail]") {
  DigestInput in = quiet(Language::ja);
  in.kind = MailKind::trouble;
  in.status.sources[0].health = Health::failing;
  in.trouble = {
      "ecfr", parse_timestamp("2026-08-29T22:02:00Z").value(), Date(2026, 8, 27), "answered HTML"};
  const Digest digest = compose_digest(in);
  const std::string text = flat(digest.text, Language::ja);
  CHECK(digest.subject == "【要対応】eCFRを8/30から確認できていません（連邦官報は正常）");
  CHECK(holds(text, "8月30日7:02（日本時間）から、eCFRを確認できていません"));
  CHECK(holds(text, "最後に確認できたのは、2026年8月27日（木）版までです。"));
  CHECK(holds(text, "この情報源について「該当なし」とは言えません。"));
  CHECK(holds(text, "不明8月27日より後にeCFRへ反映された改正と訂正。"));
  CHECK(holds(text, "確認済み連邦官報は確認済みです（9月1日号まで）。"));
  CHECK(holds(text, "eCFR×停止"));
  CHECK(holds(text, "連邦官報○正常"));
  CHECK(!holds(text, "該当なし（確認済み）"));
}

TEST_CASE("a mail about a source that is back says what was found since", "[mail]") {
  DigestInput in = quiet(Language::en);
  in.kind = MailKind::recovered;
  in.trouble = {"ecfr", parse_timestamp("2026-08-29T22:02:00Z").value(), Date(2026, 8, 27), ""};
  const Digest none = compose_digest(in);
  CHECK(none.subject == "Repaired: eCFR is checked again, no new hit");
  CHECK(holds(flat(none.text), "what was missed since Aug 29, 22:02 (UTC) has been checked."));
  DigestInput some = input(Language::en);
  some.kind = MailKind::recovered;
  some.trouble = in.trouble;
  CHECK(compose_digest(some).subject == "Repaired: eCFR is checked again, 1 new hits");
  CHECK(compose_digest(some).hit_ids.size() == 3);
}

TEST_CASE("an item that is passed on shows nothing of the register", "[mail]") {
  for (const Language language : {Language::en, Language::ja}) {
    DigestInput in = additions(language, 3);
    Party& party = in.categories.parties.emplace_back();
    party.id = "c-0417";
    party.names = {"Own Partner Works"};
    Procedure& procedure = in.categories.procedures.emplace_back();
    procedure.id = "p";
    procedure.title = "Own Manual";
    Hit own = hit("p", "c-0417", 5, 0.9);
    own.entry = EntryKind::party;
    own.reasons = {{Signal::party,
                    "Example 001 Instruments Co., Ltd.",
                    in.changes[1].change.at.to_string(),
                    0.9,
                    "Own Partner Works",
                    std::nullopt,
                    NameLikeness::near}};
    in.changes[1].hits.push_back(own);
    const Digest digest = delivery::compose_forward(in);
    CHECK(holds(digest.text, "Example 001 Instruments"));
    for (const std::string part : {"Own Partner",
                                   "c-0417",
                                   "Own Manual",
                                   "Etchers",
                                   "エッチング",
                                   "kato",
                                   "可能性",
                                   "may be"}) {
      INFO(part);
      CHECK(!holds(digest.text, part));
      CHECK(!holds(digest.html, part));
      CHECK(!holds(digest.subject, part));
    }
    CHECK(lines_of(digest.text).size() < 40);
  }
}

// --- who is told ---------------------------------------------------------------------------------

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
