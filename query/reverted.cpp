#include "query/reverted.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace regtrail::query {
namespace {

using Text = std::optional<Hash128>;

/// The versions of units, each read once.
class Versions {
public:
  explicit Versions(store::Archive& archive) : m_archive(archive) {}

  Result<const std::vector<UnitVersion>*> of(const Citation& unit) {
    const auto [entry, is_new] = m_known.try_emplace(unit);
    if (is_new) {
      TRY_ASSIGN(entry->second, m_archive.versions(unit));
    }
    return &entry->second;
  }

  /// What `place` says in `version`.
  Result<Text> text(const UnitVersion& version, const Citation& place) {
    if (place == version.unit) {
      return Text(version.normalised);
    }
    TRY_ASSIGN(auto node, m_archive.load_node(version, place));
    return node ? Text(node->normalised) : Text();
  }

private:
  store::Archive& m_archive;
  std::map<Citation, std::vector<UnitVersion>> m_known;
};

struct Dated {
  Date from;
  Text text;
};

std::optional<Date> reverted_date(const std::vector<Dated>& texts) {
  std::vector<Text> hashes;
  hashes.reserve(texts.size());
  for (const Dated& each : texts) {
    hashes.push_back(each.text);
  }
  const auto index = reverted_to(hashes);
  return index ? std::optional(texts[*index].from) : std::nullopt;
}

/// What `place` said in every version up to `to`; what it said on `from` stands last but one, so
/// that a comparison over several versions is judged by its two ends.
Result<std::vector<Dated>>
texts_of(Versions& versions, const Citation& place, std::optional<Date> from, Date to) {
  TRY_ASSIGN(auto all, versions.of(place.unit()));
  std::vector<Dated> texts;
  Text at_from;
  for (const UnitVersion& version : *all) {
    if (version.from > to) {
      break;
    }
    TRY_ASSIGN(auto text, versions.text(version, place));
    if (from && version.from <= *from && (!version.until || *from < *version.until)) {
      at_from = text;
    }
    texts.push_back({version.from, text});
    if (version.until && *version.until <= to) {
      const bool followed = &version != &all->back() && (&version + 1)->from == *version.until;
      if (!followed) {
        texts.push_back({*version.until, std::nullopt});
      }
    }
  }
  if (from && !texts.empty()) {
    const Dated last = texts.back();
    while (!texts.empty() && texts.back().text == last.text) {
      texts.pop_back();
    }
    texts.push_back({*from, at_from});
    texts.push_back(last);
  }
  return texts;
}

} // namespace

std::optional<std::size_t> reverted_to(const std::vector<Text>& texts) {
  if (texts.size() < 3 || !texts.back()) {
    return std::nullopt;
  }
  const Text& now = texts.back();
  std::size_t at = texts.size() - 1;
  if (texts[at - 1] == now) {
    return std::nullopt;
  }
  while (at > 0 && texts[at - 1] != now) {
    --at;
  }
  if (at == 0) {
    return std::nullopt;
  }
  --at;
  while (at > 0 && texts[at - 1] == now) {
    --at;
  }
  return at;
}

Result<void> add_reverted(store::Archive& archive, DiffResult& diff, const Citation& citation) {
  if (!diff.before.date || !diff.after.date) {
    return {};
  }
  std::set<Citation> places;
  for (const Change& change : diff.changes) {
    const Citation unit = change.at.unit();
    const bool below = citation.is_within(unit) && !(citation == unit);
    if (change.kind != ChangeKind::cosmetic) {
      places.insert(below ? citation : unit);
    }
  }
  Versions versions(archive);
  for (const Citation& place : places) {
    TRY_ASSIGN(auto texts, texts_of(versions, place, diff.before.date, *diff.after.date));
    if (const auto date = reverted_date(texts)) {
      diff.status.push_back({place, StatusEventKind::reverted, date, std::nullopt});
    }
  }
  return {};
}

Result<void> mark_reverted(store::Archive& archive, History& history) {
  if (history.citation.kind() == CitationKind::part) {
    return {};
  }
  Versions versions(archive);
  std::vector<Dated> texts; // newest first
  Citation place = history.citation;
  for (const HistoryEntry& entry : history.versions) {
    Text text;
    TRY_ASSIGN(auto all, versions.of(place.unit()));
    for (const UnitVersion& version : *all) {
      if (version.from <= entry.from && (!version.until || entry.from < *version.until)) {
        TRY_ASSIGN(text, versions.text(version, place));
      }
    }
    texts.push_back({entry.from, text});
    if (entry.was) {
      place = *entry.was;
    }
  }
  std::reverse(texts.begin(), texts.end());
  for (HistoryEntry& entry : history.versions) {
    entry.reverted_to = reverted_date(texts);
    texts.pop_back();
  }
  return {};
}

} // namespace regtrail::query
