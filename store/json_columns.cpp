#include "store/json_columns_internal.hpp"
#include "store/trouble_internal.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace regtrail {

// nlohmann finds these conversions in the namespace of their types.
namespace {

using Json = nlohmann::ordered_json;

template<typename Value>
Value sound(Result<Value> value) {
  if (!value) {
    throw store::Damage(std::move(value.error().message));
  }
  return *std::move(value);
}

std::string text_at(const Json& json, const char* key) {
  return json.at(key).get<std::string>();
}

template<typename Enum>
Enum word_at(const Json& json, const char* key) {
  return sound(parse_word<Enum>(text_at(json, key)));
}

} // namespace

static void to_json(Json& json, Date date) {
  json = date.to_string();
}

static void from_json(const Json& json, Date& date) {
  date = sound(Date::parse(json.get<std::string>()));
}

static void to_json(Json& json, const Citation& citation) {
  json = citation.to_string();
}

static void from_json(const Json& json, Citation& citation) {
  citation = sound(Citation::parse(json.get<std::string>()));
}

static void to_json(Json& json, const ByteRange& range) {
  json = {range.offset, range.length};
}

static void from_json(const Json& json, ByteRange& range) {
  range = {json.at(0).get<std::uint64_t>(), json.at(1).get<std::uint64_t>()};
}

static void to_json(Json& json, const UnitNote& note) {
  json = {{"field", to_string(note.field)}, {"text", note.text}};
}

static void from_json(const Json& json, UnitNote& note) {
  note = {word_at<NoteField>(json, "field"), text_at(json, "text")};
}

static void to_json(Json& json, const WordRun& run) {
  json = {std::string(1, static_cast<char>(run.op)), run.text};
}

static void from_json(const Json& json, WordRun& run) {
  const auto op = json.at(0).get<std::string>();
  if (op != "=" && op != "-" && op != "+") {
    throw store::Damage(fmt::format("'{}' in a word script", op));
  }
  run = {static_cast<WordRun::Op>(op[0]), json.at(1).get<std::string>()};
}

static void to_json(Json& json, const TypedChange& typed) {
  json = {{"type", to_string(typed.type)},
          {"subject", typed.subject},
          {"before", typed.before},
          {"after", typed.after},
          {"direction", to_string(typed.direction)},
          {"rule", typed.rule}};
}

static void from_json(const Json& json, TypedChange& typed) {
  typed = {word_at<TypedChangeType>(json, "type"),
           text_at(json, "subject"),
           text_at(json, "before"),
           text_at(json, "after"),
           word_at<Direction>(json, "direction"),
           text_at(json, "rule")};
}

static void to_json(Json& json, CauseEvidence evidence) {
  json = to_string(evidence);
}

static void from_json(const Json& json, CauseEvidence& evidence) {
  evidence = sound(parse_word<CauseEvidence>(json.get<std::string>()));
}

static void to_json(Json& json, const Reason& reason) {
  json = {{"signal", to_string(reason.signal)},
          {"words", reason.words},
          {"at", reason.at},
          {"weight", reason.weight}};
  if (!reason.own.empty()) {
    json["own"] = reason.own;
  }
  if (reason.effect) {
    json["effect"] = to_string(*reason.effect);
  }
  if (reason.likeness) {
    json["likeness"] = to_string(*reason.likeness);
  }
  if (reason.distance != 0) {
    json["distance"] = reason.distance;
  }
}

static void from_json(const Json& json, Reason& reason) {
  reason = {word_at<Signal>(json, "signal"),
            text_at(json, "words"),
            text_at(json, "at"),
            json.at("weight").get<double>()};
  reason.own = json.value("own", "");
  if (json.contains("effect")) {
    reason.effect = word_at<ParameterEffect>(json, "effect");
  }
  if (json.contains("likeness")) {
    reason.likeness = word_at<NameLikeness>(json, "likeness");
  }
  reason.distance = json.value("distance", 0);
}

