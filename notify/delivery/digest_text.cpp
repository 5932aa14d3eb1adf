// The plain-text part of a digest.
#include "model/text.hpp"
#include "notify/delivery/digest_internal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::delivery {

namespace {

/// One line, safe for a terminal: mail is read there too.
std::string line_of(std::string_view text) {
  std::string out = printable(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  std::replace(out.begin(), out.end(), '\t', ' ');
  return out;
}

std::string fact_line(const Fact& fact, const Phrases& say) {
  return line_of(fact.label.empty() ? fact.value
                                    : fact.label + std::string(say.colon) + fact.value);
}

} // namespace

std::string side_text(const std::vector<WordRun>& words, WordRun::Op other) {
  std::string out;
  for (const WordRun& run : words) {
    if (run.op != other) {
      out += run.text;
    }
  }
  return line_of(out);
}

std::string digest_text(const DigestView& view, render::Language language) {
  const Phrases& say = phrases(language);
  const bool ja = language == render::Language::ja;
  std::string out;
  int number = 0;
  for (const DigestItem& item : view.items) {
    out += fmt::format("{}. {}{}{} {}  {}\n",
                       ++number,
                       ja ? "【" : "[",
                       item.mark,
                       ja ? "】" : "]",
                       line_of(item.place),
                       line_of(item.headline));
    if (item.has_before) {
      out += fmt::format("   {}: {}\n", say.before, side_text(item.words, WordRun::Op::added));
    }
    if (item.has_after) {
      out += fmt::format("   {}: {}\n", say.after, side_text(item.words, WordRun::Op::removed));
    }
    if (!item.cut_remark.empty()) {
      out += fmt::format("   ({})\n", line_of(item.cut_remark));
    }
    for (const Fact& fact : item.facts) {
      out += "   " + fact_line(fact, say) + "\n";
    }
    out += "\n";
  }
  if (view.items.empty()) {
    out += view.nothing + "\n\n";
  }
  for (const Fact& fact : view.closing) {
    out += fact_line(fact, say) + "\n";
  }
  return out;
}

} // namespace regtrail::delivery
