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

/// Dates that lie ahead are nullopt, and reported.
Result<TitleState> ask_title(EcfrRun& run) {
  const int number = run.options.title;
  const std::string url = fetch::ecfr_titles_url();
  TRY_ASSIGN(const auto raw, run.record(run.client.titles(), url, "ecfr/titles"));
  TRY_ASSIGN(const auto bytes, run.archive.raw_bytes(raw));
  const auto titles = parse::parse_titles(bytes, url);
  if (!titles) {
    TRY(run.archive.quarantine(raw, titles.error().message));
    return tl::unexpected(titles.error());
  }
  if (titles->import_in_progress) {
    return fail(ErrorKind::http,
                "the eCFR is importing; nothing was asked of it, the next sync goes on");
  }
  const auto found = std::find_if(titles->titles.begin(),
                                  titles->titles.end(),
                                  [&](const TitleState& title) { return title.number == number; });
  if (found == titles->titles.end() || !found->latest_issue_date) {
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

std::string versions_stream(int title, const std::string& part, int page) {
  return fmt::format("ecfr/versions/title-{}/part-{}/page-{}", title, part, page);
}

std::string part_of(const VersionRow& row) {
  return row.part.empty() ? row.unit.part_number() : row.part;
}

/// The issue dates of a part, each with the URL of the answer that named it.
using IssueDates = std::map<Date, std::string>;
using DatesByPart = std::map<std::string, IssueDates>;

/// What all pages of one `versions` question name; a mirror may name more than was asked. A count
/// that does not match is an error: rows were lost or the service changed under our hands.
Result<DatesByPart> ask_versions(EcfrRun& run, const EcfrScope& scope, std::optional<Date> from) {
  DatesByPart dates;
  std::size_t rows = 0;
  std::optional<int> expected;
  for (int page = 1; page <= max_pages; ++page) {
    const std::string url = fetch::ecfr_versions_url(scope, from, page);
    TRY_ASSIGN(const auto raw,
               run.record(run.client.versions(scope, from, page),
                          url,
                          versions_stream(scope.title, scope.part, page)));
    TRY_ASSIGN(const auto bytes, run.archive.raw_bytes(raw));
    const auto answer = parse::parse_versions(bytes, url);
    if (!answer) {
      TRY(run.archive.quarantine(raw, answer.error().message));
      return tl::unexpected(answer.error());
    }
    const bool full_page = answer->rows.size() >= rows_per_page;
    expected = answer->result_count ? answer->result_count : expected;
    rows += answer->rows.size();
    for (const VersionRow& row : answer->rows) {
      dates[part_of(row)].emplace(row.issue_date, url);
    }
    const bool more = answer->total_pages ? page < *answer->total_pages : full_page;
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

/// Parts whose plan is missing or does not reach back to `since`, and those that only need news.
struct Questions {
  std::vector<std::string> whole;
  std::vector<std::string> news;
  std::optional<Date> news_from;
};

/// `newest` and `watermark` are nullopt where the service's cannot be used: then all is asked.
Result<Questions>
what_to_ask(const EcfrRun& run, std::optional<Date> newest, std::optional<Date> watermark) {
  const SyncOptions& options = run.options;
  Questions questions;
  for (const std::string& part : run.parts) {
    TRY_ASSIGN(const auto text, run.archive.setting(coverage_key(options.title, part)));
    const auto coverage = read_coverage(text);
    if (!coverage || (options.since && *options.since < coverage->since)) {
      questions.whole.push_back(part);
    } else if (newest && coverage->watermark > *newest) {
      return fail(
          ErrorKind::quarantined,
          fmt::format("the eCFR's newest issue date went back from {} to {}; its answers are "
                      "not taken as law until it catches up",
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
Result<DatesByPart> ask_news(EcfrRun& run, const Questions& questions) {
  EcfrScope scope;
  scope.title = run.options.title;
  auto dates = ask_versions(run, scope, questions.news_from);
  if (dates || dates.error().kind != ErrorKind::not_found) {
    return dates;
  }
  dates = DatesByPart();
  for (const std::string& part : questions.news) {
    scope.part = part;
    TRY_ASSIGN(auto of_part, ask_versions(run, scope, questions.news_from));
    (*dates)[part] = std::move(of_part[part]);
  }
  return dates;
}

/// Takes out the dates that lie ahead, and reports them; returns whether there were none.
bool take_out_ahead(EcfrRun& run, const std::string& part, IssueDates& dates) {
  const std::size_t named = dates.size();
  std::erase_if(dates, [&](const auto& each) {
    return !run.unless_ahead(each.first, "versions of part " + part, "an issue date", each.second);
  });
  return dates.size() == named;
}

/// Stores the dates that the answers named; returns the parts for which that worked. A failure of
/// one part is a trouble and leaves the others planned; a part of which a date lay ahead is to be
/// asked for again, since nobody knows what stands in its place.
std::vector<std::string> store_answers(EcfrRun& run, const Questions& questions) {
  const SyncOptions& options = run.options;
  std::vector<SyncTrouble>& troubles = run.report.troubles;
  std::vector<std::string> covered;
  const auto store_dates =
      [&](const std::string& part, IssueDates dates, const SyncOptions& bounds) {
        const bool complete = take_out_ahead(run, part, dates);
        const auto done = run.archive.plan_dates(options.title, part, within_bounds(dates, bounds));
        if (!done) {
          troubles.push_back({"plan of part " + part, done.error()});
        } else if (complete) {
          covered.push_back(part);
        }
      };
  for (const std::string& part : questions.whole) {
    EcfrScope scope;
    scope.title = options.title;
    scope.part = part;
    auto dates = ask_versions(run, scope, ecfr_begins);
    if (!dates) {
      troubles.push_back({"versions of part " + part, dates.error()});
      continue;
    }
    store_dates(part, std::move((*dates)[part]), options);
  }
  if (questions.news.empty()) {
    return covered;
  }
  auto dates = ask_news(run, questions);
  if (!dates) {
    troubles.push_back({fmt::format("versions of title {}", options.title), dates.error()});
    return covered;
  }
  SyncOptions newer = options;
  newer.since.reset();
  for (const std::string& part : questions.news) {
    store_dates(part, std::move((*dates)[part]), newer);
  }
  return covered;
}

/// Notes that the plan of `part` is complete from its oldest wanted date to `watermark`.
Result<void> cover(EcfrRun& run, const std::string& part, bool asked_whole, Date watermark) {
  const std::string key = coverage_key(run.options.title, part);
  TRY_ASSIGN(const auto text, run.archive.setting(key));
  const auto old = read_coverage(text);
  Date since = asked_whole || !old ? run.options.since.value_or(ecfr_begins) : old->since;
  if (old) {
    since = std::min(since, old->since);
  }
  return run.archive.put_setting(key,
                                 fmt::format("{}..{}", since.to_string(), watermark.to_string()));
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
          take_rows(newest, *answer, record.id, date);
        }
      }
    }
  }
  return !newest.empty() && std::none_of(newest.begin(), newest.end(), [](const auto& each) {
    return std::get<bool>(each.second);
  });
}

Result<Plan> make_plan(EcfrRun& run) {
  const SyncOptions& options = run.options;
  Plan plan;
  TRY_ASSIGN(plan.title, ask_title(run));
  const std::optional<Date> newest = plan.title.latest_issue_date;
  const std::optional<Date> watermark =
      newest && options.until ? std::min(*options.until, *newest) : newest;
  TRY_ASSIGN(const auto questions, what_to_ask(run, newest, watermark));
  if (questions.whole.empty() && questions.news.empty()) {
    return plan;
  }
  plan.moved = true;
  const std::vector<std::string> covered = store_answers(run, questions);
  if (!watermark) {
    return plan;
  }

  // A watermark that moved while we asked: keep the rows, ask again next time.
  const auto again = ask_title(run);
  if (again && !again->latest_issue_date) {
    return plan;
  }
  if (!again || again->latest_issue_date != newest) {
    run.report.troubles.push_back(
        {"titles.json",
         again ? Error{ErrorKind::http,
                       "the eCFR published a new issue during the crawl; the next sync looks again"}
               : again.error()});
    return plan;
  }
  for (const std::string& part : covered) {
    const auto& whole = questions.whole;
    const bool asked_whole = std::find(whole.begin(), whole.end(), part) != whole.end();
    TRY(cover(run, part, asked_whole, *watermark));
  }
  return plan;
}

} // namespace regtrail::sync
