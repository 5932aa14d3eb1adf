#include "cli/digests.hpp"

#include "cli/item_news.hpp"
#include "notify/delivery/address.hpp"
#include "notify/delivery/mailer.hpp"
#include "query/pending.hpp"
#include "query/related_documents.hpp"
#include "query/status_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace regtrail::cli {
namespace {

std::string schedule_setting(const delivery::Subscriber& subscriber) {
  return "digest.last." + subscriber.name;
}

/// Cosmetic changes of the dates that the digest covers.
Result<int> count_cosmetic(store::Archive& archive,
                           const std::vector<store::StoredChange>& changes) {
  const auto [oldest, newest] =
      std::minmax_element(changes.begin(), changes.end(), [](const auto& left, const auto& right) {
        return left.after_date < right.after_date;
      });
  store::ChangeQuery query;
  query.since = oldest->after_date;
  query.until = newest->after_date;
  query.include_cosmetic = true;
  TRY_ASSIGN(auto all, archive.changes(query));
  return static_cast<int>(std::count_if(all.begin(), all.end(), [](const auto& stored) {
    return stored.change.kind == ChangeKind::cosmetic;
  }));
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
    Item own = item;
    std::erase_if(own.hits, [&](const Hit& hit) { return !delivery::wants(subscriber, hit); });
    if (!own.hits.empty() && delivery::wants(subscriber, own)) {
      wanted.push_back(std::move(own));
    }
  }
  return wanted;
}

/// The documents that the changes name as their causes.
Result<std::map<std::string, Document>>
documents_behind(store::Archive& archive, const std::vector<store::StoredChange>& changes) {
  std::map<std::string, Document> documents;
  query::RelatedDocuments related(archive);
  for (const store::StoredChange& stored : changes) {
    if (stored.change.causes.empty() ||
        answer_of(stored.change.causes.front()) != CauseAnswer::identified) {
      continue;
    }
    const std::string& number = stored.change.causes.front().document;
    if (documents.contains(number)) {
      continue;
    }
    TRY_ASSIGN(
        auto found,
        archive.find_documents(Citation::fr_document(number), store::DocumentContent::whole));
    if (!found.empty()) {
      TRY_ASSIGN(auto document, related.with_delays(std::move(found.back().document)));
      documents.emplace(number, std::move(document));
    }
  }
  return documents;
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
  delivery::DigestInput input;
  input.subscriber = subscriber;
  input.items = std::move(untold.items);
  std::stable_sort(input.items.begin(), input.items.end(), [](const auto& left, const auto& right) {
    return left.item.severity > right.item.severity;
  });
  if (!changes.empty()) {
    TRY_ASSIGN(input.cosmetic_left_out, count_cosmetic(archive, changes));
  }
  TRY_ASSIGN(input.documents, documents_behind(archive, changes));
  for (const delivery::ItemNews& news : input.items) {
    if (news.item.rule) {
      input.documents.emplace(news.item.id, *news.item.rule);
    }
  }
  PreparedDigest prepared;
  prepared.told = std::move(untold.told);
  for (const store::StoredChange& change : changes) {
    prepared.told.push_back(store::told_of(change));
  }
  input.changes = std::move(changes);
  input.categories = context.categories;
  input.status = context.status;
  TRY(add_withdrawn(archive, context.now, subscriber, input.status, prepared.told));
  input.now = context.now;

  prepared.subscriber = subscriber;
  prepared.digest = delivery::compose_digest(input);
  TRY_ASSIGN(const delivery::Mailbox sender, delivery::parse_mailbox(context.from));
  prepared.message_id = delivery::make_message_id(
      subscriber.name, told_ids(prepared), sender.address.substr(sender.address.rfind('@') + 1));
  TRY_ASSIGN(
      prepared.bytes,
      delivery::build_message(
          {context.from, subscriber.to, prepared.digest.subject, prepared.message_id, context.now},
          prepared.digest.text,
          prepared.digest.html));
  return std::optional{std::move(prepared)};
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
  // Dying before this costs at most a second mail on the same day, with other hits.
  return archive.put_setting(schedule_setting(prepared.subscriber), date_of(now).to_string());
}

/// True when a "daily" subscriber was queued a digest on the day of `now` already.
Result<bool>
had_digest_today(store::Archive& archive, const delivery::Subscriber& subscriber, Timestamp now) {
  if (subscriber.schedule != delivery::Schedule::daily) {
    return false;
  }
  TRY_ASSIGN(auto last, archive.setting(schedule_setting(subscriber)));
  return last == date_of(now).to_string();
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