static void to_json(Json& json, const CfrPart& part) {
  json = {{"title", part.title}, {"part", part.part}};
}

static void from_json(const Json& json, CfrPart& part) {
  part = {text_at(json, "title"), text_at(json, "part")};
}

static void to_json(Json& json, const DatedClause& clause) {
  json = {{"kind", to_string(clause.kind)},
          {"date", clause.date},
          {"instruction", clause.instruction},
          {"words", clause.words}};
}

static void from_json(const Json& json, DatedClause& clause) {
  clause = {word_at<DatedClause::Kind>(json, "kind"),
            json.at("date").get<Date>(),
            text_at(json, "instruction"),
            text_at(json, "words")};
}

static void to_json(Json& json, const UnreadDate& unread) {
  json = {{"kind", to_string(unread.kind)}, {"words", unread.words}};
}

static void from_json(const Json& json, UnreadDate& unread) {
  unread = {word_at<DatedClause::Kind>(json, "kind"), text_at(json, "words")};
}

static void to_json(Json& json, const Deadline& deadline) {
  json = {{"days", deadline.days}, {"date", deadline.date}, {"text", deadline.text}};
}

static void from_json(const Json& json, Deadline& deadline) {
  deadline = {json.at("days").get<int>(), json.at("date").get<Date>(), text_at(json, "text")};
}

static void to_json(Json& json, const Target& target) {
  json = {{"at", target.at}, {"extent", to_string(target.extent)}};
}

static void from_json(const Json& json, Target& target) {
  target = {json.at("at").get<Citation>(), word_at<TargetExtent>(json, "extent")};
}

static void to_json(Json& json, const Operation& operation) {
  json = {{"verb", to_string(operation.verb)},
          {"targets", operation.targets},
          {"to", operation.to},
          {"old_words", operation.old_words},
          {"new_words", operation.new_words},
          {"note", operation.note}};
}

static void from_json(const Json& json, Operation& operation) {
  operation = {word_at<Verb>(json, "verb"),
               json.at("targets").get<std::vector<Target>>(),
               json.at("to").get<std::vector<Citation>>(),
               text_at(json, "old_words"),
               text_at(json, "new_words"),
               text_at(json, "note")};
}

/// The tree without its hashes, which follow from it.
static void to_json(Json& json, const Node& node) {
  json = {{"kind", to_string(node.kind)},
          {"designator", node.designator},
          {"label", node.label},
          {"text", node.text},
          {"ordinal", node.ordinal},
          {"children", node.children}};
}

static void from_json(const Json& json, Node& node) {
  node = {};
  node.kind = word_at<NodeKind>(json, "kind");
  node.designator = text_at(json, "designator");
  node.label = text_at(json, "label");
  node.text = text_at(json, "text");
  node.ordinal = json.at("ordinal").get<std::uint32_t>();
  node.children = json.at("children").get<std::vector<Node>>();
}

static void to_json(Json& json, const SetOutText& text) {
  json = {{"unit", text.unit}, {"root", text.root}};
}

static void from_json(const Json& json, SetOutText& text) {
  text = {json.at("unit").get<Citation>(), json.at("root").get<Node>()};
  rehash(text.root);
}

namespace store {

namespace {

template<typename List>
std::string written(const List& list) {
  return Json(list).dump(-1, ' ', false, Json::error_handler_t::replace);
}

template<typename List>
List read(std::string_view json) {
  try {
    return Json::parse(json).get<List>();
  } catch (const Json::exception& error) {
    throw Damage(fmt::format("a column that is not the JSON it was ({})", error.what()));
  }
}

} // namespace

// clang-format off
#define REGTRAIL_DEFINE(List)                                                \
  template<> std::string to_json(const List& list) { return written(list); } \
  template<> List from_json(std::string_view json) { return read<List>(json); }
// clang-format on

REGTRAIL_JSON_COLUMNS(REGTRAIL_DEFINE)

#undef REGTRAIL_DEFINE

} // namespace store

} // namespace regtrail
