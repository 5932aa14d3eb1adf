#include "cli/digests.hpp"

#include "cli/digest_input.hpp"
#include "cli/item_news.hpp"
#include "diff/relevance/matcher.hpp"
#include "notify/delivery/address.hpp"
#include "notify/delivery/mailer.hpp"
#include "notify/render/calendar.hpp"
#include "query/calendar.hpp"
#include "query/items.hpp"
#include "query/pending.hpp"
#include "query/status_events.hpp"
#include "query/watched.hpp"
#include "store/streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace regtrail::cli {
namespace {

std::string schedule_setting(const delivery::Subscriber& subscriber) {
  return "digest.last." + subscriber.name;
}

/// Up to where the last mail told (ToldUpTo).
std::string reported_setting(const std::string& subscriber) {
  return "digest.reported." + subscriber;
}

Result<void> add_status_events(store::Archive& archive,
                               const Register& categories,
                               const store::ChangeQuery& query,
                               std::vector<store::StoredChange>& changes) {
  TRY_ASSIGN(auto events, query::matched_status_events(archive, categories, query));
  for (store::StoredChange& stored : events) {
    changes.push_back(std::move(stored));
  }
  return {};
}

/// Items with the hits meant for the subscriber.
std::vector<Item> items_for(const std::vector<Item>& items,
                            const delivery::Subscriber& subscriber) {
  std::vector<Item> wanted;
  for (const Item& item : items) {
    const bool hit = std::any_of(item.hits.begin(), item.hits.end(), [&](const Hit& each) {
      return delivery::wants(subscriber, each);
    });
    if (hit && delivery::wants(subscriber, item)) {
      Item& own = wanted.emplace_back(item);
      std::erase_if(own.hits, [&](const Hit& each) { return !delivery::wants(subscriber, each); });
    }
  }
  return wanted;
}

/// The days of the subscriber's items from 90 days ago on.
delivery::Attachment calendar_for(const DigestContext& context,
                                  const delivery::Subscriber& subscriber) {
  render::CalendarView view;
  view.today = date_of(context.now);
  view.from = view.today - std::chrono::days(90);
  view.to = Date(9999, 12, 31);
  view.items = items_for(context.calendar_items, subscriber);
  view.entries = query::calendar_of(view.items, view.from, view.to);
  view.dropped = query::calendar_of(view.items, view.from, view.to, &Item::dropped_days);
  return {"regtrail.ics",
          "text/calendar; charset=utf-8",
          render::calendar_ics(view, context.categories, subscriber.language)};
}

/// What makes a message another one: its hits, and of items the steps that it tells.
std::vector<std::string> told_ids(const PreparedDigest& prepared) {
  std::vector<std::string> ids = prepared.digest.hit_ids;
  for (const store::Told& told : prepared.told) {
    if (told.unit.kind() == CitationKind::fr_document || told.step.starts_with("due")) {
      ids.push_back(fmt::format("{} {} {} {}",
                                told.unit.to_string(),
                                told.at.to_string(),
                                told.step,
                                told.issue_date.to_string()));
    }
  }
  return ids;
}

/// Filings that were withdrawn, of which the subscriber was not told.
Result<void> add_withdrawn(store::Archive& archive,
                           Timestamp now,
                           const delivery::Subscriber& subscriber,
                           ArchiveStatus& status,
                           std::vector<store::Told>& told) {
  TRY_ASSIGN(const auto filings, query::withdrawn_filings(archive, date_of(now)));
  for (const Document& filing : filings) {
    const Citation number = Citation::fr_document(filing.number);
    const store::Told step{number, filing.filed.value_or(Date()), number, "withdrawn"};
    TRY_ASSIGN(const auto known, archive.told_of(subscriber.name, number));
    const auto is_told = [&](const std::vector<store::Told>& among) {
      return std::find(among.begin(), among.end(), step) != among.end();
    };
    if (!is_told(known) && !is_told(told)) {
      status.withdrawn.push_back(query::as_listed(filing));
      told.push_back(step);
    }
  }
  return {};
}

} // namespace

