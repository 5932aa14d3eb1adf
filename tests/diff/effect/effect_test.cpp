// What an instruction makes of a text in force, said only as far as it is printed.
#include "diff/effect/effect.hpp"
#include "tests/support/outline.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <string>
#include <vector>

using namespace regtrail;
using namespace regtrail::diff;

namespace {

constexpr const char* law = R"(744.9
  heading: Reports of kilns.
  (a) Nobody ships a kiln that reaches 1,200 degrees without a license.
    (1) A kiln for pottery needs no license.
    (2) A kiln for glass needs no license.
  (b) A report on the kiln is due within 90 days; the report names the kiln.
  (c) Reports are kept.
)";

struct Given {
  Verb verb;
  const char* target;
  const char* printed; ///< an outline, "" for none
  const char* old_words = "";
  const char* new_words = "";
  const char* note = "";
  TargetExtent extent = TargetExtent::whole;
};

Document document_of(const Given& given) {
  Operation operation;
  operation.verb = given.verb;
  operation.targets = {{*Citation::parse(given.target), given.extent}};
  operation.old_words = given.old_words;
  operation.new_words = given.new_words;
  operation.note = given.note;
  Instruction instruction;
  instruction.ordinal = "3";
  instruction.understood = true;
  instruction.operations = {operation};
  for (const Unit& unit : tests::outline(given.printed)) {
    instruction.set_out.push_back({unit.id, unit.root});
  }
  Document document;
  document.number = "2026-04000";
  document.instructions = {instruction};
  return document;
}

