// The words of the mails: a phrase has both languages, "{}" stands for what is said in it. A
// Speaker says them in one.
#pragma once

#include "model/date.hpp"
#include "model/item.hpp"
#include "notify/render/html.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::delivery {

struct Phrase {
  std::string_view en;
  std::string_view ja;
};

class Speaker {
public:
  Speaker(render::Language language, Timestamp now);

  template<typename... Values>
  [[nodiscard]] std::string operator()(const Phrase& phrase, const Values&... values) const {
    return fmt::format(fmt::runtime(is_japanese() ? phrase.ja : phrase.en), values...);
  }

  [[nodiscard]] bool is_japanese() const { return m_language == render::Language::ja; }

  [[nodiscard]] render::Language language() const { return m_language; }

  [[nodiscard]] const std::string& operator()(const Headline& words) const {
    return is_japanese() ? words.ja : words.en;
  }

  [[nodiscard]] std::string place(const Citation& at) const;

  /// The reader's day.
  [[nodiscard]] Date today() const;

  /// "Nov 20", "11月20日"; with the year where it is not today's.
  [[nodiscard]] std::string day(Date day) const;

  /// "Friday, November 20, 2026", "2026年11月20日（金）".
  [[nodiscard]] std::string weekday(Date day) const;

  /// "Fri Nov 20", "11月20日（金）", with the year where it is not today's.
  [[nodiscard]] std::string short_weekday(Date day) const;

  /// "Nov 20", "11/20", for a subject.
  [[nodiscard]] std::string slashed(Date day) const;

  /// "Dec 3, 09:10 (UTC)", "12月3日 9:10（日本時間）".
  [[nodiscard]] std::string instant(Timestamp when) const;

  [[nodiscard]] std::string list(const std::vector<std::string>& parts) const;

  /// The first `shown` and how many more there are.
  [[nodiscard]] std::string first_of(std::vector<std::string> parts, std::size_t shown) const;

  /// At most `columns` wide, with "…" where something was cut: between words, of Japanese between
  /// characters.
  [[nodiscard]] std::string cut(const std::string& text, int columns) const;

  /// With a capital at the beginning of an English sentence.
  [[nodiscard]] std::string capital(std::string text) const;

  /// Sentences one behind the other.
  [[nodiscard]] std::string sentences(const std::vector<std::string>& parts) const;

private:
  [[nodiscard]] std::chrono::hours offset() const;

  render::Language m_language;
  Timestamp m_now;
};

/// "Critical", "重大".
[[nodiscard]] std::string severity_label(int severity, render::Language language);

// --- names of things -----------------------------------------------------------------------------

