// `changes` and `status` in a terminal.
#include "model/text.hpp"
#include "notify/render/layout_internal.hpp"
#include "notify/render/not_watched.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::render {

namespace {

constexpr int feed_context = 8;
constexpr std::size_t details_shown = 50;
constexpr std::size_t missing_shown = 5;

// --- changes --------------------------------------------------------------------------------

std::string label_of(const Register& categories, const std::string& id) {
  for (const Category& category : categories.categories) {
    if (category.id == id && !category.label_en.empty()) {
      return fmt::format("{} ({})", category.label_en, id);
    }
  }
  return id;
}

void add_hit(std::string& out,
             const Hit& hit,
             const Register& categories,
             const TerminalStyle& style) {
  Flow flow(style, 4, 8);
  flow.add(Mark::plain, label_of(categories, hit.category));
  flow.gap();
  flow.add(Mark::plain, two_decimals(hit.score));
  flow.gap();
  if (hit.near) {
    flow.add(Mark::dim, "near miss ");
  }
  for (std::size_t i = 0; i < hit.reasons.size(); ++i) {
    const Reason& reason = hit.reasons[i];
    flow.add(Mark::dim,
             fmt::format("{}{}{}",
                         i == 0 ? "" : "; ",
                         reason.weight < 0 ? "- " : "",
                         reason_phrase(reason, Language::en)));
  }
  out += flow.finish();
}

/// Severity, place and what happened; below it the dates of both sides and `remark`.
void add_feed_head(std::string& out,
                   const FeedItem& item,
                   int severity,
                   const std::string& what,
                   const std::string& remark,
                   const TerminalStyle& style) {
  Flow head(style, 0, 4);
  head.add(severity >= 4 ? Mark::bold : Mark::plain,
           fmt::format("[{}] ", severity_word(severity, Language::en)));
  head.add(Mark::bold, item.change.at.to_string());
  head.gap();
  head.add(Mark::plain, what);
  out += head.finish();
  if (!item.status && !item.headline.en.empty()) {
    out += paragraph(style, 4, 6, Mark::plain, item.headline.en);
  }
  const auto day = [](const SideInfo& side) {
    return side.date ? side.date->to_string() : std::string("absent");
  };
  Flow dates(style, 4, 4);
  dates.add(Mark::dim, fmt::format("{} -> {}", day(item.before), day(item.after)));
  dates.gap();
  dates.add(Mark::dim, remark);
  out += dates.finish();
}

/// A party or an entry that came or went as a whole is told by its headline.
bool needs_text(const Change& change) {
  return change.kind == ChangeKind::revised || change.node_kind != NodeKind::entry;
}

/// Of a status event no text is shown: none was changed.
void add_feed_item(std::string& out,
                   const FeedItem& item,
                   int severity,
                   const TerminalStyle& style) {
  if (item.status) {
    add_feed_head(
        out, item, severity, event_phrase(*item.status, Language::en), "status, not text", style);
    return;
  }
  const Change& change = item.change;
  add_feed_head(out,
                item,
                severity,
                kind_phrase(change, item.after.unit, Language::en),
                change.causes.empty() ? "cause unknown" : cause_name(change.causes.front()),
                style);
  if (needs_text(change)) {
    out += redline(abridge(merged_edits(runs_of(change)), feed_context), style, 4);
  }
}

// --- status ---------------------------------------------------------------------------------

std::string instant_or_never(const std::optional<Timestamp>& when) {
  return when ? to_string(*when) : "never";
}

Mark mark_of(Health health) {
  return health == Health::healthy   ? Mark::plain
         : health == Health::failing ? Mark::removed
                                     : Mark::bold;
}

void add_source(std::string& out, const SourceStatus& source, const TerminalStyle& style) {
  if (source.health == Health::unknown && !source.message.empty()) { // never asked
    out += padded(printable(source.source), 18) + printable(source.message) + "\n";
    return;
  }
  const std::string health(to_string(source.health));
  out += padded(printable(source.source), 18) + styled(style, mark_of(source.health), health) +
         std::string(health.size() < 10 ? 10 - health.size() : 1, ' ');
  out += fmt::format("newest issue {}  last success {}",
                     source.newest_issue_date ? source.newest_issue_date->to_string() : "none",
                     instant_or_never(source.last_success));
  if (source.valid_through) {
    out += "  complete through " + source.valid_through->to_string();
  }
  out += "\n";
  if (!source.message.empty()) {
    out += paragraph(style, 4, 4, Mark::plain, source.message);
  }
}

void add_watches(std::string& out,
                 const std::vector<EntryWatch>& watches,
                 bool details,
                 const TerminalStyle& style) {
  if (watches.empty()) {
    return;
  }
  const auto lacking = std::count_if(watches.begin(), watches.end(), [](const EntryWatch& watch) {
    return !watch.reasons.empty();
  });
  out += lacking == 0
             ? fmt::format("entries           {}, all watched\n", watches.size())
             : fmt::format("entries           {}, {} not watched\n", watches.size(), lacking);
  constexpr int column = 18;
  constexpr std::size_t shown = 3;
  constexpr std::size_t lines_shown = 4;
  auto lines = not_watched_lines(watches, details ? watches.size() : shown);
  if (!details && lines.size() > lines_shown + 1) {
    const std::size_t left = lines.size() - lines_shown;
    lines.resize(lines_shown);
    lines.push_back(fmt::format("{} more reasons; all: regtrail register list", left));
  }
  for (const std::string& line : lines) {
    Flow flow(style, column, column);
    flow.add(Mark::plain, line);
    out += flow.finish();
  }
}

bool register_read(const ArchiveStatus& status) {
  return std::any_of(status.sources.begin(), status.sources.end(), [](const SourceStatus& source) {
    return source.source == "federal-register" && source.last_success.has_value();
  });
}

void add_withdrawn(std::string& out,
                   const std::vector<PendingAmendment>& withdrawn,
                   const TerminalStyle& style) {
  constexpr int column = 18;
  for (const PendingAmendment& each : withdrawn) {
    Flow flow(style, column, column);
    flow.add(Mark::plain,
             fmt::format("{} was taken off public inspection and not published: {}{}",
                         each.document,
                         each.title,
                         each.text.empty() ? "" : " (" + each.text + ")"));
    out += labelled(style, Mark::plain, "withdrawn", column, flow);
  }
}

void add_missing_texts(std::string& out, const std::vector<MissingText>& missing, bool details) {
  const std::size_t shown = details ? missing.size() : std::min(missing.size(), missing_shown);
  for (std::size_t i = 0; i < shown; ++i) {
    out += fmt::format("{:<18}text of {}{} not yet available, asked for since {}\n",
                       i == 0 ? "missing texts" : "",
                       printable(missing[i].document),
                       missing[i].citation.empty() ? "" : " (" + missing[i].citation + ")",
                       to_string(missing[i].asked_first));
  }
  if (shown < missing.size()) {
    out += fmt::format(
        "{:<18}and {} more (status --details lists them)\n", "", missing.size() - shown);
  }
}

void add_details(std::string& out, const ArchiveStatus& status, const TerminalStyle& style) {
  const auto add = [&](const std::string& line) {
    out += paragraph(style, 2, 4, Mark::plain, line);
  };
  const std::size_t quarantined = std::min(status.quarantined.size(), details_shown);
  for (std::size_t i = 0; i < quarantined; ++i) {
    const QuarantinedRecord& record = status.quarantined[i];
    add(fmt::format("quarantined {}  {}  {} bytes: {}",
                    to_string(record.fetched_at),
                    record.url,
                    record.size,
                    record.reason));
  }
  const std::size_t not_understood = std::min(status.not_understood.size(), details_shown);
  for (std::size_t i = 0; i < not_understood; ++i) {
    const auto& [problem, issue_date] = status.not_understood[i];
    add(fmt::format("not understood {}  {}: {}  \"{}\"",
                    issue_date.to_string(),
                    problem.at.to_string(),
                    problem.what,
                    problem.text));
  }
  const std::size_t left =
      status.quarantined.size() - quarantined + status.not_understood.size() - not_understood;
  if (left > 0) {
    out += fmt::format("  and {} more not shown\n", left);
  }
}

} // namespace

