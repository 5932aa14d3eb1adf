// `show --json`: the tree at a citation and, for CCL and list entries, its record.
#include "notify/render/json.hpp"
#include "notify/render/json_internal.hpp"
#include "notify/render/show_internal.hpp"

#include <utility>

namespace regtrail::render {

namespace {

using render::to_json;

Json children_json(const Citation& at, const Node& parent);

Json node_json(const Citation& at, const Node& node) {
  Json out;
  out["at"] = at.to_string();
  out["kind"] = to_string(node.kind);
  out["designator"] = node.designator;
  out["label"] = node.label;
  out["text"] = node.text;
  out["children"] = children_json(at, node);
  return out;
}

/// Recurses as deep as the tree is, which the parser bounds (Limits::max_depth).
Json children_json(const Citation& at, const Node& parent) {
  Json out = Json::array();
  const std::vector<Step> steps = child_steps(parent);
  for (std::size_t i = 0; i < parent.children.size(); ++i) {
    out.push_back(node_json(at.child(steps[i]), parent.children[i]));
  }
  return out;
}

Json to_json(const EccnRecord& record) {
  Json rows = Json::array();
  for (const LicenseRowRecord& row : record.license_requirements) {
    Json line;
    line["reason"] = row.reason;
    line["control"] = row.control;
    line["paths"] = row.paths ? Json(*row.paths) : Json(nullptr);
    line["chart"] = row.chart;
    rows.push_back(std::move(line));
  }
  Json exceptions = Json::object();
  for (const auto& [symbol, text] : record.exceptions) {
    exceptions[symbol] = text;
  }
  Json items = Json::array();
  for (const auto& [path, text] : record.items) {
    Json line;
    line["path"] = path;
    line["text"] = text;
    items.push_back(std::move(line));
  }
  Json notes = Json::array();
  for (const auto& [at, text] : record.notes) {
    Json line;
    line["at"] = at.to_string();
    line["text"] = text;
    notes.push_back(std::move(line));
  }
  Json out;
  out["eccn"] = record.eccn;
  out["heading"] = record.heading;
  out["reasons"] = record.reasons;
  out["license_requirements"] = std::move(rows);
  out["exceptions"] = std::move(exceptions);
  out["related_controls"] = record.related_controls;
  out["related_definitions"] = record.related_definitions;
  out["items"] = std::move(items);
  out["notes"] = std::move(notes);
  return out;
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json to_json(const EntityRecord& record) {
  Json out;
  out["list"] = record.list;
  out["country"] = record.country;
  out["name"] = record.name;
  out["aliases"] = record.aliases;
  out["addresses"] = record.addresses;
  out["remark"] = text_or_null(record.remark);
  out["license_requirement"] = text_or_null(record.license_requirement);
  out["footnotes"] = record.footnotes;
  out["review_policy"] = text_or_null(record.review_policy);
  out["citations"] = record.citations;
  return out;
}

Json to_json(const VeuRecord& record) {
  Json out;
  out["list"] = "Validated End-User List";
  out["country"] = record.country;
  out["name"] = record.name;
  out["eligible_items"] = record.eligible_items;
  out["eccns"] = record.eccns;
  out["eligible_destinations"] = record.eligible_destinations;
  out["citations"] = record.citations;
  return out;
}

Json to_json(const ChartRecord& record) {
  Json out;
  out["list"] = "Commerce Country Chart";
  out["country"] = record.country;
  out["marks"] = record.marks;
  out["footnotes"] = record.footnotes;
  out["pointer"] = text_or_null(record.pointer);
  return out;
}

Json to_json(std::monostate /*none*/) {
  return nullptr;
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
                      std::optional<Date> on,
                      const Unit& unit,
                      const std::vector<const Node*>& nodes,
                      const Record& record) {
  Json list = Json::array();
  for (const Node* node : nodes) {
    if (node->kind != NodeKind::unit) {
      list.push_back(node_json(citation, *node));
      continue;
    }
    for (Json& child : children_json(citation, *node)) {
      list.push_back(std::move(child));
    }
  }
  Json notes = Json::array();
  for (const UnitNote& note : unit.notes) {
    Json line;
    line["at"] = unit.id.to_string();
    line["field"] = to_string(note.field);
    line["text"] = note.text;
    notes.push_back(std::move(line));
  }
  std::string heading = nodes.empty() ? std::string() : heading_of(*nodes.front());
  Json out;
  out["schema"] = 1;
  out["citation"] = citation.to_string();
  out["on"] = to_json(on);
  out["heading"] = heading.empty() ? heading_of(unit.root) : std::move(heading);
  out["nodes"] = std::move(list);
  out["notes"] = std::move(notes);
  out["record"] = std::visit([](const auto& one) { return to_json(one); }, record);
  return print(out);
}

} // namespace regtrail::render