Result<DigestContext> read_digest_context(store::Archive& archive,
                                          const Register& entries,
                                          const std::vector<std::string>& page_hosts,
                                          std::string from,
                                          Timestamp now) {
  DigestContext context;
  context.categories = entries;
  context.from = std::move(from);
  context.now = now;
  TRY_ASSIGN(context.status, archive.status());
  query::ItemQuery query;
  query.on = date_of(now);
  query.since = query.on - digest_reach;
  query.only_hits = false;
  TRY_ASSIGN(context.items, query::find_items(archive, diff::Matcher(entries), query));
  TRY_ASSIGN(context.days, days_ahead(archive, context.items, query.on));
  TRY_ASSIGN(context.watches, query::watched(archive, entries, page_hosts, now));
  TRY_ASSIGN(const auto parts, archive.planned_parts());
  for (const auto& [title, part] : parts) {
    context.parts.push_back(title == 15 ? part : fmt::format("{} CFR {}", title, part));
  }
  return context;
}

Result<std::optional<PreparedDigest>> prepare_digest(store::Archive& archive,
                                                     const DigestContext& context,
                                                     const delivery::Subscriber& subscriber) {
  store::ChangeQuery query;
  query.since = date_of(context.now) - digest_reach;
  query.min_severity = subscriber.min_severity;
  query.only_hits = true;
  TRY_ASSIGN(auto changes, archive.changes(query));
  TRY(add_status_events(archive, context.categories, query, changes));
  TRY_ASSIGN(changes, archive.untold(subscriber.name, std::move(changes)));
  for (store::StoredChange& stored : changes) {
    std::erase_if(stored.hits, [&](const Hit& hit) { return !delivery::wants(subscriber, hit); });
  }
  std::erase_if(changes, [&](const store::StoredChange& stored) {
    return stored.hits.empty() || !delivery::wants(subscriber, stored);
  });
  TRY_ASSIGN(
      auto untold,
      untold_steps(archive, subscriber.name, items_for(context.items, subscriber), *query.since));
  if (changes.empty() && untold.items.empty()) {
    return std::nullopt;
  }
  PreparedDigest prepared;
  prepared.told = std::move(untold.told);
  for (const store::StoredChange& change : changes) {
    prepared.told.push_back(store::told_of(change));
  }
  TRY_ASSIGN(const std::string before, archive.setting(reported_setting(subscriber.name)));
  TRY_ASSIGN(auto input,
             digest_input(archive,
                          context,
                          subscriber,
                          std::move(untold.items),
                          std::move(changes),
                          ToldUpTo::parse(before)));
  TRY(add_withdrawn(archive, context.now, subscriber, input.status, prepared.told));
  ToldUpTo reported;
  reported.day = date_of(context.now);
  for (const SourceStatus& source : context.status.sources) {
    reported.ecfr = source.source == store::ecfr_source ? source.newest_issue_date : reported.ecfr;
  }
  prepared.reported = reported.to_string();
  prepared.subscriber = subscriber;
  prepared.digest = delivery::compose_digest(input);
  if (subscriber.calendar) {
    prepared.digest.attachments.push_back(calendar_for(context, subscriber));
  }
  TRY_ASSIGN(const delivery::Mailbox sender, delivery::parse_mailbox(context.from));
  prepared.message_id = delivery::make_message_id(
      subscriber.name, told_ids(prepared), sender.address.substr(sender.address.rfind('@') + 1));
  TRY_ASSIGN(
      prepared.bytes,
      delivery::build_message(
          {context.from, subscriber.to, prepared.digest.subject, prepared.message_id, context.now},
          prepared.digest.text,
          prepared.digest.html,
          prepared.digest.attachments));
  return std::optional{std::move(prepared)};
}

