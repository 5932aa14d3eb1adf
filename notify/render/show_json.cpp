// `show --json`: the tree at a citation and, for CCL and list entries, its record.
#include "model/supplement.hpp"
#include "notify/render/json.hpp"
#include "notify/render/json_internal.hpp"
#include "notify/render/show_internal.hpp"

#include <utility>

namespace regtrail::render {

namespace {

using render::to_json;

Json record_json(const Record& record);
Json children_json(const Citation& at, const Node& parent, const RecordOf& record_of);

/// The entry of a party has its record beside it.
Json node_json(const Citation& at,
               const Node& node,
               const Record& record,
               const RecordOf& record_of) {
  Json out = {{"at", at.to_string()},
              {"kind", to_string(node.kind)},
              {"designator", node.designator},
              {"label", node.label},
              {"text", node.text},
              {"children", children_json(at, node, record_of)}};
  if (node.kind == NodeKind::entry && is_in_party_list(at)) {
    out["record"] = record_json(record);
  }
  return out;
}

/// Recurses as deep as the tree is, which the parser bounds (Limits::max_depth).
Json children_json(const Citation& at, const Node& parent, const RecordOf& record_of) {
  Json out = Json::array();
  const std::vector<Step> steps = child_steps(parent);
  for (std::size_t i = 0; i < parent.children.size(); ++i) {
    const Node& child = parent.children[i];
    const Citation place = at.child(steps[i]);
    out.push_back(node_json(
        place,
        child,
        record_of && child.kind == NodeKind::entry ? record_of(place, child, parent) : Record(),
        record_of));
  }
  return out;
}

Json row_json(const LicenseRowRecord& row) {
  return {{"reason", row.reason},
          {"control", row.control},
          {"paths", row.paths ? Json(*row.paths) : Json(nullptr)},
          {"chart", row.chart}};
}

Json item_json(const std::pair<std::string, std::string>& item) {
  return {{"path", item.first}, {"text", item.second}};
}

Json note_json(const std::pair<Citation, std::string>& note) {
  return {{"at", note.first.to_string()}, {"text", note.second}};
}

Json to_json(const EccnRecord& record) {
  Json exceptions = Json::object();
  for (const auto& [symbol, text] : record.exceptions) {
    exceptions[symbol] = text;
  }
  return {{"eccn", record.eccn},
          {"heading", record.heading},
          {"reasons", record.reasons},
          {"license_requirements", list(record.license_requirements, row_json)},
          {"exceptions", std::move(exceptions)},
          {"related_controls", record.related_controls},
          {"related_definitions", record.related_definitions},
          {"items", list(record.items, item_json)},
          {"notes", list(record.notes, note_json)}};
}

Json to_json(const EntityRecord& record) {
  return {{"list", record.list},
          {"country", record.country},
          {"name", record.name},
          {"aliases", record.aliases},
          {"addresses", record.addresses},
          {"remark", text_or_null(record.remark)},
          {"license_requirement", text_or_null(record.license_requirement)},
          {"footnotes", record.footnotes},
          {"review_policy", text_or_null(record.review_policy)},
          {"citations", record.citations},
          {"address_only", record.address_only},
          {"subordinate_to", text_or_null(record.subordinate_to)}};
}

Json to_json(const VeuRecord& record) {
  return {{"list", "Validated End-User List"},
          {"country", record.country},
          {"name", record.name},
          {"eligible_items", record.eligible_items},
          {"eccns", record.eccns},
          {"eligible_destinations", record.eligible_destinations},
          {"citations", record.citations}};
}

Json to_json(const ChartRecord& record) {
  return {{"list", "Commerce Country Chart"},
          {"country", record.country},
          {"marks", record.marks},
          {"footnotes", record.footnotes},
          {"pointer", text_or_null(record.pointer)}};
}

Json to_json(std::monostate /*none*/) {
  return nullptr;
}

Json record_json(const Record& record) {
  return std::visit([](const auto& one) { return to_json(one); }, record);
}

} // namespace

std::string heading_of(const Node& node) {
  if (node.kind == NodeKind::heading) {
    return shown_text(node);
  }
  for (const Node& child : node.children) {
    if (child.kind == NodeKind::heading) {
      return shown_text(child);
    }
  }
  return {};
}

std::string show_json(const Citation& citation,
                      const TextOnDay& day,
                      const Unit& unit,
                      const std::vector<const Node*>& nodes,
                      const Record& record,
                      const RecordOf& record_of) {
  Json out = Json::array();
  for (const Node* node : nodes) {
    if (node->kind != NodeKind::unit) {
      out.push_back(node_json(citation, *node, record, record_of));
      continue;
    }
    for (Json& child : children_json(citation, *node, record_of)) {
      out.push_back(std::move(child));
    }
  }
  const auto note_line = [&](const UnitNote& note) {
    return Json{{"at", unit.id.to_string()}, {"field", to_string(note.field)}, {"text", note.text}};
  };
  std::vector<NotUnderstood> not_understood = unit.not_understood;
  std::erase_if(not_understood, [&](const NotUnderstood& each) {
    return !each.at.is_within(citation) && !citation.is_within(each.at);
  });
  const std::string heading = nodes.empty() ? std::string() : heading_of(*nodes.front());
  return print(
      {{"schema", 1},
       {"citation", citation.to_string()},
       {"on", to_json(day.asked)},
       {"heading", heading.empty() ? heading_of(unit.root) : heading},
       {"nodes", std::move(out)},
       {"notes", list(unit.notes, note_line)},
       {"record", record_json(record)},
       {"not_understood",
        list(not_understood, [](const NotUnderstood& each) { return to_json(each); })},
       {"ecfr_from", to_json(day.from)},
       {"in_force_from", to_json(day.in_force_from)},
       {"cause", day.cause ? to_json(*day.cause) : Json(nullptr)},
       {"known_through", to_json(day.known_through)},
       {"in_force_not_shown",
        list(day.in_force_not_shown, [](const PendingAmendment& each) { return to_json(each); })},
       {"pending", pending_or_null(day.pending)}});
}

} // namespace regtrail::render
