#include "sync/plan.hpp"

#include "parse/ecfr_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace regtrail::sync {
namespace {

using fetch::EcfrScope;

constexpr int rows_per_page = 1000;
constexpr int max_pages = 200;
/// Amendments may be revised within days of their issue (docs/sources.md, eCFR: versions).
constexpr std::chrono::days overlap{7};

/// How far the plan of one part reaches: the oldest date wanted and the watermark it was made at.
struct Coverage {
  Date since;
  Date watermark;
};

std::string coverage_key(int title, const std::string& part) {
  return fmt::format("ecfr.plan.{}.{}", title, part);
}

std::optional<Coverage> read_coverage(const std::string& text) {
  const auto cut = text.find("..");
  if (cut == std::string::npos) {
    return std::nullopt;
  }
  const auto since = Date::parse(std::string_view(text).substr(0, cut));
  const auto watermark = Date::parse(std::string_view(text).substr(cut + 2));
  if (!since || !watermark) {
    return std::nullopt;
  }
  return Coverage{*since, *watermark};
}

/// The state of a title by an answer of titles.json. Dates that lie ahead are nullopt, and
/// reported.
Result<TitleState> state_of(EcfrRun& run, const Titles& answer, int number) {
  const std::string url = fetch::ecfr_titles_url();
  const auto found = std::find_if(answer.titles.begin(),
                                  answer.titles.end(),
                                  [&](const TitleState& title) { return title.number == number; });
  if (found == answer.titles.end() || !found->latest_issue_date) {
    return fail(ErrorKind::malformed,
                fmt::format("'{}' has no title {} with a latest_issue_date", url, number));
  }
  if (found->processing_in_progress) {
    return fail(ErrorKind::http,
                fmt::format("the eCFR is processing title {}; the next sync goes on", number));
  }
  TitleState title = *found;
  for (const auto& [field, date] : {std::pair{"latest_issue_date", &title.latest_issue_date},
                                    std::pair{"up_to_date_as_of", &title.up_to_date_as_of},
                                    std::pair{"latest_amended_on", &title.latest_amended_on}}) {
    *date = run.unless_ahead(*date, "titles.json", field, url);
  }
  return title;
}

/// The states of the titles `numbers`. One that cannot be asked about now is left out, and
/// reported.
Result<std::map<int, TitleState>> ask_titles(EcfrRun& run, const std::vector<int>& numbers) {
  const std::string url = fetch::ecfr_titles_url();
  TRY_ASSIGN(const auto raw, run.record(run.client.titles(), url, "ecfr/titles"));
  TRY_ASSIGN(const auto bytes, run.archive.raw_bytes(raw));
  const auto answer = parse::parse_titles(bytes, url);
  if (!answer) {
    TRY(run.archive.quarantine(raw, answer.error().message));
    return tl::unexpected(answer.error());
  }
  if (answer->import_in_progress) {
    return fail(ErrorKind::http,
                "the eCFR is importing; nothing was asked of it, the next sync goes on");
  }
  std::map<int, TitleState> states;
  for (const int number : numbers) {
    if (auto state = state_of(run, *answer, number)) {
      states.emplace(number, std::move(*state));
    } else {
      TRY(run.note("titles.json", state.error()));
    }
  }
  return states;
}

/// The day up to which the service answers for all titles; nullopt where it does not say so of one.
std::optional<Date> answered_through(const std::map<int, TitleState>& states) {
  std::optional<Date> day;
  for (const auto& [number, state] : states) {
    if (!state.up_to_date_as_of) {
      return std::nullopt;
    }
    day = std::min(day.value_or(*state.up_to_date_as_of), *state.up_to_date_as_of);
  }
  return day;
}

std::string versions_stream(int title, const std::string& part, int page) {
  return fmt::format("ecfr/versions/title-{}/part-{}/page-{}", title, part, page);
}

std::string part_of(const VersionRow& row) {
  return row.part.empty() ? row.unit.part_number() : row.part;
}

/// The issue dates of a part, each with the URL of the answer that named it.
using IssueDates = std::map<Date, std::string>;

struct NamedDates {
  std::map<std::string, IssueDates> by_part;
  bool complete = true; ///< false where rows could not be read
};

/// Whether the row is of the title and, where one was asked for, of the part.
bool answers(const VersionRow& row, const EcfrScope& scope) {
  return (row.unit.title().empty() || row.unit.title() == std::to_string(scope.title)) &&
         (scope.part.empty() || part_of(row) == scope.part);
}

/// The rows of one answer that answer the question. A folder may hold one file for several
/// questions; of a service a row of another title or part makes the answer one to another question.
Result<std::vector<VersionRow>>
asked_rows(std::vector<VersionRow> rows, const EcfrScope& scope, const store::RawRecord& record) {
  const auto foreign = std::find_if(
      rows.begin(), rows.end(), [&](const VersionRow& row) { return !answers(row, scope); });
  if (foreign != rows.end() && !is_from_folder(record)) {
    return fail(
        ErrorKind::malformed,
        fmt::format("'{}' holds rows that were not asked for, the first of '{}'; nothing of "
                    "it is used and the next sync asks again",
                    record.url,
                    foreign->unit.to_string()));
  }
  std::erase_if(rows, [&](const VersionRow& row) { return !answers(row, scope); });
  return rows;
}

/// What all pages of one `versions` question name; of rows from before its beginning the day on
/// which the eCFR begins. A count that does not match is an error: rows were lost or the service
/// changed under our hands.
Result<NamedDates> ask_versions(EcfrRun& run, const EcfrScope& scope, std::optional<Date> from) {
  NamedDates dates;
  std::size_t rows = 0;
  std::optional<int> expected;
  for (int page = 1; page <= max_pages; ++page) {
    const std::string url = fetch::ecfr_versions_url(scope, from, page);
    TRY_ASSIGN(const auto raw,
               run.record(run.client.versions(scope, from, page),
                          url,
                          versions_stream(scope.title, scope.part, page)));
    TRY_ASSIGN(const auto record, run.archive.raw_record(raw));
    TRY_ASSIGN(const auto bytes, run.archive.raw_bytes(raw));
    const auto answer = parse::parse_versions(bytes, url);
    const auto asked = answer ? asked_rows(answer->page.rows, scope, record)
                              : Result<std::vector<VersionRow>>(tl::unexpected(answer.error()));
    if (!asked) {
      TRY(run.archive.quarantine(raw, asked.error().message));
      return tl::unexpected(asked.error());
    }
    TRY(run.note_unreadable("versions", url, answer->unreadable));
    dates.complete = dates.complete && answer->unreadable.empty();
    for (const VersionRow& row : *asked) {
      dates.by_part[part_of(row)].emplace(std::max(row.issue_date, ecfr_begins), url);
    }
    const std::size_t given = answer->page.rows.size() + answer->unreadable.size();
    expected = answer->page.result_count ? answer->page.result_count : expected;
    rows += given;
    const bool more =
        answer->page.total_pages ? page < *answer->page.total_pages : given >= rows_per_page;
    if (!more) {
      if (expected && static_cast<std::size_t>(*expected) != rows) {
        return fail(
            ErrorKind::malformed,
            fmt::format("'{}' announced {} rows and gave {}; the list is asked for again by "
                        "the next sync",
                        url,
                        *expected,
                        rows));
      }
      return dates;
    }
  }
  return fail(
      ErrorKind::too_large,
      fmt::format(
          "versions of title {} part {} go on after {} pages", scope.title, scope.part, max_pages));
}

/// What of `dates` to hold: those within the bounds and, as the base to compare the first one
/// with, the last one before them.
std::vector<Date> within_bounds(const IssueDates& dates, const SyncOptions& options) {
  std::vector<Date> wanted;
  for (const auto& [date, url] : dates) {
    if (options.until && date > *options.until) {
      break;
    }
    if (options.since && date <= *options.since) {
      wanted.clear();
    }
    wanted.push_back(date);
  }
  return wanted;
}

/// Of one title: parts whose plan is missing or does not reach back to `since`, and those that only
/// need news.
struct Questions {
  int title = 15;
  std::vector<std::string> whole;
  std::vector<std::string> news;
  std::optional<Date> news_from;

