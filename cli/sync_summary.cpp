#include "cli/sync_summary.hpp"

#include "cli/json_text.hpp"
#include "cli/progress.hpp"
#include "store/streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

namespace regtrail::cli {
namespace {

constexpr std::size_t troubles_shown = 10;

std::string counted(int count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string topic(std::string_view name, const std::string& text) {
  return fmt::format("{:<17}{}\n", name, text);
}

std::string_view state(const SyncOutcome& outcome) {
  if (outcome.interrupted) {
    return "interrupted";
  }
  return is_complete(outcome) ? "ok" : "incomplete";
}

std::string names_of(const std::vector<sync::SourceNews>& sources) {
  std::string names;
  for (const sync::SourceNews& source : sources) {
    names += (names.empty() ? "" : ", ") + source.source;
  }
  return names.empty() ? "nothing" : names;
}

/// As it stands in a log's line.
std::string_view short_name(std::string_view source) {
  return source == store::fr_source ? "fr" : source;
}

Json date_json(const std::optional<Date>& date) {
  return date ? Json(date->to_string()) : Json(nullptr);
}

} // namespace

void add_report(sync::SyncReport& total, sync::SyncReport&& more) {
  const bool first = total.sources.empty() && total.absent.empty();
  total.nothing_new = more.nothing_new && (first || total.nothing_new);
  total.requests += more.requests;
  total.bytes += more.bytes;
  total.parts = std::max(total.parts, more.parts);
  total.new_dates += more.new_dates;
  total.new_versions += more.new_versions;
  total.new_changes += more.new_changes;
  total.new_hits += more.new_hits;
  total.quarantined += more.quarantined;
  total.restated += more.restated;
  total.not_understood += more.not_understood;
  total.pending_dates += more.pending_dates;
  if (more.newest_issue_date) {
    total.newest_issue_date = std::max(total.newest_issue_date.value_or(*more.newest_issue_date),
                                       *more.newest_issue_date);
  }
  total.valid_through = more.valid_through ? more.valid_through : total.valid_through;
  total.documents += more.documents;
  total.amending += more.amending;
  total.texts += more.texts;
  total.missing_texts += more.missing_texts;
  std::move(more.absent.begin(), more.absent.end(), std::back_inserter(total.absent));
  std::move(more.troubles.begin(), more.troubles.end(), std::back_inserter(total.troubles));
  std::move(more.sources.begin(), more.sources.end(), std::back_inserter(total.sources));
}

bool is_complete(const SyncOutcome& outcome) {
  return !outcome.interrupted && outcome.report.troubles.empty() && outcome.report.quarantined == 0;
}

bool nothing_to_say(const SyncOutcome& outcome) {
  const sync::SyncReport& report = outcome.report;
  return is_complete(outcome) && report.new_dates == 0 && report.new_versions == 0 &&
         report.new_changes == 0 && report.new_hits == 0 && report.documents == 0 &&
         report.texts == 0 && report.caused == 0;
}

std::vector<std::string> trouble_lines(const SyncOutcome& outcome) {
  if (outcome.interrupted) {
    return {"interrupted; what is complete was kept; to go on run: regtrail sync"};
  }
  const auto& troubles = outcome.report.troubles;
  std::vector<std::string> lines;
  for (const sync::SyncTrouble& trouble : troubles) {
    if (lines.size() == troubles_shown) {
      lines.push_back(fmt::format("and {} more; run: regtrail status --details",
                                  troubles.size() - troubles_shown));
      break;
    }
    lines.push_back(fmt::format("{}: {}", trouble.what, trouble.error.message));
  }
  return lines;
}

std::string summary_text(const SyncOutcome& outcome) {
  const sync::SyncReport& report = outcome.report;
  const std::string newest =
      report.newest_issue_date ? ", newest issue " + report.newest_issue_date->to_string() : "";
  std::string text;
  if (nothing_to_say(outcome)) {
    const std::string through =
        report.valid_through ? " through " + report.valid_through->to_string() : "";
    text += topic(names_of(report.sources), fmt::format("nothing new{}{}", through, newest));
  } else {
    text += topic(names_of(report.sources),
                  fmt::format("{}, {}, {} fetched{}",
                              counted(report.parts, "part"),
                              counted(report.new_dates, "new date"),
                              shown_size(report.bytes),
                              newest));
    text += topic("",
                  fmt::format("{}, {}",
                              counted(report.new_versions, "new version"),
                              counted(report.new_changes, "change")));
  }
  if (report.documents > 0 || report.texts > 0) {
    text += topic("documents",
                  fmt::format("{} new or changed, {} amend what is held, {} read",
                              report.documents,
                              report.amending,
                              counted(report.texts, "text")));
  }
  if (report.missing_texts > 0) {
    text += topic("missing texts",
                  fmt::format("{} not yet available: regtrail status",
                              counted(report.missing_texts, "text")));
  }
  if (report.caused > 0) {
    text += topic("causes", fmt::format("{} explained anew", counted(report.caused, "change")));
  }
  for (const std::string& source : report.absent) {
    text += topic(source, "not in this mirror");
  }
  if (report.new_hits > 0) {
    text +=
        topic("matched",
              fmt::format("{} in your register: regtrail items", counted(report.new_hits, "hit")));
  }
  if (report.not_understood > 0) {
    text += topic(
        "not understood",
        fmt::format("{}: regtrail status --details", counted(report.not_understood, "place")));
  }
  if (report.quarantined > 0) {
    text +=
        topic("quarantined",
              fmt::format("{}: regtrail status --details", counted(report.quarantined, "answer")));
  }
  if (report.pending_dates > 0) {
    text += topic("still to fetch",
                  fmt::format("{}: regtrail sync", counted(report.pending_dates, "date")));
  }
  return text;
}

std::string summary_line(const SyncOutcome& outcome) {
  const sync::SyncReport& report = outcome.report;
  std::string line = fmt::format("{} {}", to_string(outcome.now), state(outcome));
  for (const sync::SourceNews& source : report.sources) {
    line += fmt::format(" {}={}",
                        short_name(source.source),
                        source.newest ? source.newest->to_string() : "unknown");
  }
  line += fmt::format(" changes={} hits={}", report.new_changes, report.new_hits);
  if (report.not_understood > 0) {
    line += fmt::format(" not_understood={}", report.not_understood);
  }
  if (report.quarantined > 0) {
    line += fmt::format(" quarantined={}", report.quarantined);
  }
  if (!report.troubles.empty()) {
    line += fmt::format(" troubles={}", report.troubles.size());
  }
  if (report.missing_texts > 0) {
    line += fmt::format(" missing_texts={}", report.missing_texts);
  }
  if (report.pending_dates > 0) {
    line += fmt::format(" pending={}", report.pending_dates);
  }
  return line + fmt::format(" {}s\n", outcome.took.count());
}

std::string summary_json(const SyncOutcome& outcome) {
  const sync::SyncReport& report = outcome.report;
  Json json;
  json["schema"] = 1;
  json["now"] = to_string(outcome.now);
  json["state"] = state(outcome);
  json["nothing_new"] = report.nothing_new;
  json["newest_issue_date"] = date_json(report.newest_issue_date);
  json["sources"] = Json::array();
  for (const sync::SourceNews& source : report.sources) {
    json["sources"].push_back(
        {{"source", source.source}, {"newest_issue_date", date_json(source.newest)}});
  }
  json["valid_through"] = date_json(report.valid_through);
  json["requests"] = report.requests;
  json["bytes"] = report.bytes;
  json["parts"] = report.parts;
  json["new_dates"] = report.new_dates;
  json["new_versions"] = report.new_versions;
  json["new_changes"] = report.new_changes;
  json["new_hits"] = report.new_hits;
  json["quarantined"] = report.quarantined;
  json["not_understood"] = report.not_understood;
  json["pending_dates"] = report.pending_dates;
  json["documents"] = report.documents;
  json["amending"] = report.amending;
  json["texts"] = report.texts;
  json["missing_texts"] = report.missing_texts;
  json["caused"] = report.caused;
  json["absent"] = report.absent;
  json["troubles"] = Json::array();
  for (const sync::SyncTrouble& trouble : report.troubles) {
    json["troubles"].push_back({{"what", trouble.what},
                                {"kind", std::string(to_string(trouble.error.kind))},
                                {"message", trouble.error.message}});
  }
  return json_text(json);
}

ExitCode print_outcome(const Session& session, const SyncOutcome& outcome, NothingNew nothing) {
  Console& console = session.console();
  for (const std::string& line : trouble_lines(outcome)) {
    console.error(line);
  }
  if (session.json()) {
    console.print(summary_json(outcome));
  } else if (session.options().quiet) {
    // Only the troubles.
  } else if (console.out_is_terminal()) {
    console.print(summary_text(outcome));
  } else if (nothing == NothingNew::printed || !nothing_to_say(outcome)) {
    console.print(summary_line(outcome));
  }
  return is_complete(outcome) ? ExitCode::done : ExitCode::incomplete;
}

} // namespace regtrail::cli
