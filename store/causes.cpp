// The causes of stored changes, which are found after them: documents come and go for days.
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace regtrail::store {

namespace {

const std::string& of_dates() {
  static const std::string sql =
      fmt::format("{}WHERE t.title = ? AND t.part = ? AND t.before_date = ? AND t.after_date = ?",
                  TransitionTable::columns);
  return sql;
}

/// On the row; refuses when there is none.
void find_row(Query& query, int title, const std::string& part, Date before, Date after) {
  if (!query.next()) {
    refuse(ErrorKind::not_found,
           fmt::format("the archive has no changes of {} CFR Part {} from {} to {}",
                       title,
                       part,
                       before.to_string(),
                       after.to_string()));
  }
}

} // namespace

Result<std::vector<Transition>> Archive::transition_dates() {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] {
    std::vector<Transition> all;
    Query query = impl.db.query("SELECT title, part, before_date, after_date FROM transitions "
                                "ORDER BY title, part, after_date");
    while (query.next()) {
      all.push_back({query.small(0), query.text(1), query.date(2), query.date(3), {}, {}});
    }
    return all;
  });
}

Result<Transition>
Archive::transition(int title, const std::string& part, Date before, Date after) {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] {
    Query query = impl.db.query(of_dates(), title, part, before, after);
    find_row(query, title, part, before, after);
    return impl.transition(query);
  });
}

Result<int> Archive::replace_causes(int title,
                                    const std::string& part,
                                    Date before,
                                    Date after,
                                    const std::vector<std::vector<Cause>>& causes) {
  Impl& impl = *m_impl;
  return impl.write("store causes in", [&] {
    std::int64_t id = 0;
    PackedTransition content;
    {
      Query query = impl.db.query(of_dates(), title, part, before, after);
      find_row(query, title, part, before, after);
      id = TransitionTable::row(query).id;
      content = impl.transition_table.content(query);
    }
    std::vector<Change>& changes = content.diff.changes;
    if (changes.size() != causes.size()) {
      throw std::logic_error("causes are given for other changes than are stored");
    }
    int written = 0;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      if (changes[i].causes == causes[i]) {
        continue;
      }
      changes[i].causes = causes[i];
      ++written;
    }
    if (written > 0) {
      impl.transition_table.rewrite(id, content);
    }
    return written;
  });
}

} // namespace regtrail::store