  [[nodiscard]] bool empty() const { return whole.empty() && news.empty(); }
};

/// `newest` and `watermark` are nullopt where the service's cannot be used: then all is asked.
Result<Questions> what_to_ask(const EcfrRun& run,
                              int title,
                              std::optional<Date> newest,
                              std::optional<Date> watermark) {
  const SyncOptions& options = run.options;
  Questions questions;
  questions.title = title;
  for (const std::string& part : parts_of_title(run.parts, title)) {
    TRY_ASSIGN(const auto text, run.archive.setting(coverage_key(title, part)));
    const auto coverage = read_coverage(text);
    if (!coverage || (options.since && *options.since < coverage->since)) {
      questions.whole.push_back(part);
    } else if (newest && coverage->watermark > *newest) {
      return fail(
          ErrorKind::quarantined,
          fmt::format("the eCFR's newest issue date of title {} went back from {} to {}; its "
                      "answers are not taken as law until it catches up",
                      title,
                      coverage->watermark.to_string(),
                      newest->to_string()));
    } else if (!watermark || coverage->watermark < *watermark) {
      questions.news.push_back(part);
      const Date from = coverage->watermark - overlap;
      questions.news_from = std::min(questions.news_from.value_or(from), from);
    }
  }
  return questions;
}

/// News of all parts in one question; part by part where a mirror does not hold the whole title.
Result<NamedDates> ask_news(EcfrRun& run, const Questions& questions) {
  EcfrScope scope;
  scope.title = questions.title;
  auto dates = ask_versions(run, scope, questions.news_from);
  if (dates || dates.error().kind != ErrorKind::not_found) {
    return dates;
  }
  dates = NamedDates();
  for (const std::string& part : questions.news) {
    scope.part = part;
    TRY_ASSIGN(auto of_part, ask_versions(run, scope, questions.news_from));
    dates->by_part[part] = std::move(of_part.by_part[part]);
    dates->complete = dates->complete && of_part.complete;
  }
  return dates;
}

/// Takes out the dates that lie ahead, and reports them; returns whether there were none.
bool take_out_ahead(EcfrRun& run, const PartName& part, IssueDates& dates) {
  const std::size_t named = dates.size();
  std::erase_if(dates, [&](const auto& each) {
    return !run.unless_ahead(
        each.first, "versions of part " + to_string(part), "an issue date", each.second);
  });
  return dates.size() == named;
}

/// Stores the dates that the answers named; returns the parts for which that worked. A failure of
/// one part is a trouble and leaves the others planned; a part of which a date lay ahead, or a row
/// could not be read, is to be asked for again, since nobody knows what stands in its place.
std::vector<std::string> store_answers(EcfrRun& run, const Questions& questions) {
  const SyncOptions& options = run.options;
  std::vector<SyncTrouble>& troubles = run.report.troubles;
  std::vector<std::string> covered;
  const auto store_dates =
      [&](const std::string& part, NamedDates& answer, const SyncOptions& bounds) {
        const PartName name{questions.title, part};
        IssueDates& dates = answer.by_part[part];
        const bool none_ahead = take_out_ahead(run, name, dates);
        const auto done = run.archive.plan_dates(name.title, part, within_bounds(dates, bounds));
        if (!done) {
          troubles.push_back({"plan of part " + to_string(name), done.error()});
        } else if (none_ahead && answer.complete) {
          covered.push_back(part);
        }
      };
  for (const std::string& part : questions.whole) {
    EcfrScope scope;
    scope.title = questions.title;
    scope.part = part;
    auto dates = ask_versions(run, scope, std::nullopt);
    if (!dates) {
      troubles.push_back(
          {"versions of part " + to_string(PartName{questions.title, part}), dates.error()});
      continue;
    }
    store_dates(part, *dates, options);
  }
  if (questions.news.empty()) {
    return covered;
  }
  auto dates = ask_news(run, questions);
  if (!dates) {
    troubles.push_back({fmt::format("versions of title {}", questions.title), dates.error()});
    return covered;
  }
  SyncOptions newer = options;
  newer.since.reset();
  for (const std::string& part : questions.news) {
    store_dates(part, *dates, newer);
  }
  return covered;
}

/// Notes that the plan of `part` is complete from its oldest wanted date to `watermark`.
Result<void> cover(EcfrRun& run, const PartName& part, bool asked_whole, Date watermark) {
  const std::string key = coverage_key(part.title, part.part);
  TRY_ASSIGN(const auto text, run.archive.setting(key));
  const auto old = read_coverage(text);
  Date since = asked_whole || !old ? run.options.since.value_or(ecfr_begins) : old->since;
  if (old) {
    since = std::min(since, old->since);
  }
  return run.archive.put_setting(key,
                                 fmt::format("{}..{}", since.to_string(), watermark.to_string()));
}

/// What was asked about one title.
struct Asked {
  Questions questions;
  std::vector<std::string> covered; ///< parts whose dates are stored
  std::optional<Date> newest;       ///< issue date of the title before the questions
  std::optional<Date> watermark;
};

/// Asks what is new of one title; nullopt where nothing is.
Result<std::optional<Asked>> ask_about(EcfrRun& run, const TitleState& title) {
  Asked asked;
  asked.newest = title.latest_issue_date;
  asked.watermark = asked.newest && run.options.until ? std::min(*run.options.until, *asked.newest)
                                                      : asked.newest;
  TRY_ASSIGN(asked.questions, what_to_ask(run, title.number, asked.newest, asked.watermark));
  if (asked.questions.empty()) {
    return std::nullopt;
  }
  asked.covered = store_answers(run, asked.questions);
  return asked;
}

/// Notes how far the plans of the title's parts reach, unless the service went on meanwhile: then
/// the rows are kept, and the next sync asks again.
Result<void> cover_all(EcfrRun& run, const Asked& asked, const TitleState& now) {
  if (!asked.watermark || !now.latest_issue_date) {
    return {};
  }
  if (now.latest_issue_date != asked.newest) {
    return run.note(
        "titles.json",
        {ErrorKind::http,
         fmt::format("the eCFR published a new issue of title {} during the crawl; the next sync "
                     "looks again",
                     now.number)});
  }
  const auto& whole = asked.questions.whole;
  for (const std::string& part : asked.covered) {
    const bool asked_whole = std::find(whole.begin(), whole.end(), part) != whole.end();
    TRY(cover(run, {asked.questions.title, part}, asked_whole, *asked.watermark));
  }
  return {};
}

/// The newest row of each unit: its issue date, the answer that gave it, and whether the unit
/// stays.
using NewestRows = std::map<Citation, std::tuple<Date, store::RawId, bool>>;

/// Takes up what a stored answer says of the part up to the date.
void take_rows(NewestRows& newest,
               const VersionsPage& answer,
               store::RawId raw,
               const store::PartDate& date) {
  for (const VersionRow& row : answer.rows) {
    if (part_of(row) == date.part && row.issue_date <= date.issue_date) {
      auto& held = newest[row.unit];
      held = std::max(held, std::tuple(row.issue_date, raw, !row.removed));
    }
  }
}

} // namespace

