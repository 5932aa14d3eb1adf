// What is due on which day: the days that documents and the law name, each once.
#pragma once

#include "model/calendar.hpp"
#include "model/date.hpp"
#include "model/error.hpp"
#include "model/item.hpp"
#include "store/archive.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::query {

/// A day, where it is printed, and since when we know.
struct NamedDay {
  CalendarEntry entry;       ///< `item` is empty
  std::string text;          ///< of the place of the law; "" for a document
  CfrPart part;              ///< that the place lies in
  std::optional<Date> known; ///< on which an answer with it was first received
  std::string revoked_by;    ///< order that revoked the document before this day; "" for none
};

/// The days of an archive. An end that a rule and the law both print is one, with the place of the
/// law and the number of the rule; one that a later document put off is left out.
class Calendar {
public:
  static Result<Calendar> read(store::Archive& archive);

  /// Those that name the document.
  [[nodiscard]] const std::vector<NamedDay>& of_document(const std::string& number) const;

  /// Those that only the law prints.
  [[nodiscard]] const std::vector<NamedDay>& of_law() const { return of_document(""); }

  [[nodiscard]] const std::map<std::string, std::vector<NamedDay>>& by_document() const {
    return m_days;
  }

private:
  std::map<std::string, std::vector<NamedDay>> m_days; ///< by document; "" for the law alone
};

/// Thirty and seven days before, and the day itself, as far as they lie before or on `on` and not
/// before the day on which it became known; a document's days are told with it on that day itself.
/// What takes effect is no deadline (`in_force` tells it),
/// and what was revoked is due no more.
[[nodiscard]] std::vector<ItemStep> due_steps(const NamedDay& day, Date on);

/// "15 CFR 744.21(a)@2026-12-31": the item of a day that only the law prints.
[[nodiscard]] std::string item_id(const NamedDay& day);

/// The days of items from `from` to `to`, the earliest first, then in legal order.
[[nodiscard]] std::vector<CalendarEntry>
calendar_of(const std::vector<Item>& items,
            Date from,
            Date to,
            std::vector<CalendarEntry> Item::*days = &Item::days);

} // namespace regtrail::query
