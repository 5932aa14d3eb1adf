#include "query/pages.hpp"

#include "diff/relevance/matcher.hpp"
#include "query/merged_hits.hpp"
#include "query/page_changes_internal.hpp"
#include "store/streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace regtrail::query {
namespace {

constexpr int highest_severity = 3; ///< a page is no law
constexpr int with_term = 3;
constexpr int any_text = 2;
constexpr double score_with_term = 0.9;
constexpr double score_any_text = 0.8;
constexpr std::size_t most_reasons = 8;
constexpr std::size_t longest_words = 80; ///< bytes
constexpr int status_ok = 200;

/// Whole words of a text, at most `longest_words`.
std::string first_words(const std::string& text) {
  if (text.size() <= longest_words) {
    return text;
  }
  std::size_t end = text.rfind(' ', longest_words);
  if (end == std::string::npos || end == 0) {
    end = longest_words;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) {
      --end; // not within a character
    }
  }
  return text.substr(0, end) + "\u2026";
}

/// Finds the terms of a watch by the rules for those of a category.
class TermFinder {
public:
  explicit TermFinder(const Watch& watch) : m_any_text(watch.terms.empty()) {
    if (!m_any_text) {
      Category category;
      category.id = watch.id;
      for (const std::string& term : watch.terms) {
        const bool ascii = std::all_of(
            term.begin(), term.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        (ascii ? category.terms_en : category.terms_ja).push_back(term);
      }
      Register terms;
      terms.categories.push_back(std::move(category));
      m_matcher.emplace(std::move(terms));
    }
  }

  [[nodiscard]] bool takes_any_text() const { return m_any_text; }

  [[nodiscard]] std::vector<Reason> find(const Change& change) const {
    std::vector<Reason> found;
    if (m_matcher) {
      for (const Hit& hit : m_matcher->explain(change.after + '\n' + change.before, change.at)) {
        std::copy_if(hit.reasons.begin(),
                     hit.reasons.end(),
                     std::back_inserter(found),
                     [](const Reason& reason) { return reason.weight > 0; });
      }
    }
    return found;
  }

private:
  bool m_any_text;
  std::optional<diff::Matcher> m_matcher;
};

void add_reasons(std::vector<Reason>& known, const std::vector<Reason>& more) {
  for (const Reason& reason : more) {
    const bool said = std::any_of(known.begin(), known.end(), [&](const Reason& each) {
      return each.signal == reason.signal && each.words == reason.words;
    });
    if (!said && known.size() < most_reasons) {
      known.push_back(reason);
    }
  }
}

/// That of the watch itself; nullopt where none of its terms is in what changed.
std::optional<Hit>
own_hit(const Watch& watch, const TermFinder& terms, const std::vector<Change>& changes) {
  Hit hit;
  hit.category = watch.id;
  hit.entry = EntryKind::watch;
  std::vector<Reason> found;
  const Change* first = terms.takes_any_text() ? &changes.front() : nullptr;
  for (const Change& change : changes) {
    const auto here = terms.find(change);
    first = first == nullptr && !here.empty() ? &change : first;
    add_reasons(found, here);
  }
  if (first == nullptr) {
    return std::nullopt;
  }
  hit.score = terms.takes_any_text() ? score_any_text : score_with_term;
  hit.severity = terms.takes_any_text() ? any_text : with_term;
  Reason reason;
  reason.signal = Signal::page;
  reason.words = first_words(first->after.empty() ? first->before : first->after);
  reason.at = first->at.to_string();
  reason.weight = hit.score;
  hit.reasons.push_back(std::move(reason));
  add_reasons(hit.reasons, found);
  return hit;
}

/// One an entry, best first.
std::vector<Hit> hits_of(const std::string& item,
                         const Watch& watch,
                         const TermFinder& terms,
                         const diff::Matcher& matcher,
                         const std::vector<Change>& changes) {
  MergedHits merged;
  if (const auto own = own_hit(watch, terms, changes)) {
    merged.add(*own);
  }
  for (const Change& change : changes) {
    for (Hit& hit : matcher.match(change)) {
      hit.severity = std::min(hit.severity, highest_severity);
      merged.add(hit);
    }
  }
  return merged.of(item);
}

Item item_of(const Watch& watch,
             const PageVersion& version,
             const parse::Page& page,
             std::vector<Change> changes) {
  Item item;
  item.id =
      fmt::format("{}@{}", parse::page_citation(watch.id).to_string(), version.day.to_string());
  item.page = {watch.id, watch.address, page.title.empty() ? watch.address : page.title};
  item.steps.push_back({StepKind::published, version.day, "", {}});
  item.changes = std::move(changes);
  item.checks = page.notes;
  return item;
}

Result<void> add_items(store::Archive& archive,
                       const diff::Matcher& matcher,
                       const ItemQuery& query,
                       const Watch& watch,
                       std::vector<Item>& items) {
  TRY_ASSIGN(const auto versions, page_versions(archive, watch));
  const TermFinder terms(watch);
  std::optional<Unit> before;
  for (std::size_t i = 0; i < versions.size() && versions[i].day <= query.on; ++i) {
    const bool wanted = !query.since || versions[i].day >= *query.since;
    const bool is_before_wanted =
        i + 1 < versions.size() && (!query.since || versions[i + 1].day >= *query.since);
    if (!wanted && !is_before_wanted) {
      continue;
    }
    const auto page = read_version(archive, watch, versions[i]);
    if (!page && page.error().kind == ErrorKind::storage) {
      return tl::unexpected(page.error());
    }
    if (!page || !parse::why_no_version(*page, watch).empty()) {
      continue; // the watch is read otherwise now
    }
    Unit after = parse::page_unit(*page, watch);
    auto changes =
        before && wanted ? page_changes(*before, after, versions[i].day) : std::vector<Change>();
    before = std::move(after);
    if (changes.empty()) {
      continue;
    }
    Item item = item_of(watch, versions[i], *page, std::move(changes));
    item.hits = hits_of(item.id, watch, terms, matcher, item.changes);
    for (const Hit& hit : item.hits) {
      item.severity = std::max(item.severity, hit.severity);
    }
    if (!query.only_hits || !item.hits.empty()) {
      items.push_back(std::move(item));
    }
  }
  return {};
}

} // namespace

Result<std::vector<PageVersion>> page_versions(store::Archive& archive, const Watch& watch) {
  TRY_ASSIGN(auto records, archive.raw_records(store::page_stream + watch.id));
  std::vector<PageVersion> versions;
  for (store::RawRecord& record : records) {
    if (record.url != watch.address || !record.quarantine.empty() || record.status != status_ok) {
      continue;
    }
    const Date day = date_of(record.fetched_at);
    if (!versions.empty() && versions.back().day == day) {
      versions.pop_back();
    }
    versions.push_back({day, std::move(record)});
  }
  return versions;
}

Result<parse::Page>
read_version(store::Archive& archive, const Watch& watch, const PageVersion& version) {
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(version.record.id));
  return parse::read_page(bytes, parse::page_options(watch), version.record.url);
}

Result<std::vector<Item>>
page_items(store::Archive& archive, const diff::Matcher& matcher, const ItemQuery& query) {
  std::vector<Item> items;
  for (const Watch& watch : matcher.categories().watches) {
    if (watch.enabled && !watch.address.empty()) {
      TRY(add_items(archive, matcher, query, watch, items));
    }
  }
  return items;
}

} // namespace regtrail::query