Result<bool> all_units_removed(store::Archive& archive, const store::PartDate& date) {
  NewestRows newest;
  for (const std::string& part : {date.part, std::string()}) {
    for (int page = 1; page <= max_pages; ++page) {
      TRY_ASSIGN(const auto records, archive.raw_records(versions_stream(date.title, part, page)));
      if (records.empty()) {
        break;
      }
      for (const store::RawRecord& record : records) {
        TRY_ASSIGN(const auto bytes, archive.raw_bytes(record.id));
        if (const auto answer = parse::parse_versions(bytes, record.url)) {
          take_rows(newest, answer->page, record.id, date);
        }
      }
    }
  }
  return !newest.empty() && std::none_of(newest.begin(), newest.end(), [](const auto& each) {
    return std::get<bool>(each.second);
  });
}

Result<Plan> make_plan(EcfrRun& run) {
  const std::vector<int> titles = titles_of(run.parts);
  TRY_ASSIGN(const auto states, ask_titles(run, titles));
  Plan plan;
  if (states.size() == titles.size()) {
    plan.valid_through = answered_through(states);
  }
  std::map<int, Asked> asked;
  for (const auto& [number, state] : states) {
    auto about = ask_about(run, state);
    if (!about) {
      TRY(run.note("titles.json", about.error()));
      plan.valid_through.reset();
    } else if (*about) {
      asked.emplace(number, std::move(**about));
    }
  }
  plan.moved = !asked.empty();
  std::vector<int> to_confirm;
  for (const auto& [number, about] : asked) {
    if (about.watermark) {
      to_confirm.push_back(number);
    }
  }
  if (to_confirm.empty()) {
    return plan;
  }
  const auto again = ask_titles(run, to_confirm);
  if (!again) {
    TRY(run.note("titles.json", again.error()));
    return plan;
  }
  for (const auto& [number, state] : *again) {
    TRY(cover_all(run, asked.at(number), state));
  }
  return plan;
}

} // namespace regtrail::sync
