// Documents in a digest, with what happened to them.
#include "notify/delivery/digest_internal.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/items.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <string_view>

namespace regtrail::delivery {

namespace {

constexpr std::size_t reasons_shown = 3;
constexpr std::size_t longest_check = 300; ///< bytes

/// "published 2026-08-10, delayed 2026-08-20 (2026-15990)"
std::string steps_of(const ItemNews& news, render::Language language) {
  std::vector<std::string> parts;
  for (const ItemStep& step : news.steps) {
    parts.push_back(render::step_word(step.kind, language) + " " +
                    render::date_word(step.date, language));
    if (!step.document.empty() && step.document != news.item.id) {
      parts.back() += fmt::format(" ({})", step.document);
    }
  }
  return render::joined(parts, phrases(language).list_separator);
}

/// "Vacuum valves 0.93 (ECCN "3B001.c" ECCN 3B001.c.1)"
std::string
scope_of(const std::vector<Hit>& hits, const Register& entries, render::Language language) {
  const std::string_view separator = phrases(language).list_separator;
  std::vector<std::string> parts;
  for (const std::vector<Hit>& alike : render::alike_hits(hits)) {
    const Hit& hit = alike.front();
    std::vector<std::string> said;
    for (const Reason& reason : hit.reasons) {
      if (reason.weight > 0 && said.size() < reasons_shown) {
        said.push_back(fmt::format(
            "{} \"{}\" {}", render::signal_word(reason.signal, language), reason.words, reason.at));
      }
    }
    parts.push_back(fmt::format("{} {} ({})",
                                render::entry_names(alike, entries, language),
                                render::two_decimals(hit.score),
                                render::joined(said, separator)));
  }
  return render::joined(parts, separator);
}

} // namespace

DigestItem document_item(const ItemNews& news, const Register& entries, render::Language language) {
  const Phrases& say = phrases(language);
  const Item& item = news.item;
  const Document& rule = *item.rule;
  const std::string citation = fr_citation_of(rule);
  DigestItem out;
  out.severity = item.severity;
  out.mark = render::severity_word(item.severity, language);
  out.place = citation.empty() ? item.id : fmt::format("{} ({})", citation, item.id);
  out.headline = rule.title;
  out.facts.push_back({"", steps_of(news, language)});
  out.facts.push_back({say.station, render::station_phrase(item, language)});
  std::vector<std::string> effective;
  for (const Date day : rule.effective) {
    effective.push_back(render::date_word(day, language));
  }
  if (!effective.empty()) {
    out.facts.push_back({say.effective, render::joined(effective, say.list_separator)});
  }
  if (rule.comments_close) {
    out.facts.push_back({say.comments, render::date_word(rule.comments_close, language)});
  }
  out.facts.push_back({say.scope, scope_of(item.hits, entries, language)});
  if (!item.changes.empty()) {
    out.facts.push_back({"", fmt::format(fmt::runtime(say.changes_shown), item.changes.size())});
  }
  for (const std::string& check : item.checks) {
    out.facts.push_back({say.check, std::string(render::first_bytes(check, longest_check))});
  }
  return out;
}

} // namespace regtrail::delivery
