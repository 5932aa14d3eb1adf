// Messages on their way, and what they tell.
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <set>

namespace regtrail::store {

namespace {

void check_affected(Database& db, std::int64_t message) {
  if (db.affected_rows() == 0) {
    refuse(ErrorKind::not_found,
           fmt::format("the outbox has no message number {} that waits", message));
  }
}

bool is_told(Database& db, const std::string& subscriber, const Told& told) {
  Query known = db.query("SELECT 1 FROM told WHERE subscriber = ? AND unit = ? AND issue_date = ? "
                         "AND at = ? AND step = ? AND known_until IS NULL",
                         subscriber,
                         told.unit,
                         told.issue_date,
                         told.at,
                         told.step);
  return known.next();
}

} // namespace

Told told_of(const StoredChange& change) {
  return {change.change.at.unit(),
          change.after_date,
          change.change.at,
          change.status ? std::string(to_string(change.status->event)) : "changed"};
}

Result<std::vector<StoredChange>> Archive::untold(const std::string& subscriber,
                                                  std::vector<StoredChange> changes) {
  Impl& impl = *m_impl;
  return impl.read("read what was told from", [&] {
    std::erase_if(changes, [&](const StoredChange& change) {
      return is_told(impl.db, subscriber, store::told_of(change));
    });
    return std::move(changes);
  });
}

Result<std::vector<Told>> Archive::told_of(const std::string& subscriber, const Citation& unit) {
  Impl& impl = *m_impl;
  return impl.read("read what was told from", [&] {
    std::vector<Told> told;
    Query query = impl.db.query("SELECT issue_date, at, step FROM told WHERE subscriber = ? AND "
                                "unit = ? AND known_until IS NULL ORDER BY issue_date, at, step",
                                subscriber,
                                unit);
    while (query.next()) {
      told.push_back({unit, query.date(0), query.citation(1), query.text(2)});
    }
    return told;
  });
}

Result<std::int64_t> Archive::enqueue(const OutboxMessage& message) {
  Impl& impl = *m_impl;
  return impl.write("queue a message in", [&] {
    Database& db = impl.db;
    db.run("INSERT INTO outbox (subscriber, recipient, subject, message_id, message, queued_at) "
           "VALUES (?, ?, ?, ?, ?, ?)",
           message.subscriber,
           message.recipient,
           message.subject,
           message.message_id,
           message.bytes,
           message.queued_at);
    const std::int64_t id = db.last_row();
    for (const Told& told : std::set(message.told.begin(), message.told.end())) {
      if (is_told(db, message.subscriber, told)) {
        refuse(
            ErrorKind::storage,
            fmt::format("'{}' of {} is already on its way to '{}': another run composed the same "
                        "message, compose it anew",
                        told.at.to_string(),
                        told.issue_date.to_string(),
                        message.subscriber));
      }
      db.run("INSERT INTO told (subscriber, unit, issue_date, at, step, message, known_from) "
             "VALUES (?, ?, ?, ?, ?, ?, ?)",
             message.subscriber,
             told.unit,
             told.issue_date,
             told.at,
             told.step,
             id,
             message.queued_at);
    }
    return id;
  });
}

Result<std::vector<OutboxMessage>> Archive::queued_messages() {
  Impl& impl = *m_impl;
  return impl.read("read the outbox of", [&] {
    std::vector<OutboxMessage> messages;
    Query query = impl.db.query("SELECT id, subscriber, recipient, subject, message_id, message, "
                                "queued_at, attempts, last_error FROM outbox WHERE sent_at IS NULL "
                                "ORDER BY id");
    while (query.next()) {
      OutboxMessage message;
      message.id = query.integer(0);
      message.subscriber = query.text(1);
      message.recipient = query.text(2);
      message.subject = query.text(3);
      message.message_id = query.text(4);
      message.bytes = query.text(5);
      message.queued_at = query.instant(6);
      message.attempts = query.small(7);
      message.last_error = query.text(8);
      messages.push_back(std::move(message));
    }
    return messages;
  });
}

Result<void> Archive::mark_sent(std::int64_t message, Timestamp when) {
  Impl& impl = *m_impl;
  return impl.write("note a sent message in", [&] {
    impl.db.run("UPDATE outbox SET sent_at = ?2, last_attempt_at = ?2, attempts = attempts + 1, "
                "last_error = '' WHERE id = ?1 AND sent_at IS NULL",
                message,
                when);
    check_affected(impl.db, message);
  });
}

Result<void>
Archive::mark_attempt_failed(std::int64_t message, Timestamp when, const std::string& error) {
  Impl& impl = *m_impl;
  return impl.write("note a failed attempt in", [&] {
    impl.db.run("UPDATE outbox SET last_attempt_at = ?, attempts = attempts + 1, last_error = ? "
                "WHERE id = ? AND sent_at IS NULL",
                when,
                error,
                message);
    check_affected(impl.db, message);
  });
}

} // namespace regtrail::store
