// The plain-text part of a digest.
#include "notify/delivery/digest_internal.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

namespace regtrail::delivery {

namespace {

using render::one_line;

std::string fact_line(const Fact& fact, const Phrases& say) {
  return one_line(fact.label.empty() ? fact.value : fact.label + say.colon + fact.value);
}

/// One side of a word script, without the runs of the `other`.
std::string side_text(const std::vector<WordRun>& words, WordRun::Op other) {
  std::string out;
  for (const WordRun& run : words) {
    out += run.op != other ? run.text : "";
  }
  return one_line(out);
}

void add_item(std::string& out, int number, const DigestItem& item, render::Language language) {
  const Phrases& say = phrases(language);
  const bool ja = language == render::Language::ja;
  out += fmt::format("{}. {}{}{} {}  {}\n",
                     number,
                     ja ? "【" : "[",
                     item.mark,
                     ja ? "】" : "]",
                     one_line(item.place),
                     one_line(item.headline));
  if (item.has_before) {
    out += fmt::format("   {}: {}\n", say.before, side_text(item.words, WordRun::Op::added));
  }
  if (item.has_after) {
    out += fmt::format("   {}: {}\n", say.after, side_text(item.words, WordRun::Op::removed));
  }
  if (!item.cut_remark.empty()) {
    out += fmt::format("   ({})\n", one_line(item.cut_remark));
  }
  for (const Fact& fact : item.facts) {
    out += "   " + fact_line(fact, say) + "\n";
  }
  out += "\n";
}

} // namespace

std::string digest_text(const DigestView& view, render::Language language) {
  const Phrases& say = phrases(language);
  std::string out;
  int number = 0;
  for (const DigestItem& item : view.items) {
    add_item(out, ++number, item, language);
  }
  if (!view.documents.empty()) {
    out += fmt::format("{}\n\n", say.documents);
  }
  for (const DigestItem& item : view.documents) {
    add_item(out, ++number, item, language);
  }
  if (view.items.empty() && view.documents.empty()) {
    out += view.nothing + "\n\n";
  }
  for (const Fact& fact : view.closing) {
    out += fact_line(fact, say) + "\n";
  }
  return out;
}

} // namespace regtrail::delivery
