// The old/new comparison table (新旧対照表) as HTML and CSV.
#include "model/text.hpp"
#include "notify/render/csv.hpp"
#include "notify/render/html.hpp"
#include "notify/render/html_internal.hpp"
#include "notify/render/terminal.hpp"

#include <fmt/format.h>

namespace regtrail::render {

namespace {

constexpr int context_words = 60;

struct Heads {
  const char* title;
  const char* place;
  const char* kind;
  const char* before;
  const char* after;
  const char* remarks;
  const char* absent_before; ///< stands where an added node has no former text
  const char* absent_after;
};

Heads heads(Language language) {
  return language == Language::ja
             ? Heads{"新旧対照表", "箇所", "区分", "現行", "改正後", "備考", "（新設）", "（削除）"}
             : Heads{"comparison table",
                     "Place",
                     "Kind",
                     "Current",
                     "Amended",
                     "Remarks",
                     "(new)",
                     "(removed)"};
}

std::string remarks_of(const Change& change, Language language) {
  return joined(remark_lines(change, language), "\n");
}

void add_row(std::string& out,
             const ChangeGroup& group,
             const std::string& unit,
             Language language) {
  const Heads head = heads(language);
  const Change& change = group.first();
  const std::vector<WordRun> runs = abridge(merged_edits(runs_of(change)), context_words);
  out += fmt::format("<tbody>\n<tr><th class=\"place\" colspan=\"3\" scope=\"rowgroup\">{}"
                     "<span class=\"soft\">{}</span></th></tr>\n",
                     escape_html(places_of(group, unit)),
                     escape_html(kind_phrase(change, unit, language)));
  out += fmt::format(
      "<tr><td data-head=\"{}\">{}</td><td data-head=\"{}\">{}</td>"
      "<td class=\"remarks\" data-head=\"{}\">{}</td></tr>\n</tbody>\n",
      head.before,
      change.kind == ChangeKind::added ? head.absent_before
                                       : side_html(runs, WordRun::Op::removed, "class=\"was\""),
      head.after,
      change.kind == ChangeKind::removed ? head.absent_after
                                         : side_html(runs, WordRun::Op::added, "class=\"now\""),
      head.remarks,
      escape_html(remarks_of(change, language)));
}

} // namespace

std::string comparison_table_html(const DiffResult& diff, Language language) {
  const Heads head = heads(language);
  std::string out = page_begin(diff, language, head.title);
  const std::vector<ChangeGroup> groups = substantive_groups(diff);
  out += fmt::format("<table>\n<colgroup><col><col><col class=\"remark\"></colgroup>\n<thead>\n<tr>"
                     "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
                     "</tr>\n</thead>\n",
                     head.before,
                     head.after,
                     head.remarks);
  for (const ChangeGroup& group : groups) {
    add_row(out, group, diff.after.unit, language);
  }
  return out + "</table>\n" + page_end(diff, groups, language);
}

std::string comparison_table_csv(const DiffResult& diff, Language language) {
  const Heads head = heads(language);
  std::string out(byte_order_mark);
  add_csv_row(out, {head.place, head.kind, head.before, head.after, head.remarks});
  for (const Change& change : diff.changes) {
    if (change.kind != ChangeKind::cosmetic) {
      add_csv_row(out,
                  {change.at.to_string(),
                   kind_phrase(change, diff.after.unit, language),
                   change.before,
                   change.after,
                   remarks_of(change, language)});
    }
  }
  return out;
}

} // namespace regtrail::render
