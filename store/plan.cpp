// The plan: which dates of which parts exist, and which answers were taken for them.
#include "store/impl_internal.hpp"

#include <algorithm>

namespace regtrail::store {

Result<void> Archive::plan_dates(int title,
                                 const std::string& part,
                                 const std::vector<Date>& dates,
                                 Edition edition) {
  Impl& impl = *m_impl;
  return impl.write("note dates in", [&] {
    for (const Date date : dates) {
      impl.db.run("INSERT INTO planned_dates (title, part, issue_date, edition) "
                  "VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  title,
                  part,
                  date,
                  to_string(edition));
    }
  });
}

void Archive::Impl::end_answer(const PartDate& date, Timestamp when) {
  db.run("UPDATE answers SET known_until = ?4 WHERE title = ?1 AND part = ?2 AND issue_date = ?3 "
         "AND known_until IS NULL",
         date.title,
         date.part,
         date.issue_date,
         when);
}

Result<void> Archive::set_planned_raw(const PartDate& date, RawId raw, Timestamp when) {
  Impl& impl = *m_impl;
  return impl.write("note an answer in", [&] {
    impl.body_of(raw);
    if (impl.answer(date) == raw) {
      return;
    }
    impl.end_answer(date, when);
    impl.db.run("INSERT INTO planned_dates (title, part, issue_date, edition) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                date.title,
                date.part,
                date.issue_date,
                to_string(Edition::ecfr));
    impl.db.run("INSERT INTO answers (title, part, issue_date, raw, known_from) "
                "VALUES (?, ?, ?, ?, ?)",
                date.title,
                date.part,
                date.issue_date,
                raw,
                when);
  });
}

std::optional<RawId> Archive::Impl::answer(const PartDate& date) {
  Query query = db.query("SELECT raw FROM answers WHERE title = ? AND part = ? AND issue_date = ? "
                         "AND known_until IS NULL",
                         date.title,
                         date.part,
                         date.issue_date);
  return query.next() ? std::optional(query.integer(0)) : std::nullopt;
}

Result<std::vector<Answer>> Archive::answers() {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    std::vector<Answer> all;
    Query query = impl.db.query("SELECT title, part, issue_date, raw, known_from, known_until FROM "
                                "answers ORDER BY id");
    while (query.next()) {
      all.push_back({{query.small(0), query.text(1), query.date(2)},
                     query.integer(3),
                     query.instant(4),
                     query.maybe_instant(5)});
    }
    return all;
  });
}

Result<void> Archive::unplan_date(const PartDate& date) {
  Impl& impl = *m_impl;
  return impl.write("take a date out of the plan in", [&] {
    impl.db.run("DELETE FROM planned_dates WHERE title = ?1 AND part = ?2 AND issue_date = ?3 AND "
                "NOT EXISTS (SELECT 1 FROM answers WHERE title = ?1 AND part = ?2 AND "
                "issue_date = ?3)",
                date.title,
                date.part,
                date.issue_date);
  });
}

Result<std::vector<PlannedDate>> Archive::planned_dates(int title, const std::string& part) {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    std::vector<PlannedDate> plan;
    Query query = impl.db.query(
        "SELECT p.issue_date, a.raw, d.seen IS NOT NULL, p.edition FROM planned_dates p "
        "LEFT JOIN answers a ON a.title = p.title AND a.part = p.part AND "
        "a.issue_date = p.issue_date AND a.known_until IS NULL LEFT JOIN issue_dates d "
        "ON d.title = p.title AND d.part = p.part AND d.issue_date = p.issue_date "
        "WHERE p.title = ? AND p.part = ? ORDER BY p.issue_date",
        title,
        part);
    while (query.next()) {
      plan.push_back(
          {query.date(0), query.maybe_integer(1), query.integer(2) != 0, query.word<Edition>(3)});
    }
    return plan;
  });
}

Result<std::vector<std::pair<int, std::string>>> Archive::planned_parts() {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    std::vector<std::pair<int, std::string>> parts;
    {
      Query query = impl.db.query("SELECT DISTINCT title, part FROM planned_dates");
      while (query.next()) {
        parts.emplace_back(query.small(0), query.text(1));
      }
    }
    std::sort(parts.begin(), parts.end(), [](const auto& left, const auto& right) {
      if (left.first != right.first) {
        return left.first < right.first;
      }
      return compare_natural(left.second, right.second) < 0;
    });
    return parts;
  });
}

} // namespace regtrail::store
