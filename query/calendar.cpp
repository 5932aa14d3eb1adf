#include "query/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <tuple>
#include <utility>

namespace regtrail::query {
namespace {

using std::chrono::days;
using store::StoredDay;

/// Something that holds up to a day, and not from it.
bool is_end(CalendarKind kind) {
  switch (kind) {
  case CalendarKind::stay_ends:
  case CalendarKind::expires:
  case CalendarKind::text_ends:
  case CalendarKind::compliance:
    return true;
  default:
    return false;
  }
}

bool is_law(const StoredDay& day) {
  return day.entry.document.empty();
}

/// Whether the rule and the place of the law print one and the same end.
bool same_end(const StoredDay& law, const StoredDay& rule) {
  const bool duty = law.entry.kind == CalendarKind::compliance;
  return law.entry.day == rule.entry.day && is_end(rule.entry.kind) &&
         duty == (rule.entry.kind == CalendarKind::compliance) &&
         std::find(rule.parts.begin(), rule.parts.end(), law.parts.front()) != rule.parts.end();
}

/// What may put a day of the document off.
bool puts_off(RelationKind kind) {
  switch (kind) {
  case RelationKind::extended_by:
  case RelationKind::delayed_by:
  case RelationKind::stayed_by:
  case RelationKind::modified_by:
  case RelationKind::superseded_by:
    return true;
  default:
    return false;
  }
}

/// What other documents did to one that names days.
struct Fate {
  std::vector<std::string> put_off_by; ///< documents
  std::string revoked_by;              ///< order
  std::optional<Date> revoked;         ///< when; nullopt: not known
};

class Reader {
public:
  Reader(store::Archive& archive, std::vector<StoredDay> stored)
      : m_archive(archive),
        m_stored(std::move(stored)) {}

  Result<std::map<std::string, std::vector<NamedDay>>> run() {
    TRY(drop_put_off());
    join_law_and_rules();
    std::map<std::string, std::vector<NamedDay>> found;
    for (StoredDay& day : m_stored) {
      NamedDay named;
      if (!day.entry.at.empty()) {
        named.part = day.parts.front();
      }
      named.text = std::move(day.text);
      if (day.first_seen) {
        named.known = date_of(*day.first_seen);
      }
      if (day.entry.kind == CalendarKind::task) {
        const Fate& fate = m_fates[day.entry.document];
        if (!fate.revoked || day.entry.day >= *fate.revoked) {
          named.revoked_by = fate.revoked_by;
        }
      }
      named.entry = std::move(day.entry);
      found[named.entry.document].push_back(std::move(named));
    }
    return found;
  }

private:
  Result<void> drop_put_off() {
    for (const StoredDay& day : m_stored) {
      const std::string& number = day.entry.document;
      const bool movable = is_end(day.entry.kind) || day.entry.kind == CalendarKind::task ||
                           day.entry.kind == CalendarKind::comments_close;
      if (!number.empty() && movable && !m_fates.contains(number)) {
        TRY_ASSIGN(m_fates[number], fate_of(number));
      }
    }
    std::vector<StoredDay> gone;
    for (const StoredDay& day : m_stored) {
      if (is_put_off(day)) {
        gone.push_back(day);
      }
    }
    std::erase_if(m_stored, [&](const StoredDay& day) {
      return std::any_of(gone.begin(), gone.end(), [&](const StoredDay& each) {
        return each == day ||
               (is_law(day) && day.entry.kind == CalendarKind::stay_ends && same_end(day, each));
      });
    });
    return {};
  }

  Result<Fate> fate_of(const std::string& number) {
    Fate fate;
    TRY_ASSIGN(const auto relations, m_archive.relations_of(number));
    for (const Relation& relation : relations) {
      const bool revoked = relation.kind == RelationKind::revoked_by && !relation.in_part;
      if (!revoked && !puts_off(relation.kind)) {
        continue;
      }
      TRY_ASSIGN(const auto others,
                 m_archive.find_documents(relation.target, store::DocumentContent::described));
      for (const store::StoredDocument& other : others) {
        fate.put_off_by.push_back(other.document.number);
      }
      if (!revoked) {
        continue;
      }
      fate.revoked_by = relation.target.to_string();
      if (others.size() == 1) {
        const Document& by = others.front().document;
        fate.revoked = by.signed_on ? by.signed_on : by.published;
        fate.revoked_by = by.executive_order.empty() ? by.number : "EO " + by.executive_order;
      }
    }
    return fate;
  }