namespace say {

inline constexpr Phrase name{"EAR changes", "EAR改正のお知らせ"};
inline constexpr Phrase name_quiet{"EAR: all clear", "EAR改正の確認"};
inline constexpr Phrase name_trouble{"Checking stopped", "確認停止のお知らせ"};
inline constexpr Phrase name_recovered{"Checking repaired", "確認再開のお知らせ"};
inline constexpr Phrase name_forward{"EAR change", "EAR改正の連絡"};
inline constexpr Phrase comma{", ", "、"};
inline constexpr Phrase dot{" · ", "・"};
inline constexpr Phrase colon{": ", "："};
inline constexpr Phrase bracketed{"{} ({})", "{}（{}）"};
inline constexpr Phrase more{"{} more", "ほか{}件"};

// Verdict, and what was compared.
inline constexpr Phrase verdict_critical{"{} critical {}", "重大な改正が{}件あります"};
inline constexpr Phrase verdict{"{} {} your entries", "登録内容に関わる改正が{}件あります"};
inline constexpr Phrase compared{"Checked against your {}.", "{}と照合しました。"};
inline constexpr Phrase since{"What is new since the mail of {}.",
                              "前回（{}）のメールより後の分です。"};
inline constexpr Phrase first_mail{"The first mail: what the archive holds of the last 365 days.",
                                   "最初のメールのため、過去365日分を含みます。"};
inline constexpr Phrase groups{"{} product groups", "登録製品群{}"};
inline constexpr Phrase products{"{} products", "登録品{}点"};
inline constexpr Phrase parties{"{} trading partners", "登録取引先{}社"};
inline constexpr Phrase procedures{"{} procedures", "社内手順書{}件"};
inline constexpr Phrase destinations{"{} destinations", "仕向地{}"};
inline constexpr Phrase watches{"{} watches", "監視項目{}件"};
inline constexpr Phrase unwatched{"{} of them could not be checked in full (below).",
                                  "うち{}件は確認できていない部分があります（下記）。"};
inline constexpr Phrase rest_below{"{} more items are listed below.",
                                   "このほか該当{}件は下記の一覧にあります。"};
inline constexpr Phrase known_subject{"EAR: {} steps as announced, nothing new to you",
                                      "EAR改正：お知らせ済みの内容どおりの進展{}件"};
inline constexpr Phrase known_title{"{} steps as announced, nothing new to you",
                                    "お知らせ済みの内容どおりの進展が{}件あります"};
inline constexpr Phrase below{"{} other changes touch none of your entries (below).",
                              "このほか、登録内容に関わらない改正が{}件（下記）。"};
inline constexpr Phrase dates_below{"Dates in the next 90 days: {}.", "今後90日の期日は{}件です。"};

// Standing of an item.
inline constexpr Phrase tightened{"Tightened", "規制強化"};
inline constexpr Phrase loosened{"Loosened", "規制緩和"};
inline constexpr Phrase both_ways{"Tightened and loosened", "強化と緩和"};
inline constexpr Phrase in_force_since{"in force since {}", "{}施行済み"};
inline constexpr Phrase in_force_from{"in force from {}", "{}施行"};
inline constexpr Phrase in_steps{"in force in steps from {}", "{}から順次施行"};
inline constexpr Phrase proposed_to{"proposed rule, comments to {}", "規則案・意見募集 {}まで"};
inline constexpr Phrase proposed{"proposed rule", "規則案"};
inline constexpr Phrase filed{"filed, not yet published", "公開閲覧（掲載前）"};
inline constexpr Phrase codified_on{"in the eCFR since {}", "{}eCFR反映"};
inline constexpr Phrase delayed{"delayed", "施行延期"};
inline constexpr Phrase withdrawn{"withdrawn", "撤回"};
inline constexpr Phrase stayed{"stayed", "適用停止"};
inline constexpr Phrase corrected{"corrected", "訂正"};
inline constexpr Phrase not_enforced{"announced, not enforced", "執行停止を公表（条文は有効）"};
inline constexpr Phrase page_changed{"page changed", "ページ更新"};
inline constexpr Phrase published_on{"published {}", "官報掲載 {}"};
inline constexpr Phrase filed_on{"filed {}", "公開閲覧 {}"};

// Headlines.
inline constexpr Phrase party_added{"A company that may be your partner was added to {}",
                                    "取引先と同一の可能性がある会社が、{}に追加されました"};
inline constexpr Phrase party_removed{"A company that may be your partner was removed from {}",
                                      "取引先と同一の可能性がある会社が、{}から削除されました"};
inline constexpr Phrase party_revised{
    "The entry of a company that may be your partner changed on {}",
    "取引先と同一の可能性がある会社の記載が、{}で変更されました"};
inline constexpr Phrase party_will{"A company that may be your partner is to be added to {}",
                                   "取引先と同一の可能性がある会社が、{}に追加されます"};
inline constexpr Phrase party_named{"A document names a company that may be your partner",
                                    "取引先と同一の可能性がある会社が、官報文書に記載されました"};
inline constexpr Phrase party_brief_added{"Possible match: partner {} and {}",
                                          "取引先 {} と同一の可能性：{}に追加"};
inline constexpr Phrase party_brief_removed{"Possible match: partner {}, removed from {}",
                                            "取引先 {} と同一の可能性：{}から削除"};
inline constexpr Phrase party_brief_revised{"Possible match: partner {}, entry changed on {}",
                                            "取引先 {} と同一の可能性：{}の記載変更"};
inline constexpr Phrase party_brief_named{"Possible match: partner {}", "取引先 {} と同一の可能性"};
inline constexpr Phrase party_subject_added{"possible partner match, addition to {}",
                                            "取引先と同一の可能性：{}に追加"};
inline constexpr Phrase party_subject_removed{"possible partner match, removal from {}",
                                              "取引先と同一の可能性：{}から削除"};
inline constexpr Phrase party_subject_revised{"possible partner match, changed entry on {}",
                                              "取引先と同一の可能性：{}の記載変更"};
inline constexpr Phrase party_subject_named{"possible partner match", "取引先と同一の可能性"};
inline constexpr Phrase inside_from{"From {}, your product {} is within the limits of {}",
                                    "{}から、登録品 {} が{}のしきい値の範囲に入ります"};
inline constexpr Phrase inside_since{"Since {}, your product {} is within the limits of {}",
                                     "{}から、登録品 {} が{}のしきい値の範囲に入っています"};
inline constexpr Phrase inside_now{"Your product {} is now within the limits of {}",
                                   "登録品 {} が{}のしきい値の範囲に入りました"};
inline constexpr Phrase outside_from{"From {}, your product {} is outside the limits of {}",
                                     "{}から、登録品 {} が{}のしきい値の範囲から外れます"};
inline constexpr Phrase outside_now{"Your product {} is now outside the limits of {}",
                                    "登録品 {} が{}のしきい値の範囲から外れました"};
inline constexpr Phrase inside_brief{"Your product {} comes within the limits of {}",
                                     "登録品 {} が、{}のしきい値の範囲内に"};
inline constexpr Phrase outside_brief{"Your product {} leaves the limits of {}",
                                      "登録品 {} が、{}のしきい値の範囲外に"};
inline constexpr Phrase struck{"An exclusion is gone: {}", "{}の適用除外がなくなりました"};
inline constexpr Phrase parties_came{"{} parties were added to {}", "{1}に{0}者が追加されました"};
inline constexpr Phrase parties_went{"{} parties were removed from {}",
                                     "{1}から{0}者が削除されました"};
inline constexpr Phrase parties_both{"{0} parties were added to {2}, {1} removed",
                                     "{2}に{0}者が追加され、{1}者が削除されました"};
inline constexpr Phrase parties_brief_came{"{} additions to {}", "{1}に{0}者を追加"};
inline constexpr Phrase parties_brief_went{"{} removals from {}", "{1}から{0}者を削除"};
inline constexpr Phrase parties_brief_both{"{2}: {0} additions, {1} removals",
                                           "{2}に{0}者を追加、{1}者を削除"};
inline constexpr Phrase delayed_to{"{} takes effect later: on {}", "{}の施行が{}に延期されました"};
inline constexpr Phrase delayed_open{"{} is delayed, no new date is given",
                                     "{}の施行が延期されました（新しい施行日の記載なし）"};
inline constexpr Phrase delayed_brief{"Delayed to {1}: {0}", "{}、施行を{}に延期"};
inline constexpr Phrase delayed_open_brief{"Delayed: {}", "{}、施行を延期"};
inline constexpr Phrase step_headline{"{1}: {0}", "{1}：{0}"};
inline constexpr Phrase title_quoted{"“{}”", "「{}」"};
inline constexpr Phrase and_places{"{}, and {}", "{}、ほか{}"};
inline constexpr Phrase more_one_place{"1 more place", "1項"};
inline constexpr Phrase more_many_places{"{} more places", "{}項"};

// Leads.
inline constexpr Phrase lead_rule{"{} “{}”.", "{}「{}」による改正です。"};
inline constexpr Phrase lead_document{"{} “{}”.", "{}「{}」です。"};
inline constexpr Phrase lead_cited{"Changed by the rule at {}, as the note in the Code says.",
                                   "条文の注記によれば、{}の規則による改正です。"};
inline constexpr Phrase lead_unknown{"No Federal Register document could be found for this change.",
                                     "根拠となる官報文書を特定できませんでした。"};
inline constexpr Phrase lead_no_duty{"No duty arises now.", "現時点で義務は生じません。"};
inline constexpr Phrase lead_told{"It was reported before; {}.",
                                  "以前お知らせした規則の続報です（{}）。"};
inline constexpr Phrase lead_exclusion{
    "Text was removed, but it was an exclusion: the control is tighter.",
    "条文は削除ですが、除外規定の削除であるため規制強化です。"};
inline constexpr Phrase lead_party{
    "Of the {} parties, {} may be yours. Whether it is the same is for "
    "you to check.",
    "{}者のうち{}者に、登録取引先と似た記載があります。同一かどうか"
    "は、貴社での照合が必要です。"};
inline constexpr Phrase lead_one_party{"Whether it is the same company is for you to check.",
                                       "同一かどうかは、貴社での照合が必要です。"};
inline constexpr Phrase lead_products{"Of your {} products, {} come within the limits.",
                                      "登録品{}点のうち、新たに範囲に入るのは{}点です。"};

// Labels of what an item says.
inline constexpr Phrase what_changed{"What changed", "変更内容"};
inline constexpr Phrase what_changes{"What changes", "変更内容（施行前）"};
inline constexpr Phrase what_is_proposed{"What is proposed", "案の内容"};
inline constexpr Phrase before{"old", "旧"};
inline constexpr Phrase after{"new", "新"};
inline constexpr Phrase also_at{"also at {}", "同じ変更：{}"};
inline constexpr Phrase more_places{"{} more places: {}", "ほか{}項：{}"};
inline constexpr Phrase your_products{"Products", "登録品"};
inline constexpr Phrase your_parties{"Partners", "登録取引先"};
inline constexpr Phrase your_procedures{"Procedures", "社内手順書"};
inline constexpr Phrase your_destinations{"Destinations", "仕向地"};
inline constexpr Phrase your_groups{"Groups", "対象"};
inline constexpr Phrase your_watches{"Watches", "監視項目"};
inline constexpr Phrase effective_day{"In force", "施行日"};
inline constexpr Phrase published_day{"Published", "官報掲載日"};
inline constexpr Phrase codified_day{"In the eCFR", "eCFR反映日"};
inline constexpr Phrase news{"News", "今回の動き"};
inline constexpr Phrase home_made{"Made in {}", "{}製の品目"};
inline constexpr Phrase home_made_footnote{
    "can be caught by the foreign direct product rule ({}), which the entry names",
    "掲載欄が外国直接製品ルール（FDPR、{}）を挙げており、米国外で製造した品目も対象になり得ます"};
inline constexpr Phrase home_named{"{}: the place names the home country",
                                   "{}：条文が自国を挙げています"};
inline constexpr Phrase related{"See also", "関連"};
inline constexpr Phrase requirement{"License", "許可要件"};
inline constexpr Phrase policy{"Review", "審査方針"};
inline constexpr Phrase all_items{"required for all items subject to the EAR",
                                  "EAR対象品目すべてに輸出許可が必要"};
inline constexpr Phrase checks{"What to check next", "次に確認すること"};
inline constexpr Phrase ask_party{
    "Hold shipments, technology and spare parts for {} until the "
    "comparison is done?",
    "照合が終わるまで、{} 向けの出荷、技術提供、保守部品の手配を保留するか"};
inline constexpr Phrase ask_party_names{"Do name in the local language, address and registration "
                                        "number agree?",
                                        "現地語の社名、所在地、登記番号の照合"};
inline constexpr Phrase ask_product{"Is the classification of {} and its variants still right?",
                                    "{} と派生品のECCN判定の見直し"};
inline constexpr Phrase ask_orders{"Orders that ship on or after {}: is a license needed?",
                                   "{}以降に出荷する受注残と、許可申請の要否"};
inline constexpr Phrase ask_orders_now{"Open orders: is a license needed?",
                                       "受注残と、許可申請の要否"};
inline constexpr Phrase ask_exclusion{"Which cases were released on the strength of {}?",
                                      "{}の除外を根拠に「許可不要」とした案件"};
inline constexpr Phrase ask_procedure{"Does “{}” still say what the law says?",
                                      "「{}」の記載の見直し"};
inline constexpr Phrase ask_proposal{"Does it concern products, and is a comment called for?",
                                     "登録品への影響と、意見提出の要否（社内・業界団体）"};
inline constexpr Phrase ask_delay{"Which notices, systems and letters name the old date?",
                                  "旧い施行日を前提とした社内通知、システム設定、顧客への案内"};
inline constexpr Phrase ask_group{"Do goods of the groups above fall under the changed places?",
                                  "対象の品目に、変更された条項に当たるものがないか"};
inline constexpr Phrase ask_parties{
    "Are they customers, consignees or suppliers that are not "
    "registered as partners?",
    "登録していない取引先、需要者、仕入先に、掲載された者がいないか"};
inline constexpr Phrase ask_exception{"Which shipments rely on the exception that changed?",
                                      "変更された許可例外を使っている案件"};
inline constexpr Phrase ask_unread{"{} instructions could not be read or compared: do they concern "
                                   "you? (text in the Federal Register)",
                                   "読み取れなかった、または条文と照合できなかった改正指示{}"
                                   "件と登録内容との関係（原文：連邦官報）"};
inline constexpr Phrase ask_unread_one{"One instruction could not be read or compared: does it "
                                       "concern you? (text in the Federal Register)",
                                       "読み取れなかった、または条文と照合できなかった改正指示1件と"
                                       "登録内容との関係（原文：連邦官報）"};
inline constexpr Phrase text_missing{"The text of {} could not be read yet.",
                                     "{}の本文はまだ読み取れていません。"};

// Parties.
inline constexpr Phrase your_record{"Your record {}", "貴社の登録 {}"};
inline constexpr Phrase the_list{"The list", "リストの記載"};
inline constexpr Phrase party_name{"Name", "社名"};
inline constexpr Phrase party_names{"Name and aliases", "社名と別名"};
inline constexpr Phrase party_address{"Address", "所在地"};
inline constexpr Phrase party_aliases{"a.k.a. {}", "a.k.a. {}"};
inline constexpr Phrase equals_name{"＝ equals the name", "＝ 社名と一致"};
inline constexpr Phrase equals_alias{"＝ equals an alias", "＝ 別名と一致"};
inline constexpr Phrase but_for_form{" (apart from legal form, case and punctuation)",
                                     "（法人格・記号などの表記を除く）"};
inline constexpr Phrase near_name{"≒ in part: {} letters differ", "≒ 一部一致、{}文字が異なる"};
inline constexpr Phrase near_order{"≒ in part: the words stand in another order",
                                   "≒ 一部一致、語順が異なる"};
inline constexpr Phrase like_address{"≒ an address like the registered one",
                                     "≒ 登録の所在地と似た記載"};
inline constexpr Phrase like_owner{"≒ the name of a registered owner",
                                   "≒ 登録の所有者名と似た記載"};
inline constexpr Phrase parties_added{"The {} additions", "追加された{}者の内訳"};
inline constexpr Phrase parties_removed{"The {} removals", "削除された{}者の内訳"};
inline constexpr Phrase parties_changed{"{} additions and removals", "追加・削除された{}者の内訳"};
inline constexpr Phrase country{"Country", "国・地域"};
inline constexpr Phrase added{"Added", "追加"};
inline constexpr Phrase removed{"Removed", "削除"};
inline constexpr Phrase footnoted{"with footnote {}", "うち脚注{}"};
inline constexpr Phrase footnoted_any{"with a footnote", "うち脚注あり"};
inline constexpr Phrase total{"Total", "計"};
inline constexpr Phrase policies{"Review policy: {}.", "審査方針は{}。"};
inline constexpr Phrase policy_count{"{} {}", "{}{}者"};
inline constexpr Phrase csv_attached{"All {} are in the attached CSV.",
                                     "全{}者は添付CSVにあります。"};
inline constexpr Phrase no_identity{"A comparison of names, not a finding of identity.",
                                    "社名の照合であり、同一性の判定ではありません。"};
inline constexpr Phrase no_classification{"A comparison of numbers, not a classification.",
                                          "数値の比較であり、該非判定ではありません。"};
inline constexpr Phrase product_and_limit{"Your product {} and the limit of {}",
                                          "登録品 {} と {} のしきい値"};
inline constexpr Phrase was_outside{"Was outside", "従前 対象外"};
inline constexpr Phrase now_within{"now within", "今回 対象"};
inline constexpr Phrase was_within{"Was within", "従前 対象"};
inline constexpr Phrase now_outside{"now outside", "今回 対象外"};
inline constexpr Phrase still_within{"still within", "引き続き対象"};
inline constexpr Phrase still_outside{"still outside", "引き続き対象外"};
inline constexpr Phrase neighbour{"{} holds it already.", "{}では従前から対象です。"};

// Links and evidence.
inline constexpr Phrase link_fr{"Federal Register {}", "連邦官報 {}"};
inline constexpr Phrase link_compare{"Compare {} (eCFR)", "新旧を比較 {}（eCFR）"};
inline constexpr Phrase link_current{"Current {} (eCFR)", "現行条文 {}（eCFR）"};
inline constexpr Phrase link_docket{"Docket {}", "意見の提出先 {}"};
inline constexpr Phrase link_page{"The page", "ページを開く"};
inline constexpr Phrase link_own{"This item", "この項目のページ"};
inline constexpr Phrase link_document{"The document", "文書を開く"};
inline constexpr Phrase basis{"Basis: {}.", "根拠：{}。"};
inline constexpr Phrase basis_instruction{"instruction {} of the rule names the place",
                                          "官報の改正指示 {} が該当箇所を名指し"};
inline constexpr Phrase basis_text{"the text printed in the Federal Register is that of the eCFR",
                                   "官報に印刷された新条文とeCFRの条文が一致"};
inline constexpr Phrase basis_cita{"the note in the eCFR cites {}", "eCFRの注記が{}を引用"};
inline constexpr Phrase basis_not_held{"the document itself is not in the archive",
                                       "官報文書そのものは未取得"};
inline constexpr Phrase certain{"certain", "確実"};
inline constexpr Phrase likely{"likely", "おそらく"};
inline constexpr Phrase to_check{"to be checked", "要確認"};
inline constexpr Phrase not_codified{"Not yet in the eCFR.", "eCFRには未反映。"};
inline constexpr Phrase why{"Why you got this: {}.", "この項目が届いた理由：{}。"};
inline constexpr Phrase why_entry{"{} by {}", "{}（{}）"};

// What follows the items.
inline constexpr Phrase rest{"{} more items", "そのほかの該当{}件"};
inline constexpr Phrase others{"{} other EAR changes (none touches your entries)",
                               "そのほかのEAR改正{}件（登録内容に該当なし）"};
inline constexpr Phrase others_one{"One other EAR change (it touches none of your entries)",
                                   "そのほかのEAR改正1件（登録内容に該当なし）"};
inline constexpr Phrase others_mixed{
    "{} other EAR changes (as announced, or touching no entry)",
    "そのほかのEAR改正{}件（お知らせ済みの内容どおり、または登録内容に該当なし）"};
inline constexpr Phrase others_more{"and {} more, older ones", "ほか{}件（これより古いもの）"};
inline constexpr Phrase without_news{"as announced", "お知らせ済みの内容どおり"};
inline constexpr Phrase unknown_rule{"no Federal Register document found",
                                     "根拠となる官報文書を特定できず"};
inline constexpr Phrase dates{"Dates and deadlines ahead (90 days, to {})",
                              "今後90日の期日（{}まで）"};
inline constexpr Phrase dates_none{"The archive was asked and holds none.",
                                   "アーカイブを照会し、該当する期日はありませんでした。"};
inline constexpr Phrase dates_unknown{"The Federal Register was not read: its dates are not known.",
                                      "連邦官報を確認していないため、官報が定める期日は不明です。"};
inline constexpr Phrase item_number{"item {}", "項目{}"};
inline constexpr Phrase checked{"What was checked", "確認した範囲"};
inline constexpr Phrase checked_to{"issue of {}", "{}版まで"};
inline constexpr Phrase checked_to_fr{"issue of {}", "{}号まで"};
inline constexpr Phrase parts_of{"15 CFR parts {}", "15 CFR {}部"};
inline constexpr Phrase range_of{"{}, {}", "{}、{}"};
inline constexpr Phrase issue_ecfr{"the issue of {}", "{}版"};
inline constexpr Phrase issue_fr{"the issue of {}", "{}号"};
inline constexpr Phrase last_read{"last read {}", "最終確認 {}"};
inline constexpr Phrase source_fails{
    "× Not read without trouble at the last try: nothing can be "
    "said of later changes.",
    "× 直近の確認に問題がありました。それ以降の変更については何も言えません。"};
inline constexpr Phrase never_checked{"No source was read yet.",
                                      "まだどの情報源も確認していません。"};
inline constexpr Phrase no_hit{"No hit", "該当なし"};
inline constexpr Phrase held_back{"Left out", "省略"};
inline constexpr Phrase held_back_count{"Hits left out by your own filter: {}",
                                        "受信設定により省いた該当：{}件"};
inline constexpr Phrase held_back_for{"{} (they concern: {})", "{}（関係する登録：{}）"};
inline constexpr Phrase cosmetic{"Changes of typography only: {}", "表記のみの変更：{}か所"};
inline constexpr Phrase not_watched{"Not checked", "未確認"};
inline constexpr Phrase not_watched_of{"{} ({} of your entries: {})", "{}（関係する登録{}件：{}）"};
inline constexpr Phrase parts_not_held{"parts that are not synced: {}", "取り込んでいない部：{}"};
inline constexpr Phrase parts_not_read{"parts without a text yet: {}", "条文が未取得の部：{}"};
inline constexpr Phrase never_read{"never read: {}", "一度も確認していない情報源：{}"};
inline constexpr Phrase reading_fails{"failing: {}", "確認に失敗している情報源：{}"};
inline constexpr Phrase read_last{"not read of late: {}", "最近確認できていない情報源：{}"};
inline constexpr Phrase watch_disabled{"watches that are switched off", "無効にしてある監視項目"};
inline constexpr Phrase watch_never_asked{"watches that were never asked",
                                          "まだ照会していない監視項目"};
inline constexpr Phrase watch_asked_last{"watches that were not asked of late",
                                         "最近照会できていない監視項目"};
inline constexpr Phrase host_missing{"sites that may not be read: {}",
                                     "読み取りを許可していないサイト：{}"};
inline constexpr Phrase watch_lacking{"a watch that they need is off or was not asked",
                                      "必要な監視項目が無効または未照会"};
inline constexpr Phrase not_read{"Not read", "読取不可"};
inline constexpr Phrase not_read_places{
    "{} places could not be read; whether they concern you is not "
    "known: {}",
    "{}か所を読み取れず、登録内容との関係は不明：{}"};
inline constexpr Phrase not_read_instructions{"{} amendatory instructions of documents held",
                                              "取得済み文書の改正指示{}件"};
inline constexpr Phrase held_answers{"{} answers of sources are held back as doubtful",
                                     "疑わしいため保留した情報源の応答：{}件"};
inline constexpr Phrase missing_text{"Text missing", "本文未入手"};
inline constexpr Phrase taken_off{"Withdrawn", "取り下げ"};
inline constexpr Phrase taken_off_filing{"taken off public inspection, not published: {}",
                                         "公開閲覧から取り下げ（官報には未掲載）：{}"};
inline constexpr Phrase sent_to{"Sent to: {}", "宛先：{}"};
inline constexpr Phrase disclaimer{
    "The English text of the law prevails. This mail is neither legal "
    "advice nor a classification.",
    "英語の原文が正です。このメールは法的助言でも該非判定でもありません。"};
inline constexpr Phrase all_dates{"All dates", "期日一覧"};

// Sources.
inline constexpr Phrase watched_pages{"Watched pages", "監視ページ"};
inline constexpr Phrase ecfr{"eCFR", "eCFR"};
inline constexpr Phrase federal_register{"Federal Register", "連邦官報"};
inline constexpr Phrase ecfr_holds{"the text in force", "条文（施行済みの改正）"};
inline constexpr Phrase federal_register_holds{"rules, proposed rules, notices",
                                               "規則・規則案・告示"};
inline constexpr Phrase up{"○ up", "○ 正常"};
inline constexpr Phrase down{"× down", "× 停止"};
inline constexpr Phrase late{"△ late", "△ 遅延"};
inline constexpr Phrase sources{"State of the sources", "情報源の状態"};

// Subjects and verdicts of the other kinds.
inline constexpr Phrase subject{"{}: {}{}{}", "【{}】{}{}{}"};
inline constexpr Phrase subject_in_force{" (in force {})", "（{}施行）"};
inline constexpr Phrase subject_comments{" (comments to {})", "（意見期限{}）"};
inline constexpr Phrase subject_more{", {} more", "ほか{}件"};
inline constexpr Phrase quiet_subject{"No hit: EAR changes checked ({})",
                                      "該当なし：EAR改正を確認済み（{}）"};
inline constexpr Phrase quiet_title{"No change touches your products or partners",
                                    "登録内容に関わる改正はありませんでした"};
inline constexpr Phrase quiet_head{"○ No hit, checked", "○ 該当なし（確認済み）"};
inline constexpr Phrase quiet_unsure_subject{
    "EAR: no hit found, but not everything was checked",
    "EAR改正：該当は見つかっていません（未確認の範囲あり）"};
inline constexpr Phrase quiet_unsure_title{
    "No hit was found, but not everything could be checked",
    "該当は見つかっていませんが、確認できていない範囲があります"};
inline constexpr Phrase quiet_unsure{"This is not a statement that nothing changed (see below).",
                                     "変更がないことを確認したものではありません（下記）。"};
inline constexpr Phrase quiet_held_title{"Only hits that your own filter leaves out",
                                         "受信設定により省いた該当だけがありました"};
inline constexpr Phrase quiet_held{"{} hits lie below your filter.",
                                   "受信設定により省いた該当は{}件です。"};
inline constexpr Phrase trouble_subject{"Action: {} not checked since {}",
                                        "【要対応】{}を{}から確認できていません"};
inline constexpr Phrase trouble_rest_fine{" ({} is fine)", "（{}は正常）"};
inline constexpr Phrase trouble_title{"{} has not been checked since {}",
                                      "{1}から、{0}を確認できていません"};
inline constexpr Phrase trouble_last{"Last read without trouble: to {}.",
                                     "最後に確認できたのは、{}までです。"};
inline constexpr Phrase trouble_head{"■ Checks of the {} are down", "■ {}の確認が停止中"};
inline constexpr Phrase trouble_note{
    "Until this is repaired, we cannot say “no hit” for it.",
    "復旧するまで、この情報源について「該当なし」とは言えません。"};
inline constexpr Phrase known_unknown{"What is not known, what is known",
                                      "分からないこと、分かっていること"};
inline constexpr Phrase not_known{"Not known", "不明"};
inline constexpr Phrase known{"Known", "確認済み"};
inline constexpr Phrase not_known_ecfr{
    "Amendments and corrections put into the eCFR after {}; whether "
    "rules already reported were put in as published.",
    "{}より後にeCFRへ反映された改正と訂正。すでにお知らせした規則が、官報どおり反映されたか。"};
inline constexpr Phrase not_known_fr{"Rules, proposed rules and notices published after {}.",
                                     "{}より後に官報に掲載された規則、規則案、告示。"};
inline constexpr Phrase known_to{"{} is checked: {}.", "{}は確認済みです（{}）。"};
inline constexpr Phrase to_do{"What to do", "お願いしたいこと"};
inline constexpr Phrase for_officers{"Export control", "輸出管理部"};
inline constexpr Phrase for_administrators{"System administrator", "システム管理者"};
inline constexpr Phrase read_law{
    "For urgent releases, read the text itself in the eCFR (15 CFR "
    "730-774)?",
    "急ぎの出荷判断では、eCFR（15 CFR 730～774部）の該当条文を直接確認"};
inline constexpr Phrase read_list{
    "For parties, is the Consolidated Screening List a second source?",
    "掲載者は、米国政府の統合スクリーニングリストでも確認可"};
inline constexpr Phrase read_fr{"For new rules, look at the Federal Register itself?",
                                "新しい規則は、連邦官報を直接確認"};
inline constexpr Phrase ask_administrator{
    "What does “regtrail status” say of the source? Did proxy or "
    "outgoing address change?",
    "「regtrail status」の表示の確認、プロキシや接続元アドレスの変更の有無"};
inline constexpr Phrase last_failure{"Last failure: {}", "直近の失敗の記録（原文）：{}"};
inline constexpr Phrase retried{
    "It is tried again at every run. When it works, everything missed is "
    "checked and reported.",
    "実行のたびに自動で再試行します。復旧したら、停止中の分をまとめて照合し、結果をお知らせします"
    "。"};
inline constexpr Phrase recovered_subject{"Repaired: {} is checked again, {}",
                                          "復旧：{}の確認を再開、{}"};
inline constexpr Phrase recovered_hits{"{} new hits", "新たな該当{}件"};
inline constexpr Phrase recovered_none{"no new hit", "新たな該当0件"};
inline constexpr Phrase recovered_text{
    "Checks of the {} were resumed; what was missed since {} has been "
    "checked.",
    "{}の確認を再開し、停止中（{}から）の変更を照合しました。"};
inline constexpr Phrase recovered_range{"Checked to: {}.", "確認済みの範囲：{}。"};
inline constexpr Phrase recovered_next{"The next mail comes as usual.", "次回は通常どおりです。"};

} // namespace say

} // namespace regtrail::delivery
