#include "sync/measures.hpp"

#include "model/characters.hpp"
#include "query/measures.hpp"
#include "store/streams.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace regtrail::sync {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_slug = 60;

/// Letters and digits of `title`, everything else as single dashes.
std::string slug_of(const std::string& title) {
  std::string slug;
  for (const char c : title) {
    if (is_alnum(c)) {
      slug += to_lower(c);
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  slug = slug.substr(0, longest_slug);
  while (slug.ends_with('-')) {
    slug.pop_back();
  }
  // A title in another script is told apart by its bytes.
  return slug.empty() ? to_hex(hash128(title)).substr(0, 8) : slug;
}

std::string record_of(const Measure& measure) {
  Json json;
  json["number"] = measure_number(measure);
  json["kind"] = measure.kind;
  json["title"] = measure.title;
  json["date"] = measure.date.to_string();
  json["url"] = measure.url;
  json["about"] = Json::array();
  for (const Citation& citation : measure.about) {
    json["about"].push_back(citation.to_string());
  }
  json["text"] = measure.text;
  json["not_enforced"] = measure.enforcement == Enforcement::not_enforced;
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string measure_number(const Measure& measure) {
  return fmt::format("M-{}-{}", measure.date.to_string(), slug_of(measure.title));
}

Result<Document> read_measure(std::string_view record) {
  const Json json = Json::parse(record, nullptr, false);
  const auto text = [&](const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_string()
               ? json[key].get<std::string>()
               : std::string();
  };
  const auto date = Date::parse(text("date"));
  if (text("number").empty() || !date) {
    return fail(ErrorKind::malformed, "a measure's record has no number or date");
  }
  Document document;
  document.number = text("number");
  document.type = DocumentType::measure;
  document.subtype = text("kind");
  document.title = text("title");
  document.published = *date;
  document.text_url = text("url");
  document.body = text("text");
  document.has_text = !document.body.empty();
  if (json.contains("not_enforced") && json["not_enforced"] == true) {
    document.action = query::not_enforced_action;
  }
  for (const Json& about : json.value("about", Json::array())) {
    const auto citation =
        about.is_string() ? Citation::parse(about.get<std::string>()) : fail(ErrorKind::usage, "");
    if (!citation) {
      document.not_understood.push_back("about: " + about.dump());
      continue;
    }
    document.relations.push_back({RelationKind::cites, *citation, false, "metadata", ""});
    if (const std::string part = citation->part_number(); !part.empty()) {
      const CfrPart named{citation->title().empty() ? "15" : citation->title(), part};
      if (std::find(document.cfr.begin(), document.cfr.end(), named) == document.cfr.end()) {
        document.cfr.push_back(named);
      }
    }
  }
  std::sort(document.cfr.begin(), document.cfr.end());
  return document;
}

Result<std::string> add_measure(store::Archive& archive, const Measure& measure, Timestamp now) {
  const std::string number = measure_number(measure);
  store::RawResponse raw;
  raw.source = store::measure_source;
  raw.stream = store::measure_stream;
  raw.url = "regtrail:measure/" + number;
  raw.final_url = raw.url;
  raw.fetched_at = now;
  raw.body = record_of(measure);
  TRY_ASSIGN(const auto id, archive.put_raw(raw));
  TRY_ASSIGN(auto document, read_measure(raw.body));
  TRY(archive.put_document({document, id, std::nullopt}));
  TRY(archive.refresh_search());
  return number;
}

} // namespace regtrail::sync
