#include "cli/entry_text.hpp"

#include "notify/render/terminal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace regtrail::cli {
namespace {

Json json_of(const std::string& value) {
  return value;
}

Json json_of(double value) {
  return value;
}

Json json_of(bool value) {
  return value;
}

Json json_of(const Parameter& parameter) {
  Json json;
  json["name"] = parameter.name;
  json["value"] = parameter.value ? Json(*parameter.value) : Json(nullptr);
  json["unit"] = parameter.unit;
  json["text"] = parameter.text;
  return json;
}

Json json_of(const Owner& owner) {
  Json json;
  json["name"] = owner.name;
  json["percent"] = owner.percent ? Json(*owner.percent) : Json(nullptr);
  return json;
}

template<typename Value>
Json json_of(const std::optional<Value>& value) {
  return value ? json_of(*value) : Json(nullptr);
}

template<typename Value>
Json json_of(const std::vector<Value>& values) {
  Json json = Json::array();
  for (const Value& value : values) {
    json.push_back(json_of(value));
  }
  return json;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) {
      text += (text.empty() ? "" : "  ") + part;
    }
  }
  return text;
}

std::string csv_cell(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
    text.insert(text.begin(), '\'');
  }
  if (text.find_first_of("\",;\r\n\t") == std::string::npos) {
    return text;
  }
  std::string cell = "\"";
  for (const char c : text) {
    cell += c == '"' ? "\"\"" : std::string(1, c);
  }
  return cell + "\"";
}

} // namespace

template<typename Entry>
Json to_json(const Entry& entry) {
  Json json;
  for (const auto& field : parse::register_fields<Entry>()) {
    json[std::string(field.key)] =
        std::visit([&](auto member) { return json_of(entry.*member); }, field.member);
  }
  return json;
}

std::string summary_of(const Category& category) {
  return joined({category.label_en, category.label_ja});
}

std::string summary_of(const Product& product) {
  return joined({product.part_number,
                 product.description_en,
                 product.description_ja,
                 fmt::format("{}", fmt::join(product.eccn, ", "))});
}

std::string summary_of(const Party& party) {
  return joined({party.names.empty() ? party.address : party.names.front(), party.country});
}

std::string summary_of(const Procedure& procedure) {
  return joined({procedure.title, fmt::format("{}", fmt::join(procedure.citations, ", "))});
}

std::string summary_of(const Destination& destination) {
  return joined({destination.country, destination.note});
}

std::string summary_of(const Watch& watch) {
  return joined(
      {watch.label_en, watch.label_ja, watch.address, watch.enabled ? "" : "not enabled"});
}

template<typename Entry>
std::string to_csv(const std::vector<Entry>& entries) {
  std::string csv = "\xef\xbb\xbf";
  const auto& fields = parse::register_fields<Entry>();
  std::string_view comma;
  for (const auto& field : fields) {
    csv += fmt::format("{}{}", comma, field.key);
    comma = ",";
  }
  csv += "\r\n";
  for (const Entry& entry : entries) {
    comma = "";
    for (const auto& field : fields) {
      const auto texts = parse::field_texts(entry, field);
      csv += fmt::format("{}{}", comma, csv_cell(fmt::format("{}", fmt::join(texts, "\n"))));
      comma = ",";
    }
    csv += "\r\n";
  }
  return csv;
}

std::string padded(const std::string& text, int width) {
  return text +
         std::string(static_cast<std::size_t>(std::max(0, width - render::display_width(text))),
                     ' ');
}

#define REGTRAIL_ENTRY_(Entry)                                                                     \
  template Json to_json(const Entry&);                                                             \
  template std::string to_csv(const std::vector<Entry>&);
REGTRAIL_ENTRY_(Category)
REGTRAIL_ENTRY_(Product)
REGTRAIL_ENTRY_(Party)
REGTRAIL_ENTRY_(Procedure)
REGTRAIL_ENTRY_(Destination)
REGTRAIL_ENTRY_(Watch)
#undef REGTRAIL_ENTRY_

} // namespace regtrail::cli
