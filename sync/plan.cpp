#include "sync/plan.hpp"

#include "parse/ecfr_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
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
  return *found;
}

/// All pages of one `versions` question. A count that does not match is an error: rows were lost or
/// the service changed under our hands.
Result<std::vector<VersionRow>>
ask_versions(EcfrRun& run, const EcfrScope& scope, std::optional<Date> from) {
  std::vector<VersionRow> rows;
  std::optional<int> expected;
  for (int page = 1; page <= max_pages; ++page) {
    const std::string url = fetch::ecfr_versions_url(scope, from, page);
    const std::string stream =
        fmt::format("ecfr/versions/title-{}/part-{}/page-{}", scope.title, scope.part, page);
    TRY_ASSIGN(const auto raw, run.record(run.client.versions(scope, from, page), url, stream));
    TRY_ASSIGN(const auto bytes, run.archive.raw_bytes(raw));
    auto answer = parse::parse_versions(bytes, url);
    if (!answer) {
      TRY(run.archive.quarantine(raw, answer.error().message));
      return tl::unexpected(answer.error());
    }
    const bool full_page = answer->rows.size() >= rows_per_page;
    expected = answer->result_count ? answer->result_count : expected;
    std::move(answer->rows.begin(), answer->rows.end(), std::back_inserter(rows));
    const bool more = answer->total_pages ? page < *answer->total_pages : full_page;
    if (!more) {
      if (expected && static_cast<std::size_t>(*expected) != rows.size()) {
        return fail(
            ErrorKind::malformed,
            fmt::format("'{}' announced {} rows and gave {}; the list is asked for again by "
                        "the next sync",
                        url,
                        *expected,
                        rows.size()));
      }
      return rows;
    }
  }
  return fail(
      ErrorKind::too_large,
      fmt::format(
          "versions of title {} part {} go on after {} pages", scope.title, scope.part, max_pages));
}

using DatesByPart = std::map<std::string, std::set<Date>>;

void collect(DatesByPart& dates,
             const std::vector<VersionRow>& rows,
             const std::vector<std::string>& parts) {
  for (const VersionRow& row : rows) {
    const std::string part = row.part.empty() ? row.unit.part_number() : row.part;
    if (std::find(parts.begin(), parts.end(), part) != parts.end()) {
      dates[part].insert(row.issue_date);
    }
  }
}

/// What of `dates` to hold: those within the bounds and, as the base to compare the first one
/// with, the last one before them.
std::vector<Date> within_bounds(const std::set<Date>& dates, const SyncOptions& options) {
  std::vector<Date> wanted;
  for (const Date date : dates) {
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

Result<Questions> what_to_ask(const EcfrRun& run, Date newest, Date watermark) {
  const SyncOptions& options = run.options;
  Questions questions;
  for (const std::string& part : run.parts) {
    TRY_ASSIGN(const auto text, run.archive.setting(coverage_key(options.title, part)));
    const auto coverage = read_coverage(text);
    if (!coverage || (options.since && *options.since < coverage->since)) {
      questions.whole.push_back(part);
    } else if (coverage->watermark > newest) {
      return fail(
          ErrorKind::quarantined,
          fmt::format("the eCFR's newest issue date went back from {} to {}; its answers are "
                      "not taken as law until it catches up",
                      coverage->watermark.to_string(),
                      newest.to_string()));
    } else if (coverage->watermark < watermark) {
      questions.news.push_back(part);
      const Date from = coverage->watermark - overlap;
      questions.news_from = std::min(questions.news_from.value_or(from), from);
    }
  }
  return questions;
}

/// News of all parts in one question; part by part where a mirror does not hold the whole title.
Result<DatesByPart> ask_news(EcfrRun& run, const Questions& questions) {
  DatesByPart dates;
  EcfrScope scope;
  scope.title = run.options.title;
  const auto rows = ask_versions(run, scope, questions.news_from);
  if (rows) {
    collect(dates, *rows, questions.news);
    return dates;
  }
  if (rows.error().kind != ErrorKind::not_found) {
    return tl::unexpected(rows.error());
  }
  for (const std::string& part : questions.news) {
    scope.part = part;
    TRY_ASSIGN(const auto of_part, ask_versions(run, scope, questions.news_from));
    collect(dates, of_part, {part});
  }
  return dates;
}

/// Stores the dates that the answers named; returns the parts for which that worked. A failure of
/// one part is a trouble and leaves the others planned.
std::vector<std::string> store_answers(EcfrRun& run, const Questions& questions) {
  const SyncOptions& options = run.options;
  std::vector<SyncTrouble>& troubles = run.report.troubles;
  std::vector<std::string> covered;
  const auto store_dates = [&](const std::string& part, const std::vector<Date>& dates) {
    if (const auto done = run.archive.plan_dates(options.title, part, dates); done) {
      covered.push_back(part);
    } else {
      troubles.push_back({"plan of part " + part, done.error()});
    }
  };
  for (const std::string& part : questions.whole) {
    EcfrScope scope;
    scope.title = options.title;
    scope.part = part;
    const auto rows = ask_versions(run, scope, ecfr_begins);
    if (!rows) {
      troubles.push_back({"versions of part " + part, rows.error()});
      continue;
    }
    DatesByPart dates;
    collect(dates, *rows, {part});
    store_dates(part, within_bounds(dates[part], options));
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
    store_dates(part, within_bounds((*dates)[part], newer));
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

} // namespace

Result<Plan> make_plan(EcfrRun& run) {
  const SyncOptions& options = run.options;
  Plan plan;
  TRY_ASSIGN(plan.title, ask_title(run));
  const Date newest = *plan.title.latest_issue_date;
  const Date watermark = options.until ? std::min(*options.until, newest) : newest;
  TRY_ASSIGN(const auto questions, what_to_ask(run, newest, watermark));
  if (questions.whole.empty() && questions.news.empty()) {
    return plan;
  }
  plan.moved = true;
  const std::vector<std::string> covered = store_answers(run, questions);

  // A watermark that moved while we asked: keep the rows, ask again next time.
  const auto again = ask_title(run);
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
    TRY(cover(run, part, asked_whole, watermark));
  }
  return plan;
}

} // namespace regtrail::sync
