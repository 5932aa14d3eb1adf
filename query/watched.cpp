#include "query/watched.hpp"

#include "model/cfr_pattern.hpp"
#include "model/citation.hpp"
#include "model/source.hpp"
#include "store/streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

namespace regtrail::query {
namespace {

/// Parts of one title; from 0 on: any of the title.
struct Parts {
  int title = 15;
  int first = 0;
  int last = 0;

  friend auto operator<=>(const Parts&, const Parts&) = default;
};

constexpr Parts one_part(int part) {
  return {15, part, part};
}

std::string name_of(const Parts& parts) {
  return parts.first == 0 ? fmt::format("{} CFR", parts.title)
         : parts.first == parts.last
             ? fmt::format("{} CFR Part {}", parts.title, parts.first)
             : fmt::format("{} CFR Parts {}-{}", parts.title, parts.first, parts.last);
}

std::optional<int> number_of(const std::string& text) {
  return !text.empty() && text.size() < 7 &&
                 std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })
             ? std::optional(std::stoi(text))
             : std::nullopt;
}

void add_place(std::set<Parts>& needs, const std::string& place) {
  const auto pattern = parse_cfr_pattern(place);
  if (pattern && pattern->place.empty()) {
    if (const auto title = number_of(pattern->title)) {
      needs.insert({*title, pattern->first_part, pattern->last_part});
    }
    return;
  }
  const auto citation = pattern ? Result<Citation>(pattern->place) : Citation::parse(place);
  if (citation) {
    if (const auto part = number_of(citation->part_number())) {
      needs.insert({number_of(citation->title()).value_or(15), *part, *part});
    }
  }
}

std::set<Parts> needs_of(const Category& category) {
  std::set<Parts> needs;
  for (const std::string& place : category.cfr) {
    add_place(needs, place);
  }
  if (needs.empty() || !category.eccn.empty()) {
    needs.insert(one_part(774));
  }
  return needs;
}

std::set<Parts> needs_of(const Product& product) {
  std::set<Parts> needs{one_part(774)};
  if (!product.destinations.empty()) {
    needs.insert({one_part(738), one_part(740), one_part(746)});
  }
  if (product.us_content || product.us_ics || product.us_technology) {
    needs.insert(one_part(734));
  }
  return needs;
}

std::set<Parts> needs_of(const Party& /*party*/) {
  return {one_part(744)};
}

std::set<Parts> needs_of(const Procedure& procedure) {
  std::set<Parts> needs;
  for (const std::string& place : procedure.citations) {
    add_place(needs, place);
  }
  return needs;
}

std::set<Parts> needs_of(const Destination& /*destination*/) {
  return {one_part(738), one_part(740), one_part(742), one_part(744), one_part(746)};
}

/// What is held of the parts, and how the sources fare.
class Holdings {
public:
  static Result<Holdings> read(store::Archive& archive, Timestamp now) {
    Holdings holdings;
    TRY_ASSIGN(const auto planned, archive.planned_parts());
    for (const auto& [title, part] : planned) {
      const auto number = number_of(part);
      if (number) {
        TRY_ASSIGN(holdings.m_parts[std::pair(title, *number)], state_of(archive, title, part));
      }
    }
    TRY(holdings.add_source(archive, store::ecfr_source, "the eCFR", now));
    TRY(holdings.add_source(archive, store::fr_source, "the Federal Register", now));
    return holdings;
  }

  template<typename Entry>
  void
  judge(const std::vector<Entry>& entries, EntryKind kind, std::vector<EntryWatch>& out) const {
    for (const Entry& entry : entries) {
      EntryWatch watch{kind, entry.id, {}, m_until};
      for (const Parts& parts : needs_of(entry)) {
        if (auto reason = trouble_with(parts); !reason.empty()) {
          watch.reasons.push_back(std::move(reason));
        }
      }
      watch.reasons.insert(watch.reasons.end(), m_sources.begin(), m_sources.end());
      out.push_back(std::move(watch));
    }
  }

private:
  /// "" for a part that was read up to the newest date known of it.
  static Result<std::string> state_of(store::Archive& archive, int title, const std::string& part) {
    TRY_ASSIGN(const auto dates, archive.planned_dates(title, part));
    if (!dates.empty() && dates.back().derived) {
      return std::string();
    }
    return dates.empty() ? fmt::format("{} CFR Part {} has no text in the archive", title, part)
                         : fmt::format("{} CFR Part {} of {} was not read yet",
                                       title,
                                       part,
                                       dates.back().issue_date.to_string());
  }

  Result<void> add_source(store::Archive& archive,
                          const std::string& source,
                          std::string_view name,
                          Timestamp now) {
    constexpr std::chrono::days patience{3};
    TRY_ASSIGN(const auto status, archive.source_status(source));
    if (!status || !status->last_success) {
      m_sources.push_back(fmt::format("{} was never read", name));
    } else if (*status->last_success + patience < now) {
      m_sources.push_back(
          fmt::format("{} was last read on {}", name, date_of(*status->last_success).to_string()));
    } else if (status->health == Health::failing) {
      m_sources.push_back(fmt::format("{} fails", name));
    }
    if (status && status->valid_through) {
      m_until = std::min(m_until.value_or(*status->valid_through), *status->valid_through);
    }
    return {};
  }

  [[nodiscard]] std::string trouble_with(const Parts& parts) const {
    if (parts.first != 0 && parts.first == parts.last) {
      const auto found = m_parts.find({parts.title, parts.first});
      return found == m_parts.end() ? name_of(parts) + " is not synced" : found->second;
    }
    const bool some = std::any_of(m_parts.begin(), m_parts.end(), [&](const auto& held) {
      const auto [title, part] = held.first;
      return title == parts.title &&
             (parts.first == 0 || (part >= parts.first && part <= parts.last));
    });
    return some ? "" : fmt::format("no part of {} is synced", name_of(parts));
  }

  std::map<std::pair<int, int>, std::string> m_parts; ///< what is wrong with each
  std::vector<std::string> m_sources;                 ///< what is wrong with them
  std::optional<Date> m_until;
};

} // namespace

Result<std::vector<EntryWatch>>
watched(store::Archive& archive, const Register& entries, Timestamp now) {
  TRY_ASSIGN(const auto holdings, Holdings::read(archive, now));
  std::vector<EntryWatch> watches;
  holdings.judge(entries.categories, EntryKind::category, watches);
  holdings.judge(entries.products, EntryKind::product, watches);
  holdings.judge(entries.parties, EntryKind::party, watches);
  holdings.judge(entries.procedures, EntryKind::procedure, watches);
  holdings.judge(entries.destinations, EntryKind::destination, watches);
  return watches;
}

} // namespace regtrail::query
