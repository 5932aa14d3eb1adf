#include "notify/delivery/digest_internal.hpp"

namespace regtrail::delivery {

namespace {

constexpr Phrases english{
    .unknown = "unknown",
    .none = "none",
    .before = "before",
    .after = "after",
    .places = "places",
    .effective = "effective",
    .published = "published",
    .comments = "comments close",
    .compliance = "compliance",
    .editions = "eCFR issues compared",
    .scope = "touches",
    .licensing = "license requirement",
    .source = "source",
    .confidence = "confidence",
    .codified = "codified in the CFR",
    .nothing = "Nothing changed that touches your categories. All sources below were checked.",
    .nothing_known = "No change was found, but a source is in trouble (below): this is not a "
                     "statement that nothing changed.",
    .and_others = " and more",
    .deadlines = "deadlines ahead",
    .checked = "sources checked",
    .never_checked = "no source was checked yet",
    .through = "complete through {}",
    .checked_at = "checked {}",
    .trouble = "in trouble",
    .cosmetic = "{} editorial changes left out",
    .not_understood = "{} places not understood",
    .quarantined = "{} answers quarantined",
    .withdrawn = "taken off public inspection, not published",
    .missing_text = "text not yet available",
    .more = "and {} more",
    .without_hit = "categories without a hit (checked)",
    .cut = "cut; the whole text: regtrail diff \"{}\"",
    .list_separator = ", ",
    .colon = ": ",
    .documents = "Documents",
    .station = "stands at",
    .changes_shown = "{} places in the eCFR",
    .check = "to be checked",
};

constexpr Phrases japanese{
    .unknown = "未確認",
    .none = "なし",
    .before = "旧",
    .after = "新",
    .places = "箇所",
    .effective = "施行日",
    .published = "官報掲載日（連邦官報）",
    .comments = "意見募集期限",
    .compliance = "遵守期限",
    .editions = "比較した電子版連邦規則集（eCFR）",
    .scope = "対象",
    .licensing = "許可要件",
    .source = "出典",
    .confidence = "確度",
    .codified = "連邦規則集に反映済み",
    .nothing = "貴社の登録分野に関わる変更はありません。下記の情報源をすべて確認しました。",
    .nothing_known = "変更は見つかりませんでしたが、情報源に問題があります（下記）。"
                     "変更がないことを確認したものではありません。",
    .and_others = "ほか",
    .deadlines = "今後の期限",
    .checked = "確認した情報源",
    .never_checked = "確認した情報源はまだありません",
    .through = "{}まで",
    .checked_at = "確認 {}",
    .trouble = "問題あり",
    .cosmetic = "編集上の変更 {}件は省略",
    .not_understood = "読み取れなかった箇所 {}件",
    .quarantined = "隔離した応答 {}件",
    .withdrawn = "公開縦覧から取り下げ（未公布）",
    .missing_text = "本文未入手の文書",
    .more = "ほか{}件",
    .without_hit = "該当なしの分野（確認済み）",
    .cut = "以下略。全文: regtrail diff \"{}\"",
    .list_separator = "、",
    .colon = "：",
    .documents = "文書",
    .station = "現在の段階",
    .changes_shown = "電子版連邦規則集（eCFR）の{}箇所",
    .check = "要確認",
};

} // namespace

const Phrases& phrases(render::Language language) {
  return language == render::Language::ja ? japanese : english;
}

} // namespace regtrail::delivery
