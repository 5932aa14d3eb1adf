// What shows how an answer came, where a text stands in it, and which mails told of something.
#include "store/impl_internal.hpp"
#include "store/json_columns_internal.hpp"

#include <map>

namespace regtrail::store {

Result<std::vector<Fetch>> Archive::fetches(RawId raw) {
  Impl& impl = *m_impl;
  return impl.read("read a raw record of", [&] {
    std::vector<Fetch> all;
    Query query = impl.db.query("SELECT fetched_at, final_url, status, headers FROM fetches WHERE "
                                "raw = ? ORDER BY number",
                                raw);
    while (query.next()) {
      all.push_back(
          {query.instant(0), query.text(1), query.small(2), from_json<Headers>(query.text(3))});
    }
    return all;
  });
}

Result<TextSource> Archive::text_source(const UnitVersion& version) {
  Impl& impl = *m_impl;
  return impl.read("read a text of", [&] {
    const TextRow row = impl.text(version.key);
    return TextSource{row.raw, from_json<std::vector<ByteRange>>(row.ranges)};
  });
}

Result<std::vector<QueuedMessage>>
Archive::messages_telling(const std::function<bool(const Told&)>& wanted) {
  Impl& impl = *m_impl;
  return impl.read("read the outbox of", [&] {
    std::map<std::int64_t, std::vector<Told>> told;
    {
      Query query = impl.db.query("SELECT unit, issue_date, at, step, message FROM told "
                                  "ORDER BY message, unit, issue_date, at, step");
      while (query.next()) {
        Told each{query.citation(0), query.date(1), query.citation(2), query.text(3)};
        if (wanted(each)) {
          told[query.integer(4)].push_back(std::move(each));
        }
      }
    }
    std::vector<QueuedMessage> messages;
    for (auto& [id, steps] : told) {
      Query query = impl.db.query("SELECT subscriber, recipient, subject, message_id, message, "
                                  "queued_at, attempts, last_error, sent_at FROM outbox WHERE "
                                  "id = ?",
                                  id);
      if (!query.next()) {
        continue;
      }
      OutboxMessage message{id,
                            query.text(0),
                            query.text(1),
                            query.text(2),
                            query.text(3),
                            query.text(4),
                            std::move(steps),
                            query.instant(5),
                            query.small(6),
                            query.text(7)};
      messages.push_back({std::move(message), query.maybe_instant(8)});
    }
    return messages;
  });
}

} // namespace regtrail::store