  /// Where a document that extends this one names a later day of the same kind.
  bool is_put_off(const StoredDay& day) {
    const auto fate = m_fates.find(day.entry.document);
    if (fate == m_fates.end() || fate->second.put_off_by.empty()) {
      return false;
    }
    const auto& by = fate->second.put_off_by;
    return std::any_of(m_stored.begin(), m_stored.end(), [&](const StoredDay& later) {
      return later.entry.kind == day.entry.kind && later.entry.day > day.entry.day &&
             std::find(by.begin(), by.end(), later.entry.document) != by.end();
    });
  }

  /// The law's place goes first and takes the rule's number; the rule's own entry goes.
  void join_law_and_rules() {
    std::vector<std::size_t> joined;
    for (StoredDay& law : m_stored) {
      if (!is_law(law)) {
        continue;
      }
      for (std::size_t i = 0; i < m_stored.size(); ++i) {
        const StoredDay& rule = m_stored[i];
        if (is_law(rule) || !rule.entry.at.empty() || !same_end(law, rule)) {
          continue;
        }
        joined.push_back(i);
        if (law.entry.document.empty()) {
          law.entry.document = rule.entry.document;
          if (law.entry.kind == CalendarKind::text_ends) {
            law.entry.kind = rule.entry.kind;
          }
          if (rule.first_seen && (!law.first_seen || *rule.first_seen < *law.first_seen)) {
            law.first_seen = rule.first_seen;
          }
        }
      }
    }
    std::vector<StoredDay> left;
    for (std::size_t i = 0; i < m_stored.size(); ++i) {
      if (std::find(joined.begin(), joined.end(), i) == joined.end()) {
        left.push_back(std::move(m_stored[i]));
      }
    }
    m_stored = std::move(left);
  }

  store::Archive& m_archive;
  std::vector<StoredDay> m_stored;
  std::map<std::string, Fate> m_fates;
};

} // namespace

Result<Calendar> Calendar::read(store::Archive& archive) {
  TRY_ASSIGN(auto stored, archive.days());
  Calendar calendar;
  TRY_ASSIGN(calendar.m_days, Reader(archive, std::move(stored)).run());
  return calendar;
}

const std::vector<NamedDay>& Calendar::of_document(const std::string& number) const {
  static const std::vector<NamedDay> none;
  const auto found = m_days.find(number);
  return found == m_days.end() ? none : found->second;
}

std::vector<ItemStep> due_steps(const NamedDay& day, Date on) {
  std::vector<ItemStep> steps;
  const CalendarKind kind = day.entry.kind;
  if (!day.revoked_by.empty() || kind == CalendarKind::effective ||
      kind == CalendarKind::applicable) {
    return steps;
  }
  constexpr std::array ahead{std::pair(StepKind::due_30, days(30)),
                             std::pair(StepKind::due_7, days(7)),
                             std::pair(StepKind::due, days(0))};
  for (const auto& [step, before] : ahead) {
    const Date told = day.entry.day - before;
    // On the day on which a document comes out its days are told with it.
    const bool known =
        !day.known || told > *day.known || (!day.entry.at.empty() && told == *day.known);
    if (told <= on && known) {
      steps.push_back({step, told, day.entry.document, {}});
    }
  }
  return steps;
}

std::string item_id(const NamedDay& day) {
  return fmt::format("{}@{}", day.entry.at.to_string(), day.entry.day.to_string());
}

std::vector<CalendarEntry> calendar_of(const std::vector<Item>& items,
                                       Date from,
                                       Date to,
                                       std::vector<CalendarEntry> Item::*days) {
  std::vector<CalendarEntry> entries;
  for (const Item& item : items) {
    std::copy_if((item.*days).begin(),
                 (item.*days).end(),
                 std::back_inserter(entries),
                 [&](const CalendarEntry& each) { return each.day >= from && each.day <= to; });
  }
  std::stable_sort(
      entries.begin(), entries.end(), [](const CalendarEntry& left, const CalendarEntry& right) {
        return std::tuple(left.day, left.at.empty(), left.at, left.item, left.kind) <
               std::tuple(right.day, right.at.empty(), right.at, right.item, right.kind);
      });
  return entries;
}

} // namespace regtrail::query
