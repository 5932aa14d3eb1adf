// Messages on their way and the hits that they carry.
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::store {

namespace {

void check_affected(Database& db, std::int64_t message) {
  if (db.affected_rows() == 0) {
    refuse(ErrorKind::not_found,
           fmt::format("the outbox has no message number {} that waits", message));
  }
}

} // namespace

Result<std::vector<StoredChange>> Archive::undelivered(const std::string& subscriber,
                                                       const ChangeQuery& query) {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] {
    ChangeQuery all = query;
    all.only_hits = true;
    all.limit = 0;
    std::vector<StoredChange> waiting;
    for (StoredChange& change : impl.changes(all)) {
      const auto is_under_way = [&](const Hit& hit) {
        Query known = impl.db.query(
            "SELECT 1 FROM deliveries WHERE subscriber = ? AND hit = ?", subscriber, hit.id);
        return known.next();
      };
      change.hits.erase(std::remove_if(change.hits.begin(), change.hits.end(), is_under_way),
                        change.hits.end());
      if (!change.hits.empty()) {
        waiting.push_back(std::move(change));
      }
    }
    if (query.limit > 0 && waiting.size() > static_cast<std::size_t>(query.limit)) {
      waiting.resize(static_cast<std::size_t>(query.limit));
    }
    return waiting;
  });
}

Result<std::vector<std::string>> Archive::undelivered_hits(const std::string& subscriber,
                                                           const std::vector<std::string>& hits) {
  Impl& impl = *m_impl;
  return impl.read("read deliveries from", [&] {
    std::vector<std::string> waiting;
    for (const std::string& hit : hits) {
      Query known = impl.db.query(
          "SELECT 1 FROM deliveries WHERE subscriber = ? AND hit = ?", subscriber, hit);
      if (!known.next()) {
        waiting.push_back(hit);
      }
    }
    return waiting;
  });
}

Result<std::int64_t> Archive::enqueue(const OutboxMessage& message) {
  Impl& impl = *m_impl;
  return impl.write("queue a message in", [&] {
    Database& db = impl.db;
    const std::string bytes = impl.squeeze(message.bytes);
    db.run("INSERT INTO outbox (subscriber, recipient, subject, message_id, bytes, hit_ids, "
           "queued_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
           message.subscriber,
           message.recipient,
           message.subject,
           message.message_id,
           Blob{bytes},
           Blob{pack_strings(message.hit_ids)},
           message.queued_at);
    const std::int64_t id = db.last_row();
    for (const std::string& hit : message.hit_ids) {
      db.run("INSERT INTO deliveries (subscriber, hit, message) VALUES (?, ?, ?) "
             "ON CONFLICT DO NOTHING",
             message.subscriber,
             hit,
             id);
      if (db.affected_rows() == 0) {
        refuse(ErrorKind::storage,
               fmt::format("hit '{}' is already on its way to '{}': another run composed the same "
                           "message, compose it anew",
                           hit,
                           message.subscriber));
      }
    }
    return id;
  });
}

Result<std::vector<OutboxMessage>> Archive::queued_messages() {
  Impl& impl = *m_impl;
  return impl.read("read the outbox of", [&] {
    std::vector<OutboxMessage> messages;
    Query query = impl.db.query(
        "SELECT id, subscriber, recipient, subject, message_id, bytes, hit_ids, queued_at, "
        "attempts, last_error FROM outbox WHERE sent_at IS NULL ORDER BY id");
    while (query.next()) {
      OutboxMessage message;
      message.id = query.integer(0);
      message.subscriber = query.text(1);
      message.recipient = query.text(2);
      message.subject = query.text(3);
      message.message_id = query.text(4);
      message.bytes = impl.unsqueeze(query.blob(5));
      message.hit_ids = unpack_strings(query.blob(6));
      message.queued_at = query.instant(7);
      message.attempts = query.small(8);
      message.last_error = query.text(9);
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
