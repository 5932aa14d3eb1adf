// Differences of form: what is nomenclature, what is not, and why not.
#include "tests/diff/relevance/support.hpp"
#include "tests/support/outline.hpp"

using namespace regtrail;
using namespace regtrail::test;

namespace {

/// "type subject: before -> after (direction)" of every typed change between two texts of a
/// section that also says `elsewhere`.
std::vector<std::string> meanings(const std::string& before,
                                  const std::string& after,
                                  const std::string& elsewhere = "Nothing.") {
  const auto section = [&](const std::string& text) {
    return tests::outline("748.9\n  (a) " + elsewhere + "\n  (b) " + text + "\n");
  };
  const auto left = section(before);
  const auto right = section(after);
  Change change;
  change.kind = ChangeKind::revised;
  change.at = cite("15 CFR 748.9(b)");
  change.before = "(b) " + before;
  change.after = "(b) " + after;
  diff::type_change(change, {left, right});
  std::vector<std::string> result;
  for (const auto& typed : change.typed) {
    result.push_back(std::string(to_string(typed.type)) + " " + typed.subject + ": " +
                     typed.before + " -> " + typed.after + " (" +
                     std::string(to_string(typed.direction)) + ")");
    CHECK_FALSE(typed.rule.empty());
  }
  return result;
}

using Meanings = std::vector<std::string>;

} // namespace

TEST_CASE("what differs in form only is nomenclature and neutral", "[typed][nomenclature]") {
  struct Row {
    const char* before;
    const char* after;
    const char* meaning;
  };

  const auto row = GENERATE(values<Row>({
      {"List pumps in Annex C to your form.",
       "List pumps in annex C to your form.",
       "nomenclature letter case: Annex -> annex (neutral)"},
      {"See supplement no. 3 to part 748 for pumps.",
       "See Supplement No. 3 to part 748 for pumps.",
       "nomenclature letter case: supplement no -> Supplement No (neutral)"},
      {"As \u00a7\u00a7 748.4 and 748.6 say, file early.",
       "As sections 748.4 and 748.6 say, file early.",
       "nomenclature section sign: \u00a7\u00a7 -> sections (neutral)"},
      {"As \u00a7 748.4(b) says, file early.",
       "As Sec. 748.4(b) says, file early.",
       "nomenclature section sign: \u00a7 -> Sec. (neutral)"},
      {"Send us the the form.",
       "Send us the form.",
       "nomenclature repeated word: the the form -> the form (neutral)"},
      {"Send us the form before shipment of pumps.",
       "Send us the form, before shipment of pumps.",
       "nomenclature punctuation: form before -> form, before (neutral)"},
      {"Send us: the form.",
       "Send us the form.",
       "nomenclature punctuation: us: the -> us the (neutral)"},
      {"Send us the form (signed) at once.",
       "Send us the form signed at once.",
       "nomenclature punctuation: form (signed -> form signed (neutral)"},
      {"Any re-export of pumps is told.",
       "Any reexport of pumps is told.",
       "nomenclature spelling: re-export -> reexport (neutral)"},
      {"Write to the Office of Pump Licensing at once.",
       "Write to the Office of Pump Analysis and Licensing at once.",
       "nomenclature name of an office: Office of Pump Licensing -> Office of Pump Analysis and "
       "Licensing (neutral)"},
  }));
  INFO(row.before << " | " << row.after);
  const auto found = meanings(row.before, row.after);
  REQUIRE_FALSE(found.empty());
  CHECK(found.front() == row.meaning);
  for (const auto& each : found) {
    CHECK(each.find("(neutral)") != std::string::npos);
  }
}

