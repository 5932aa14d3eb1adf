#include "tests/support/stored/stored_units.hpp"

#include "federal_register/printed_days.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <utility>

namespace regtrail::tests {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Node& node) {
  Json children = Json::array();
  for (const Node& child : node.children) {
    children.push_back(json_of(child));
  }
  return {static_cast<int>(node.kind),
          node.designator,
          node.label,
          node.text,
          node.ordinal,
          std::move(children)};
}

Node node_of(const Json& json) {
  Node node;
  node.kind = static_cast<NodeKind>(json.at(0).get<int>());
  node.designator = json.at(1).get<std::string>();
  node.label = json.at(2).get<std::string>();
  node.text = json.at(3).get<std::string>();
  node.ordinal = json.at(4).get<std::uint32_t>();
  for (const Json& child : json.at(5)) {
    node.children.push_back(node_of(child));
  }
  return node;
}

std::string text_of(const Unit& unit) {
  Json notes = Json::array();
  for (const UnitNote& note : unit.notes) {
    notes.push_back({static_cast<int>(note.field), note.text});
  }
  return Json{json_of(unit.root), notes, unit.reserved}.dump() + "\n";
}

} // namespace

store::UnitReader stored_unit_reader() {
  return [](std::string_view body,
            const Citation& id,
            const std::vector<ByteRange>& ranges) -> Result<Unit> {
    const ByteRange& range = ranges.at(0);
    const Json json = Json::parse(body.substr(range.offset, range.length), nullptr, false);
    if (json.is_discarded()) {
      return fail(ErrorKind::malformed, "not the bytes of a unit");
    }
    Unit unit;
    unit.id = id;
    unit.ranges = ranges;
    unit.root = node_of(json.at(0));
    rehash(unit.root);
    for (const Json& note : json.at(1)) {
      unit.notes.push_back(
          {static_cast<NoteField>(note.at(0).get<int>()), note.at(1).get<std::string>()});
    }
    unit.reserved = json.at(2).get<bool>();
    return unit;
  };
}

std::string body_of(std::vector<Unit>& units) {
  std::string body;
  for (Unit& unit : units) {
    const std::string text = text_of(unit);
    unit.ranges = {{body.size(), text.size()}};
    body += text;
  }
  return body;
}

Result<store::RawId> put_units(store::Archive& archive,
                               const store::PartDate& date,
                               std::vector<Unit> units,
                               Timestamp seen,
                               std::optional<Timestamp> when) {
  store::RawResponse response;
  response.source = "ecfr";
  response.stream = fmt::format("ecfr/full/title-{}/part-{}", date.title, date.part);
  response.url = fmt::format(
      "https://www.ecfr.gov/{}/{}/{}", date.title, date.part, date.issue_date.to_string());
  response.final_url = response.url;
  response.fetched_at = seen;
  response.body = body_of(units);
  TRY_ASSIGN(const auto raw, archive.put_raw(response));
  TRY(archive.set_planned_raw(date, raw, when.value_or(seen)));
  TRY(archive.put_snapshot(date, raw, units, when.value_or(seen), federal_register::days_in));
  return raw;
}

} // namespace regtrail::tests
