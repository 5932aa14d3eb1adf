#include "notify/render/headline.hpp"

#include "notify/render/headline_internal.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

namespace regtrail::render {

Headline headline_of(const Change& change) {
  const Headline place = place_words(change.at);
  return {fmt::format("{}: {}", place.en, kind_phrase(change, "", Language::en)),
          fmt::format("{}：{}", place.ja, kind_phrase(change, "", Language::ja))};
}

Headline headline_of(const Change& change, const Hit& /*hit*/, const Register& /*entries*/) {
  return headline_of(change);
}

Headline headline_of(const StatusEvent& event) {
  const Headline place = place_words(event.at);
  return {fmt::format("{}: {}", place.en, event_phrase(event, Language::en)),
          fmt::format("{}：{}", place.ja, event_phrase(event, Language::ja))};
}

Headline headline_of(const Item& item) {
  if (item.rule) {
    return {item.rule->title, fmt::format("「{}」", item.rule->title)};
  }
  return item.changes.empty() ? Headline{} : headline_of(item.changes.front());
}

Headline headline_of(const Item& item, const Register& /*entries*/) {
  return headline_of(item);
}

} // namespace regtrail::render
