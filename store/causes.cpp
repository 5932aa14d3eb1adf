// The causes of stored changes, which are found after them: documents come and go for days.
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace regtrail::store {

namespace {

std::int64_t
transition_id(Database& db, int title, const std::string& part, Date before, Date after) {
  Query query = db.query("SELECT id FROM transitions WHERE title = ? AND part = ? AND "
                         "before_date = ? AND after_date = ?",
                         title,
                         part,
                         before,
                         after);
  if (!query.next())
    refuse(ErrorKind::not_found,
           fmt::format("the archive has no changes of {} CFR Part {} from {} to {}",
                       title,
                       part,
                       before.to_string(),
                       after.to_string()));
  return query.integer(0);
}

} // namespace

Result<std::vector<Transition>> Archive::transition_dates() {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] {
    std::vector<Transition> all;
    Query query = impl.db.query("SELECT title, part, before_date, after_date FROM transitions "
                                "ORDER BY title, part, after_date");
    while (query.next())
      all.push_back({query.small(0), query.text(1), query.date(2), query.date(3), {}, {}});
    return all;
  });
}

Result<Transition>
Archive::transition(int title, const std::string& part, Date before, Date after) {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] {
    return impl.transition(transition_id(impl.db, title, part, before, after));
  });
}

Result<int> Archive::replace_causes(int title,
                                    const std::string& part,
                                    Date before,
                                    Date after,
                                    const std::vector<std::vector<Cause>>& causes) {
  Impl& impl = *m_impl;
  return impl.write("store causes in", [&] {
    struct Row {
      std::int64_t id = 0;
      std::string detail;
    };

    std::vector<Row> rows;
    {
      Query query = impl.db.query("SELECT id, detail FROM changes WHERE transition = ? ORDER BY id",
                                  transition_id(impl.db, title, part, before, after));
      while (query.next())
        rows.push_back({query.integer(0), query.blob(1)});
    }
    if (rows.size() != causes.size())
      throw std::logic_error("causes are given for other changes than are stored");
    int written = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Change change;
      unpack_change(impl.unsqueeze(rows[i].detail), change);
      if (change.causes == causes[i])
        continue;
      change.causes = causes[i];
      const std::string detail = impl.squeeze(pack_change(change));
      impl.db.run("UPDATE changes SET detail = ? WHERE id = ?", Blob{detail}, rows[i].id);
      ++written;
    }
    return written;
  });
}

} // namespace regtrail::store
