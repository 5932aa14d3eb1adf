// The HTML part of a digest: inline styles only and no tables, as mail clients want it.
#include "notify/delivery/digest_internal.hpp"
#include "notify/render/html.hpp"

#include <fmt/format.h>

namespace regtrail::delivery {

namespace {

using render::escape_html;

std::string_view severity_colour(int severity) {
  switch (severity) {
  case 5:
    return "#a3150f";
  case 4:
    return "#9a4b00";
  case 3:
    return "#5a5200";
  default:
    return "#4a5560";
  }
}

constexpr std::string_view removed_style = "style=\"color:#8f1d17;background:#fbe3e1\"";
constexpr std::string_view added_style = "style=\"color:#0a5a20;background:#dcf5e1\"";

void add_side(std::string& out, std::string_view head, const std::string& text) {
  out +=
      fmt::format("<div style=\"margin:6px 0;padding-left:10px;border-left:3px solid #d5dae0;"
                  "white-space:pre-line;overflow-wrap:anywhere\"><span style=\"color:#5b6570\">{}"
                  "</span> {}</div>\n",
                  head,
                  text);
}

void add_fact(std::string& out, const Fact& fact) {
  out += "<div style=\"margin:3px 0;overflow-wrap:anywhere\">";
  if (!fact.label.empty()) {
    out += fmt::format("<span style=\"color:#5b6570\">{}</span> ", escape_html(fact.label));
  }
  out += escape_html(fact.value) + "</div>\n";
}

void add_item(std::string& out, int number, const DigestItem& item, const Phrases& say) {
  out += fmt::format(
      "<div style=\"border-top:1px solid #d5dae0;padding:14px 0;font-size:14px\">\n"
      "<div style=\"font-size:16px;overflow-wrap:anywhere\">{}. <b style=\"color:{}\">{}</b> "
      "<b>{}</b></div>\n<div style=\"margin:4px 0 8px\">{}</div>\n",
      number,
      severity_colour(item.severity),
      escape_html(item.mark),
      escape_html(item.place),
      escape_html(item.headline));
  if (item.has_before) {
    add_side(out, say.before, render::side_html(item.words, WordRun::Op::removed, removed_style));
  }
  if (item.has_after) {
    add_side(out, say.after, render::side_html(item.words, WordRun::Op::added, added_style));
  }
  if (!item.cut_remark.empty()) {
    add_fact(out, {"", item.cut_remark});
  }
  for (const Fact& fact : item.facts) {
    add_fact(out, fact);
  }
  out += "</div>\n";
}

} // namespace

std::string
digest_html(const DigestView& view, const std::string& subject, render::Language language) {
  const Phrases& say = phrases(language);
  std::string out =
      fmt::format("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, "
                  "initial-scale=1\">\n<title>{}</title>\n"
                  "</head>\n<body style=\"margin:0;padding:0;background:#ffffff;color:#1b1f24\">\n"
                  "<div style=\"max-width:640px;margin:0 auto;padding:16px;font-family:'Hiragino "
                  "Sans','Yu Gothic',"
                  "Meiryo,'Noto Sans CJK JP',Arial,sans-serif;font-size:14px;line-height:1.6\">\n",
                  language == render::Language::ja ? "ja" : "en",
                  escape_html(subject));
  int number = 0;
  for (const DigestItem& item : view.items) {
    add_item(out, ++number, item, say);
  }
  if (!view.documents.empty()) {
    out += fmt::format("<h2 style=\"font-size:15px;margin:16px 0 4px\">{}</h2>\n", say.documents);
  }
  for (const DigestItem& item : view.documents) {
    add_item(out, ++number, item, say);
  }
  if (view.items.empty() && view.documents.empty()) {
    out += fmt::format("<p style=\"font-size:16px\">{}</p>\n", view.nothing);
  }
  out += "<div style=\"border-top:1px solid #d5dae0;padding-top:12px;font-size:13px\">\n";
  for (const Fact& fact : view.closing) {
    add_fact(out, fact);
  }
  return out + "</div>\n</div>\n</body>\n</html>\n";
}

} // namespace regtrail::delivery
