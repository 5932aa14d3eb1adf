// `items --json`.
#include "model/supplement.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/items.hpp"
#include "notify/render/json_internal.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::render {

namespace {

Json rule_json(const Document& rule) {
  return {{"document", rule.number},
          {"citation", text_or_null(fr_citation_of(rule))},
          {"title", rule.title},
          {"type", to_string(rule.type)},
          // The service names the department before its bureau.
          {"agency", rule.agencies.empty() ? Json(nullptr) : Json(rule.agencies.back())}};
}

Json page_json(const ItemPage& page) {
  return {{"watch", page.watch}, {"address", page.address}, {"title", page.title}};
}

Json step_json(const ItemStep& step) {
  return {{"step", to_string(step.kind)},
          {"date", to_json(step.date)},
          {"document", text_or_null(step.document)},
          {"instructions", step.instructions}};
}

Json dates_json(const Item& item) {
  const Document none;
  const Document& rule = item.rule ? *item.rule : none;
  return {{"published", to_json(rule.published)},
          {"filed", to_json(rule.filed)},
          {"effective", strings(rule.effective)},
          {"comments_close", to_json(rule.comments_close)},
          {"ecfr", to_json(item.ecfr)}};
}

Json day_json(const CalendarEntry& day) {
  return {{"day", day.day.to_string()},
          {"kind", to_string(day.kind)},
          {"at", day.at.empty() ? Json(nullptr) : Json(day.at.to_string())},
          {"document", text_or_null(day.document)},
          {"words", text_or_null(day.words)}};
}

Json hit_json(const Hit& hit) {
  return {{"id", hit.id},
          {"entry", to_string(hit.entry)},
          {"category", hit.category},
          {"score", hit.score},
          {"severity", hit.severity},
          {"reasons", list(hit.reasons, [](const Reason& each) { return to_json(each); })}};
}

/// Names of listed parties, by what happened to them.
Json parties_json(const Item& item) {
  std::vector<std::string> added;
  std::vector<std::string> removed;
  std::vector<std::string> revised;
  for (const Change& change : item.changes) {
    if (!is_in_party_list(change.at)) {
      continue;
    }
    const bool whole = change.at.steps().size() == 2;
    auto& names = whole && change.kind == ChangeKind::added     ? added
                  : whole && change.kind == ChangeKind::removed ? removed
                                                                : revised;
    const std::string& name = change.at.steps()[1].name;
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }
  return {{"added", added}, {"removed", removed}, {"revised", revised}};
}

Json item_json(const Item& item, const Register& entries) {
  const Headline headline = headline_of(item, entries);
  return {{"id", item.id},
          {"rule", item.rule ? rule_json(*item.rule) : Json(nullptr)},
          {"page", item.page ? page_json(*item.page) : Json(nullptr)},
          {"station", to_string(item.station)},
          {"marks", list(item.marks, [](regtrail::Mark mark) { return to_string(mark); })},
          {"steps", list(item.steps, step_json)},
          {"dates", dates_json(item)},
          {"days", list(item.days, day_json)},
          {"severity", item.severity},
          {"direction", to_string(item.direction)},
          {"headline", {{"en", headline.en}, {"ja", headline.ja}}},
          {"hits", list(item.hits, hit_json)},
          {"changes", list(item.changes, [](const Change& change) { return change.id; })},
          {"effects", list(item.effects, [](const Effect& each) { return to_json(each); })},
          {"parties", parties_json(item)},
          {"checks", item.checks},
          {"links", links_of(item)},
          {"related", item.related}};
}

} // namespace

std::string items_json(const std::vector<Item>& items, const Register& entries) {
  return print(list(items, [&](const Item& item) { return item_json(item, entries); }));
}

} // namespace regtrail::render
