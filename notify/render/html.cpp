#include "notify/render/html.hpp"

#include "model/text.hpp"
#include "notify/render/html_internal.hpp"
#include "notify/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::render {

namespace {

constexpr int context_words = 40;
constexpr std::size_t typed_longest = 200;

constexpr std::string_view style_sheet = R"css(
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6570;--paper:#fff;--line:#d5dae0;--head:#f4f6f8;
--add-ink:#0a5a20;--add:#dcf5e1;--del-ink:#8f1d17;--del:#fbe3e1}
@media (prefers-color-scheme:dark){:root{--ink:#e4e7ea;--soft:#9aa4ae;--paper:#14171a;--line:#363c43;
--head:#1e2226;--add-ink:#8fe3a4;--add:#123a1d;--del-ink:#ffb0a9;--del:#4a1c19}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere;
font:16px/1.6 system-ui,"Segoe UI","Hiragino Sans","Yu Gothic UI","Meiryo","Noto Sans CJK JP",sans-serif}
main{max-width:64rem;margin:0 auto;padding:1.25rem 1rem 3rem}
h1{font-size:1.35rem;line-height:1.35;margin:0 0 .25rem}
h2{font-size:1rem;margin:0;display:inline}
p{margin:.4rem 0}
.when,.soft{color:var(--soft)}.when{white-space:pre-wrap}
.change{border-top:1px solid var(--line);padding:.9rem 0}
.kind{margin-left:.6rem}
.text{white-space:pre-line;margin:.5rem 0;padding-left:.9rem;border-left:3px solid var(--line)}
ins{color:var(--add-ink);background:var(--add);text-decoration:underline}
del{color:var(--del-ink);background:var(--del);text-decoration:line-through}
.closing{border-top:1px solid var(--line);margin-top:.5rem;padding-top:.75rem;font-size:.9rem}
table{width:100%;border-collapse:collapse;table-layout:fixed;margin-top:1rem}
col.remark{width:22%}
th,td{border:1px solid var(--line);padding:.5rem .65rem;text-align:left;vertical-align:top}
thead th,.place{background:var(--head)}
.place{font-weight:600}
.place .soft{font-weight:400;margin-left:.6rem}
td{white-space:pre-line}
td.remarks{font-size:.85rem;color:var(--soft)}
u.was,u.now{text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px}
u.was{color:var(--del-ink)}u.now{color:var(--add-ink)}
@media (max-width:40rem){
thead,colgroup{display:none}
table,tbody,tr,td,th{display:block;width:100%}
table{table-layout:auto}
tbody{margin-bottom:1rem}
td{border-top:0}
td::before{content:attr(data-head);display:block;font-size:.75rem;color:var(--soft)}}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--line:#999;--head:#fff;--add:#fff;--del:#fff;
--add-ink:#000;--del-ink:#000}
body{font-size:10.5pt}main{max-width:none;padding:0}.change,tr{break-inside:avoid}}
)css";

void add_change(std::string& out,
                const ChangeGroup& group,
                const std::string& unit,
                Language language) {
  const Change& change = group.first();
  out += fmt::format("<section class=\"change\">\n<h2>{}</h2><span class=\"kind\">{}</span>\n",
                     escape_html(place_of(group, unit, language)),
                     escape_html(kind_phrase(change, unit, language)));
  const bool only_place = change.kind != ChangeKind::added && change.kind != ChangeKind::removed &&
                          change.before == change.after;
  if (!only_place) {
    out += fmt::format("<div class=\"text\">{}</div>\n",
                       redline_html(abridge(merged_edits(runs_of(change)), context_words)));
  }
  if (group.many()) {
    out += "<p>" + escape_html(places_of(group, unit)) + "</p>\n";
  }
  for (const std::string& line : remark_lines(change, language)) {
    out += "<p class=\"soft\">" + escape_html(line) + "</p>\n";
  }
  out += "</section>\n";
}

std::string without_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) {
      out += "\xEF\xBF\xBD";
    } else {
      out += c;
    }
  }
  return printable(out);
}

} // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : without_controls(text)) {
    switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      out += c;
    }
  }
  return out;
}

