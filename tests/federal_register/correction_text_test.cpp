#include "federal_register/correction_text.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using federal_register::is_correction;
using federal_register::read_correction;

namespace {

/// "744.9(b): 'old' -> 'new' (note)" an operation.
std::vector<std::string> read(std::string_view text, const Citation& heading = {}) {
  const Instruction instruction = read_correction(text, heading, "15");
  std::vector<std::string> out;
  for (const Operation& operation : instruction.operations) {
    CHECK(operation.verb == Verb::correct);
    out.push_back((operation.targets.empty() ? "?" : operation.targets[0].at.to_string()) + ": '" +
                  operation.old_words + "' -> '" + operation.new_words + "' (" + operation.note +
                  ")");
  }
  return out;
}

} // namespace

TEST_CASE("a correction says where, what was printed and what should be read", "[correction]") {
  const std::string text = "1. On page 4410, in the third column, in § 744.9(b), in the ninth "
                           "line, “3 meters” should read “30 meters”.";
  REQUIRE(is_correction(text));
  CHECK(read(text) == std::vector<std::string>{
                          "15 CFR 744.9(b): '3 meters' -> '30 meters' (On page 4410, in the third "
                          "column, in § 744.9(b), in the ninth line)"});
  CHECK(read_correction(text, {}, "15").ordinal == "1");
  CHECK(read_correction(text, {}, "15").understood);
  CHECK(read("On page 4410, in § 744.9, in paragraph (c)(2), 'thier' should read 'their'.") ==
        std::vector<std::string>{"15 CFR 744.9(c)(2): 'thier' -> 'their' (On page 4410, in § "
                                 "744.9, in paragraph (c)(2))"});
}

TEST_CASE("a correction under the heading of a section is of it", "[correction]") {
  const Citation heading = federal_register::corrected_place("§ 744.9 [Corrected]", "15");
  CHECK(heading.to_string() == "15 CFR 744.9");
  CHECK(federal_register::corrected_place("§ 744.9 Restrictions.", "15").empty());
  const std::string text = "On page 4410, in the first column, “a” should read “an” and “b” should "
                           "read “c”.";
  CHECK(read(text, heading).size() == 2);
  CHECK(read_correction(text, heading, "15").understood);
  CHECK_FALSE(read_correction(text, {}, "15").understood);
  CHECK_FALSE(
      read_correction("On page 4410, in § 744.9 and § 744.10, “a” should read “an”.", {}, "15")
          .understood);
}

TEST_CASE("what only looks like a correction is none", "[correction]") {
  CHECK_FALSE(is_correction("The rule should read “as is”."));
  CHECK_FALSE(is_correction("On page 4410, the table should read as follows:"));
  CHECK_FALSE(is_correction("On page 4410, “a” and “b” are defined."));
}
