#include "query/watched.hpp"

#include "model/cfr_pattern.hpp"
#include "model/citation.hpp"
#include "model/source.hpp"
#include "query/watch_state.hpp"
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

bool is_one_part(const Parts& parts) {
  return parts.first != 0 && parts.first == parts.last;
}

std::string name_of(const Parts& parts) {
  return parts.first == 0 ? fmt::format("{} CFR", parts.title)
         : is_one_part(parts)
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

/// "www.bis.gov" of "https://www.bis.gov/news".
std::string host_of(const std::string& address) {
  const std::size_t begin = address.find("//") + 2;
  return address.substr(begin, address.find_first_of("/:?#", begin) - begin);
}

/// Of a page or a question.
Result<WatchState> asked_state(store::Archive& archive, const Watch& watch) {
  if (watch.address.empty()) {
    return watch_state(archive, watch);
  }
  WatchState state;
  TRY_ASSIGN(const auto read, archive.setting(store::page_read_key + watch.id));
  if (const auto day = Date::parse(read)) {
    state.asked_until = *day;
  }
  TRY_ASSIGN(state.trouble, archive.setting(store::page_trouble_key + watch.id));
  return state;
}

/// What is held of the parts, and how sources and watches fare.
class Holdings {
public:
  static Result<Holdings> read(store::Archive& archive,
                               const Register& entries,
                               const std::vector<std::string>& page_hosts,
                               Timestamp now) {
    Holdings holdings(now);
    TRY_ASSIGN(const auto planned, archive.planned_parts());
    for (const auto& [title, part] : planned) {
      const auto number = number_of(part);
      if (number) {
        TRY_ASSIGN(holdings.m_parts[std::pair(title, *number)], state_of(archive, title, part));
      }
    }
    TRY(holdings.add_source(archive, store::ecfr_source, "the eCFR"));
    TRY(holdings.add_source(archive, store::fr_source, "the Federal Register"));
    for (const Watch& watch : entries.watches) {
      TRY_ASSIGN(auto state, holdings.state_of(archive, watch, page_hosts));
      holdings.m_watches.push_back({&watch, std::move(state)});
    }
    return holdings;
  }

  template<typename Entry>
  void
  judge(const std::vector<Entry>& entries, EntryKind kind, std::vector<EntryWatch>& out) const {
    for (const Entry& entry : entries) {
      EntryWatch watch{kind, entry.id, {}, m_until};
      for (const Parts& parts : needs_of(entry)) {
        auto reason = trouble_with(parts);
        if (!reason.empty() && !(!is_one_part(parts) && is_asked_for(entry.id))) {
          watch.reasons.push_back(std::move(reason));
        }
      }
      watch.reasons.insert(watch.reasons.end(), m_sources.begin(), m_sources.end());
      if constexpr (std::is_same_v<Entry, Category>) {
        add_watches(watch);
      }
      out.push_back(std::move(watch));
    }
  }

  void judge_watches(std::vector<EntryWatch>& out) const {
    for (const auto& [watch, state] : m_watches) {
      out.push_back(state);
    }
  }

private:
  /// Older than this nothing counts as read.
  static constexpr std::chrono::days patience{3};

  explicit Holdings(Timestamp now) : m_now(now) {}

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

  Result<EntryWatch> state_of(store::Archive& archive,
                              const Watch& watch,
                              const std::vector<std::string>& page_hosts) const {
    EntryWatch state{EntryKind::watch, watch.id, {}, std::nullopt};
    if (!watch.enabled) {
      state.reasons.emplace_back("not enabled");
      return state;
    }
    if (!watch.address.empty()) {
      const std::string host = host_of(watch.address);
      if (std::find(page_hosts.begin(), page_hosts.end(), host) == page_hosts.end()) {
        state.reasons.push_back(fmt::format("{} is not in [pages] hosts", host));
        return state;
      }
    }
    TRY_ASSIGN(const auto asked, asked_state(archive, watch));
    state.until = asked.asked_until;
    if (!asked.asked_until) {
      state.reasons.emplace_back("was never asked");
    } else if (date_of(m_now) - *asked.asked_until > patience) {
      state.reasons.push_back(fmt::format("was last asked on {}", asked.asked_until->to_string()));
    }
    if (!asked.trouble.empty()) {
      state.reasons.push_back(asked.trouble);
    }
    return state;
  }

  static bool names(const Watch& watch, const std::string& category) {
    return std::find(watch.categories.begin(), watch.categories.end(), category) !=
           watch.categories.end();
  }

  /// By a watch that is watched itself.
  [[nodiscard]] bool is_asked_for(const std::string& category) const {
    return std::any_of(m_watches.begin(), m_watches.end(), [&](const auto& each) {
      return each.second.reasons.empty() && each.first->address.empty() &&
             names(*each.first, category);
    });
  }

  /// What the watches that name a category say of it.
  void add_watches(EntryWatch& category) const {
    bool questions = false;
    bool enabled = false;
    bool all_watched = true;
    for (const auto& [watch, state] : m_watches) {
      if (!names(*watch, category.id)) {
        continue;
      }
      questions = questions || watch->address.empty();
      if (watch->enabled) {
        enabled = enabled || watch->address.empty();
        all_watched = all_watched && state.reasons.empty();
        if (state.until) {
          category.until = std::min(category.until.value_or(*state.until), *state.until);
        }
      }
    }
    if (questions && !enabled) {
      category.reasons.emplace_back("no watch that names it is enabled");
    } else if (!all_watched) {
      category.reasons.emplace_back("a watch that names it is not watched");
    }
  }

  Result<void>
  add_source(store::Archive& archive, const std::string& source, std::string_view name) {
    TRY_ASSIGN(const auto status, archive.source_status(source));
    if (!status || !status->last_success) {
      m_sources.push_back(fmt::format("{} was never read", name));
    } else if (*status->last_success + patience < m_now) {
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
    if (is_one_part(parts)) {
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

  Timestamp m_now;
  std::map<std::pair<int, int>, std::string> m_parts; ///< what is wrong with each
  std::vector<std::string> m_sources;                 ///< what is wrong with them
  std::optional<Date> m_until;
  std::vector<std::pair<const Watch*, EntryWatch>> m_watches; ///< of the register, in its order
};

} // namespace

Result<std::vector<EntryWatch>> watched(store::Archive& archive,
                                        const Register& entries,
                                        const std::vector<std::string>& page_hosts,
                                        Timestamp now) {
  TRY_ASSIGN(const auto holdings, Holdings::read(archive, entries, page_hosts, now));
  std::vector<EntryWatch> watches;
  holdings.judge(entries.categories, EntryKind::category, watches);
  holdings.judge(entries.products, EntryKind::product, watches);
  holdings.judge(entries.parties, EntryKind::party, watches);
  holdings.judge(entries.procedures, EntryKind::procedure, watches);
  holdings.judge(entries.destinations, EntryKind::destination, watches);
  holdings.judge_watches(watches);
  return watches;
}

std::vector<std::pair<int, std::string>> parts_named(const Register& entries) {
  std::set<Parts> named;
  for (const Category& category : entries.categories) {
    for (const std::string& place : category.cfr) {
      add_place(named, place);
    }
  }
  for (const Procedure& procedure : entries.procedures) {
    for (const std::string& place : procedure.citations) {
      add_place(named, place);
    }
  }
  std::vector<std::pair<int, std::string>> parts;
  for (const Parts& each : named) {
    if (is_one_part(each)) {
      parts.emplace_back(each.title, std::to_string(each.first));
    }
  }
  return parts;
}

} // namespace regtrail::query
