// Documents and pages in a digest, with what happened to them.
#include "notify/delivery/digest_internal.hpp"
#include "notify/render/days.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/items.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace regtrail::delivery {

namespace {

constexpr std::size_t reasons_shown = 3;
constexpr std::size_t longest_check = 300; ///< bytes
constexpr std::size_t changes_shown = 5;   ///< of a page

/// "published 2026-08-10, delayed 2026-08-20 (2026-15990)"
std::string steps_of(const ItemNews& news, render::Language language) {
  std::vector<std::string> parts;
  for (const ItemStep& step : news.steps) {
    // A line of its own tells what is due, also what expires on that day.
    const bool due_as_well =
        step.kind == StepKind::expired &&
        std::any_of(news.steps.begin(), news.steps.end(), [&](const ItemStep& each) {
          return each.kind == StepKind::due && each.date == step.date &&
                 each.document == step.document;
        });
    if (render::day_ahead(step) || due_as_well) {
      continue;
    }
    parts.push_back(render::step_word(news.item, step.kind, language) + " " +
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

/// What the first changes say, a line each.
void add_changes(DigestItem& out, const Item& item, render::Language language) {
  for (std::size_t i = 0; i < std::min(item.changes.size(), changes_shown); ++i) {
    const Headline what = render::headline_of(item.changes[i]);
    out.facts.push_back({"", language == render::Language::ja ? what.ja : what.en});
  }
  if (item.changes.size() > changes_shown) {
    out.facts.push_back(
        {"",
         fmt::format(fmt::runtime(phrases(language).more), item.changes.size() - changes_shown)});
  }
}

/// Of a page that changed.
DigestItem page_item(const ItemNews& news, const Register& entries, render::Language language) {
  const Phrases& say = phrases(language);
  const Item& item = news.item;
  DigestItem out;
  out.severity = item.severity;
  out.mark = render::severity_word(item.severity, language);
  out.place = item.id;
  out.headline = item.page->title;
  out.facts.push_back({"", steps_of(news, language)});
  add_changes(out, item, language);
  out.facts.push_back({say.scope, scope_of(item.hits, entries, language)});
  out.facts.push_back({say.source, item.page->address});
  for (const std::string& check : item.checks) {
    out.facts.push_back({say.check, std::string(render::first_bytes(check, longest_check))});
  }
  return out;
}

/// What of the document stands beside its steps.
void add_document_facts(const Item& item, render::Language language, std::vector<Fact>& facts) {
  const Phrases& say = phrases(language);
  const Document& rule = *item.rule;
  facts.push_back({say.station, render::station_phrase(item, language)});
  std::vector<std::string> effective;
  for (const Date day : rule.effective) {
    effective.push_back(render::date_word(day, language));
  }
  if (!effective.empty()) {
    facts.push_back({say.effective, render::joined(effective, say.list_separator)});
  }
  if (rule.comments_close) {
    facts.push_back({say.comments, render::date_word(rule.comments_close, language)});
  }
}

/// A line a day that steps are about; of several of one day the newest says how far it is.
void add_due(const ItemNews& news,
             Date today,
             render::Language language,
             std::vector<Fact>& facts) {
  std::vector<std::string> said;
  for (const ItemStep& step : news.steps) {
    if (!render::day_ahead(step)) {
      continue;
    }
    const std::string phrase = render::due_phrase(news.item, step, today, language);
    if (std::find(said.begin(), said.end(), phrase) == said.end()) {
      said.push_back(phrase);
      facts.push_back({"", phrase});
    }
  }
}

} // namespace

DigestItem document_item(const ItemNews& news,
                         const Register& entries,
                         Date today,
                         render::Language language) {
  if (news.item.page) {
    return page_item(news, entries, language);
  }
  const Phrases& say = phrases(language);
  const Item& item = news.item;
  DigestItem out;
  out.severity = item.severity;
  out.mark = render::severity_word(item.severity, language);
  add_due(news, today, language, out.facts);
  if (item.rule) {
    const std::string citation = fr_citation_of(*item.rule);
    out.place = citation.empty() ? item.id : fmt::format("{} ({})", citation, item.id);
    out.headline = item.rule->title;
    const std::string steps = steps_of(news, language);
    if (!steps.empty()) {
      out.facts.insert(out.facts.begin(), {"", steps});
    }
    add_document_facts(item, language, out.facts);
  } else {
    const Headline headline = render::headline_of(item);
    out.place = item.days.front().at.to_string();
    out.headline = language == render::Language::ja ? headline.ja : headline.en;
    out.facts.push_back({"", item.days.front().words});
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