std::string changes_text(const std::vector<FeedItem>& items,
                         const Register& categories,
                         const TerminalStyle& style) {
  std::string out;
  std::size_t changes = 0;
  std::size_t events = 0;
  std::size_t hits = 0;
  for (std::size_t i = 0; i < items.size();) {
    std::size_t end = i;
    int severity = 1;
    while (end < items.size() && items[end].change.id == items[i].change.id) {
      severity = std::max(severity, items[end].severity());
      ++end;
    }
    add_feed_item(out, items[i], severity, style);
    ++(items[i].status ? events : changes);
    for (std::size_t at = i; at < end; ++at) {
      if (items[at].hit) {
        add_hit(out, *items[at].hit, categories, style);
        ++hits;
      }
    }
    i = end;
  }
  if (items.empty()) {
    return "no hits\n";
  }
  return out + counted(changes, "change") + ", " +
         (events == 0 ? "" : counted(events, "status event") + ", ") + counted(hits, "hit") + "\n";
}

std::string status_text(const ArchiveStatus& status,
                        const std::vector<EntryWatch>& watches,
                        bool details,
                        const TerminalStyle& style) {
  std::string out;
  for (const SourceStatus& source : status.sources) {
    add_source(out, source, style);
  }
  if (status.sources.empty()) {
    out += "no source was asked yet; run: regtrail sync\n";
  }
  out += fmt::format("archive           {} units, {} versions, {} changes, {} hits",
                     status.units,
                     status.versions,
                     status.changes,
                     status.hits);
  out +=
      status.pending_dates == 0 ? "\n" : fmt::format(", {} dates to fetch\n", status.pending_dates);
  add_watches(out, watches, details, style);
  out += fmt::format("quarantined       {}\nnot understood    {}",
                     status.quarantined.size(),
                     status.not_understood.size());
  const bool more = !details && (!status.quarantined.empty() || !status.not_understood.empty());
  out += more ? "   (status --details lists them)\n" : "\n";
  out += fmt::format("documents         {}", status.documents);
  if (status.instructions_not_understood > 0) {
    out += fmt::format(", {} instructions not understood", status.instructions_not_understood);
  }
  out += fmt::format(
      "\npending           {}\n",
      pending_documents(register_read(status) ? std::optional(status.pending) : std::nullopt));
  add_withdrawn(out, status.withdrawn, style);
  add_missing_texts(out, status.missing_texts, details);
  out += fmt::format("outbox            {} queued, {} sent, {} failed\n",
                     status.outbox_queued,
                     status.outbox_sent,
                     status.outbox_failed);
  if (details) {
    add_details(out, status, style);
  }
  return out;
}

} // namespace regtrail::render