Result<delivery::Digest> forward_item(store::Archive& archive,
                                      const DigestContext& context,
                                      const std::string& id,
                                      render::Language language) {
  const std::vector<Item> found = query::items_by_id(context.items, id);
  if (found.empty()) {
    return fail(ErrorKind::not_found,
                fmt::format("no item '{}' of the last {} days; regtrail items lists them",
                            id,
                            digest_reach.count()));
  }
  delivery::Subscriber reader;
  reader.language = language;
  std::vector<store::StoredChange> changes;
  store::ChangeQuery query;
  query.since = date_of(context.now) - digest_reach;
  TRY_ASSIGN(auto all, archive.changes(query));
  for (store::StoredChange& stored : all) {
    const auto& own = found.front().changes;
    if (std::any_of(own.begin(), own.end(), [&](const Change& change) {
          return change.id == stored.change.id;
        })) {
      changes.push_back(std::move(stored));
    }
  }
  DigestContext plain;
  plain.now = context.now;
  plain.status = context.status;
  plain.pages = context.pages;
  plain.categories.home = context.categories.home;
  TRY_ASSIGN(const auto input,
             digest_input(archive,
                          plain,
                          reader,
                          {{found.front(), found.front().steps, false}},
                          std::move(changes),
                          {}));
  return delivery::compose_forward(input);
}

namespace {

/// Queues the message and notes the day for the schedule.
Result<void> queue_digest(store::Archive& archive, const PreparedDigest& prepared, Timestamp now) {
  store::OutboxMessage message;
  message.subscriber = prepared.subscriber.name;
  message.recipient = prepared.subscriber.to;
  message.subject = prepared.digest.subject;
  message.message_id = prepared.message_id;
  message.bytes = prepared.bytes;
  message.told = prepared.told;
  message.queued_at = now;
  TRY(archive.enqueue(message));
  TRY(archive.put_setting(reported_setting(prepared.subscriber.name), prepared.reported));
  // Dying before this costs at most a second mail on the same day, with other hits.
  return archive.put_setting(schedule_setting(prepared.subscriber),
                             delivery::reader_day(prepared.subscriber, now).to_string());
}

/// True when a "daily" subscriber was queued a digest on the reader's day of `now` already.
Result<bool>
had_digest_today(store::Archive& archive, const delivery::Subscriber& subscriber, Timestamp now) {
  if (subscriber.schedule != delivery::Schedule::daily) {
    return false;
  }
  TRY_ASSIGN(auto last, archive.setting(schedule_setting(subscriber)));
  return last == delivery::reader_day(subscriber, now).to_string();
}

/// Queues what is new for one subscriber, or notes why there is nothing.
Result<void> queue_for(store::Archive& archive,
                       const DigestContext& context,
                       const delivery::Subscriber& subscriber,
                       QueueReport& report) {
  TRY_ASSIGN(const bool today, had_digest_today(archive, subscriber, context.now));
  if (today) {
    report.notes.push_back(
        fmt::format("'{}' had today's digest already (schedule \"daily\")", subscriber.name));
    return {};
  }
  TRY_ASSIGN(auto prepared, prepare_digest(archive, context, subscriber));
  if (!prepared) {
    report.notes.push_back(fmt::format("nothing new for '{}'; no mail", subscriber.name));
    return {};
  }
  TRY(queue_digest(archive, *prepared, context.now));
  report.queued.push_back(std::move(*prepared));
  return {};
}

} // namespace

QueueReport queue_digests(store::Archive& archive,
                          const DigestContext& context,
                          const std::vector<delivery::Subscriber>& subscribers) {
  QueueReport report;
  for (const delivery::Subscriber& subscriber : subscribers) {
    if (const auto queued = queue_for(archive, context, subscriber, report); !queued) {
      report.errors.push_back(fmt::format("no mail for '{}', the next run tries again: {}",
                                          subscriber.name,
                                          queued.error().message));
    }
  }
  return report;
}

} // namespace regtrail::cli