std::string redline_html(const std::vector<WordRun>& words) {
  std::string out;
  for (const WordRun& run : words) {
    const std::string text = escape_html(run.text);
    out += run.op == WordRun::Op::removed ? "<del>" + text + "</del>"
           : run.op == WordRun::Op::added ? "<ins>" + text + "</ins>"
                                          : text;
  }
  return out;
}

std::string
side_html(const std::vector<WordRun>& words, WordRun::Op own, std::string_view attributes) {
  std::string out;
  for (const WordRun& run : words) {
    if (run.op == own) {
      out += fmt::format("<u {}>{}</u>", attributes, escape_html(run.text));
    } else if (run.op == WordRun::Op::same) {
      out += escape_html(run.text);
    }
  }
  return out;
}

std::string page_begin(const DiffResult& diff, Language language, std::string_view kind) {
  const std::string unit = escape_html(diff.after.unit);
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{} - {}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n",
      language == Language::ja ? "ja" : "en",
      unit,
      kind,
      style_sheet,
      unit);
  const std::string before = date_word(diff.before.date, language);
  const std::string after = date_word(diff.after.date, language);
  out += "<p class=\"when\">" + std::string(kind);
  if (diff.before.unit != diff.after.unit) {
    out += "  " + escape_html(diff.before.unit) + " &rarr; " + unit;
  }
  if (diff.before.date || diff.after.date) {
    out += "  " + before + " &rarr; " + after;
  }
  return out + "</p>\n";
}

std::vector<std::string> closing_lines(const DiffResult& diff, Language language) {
  const bool ja = language == Language::ja;
  std::vector<std::string> out;
  for (const StatusEvent& event : diff.status) {
    out.push_back(event.at.to_string() + (ja ? "：" : ": ") + event_phrase(event, language));
  }
  for (const NoteChange& note : diff.notes) {
    out.push_back(note.at.to_string() + (ja ? "：" : ": ") + field_word(note.field, language) +
                  (ja ? "の変更" : " changed"));
  }
  const auto cosmetic =
      std::count_if(diff.changes.begin(), diff.changes.end(), [](const Change& change) {
        return change.kind == ChangeKind::cosmetic;
      });
  if (cosmetic > 0) {
    out.push_back(ja ? fmt::format("編集上の変更 {}件は省略", cosmetic)
                     : counted(static_cast<std::size_t>(cosmetic), "cosmetic change") +
                           " left out");
  }
  for (const NotUnderstood& problem : diff.not_understood) {
    out.push_back((ja ? "読み取れなかった箇所 " : "not understood: ") + problem.at.to_string() +
                  ": " + problem.what);
  }
  return out;
}

std::string
page_end(const DiffResult& diff, const std::vector<ChangeGroup>& groups, Language language) {
  std::string out;
  if (groups.empty()) {
    out += language == Language::ja ? "<p>本文の変更はありません。</p>\n"
                                    : "<p>No change of the text.</p>\n";
  }
  const std::vector<std::string> lines = closing_lines(diff, language);
  if (!lines.empty()) {
    out += "<div class=\"closing\">\n";
    for (const std::string& line : lines) {
      out += "<p>" + escape_html(line) + "</p>\n";
    }
    out += "</div>\n";
  }
  return out + "</main>\n</body>\n</html>\n";
}

std::vector<ChangeGroup> substantive_groups(const DiffResult& diff) {
  std::vector<const Change*> shown;
  for (const Change& change : diff.changes) {
    if (change.kind != ChangeKind::cosmetic) {
      shown.push_back(&change);
    }
  }
  return group_changes(shown);
}

std::vector<std::string> remark_lines(const Change& change, Language language) {
  std::vector<std::string> out;
  std::string typed = typed_phrase(change, language, typed_longest);
  if (!typed.empty()) {
    out.push_back(std::move(typed));
  }
  for (const Cause& cause : change.causes) {
    out.push_back(cause_phrase(cause, language));
  }
  return out;
}

std::string diff_html(const DiffResult& diff, Language language) {
  const bool ja = language == Language::ja;
  std::string out = page_begin(diff, language, ja ? "変更箇所" : "changes");
  const std::vector<ChangeGroup> groups = substantive_groups(diff);
  for (const ChangeGroup& group : groups) {
    add_change(out, group, diff.after.unit, language);
  }
  return out + page_end(diff, groups, language);
}

} // namespace regtrail::render