TEST_CASE("nothing is nomenclature that touches a number, unit, place or negation",
          "[typed][nomenclature]") {
  struct Row {
    const char* before;
    const char* after;
  };

  const auto row = GENERATE(values<Row>({
      {"A pump of 5 MW or more is told.", "A pump of 5 mW or more is told."},
      {"A pump of 15 kg is told.", "A pump of 1.5 kg is told."},
      {"A pump of 5-10 kg is told.", "A pump of 5 10 kg is told."},
      {"A pump of two kilograms is told.", "A pump of ten kilograms is told."},
      {"Pumps of ECCN 2B350 are told.", "Pumps of ECCN 2b350 are told."},
      {"Pumps of paragraph (c) are told.", "Pumps of paragraph (C) are told."},
      {"Pumps of paragraph (c) are told.", "Pumps of paragraph (d) are told."},
      {"Pumps of \u00a7 748.4 are told.", "Pumps of \u00a7 748.5 are told."},
      {"Pumps are not told.", "Pumps are now told."},
      {"Pumps are not told.", "Pumps are told."},
      {"Pumps are not not told.", "Pumps are not told."},
      {"Pumps and valves are told.", "Pumps or valves are told."},
      {"Pumps < valves.", "Pumps > valves."},
      {"Pumps and/or valves.", "Pumps and or valves."},
      {"Send us the form.", "Send us the old form."},
      {"Write to the Department of Commerce.", "Write to the Department of State."},
  }));
  INFO(row.before << " | " << row.after);
  for (const auto& each : meanings(row.before, row.after)) {
    INFO(each);
    CHECK(each.find("nomenclature") == std::string::npos);
  }
}

TEST_CASE("a spelling is mended or slips where one form stands nowhere else and the other does",
          "[typed][nomenclature]") {
  const std::string right = "Send us the statement.";
  const std::string wrong = "Send us teh statement.";
  CHECK(meanings(wrong, right, "Hold the pump.") ==
        Meanings{"nomenclature spelling: teh -> the (neutral)"});
  CHECK(meanings(right, wrong, "Hold the pump.") ==
        Meanings{"nomenclature spelling: the -> teh (neutral)"});

  const std::string valve = "Tell us of a valve.";
  const std::string value = "Tell us of a value.";
  CHECK(meanings(valve, value, "A valve is a part, and a value a number.").empty());
  CHECK(meanings(valve, value, "Nothing.").empty());
  CHECK(meanings(valve, value, "A value is a number.") ==
        Meanings{"nomenclature spelling: valve -> value (neutral)"});
  // Beside it in the same paragraph is elsewhere too.
  CHECK(meanings("Tell us of a valve, and a value.", "Tell us of a value, and a value.") ==
        Meanings{"nomenclature spelling: valve -> value (neutral)"});
  // Two letters are no slip.
  CHECK(meanings("Tell us of a velvo.", value, "A value is a number.").empty());
}

TEST_CASE("an office has a new name where the old one is gone from the law",
          "[typed][nomenclature]") {
  const std::string before = "Write to the Bureau of Pumps.";
  const std::string after = "Write to the Bureau of Pumps and Valves.";
  CHECK(meanings(before, after).size() == 1);
  CHECK(meanings(before, after, "The Bureau of Pumps decides.").empty());
}

TEST_CASE("a comma that may group a list otherwise is told as a conjunction without a direction",
          "[typed][nomenclature]") {
  CHECK(meanings("Tell us of pumps and parts, or tools that leak.",
                 "Tell us of pumps and parts or tools that leak.") ==
        Meanings{"conjunction list: parts, or -> parts or (unclear)"});
  CHECK(meanings("Tell us of bolts nuts and pumps.", "Tell us of bolts, nuts and pumps.") ==
        Meanings{"conjunction list: bolts nuts -> bolts, nuts (unclear)"});
  CHECK(meanings("Tell us of pumps; and", "Tell us of pumps, and") ==
        Meanings{"nomenclature punctuation: pumps; and -> pumps, and (neutral)"});
}

TEST_CASE("a renumbered paragraph does not differ by its number", "[typed][nomenclature]") {
  Change change;
  change.kind = ChangeKind::revised;
  change.at = cite("15 CFR 748.9(d)");
  change.was = cite("15 CFR 748.9(c)");
  change.before = "(c) The Form is signed.";
  change.after = "(d) The form is signed.";
  diff::type_change(change);
  REQUIRE(change.typed.size() == 1);
  CHECK(change.typed[0].type == TypedChangeType::nomenclature);
}

TEST_CASE("nomenclature is of the least severity", "[typed][nomenclature]") {
  CHECK(diff::base_severity(revised("15 CFR 744.23(a)", "(a) The Pump.", "(a) The pump.")) == 1);
  CHECK(diff::base_severity(revised("15 CFR 744.23(a)", "(a) The pump.", "(a) A fan.")) > 1);
}