/// "compared revised 15 CFR 744.9(b): 90 -> 30" for each; of what is not compared the reason.
std::vector<std::string>
told(const Given& given, const char* shown = nullptr, const char* in_force = law) {
  const std::vector<Unit> before = tests::outline(in_force);
  const std::vector<Unit> after = tests::outline(shown == nullptr ? "" : shown);
  std::vector<std::string> lines;
  const auto effects = effects_of(document_of(given), [&](const Citation& place) {
    return UnitTexts{before.front().id == place.unit() ? &before.front() : nullptr,
                     after.empty() ? nullptr : &after.front()};
  });
  for (const Effect& effect : effects) {
    if (!effect.change) {
      lines.push_back(fmt::format("{}: {}", to_string(effect.outcome), effect.reason));
      continue;
    }
    std::string words;
    for (const WordRun& run : effect.change->words) {
      if (run.op != WordRun::Op::same) {
        words += fmt::format(" {}{}", static_cast<char>(run.op), run.text);
      }
    }
    lines.push_back(fmt::format("{} {} {}{}",
                                to_string(effect.outcome),
                                to_string(effect.change->kind),
                                effect.at.to_string(),
                                words));
  }
  return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("a text that is printed is compared with the text in force", "[effect]") {
  struct Row {
    const char* name;
    Given given;
    Lines expected;
  };

  const Row rows[] = {
      {"a revised paragraph",
       {Verb::revise,
        "744.9(b)",
        "744.9\n  (b) A report on the kiln is due within 30 days; the report names the kiln.\n"},
       {"compared revised 15 CFR 744.9(b) -90 +30"}},
      {"asterisks stand for what is not printed",
       {Verb::revise,
        "744.9(a)",
        "744.9\n  (a) * * *\n    (1) A kiln for tiles needs no license.\n    - * * * * *\n"},
       {"compared revised 15 CFR 744.9(a)(1) -pottery +tiles"}},
      {"without asterisks what is not printed goes",
       {Verb::revise,
        "744.9(a)",
        "744.9\n  (a) Nobody ships a kiln that reaches 1,200 degrees without a license.\n"
        "    (1) A kiln for pottery needs no license.\n"},
       {"compared removed 15 CFR 744.9(a)(2)"}},
      {"the introductory text leaves what stands below",
       {Verb::revise,
        "744.9(a)",
        "744.9\n  (a) Nobody ships a kiln that reaches 900 degrees without a license.\n",
        "",
        "",
        "",
        TargetExtent::introductory_text},
       {"compared revised 15 CFR 744.9(a) -1,200 +900"}},
      {"a new paragraph",
       {Verb::add,
        "744.9(d)",
        "744.9\n  - * * * * *\n  (d) Kilns that are rented out are shipped.\n"},
       {"compared added 15 CFR 744.9(d)"}},
      {"a paragraph that goes",
       {Verb::remove, "744.9(c)", ""},
       {"compared removed 15 CFR 744.9(c)"}},
      {"words that stand there once",
       {Verb::replace_words, "744.9(b)", "", "90 days", "60 days"},
       {"compared revised 15 CFR 744.9(b) -90 +60"}},
      {"words wherever they stand",
       {Verb::replace_words, "744.9(b)", "", "report", "notice", "wherever it appears"},
       {"compared revised 15 CFR 744.9(b) -report +notice -report +notice"}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(told(row.given) == row.expected);
  }
}

TEST_CASE("what is not printed, or is in doubt, is named and not compared", "[effect]") {
  struct Row {
    Given given;
    const char* expected;
  };

  const Row rows[] = {
      {{Verb::revise, "744.9(b)", ""},
       "revises 15 CFR 744.9(b); text not compared: no text is printed for it"},
      {{Verb::revise, "744.9(f)", "744.9\n  (f) Something.\n"},
       "revises 15 CFR 744.9(f); text not compared: the place is not in the text in force"},
      {{Verb::add, "744.9(c)", "744.9\n  (c) Something.\n"},
       "adds 15 CFR 744.9(c); text not compared: the place is in the text in force already"},
      {{Verb::revise,
        "744.9(a)",
        "744.9\n  (a) * * *\n    (1) A kiln for tiles needs no license.\n"},
       "revises 15 CFR 744.9(a); text not compared: it is not clear what its asterisks stand for"},
      {{Verb::replace_words, "744.9(b)", "", "report", "notice"},
       "replaces words in 15 CFR 744.9(b); text not compared: words that are there 2 times"},
      {{Verb::remove_words, "744.9(c)", "", "kiln"},
       "removes words from 15 CFR 744.9(c); text not compared: words that are not there"},
      {{Verb::redesignate, "744.9(c)", ""}, "redesignates 15 CFR 744.9(c); text not compared"},
      {{Verb::revise, "744.8(c)", "744.8\n  (c) Something.\n"},
       "revises 15 CFR 744.8(c); text not compared: its unit is not held as it was before"},
  };
  for (const Row& row : rows) {
    CHECK(told(row.given) == Lines{fmt::format("not_compared: {}", row.expected)});
  }
}

TEST_CASE("the eCFR shows a place as set out or otherwise", "[effect]") {
  const Given given{
      Verb::revise,
      "744.9(c)",
      "744.9\n  (c) Reports are kept for five years in the language of the report.\n"};
  CHECK(told(given,
             "744.9\n  (b) Other.\n  (c) Reports are kept for five years in the language of the "
             "report.\n") == Lines{"as_set_out revised 15 CFR 744.9(c) + for five years in the "
                                   "language of the report"});
  CHECK(told(given,
             "744.9\n  (b) Other.\n  (c) Reports are kept for six years in the language of the "
             "report.\n") == Lines{"otherwise revised 15 CFR 744.9(c) -five +six"});
}

TEST_CASE("a text that is printed as it stands makes no change", "[effect]") {
  CHECK(told({Verb::revise, "744.9(c)", "744.9\n  (c) Reports are kept.\n"}) ==
        Lines{"compared: the text is the same as before"});
}

TEST_CASE("the id of an effect is of its document, instruction, kind and place", "[effect]") {
  const Document document = document_of({Verb::remove, "744.9(c)", ""});
  const auto units = tests::outline(law);
  const auto of = [&](const Document& given) {
    return effects_of(given,
                      [&](const Citation&) {
                        return UnitTexts{&units.front(), nullptr};
                      })
        .front()
        .change->id;
  };
  Document other = document;
  other.instructions.front().ordinal = "4";
  CHECK(of(document) == of(document));
  CHECK(of(document) != of(other));
  CHECK(of(document).size() == 32);
}
