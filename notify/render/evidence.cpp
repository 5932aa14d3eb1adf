#include "notify/render/evidence.hpp"

#include "model/text.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace regtrail::render {
namespace {

struct Described {
  std::string_view file; ///< a name, or a folder with its "/"
  std::string_view en;
  std::string_view ja;
};

constexpr Described described[] = {
    {"SHA256SUMS", "the SHA-256 of every other file", "他のすべてのファイルのSHA-256"},
    {"item.txt",
     "the item: its documents, every step with its date, whom it touches and by which words",
     "この項目の内容：官報文書、各段階とその日付、該当した登録とその根拠となった語句"},
    {"item.json", "the same, for programs", "同じ内容（機械処理用）"},
    {"answers.csv",
     "a row for each answer of a source: address asked, address that answered, when it came\n"
     "first and last, how often, its SHA-256 as noted on arrival, why it was held back if it\n"
     "was, and what it was used for",
     "情報源の応答を1行ずつ：照会先のURL、応答元のURL、最初と最後の受信日時、受信回数、\n"
     "受信時に記録したSHA-256、保留した場合はその理由、用途"},
    {"answers/",
     "those answers, byte for byte as they came, and beside each the headers of every time it came",
     "その応答の原本（受信したバイト列のまま）と、受信のたびのヘッダー"},
    {"documents/",
     "the Federal Register documents and other measures as regtrail read them",
     "連邦官報の文書その他の措置（regtrailが読み取った内容）"},
    {"texts.csv",
     "a row for each text: unit, date, file, and where in which answer its bytes stand",
     "条文を1行ずつ：単位、日付、ファイル名、どの応答のどのバイト位置にあるか"},
    {"texts/",
     "the text of each changed unit before and after, whole",
     "変更のあった各単位の全文（変更前と変更後）"},
    {"redline/",
     "what changed, new words underlined and old words struck through; open in a browser",
     "変更箇所（新しい語句は下線、削られた語句は取消線）。ブラウザーで開く"},
    {"mails.csv",
     "who was told which step when, and whether the mail server took the mail",
     "誰にどの段階をいつ通知したか、メールサーバーが受け取ったか"},
    {"mails/",
     "those mails as they were written for sending",
     "そのメール（送信用に作成したまま）"},
    {"judgements.csv",
     "who judged the item relevant or not, when, and why",
     "誰がいつこの項目を関係あり・なしと判断したか、その理由"},
};

/// "  answers/          4 files; those answers, ..." with the lines below at the same column.
std::string line_of(const Described& each, std::size_t count, Language language) {
  constexpr int column = 20;
  const bool ja = language == Language::ja;
  std::string text(ja ? each.ja : each.en);
  if (each.file.ends_with('/')) {
    const std::string number = count == 0 ? (ja ? "なし" : "none")
                               : ja       ? fmt::format("{}ファイル", count)
                                          : counted(count, "file");
    text = number + (ja ? "。" : ": ") + text;
  }
  std::string out = fmt::format("  {:<{}}", each.file, column - 2);
  for (const char c : text) {
    out += c;
    if (c == '\n') {
      out.append(column, ' ');
    }
  }
  return out + '\n';
}

std::string files_of(const std::vector<std::string>& files, Language language) {
  std::string out;
  for (const Described& each : described) {
    const auto count = std::count_if(files.begin(), files.end(), [&](const std::string& name) {
      return name.starts_with(each.file);
    });
    out += line_of(each, static_cast<std::size_t>(count), language);
  }
  return out;
}

constexpr std::string_view english = R"(EVIDENCE FOR {item}
{headline}
{title}Written by {program} (its rules of reading: normaliser {reader}) from its archive, as the item stood
on {on}. Times are UTC. Nothing in this file needs regtrail: it is plain text, CSV, HTML and mail.

CONFIDENTIAL. It holds words of your firm's own: which entries of its register were hit and why, what
people judged, and whole mails, which tell of other items too. Look before you pass it on.

THE FILES
{files}
HOW TO CHECK THE HASHES
  Linux         sha256sum -c SHA256SUMS
  macOS         shasum -a 256 -c SHA256SUMS
  Windows       PowerShell: Get-FileHash answers\*; compare with SHA256SUMS
  The SHA-256 of an answer in answers.csv was noted when it came. It is that of the body, without headers,
  and must be the one in SHA256SUMS. To see that a text stands in an answer, take offset, length and the
  answer's file from its row in texts.csv (for several ranges join what each gives):
    tail -c +$((OFFSET + 1)) ANSWER | head -c LENGTH | sha256sum
  gives the sha256 of the row. Where offset is empty, the text was read from the whole answer. A row
  without a file says that the archive holds no text of the unit for that date.

WHAT IT DOES NOT SHOW
  A hash proves that bytes are the same, not who sent them: the same address can be asked again, and the
  printed Federal Register is the official edition. The eCFR is not; its dates are those of the website.
  The mails are those of the archive's outbox; "handed over" is when the mail server took one.
)";

constexpr std::string_view japanese = R"(証跡：{item}
{headline}
{title}{program}（読み取り規則：normaliser {reader}）が、{on}時点のこの項目についてアーカイブから書き出した
ものです。時刻は協定世界時（UTC）です。閲覧にregtrailは不要です（テキスト、CSV、HTML、メール形式）。

社外秘。自社の登録のうち何がなぜ該当したか、社内の判断、他の項目も載ったメール全文を含みます。
社外に渡す前に内容を確認してください。

ファイルの説明
{files}
ハッシュの確認方法
  Linux         sha256sum -c SHA256SUMS
  macOS         shasum -a 256 -c SHA256SUMS
  Windows       PowerShellで Get-FileHash answers\* を実行し、SHA256SUMSと比べる
  answers.csvのSHA-256は受信時に記録した本文（ヘッダーを除く）の値で、SHA256SUMSの値と一致します。
  条文が応答の中にあることを確かめるには、texts.csvの行から offset、length、応答のファイル名を取り、
    tail -c +$((OFFSET + 1)) ANSWER | head -c LENGTH | sha256sum
  を実行します。結果は同じ行のsha256と一致します（範囲が複数あるときは順につなげます）。offsetが空の行は、
  応答全体から読み取った条文です。ファイル名が空の行は、その日付の条文がアーカイブにないことを示します。

この資料が示さないこと
  ハッシュは内容が同一であることを示しますが、送信者を証明するものではありません。同じURLに改めて照会する
  ことができます。正式な版は印刷された連邦官報です。eCFRは正式な版ではなく、その日付はウェブサイトへの反映日です。
  メールはアーカイブの送信箱にあるものです。「handed over」はメールサーバーが受け取った時刻です。
)";

} // namespace

std::string evidence_readme(const Item& item,
                            const Register& entries,
                            const std::string& program,
                            Date on,
                            const std::vector<std::string>& files) {
  const Headline headline = headline_of(item, entries);
  const std::string title = item.rule ? item.rule->title : item.page ? item.page->title : "";
  const auto filled = [&](std::string_view form, const std::string& sentence, Language language) {
    return fmt::format(fmt::runtime(form),
                       fmt::arg("item", item.id),
                       fmt::arg("headline", one_line(sentence)),
                       fmt::arg("title", title.empty() ? "" : one_line(title) + "\n"),
                       fmt::arg("program", program),
                       fmt::arg("reader", normaliser_version),
                       fmt::arg("on", date_word(on, language)),
                       fmt::arg("files", files_of(files, language)));
  };
  return filled(english, headline.en, Language::en) + "\n\n" +
         filled(japanese, headline.ja, Language::ja);
}

} // namespace regtrail::render
