#include "diff/relevance/parameters.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace regtrail;
using diff::LimitSense;
using diff::parameter_effects;
using diff::parameter_limits;

namespace {

Product product_with(Parameter parameter) {
  Product product;
  product.id = "own";
  product.parameters.push_back(std::move(parameter));
  return product;
}

Change revised(const std::string& at, std::string before, std::string after) {
  Change change;
  change.at = Citation::parse(at).value();
  change.before = std::move(before);
  change.after = std::move(after);
  return change;
}

std::string effect_on(const Product& product, const Change& change) {
  const auto reasons = parameter_effects(product, change);
  if (reasons.empty()) {
    return "none";
  }
  return reasons.front().effect ? std::string(to_string(*reasons.front().effect)) : "unknown";
}

} // namespace

TEST_CASE("a figure stands to a moved limit of its own quantity, whatever the units",
          "[relevance][parameters]") {
  struct Row {
    Parameter own;
    const char* at;
    const char* before;
    const char* after;
    const char* effect;
  };

  const auto row = GENERATE(values<Row>({
      {{"closing time", 80, "ms", "80"},
       "ECCN 3B004.a.2",
       "a.2. Shutters with a closing time less than 50 milliseconds; or",
       "a.2. Shutters with a closing time less than 0.1 second; or",
       "now-inside"},
      {{"応答時間", 80, "ms", "80"},
       "ECCN 3B004.a.2",
       "a.2. Shutters with a response time less than 50 milliseconds; or",
       "a.2. Shutters with a response time less than 0.1 second; or",
       "now-inside"},
      {{"応答時間", 80, "ms", "80"},
       "ECCN 3B004.a.2",
       "a.2. Shutters with a dwell time less than 50 milliseconds; or",
       "a.2. Shutters with a dwell time less than 0.1 second; or",
       "none"},
      {{"口径", 12, "mm", "12"},
       "ECCN 2B350.g",
       "g. Valves with a nominal size greater than 10 mm;",
       "g. Valves with a nominal size greater than 15 mm;",
       "now-outside"},
      {{"ｽｲｯﾁﾝｸﾞ時間", 400, "ms", "400"},
       "ECCN 3B001.c.1.c",
       "c. Valves with a switching time less than 300 milliseconds;",
       "c. Valves with a switching time less than 500 milliseconds;",
       "now-inside"},
      {{"closing time", 80, "ms", "80"},
       "ECCN 3B004.a.2",
       "a.2. Shutters with a closing time less than 0.1 second; or",
       "a.2. Shutters with a closing time less than 50 milliseconds; or",
       "now-outside"},
      {{"closing time", 20, "ms", "20"},
       "ECCN 3B004.a.2",
       "a.2. Shutters with a closing time less than 50 milliseconds",
       "a.2. Shutters with a closing time less than 90 milliseconds",
       "still-inside"},
      {{"closing time", 0.4, "s", "0.4"},
       "ECCN 3B004.a.2",
       "a.2. Shutters with a closing time less than 50 milliseconds",
       "a.2. Shutters with a closing time less than 90 milliseconds",
       "still-outside"},
      {{"heating zones", 14, "", "14"},
       "ECCN 3B004.b",
       "b. Pedestals with sixteen or more heating zones",
       "b. Pedestals with twelve or more heating zones",
       "now-inside"},
      {{"heating", 14, "zones", "14"},
       "ECCN 3B004.b",
       "b. Pedestals with sixteen or more heating zones",
       "b. Pedestals with twelve or more heating zones",
       "now-inside"},
      {{"base pressure", 5, "mPa", "5"},
       "ECCN 3B004.d",
       "d. Chambers with a base pressure of 0.01 Pa or less",
       "d. Chambers with a base pressure of 0.001 Pa or less",
       "now-outside"},
      {{"TPP", 2000, "", "2000"},
       "ECCN 3A090.b",
       "b. A 'total processing performance' of 2400 or more",
       "b. A 'total processing performance' of 1800 or more",
       "now-inside"},
      {{"film thickness", 400, "nm", "400"},
       "ECCN 3B004.e",
       "e. Coaters for a film thickness exceeding 0.5 \u00b5m",
       "e. Coaters for a film thickness exceeding 0.3 \u00b5m",
       "now-inside"},
      // Another quantity of the same unit, and the same words in another unit.
      {{"opening time", 80, "ms", "80"},
       "ECCN 3B004.a.2",
       "a.2. Shutters with a closing time less than 50 milliseconds",
       "a.2. Shutters with a closing time less than 100 milliseconds",
       "none"},
      {{"closing time", 80, "W", "80"},
       "ECCN 3B004.a.2",
       "a.2. Shutters with a closing time less than 50 milliseconds",
       "a.2. Shutters with a closing time less than 100 milliseconds",
       "none"},
      // Only the limit that moved is told.
      {{"closing time", 80, "ms", "80"},
       "ECCN 3B004.a.2",
       "a.2. A closing time less than 90 ms and a bore of 40 mm or more",
       "a.2. A closing time less than 90 ms and a bore of 30 mm or more",
       "none"},
      // A limit that is struck holds everything.
      {{"closing time", 80, "ms", "80"},
       "ECCN 3B004.a.2",
       "a.2. Shutters with a closing time less than 50 ms",
       "a.2. Shutters",
       "now-inside"},
      // An exclusion turns inside and outside.
      {{"helium content", 12, "%", "12"},
       "ECCN 3C004 / Note",
       "Note: 3C004 does not control mixtures containing 10% or more of helium.",
       "Note: 3C004 does not control mixtures containing 15% or more of helium.",
       "now-inside"},
      {{"mass of toxin", 30, "g", "30"},
       "15 CFR 742.2(a)(2)",
       "(2) This requirement does not apply to samples of no more than 50 grams of toxin.",
       "(2) This requirement does not apply to samples of no more than 0.02 kg of toxin.",
       "now-inside"},
      {{"purity", 99.9995, "%", "99.9995"},
       "ECCN 3C004 / heading",
       "3C004 Hydrides of example, having a purity better than 99.999%, even diluted in inert "
       "gases or hydrogen.",
       "3C004 Hydrides of example, having a purity better than 99.9999%, even diluted in inert "
       "gases or hydrogen.",
       "now-outside"},
      {{"hydrogen content", 30, "% molar", "30"},
       "ECCN 3C004 / Note",
       "Note: 3C004 does not control hydrides containing 20% molar or more of inert gases or "
       "hydrogen.",
       "Note: 3C004 does not control hydrides containing 35% molar or more of inert gases or "
       "hydrogen.",
       "now-inside"},
      {{"total processing performance", 4500, "", "4500"},
       "ECCN 3A090.b.1",
       "b.1. A 'total processing performance' of 2400 or more and less than 4800 and a "
       "'performance density' of 1.6 or more and less than 5.92, or",
       "b.1. A 'total processing performance' of 2400 or more and less than 4400 and a "
       "'performance density' of 1.6 or more and less than 5.92, or",
       "now-outside"},
      // Without a sense nothing is claimed.
      {{"mass of toxin", 30, "g", "30"},
       "15 CFR 742.2(a)(2)",
       "(2) Samples of no more than 50 grams of toxin.",
       "(2) Samples of no more than 20 grams of toxin.",
       "unknown"},
      {{"CAS", {}, "", "10025-87-3"},
       "ECCN 1C350.c.9",
       "c.9. Example oxide (C.A.S. #10025-87-1);",
       "c.9. Example oxide (C.A.S. #10025-87-3);",
       "now-inside"},
  }));
  INFO(row.before << " | " << row.after << " | " << diff::text_of(row.own));
  CHECK(effect_on(product_with(row.own), revised(row.at, row.before, row.after)) == row.effect);
}

TEST_CASE("the direction of a limit says whether it controls or excuses",
          "[relevance][parameters]") {
  auto change = revised("15 CFR 742.2(a)(2)",
                        "(2) Samples of no more than 50 grams of toxin.",
                        "(2) Samples of no more than 20 grams of toxin.");
  change.typed.push_back(
      {TypedChangeType::threshold, "", "<= 50 grams", "<= 20 grams", Direction::tightened, ""});
  const auto product = product_with({"mass of toxin", 30, "g", "30"});
  CHECK(effect_on(product, change) == "now-inside");
  change.typed.front().direction = Direction::loosened;
  CHECK(effect_on(product, change) == "now-outside");
}

TEST_CASE("a direction that contradicts the words of an item leaves the effect open",
          "[relevance][parameters]") {
  auto change = revised("ECCN 3B004.a.2",
                        "a.2. Shutters with a closing time less than 90 ms",
                        "a.2. Shutters with a closing time less than 50 ms");
  change.typed.push_back(
      {TypedChangeType::threshold, "", "< 90 ms", "< 50 ms", Direction::tightened, ""});
  const auto product = product_with({"closing time", 80, "ms", "80"});
  CHECK(effect_on(product, change) == "unknown");
  change.typed.front().direction = Direction::loosened;
  CHECK(effect_on(product, change) == "now-outside");
}

TEST_CASE("figures that have to hold together are judged together", "[relevance][parameters]") {
  Product product = product_with({"performance density", 3.0, "", "3.0"});
  product.parameters.push_back({"processing performance", 5000, "", "5000"});
  CHECK(effect_on(product,
                  revised("ECCN 3A090.b",
                          "b. A processing performance of 6000 or more and a performance density "
                          "of 4.0 or more",
                          "b. A processing performance of 6000 or more and a performance density "
                          "of 2.0 or more")) == "still-outside");
  CHECK(effect_on(product,
                  revised("ECCN 3A090.b",
                          "b. A processing performance of 4000 or more and a performance density "
                          "of 4.0 or more",
                          "b. A processing performance of 4000 or more and a performance density "
                          "of 2.0 or more")) == "now-inside");
  CHECK(
      effect_on(
          product,
          revised(
              "ECCN 3A090.b",
              "b. A processing performance of 6000 or more or a performance density of 4.0 or more",
              "b. A processing performance of 6000 or more or a performance density of 2.0 or "
              "more")) == "now-inside");
}

TEST_CASE("the limits of a text in force say which figures are inside today",
          "[relevance][parameters]") {
  const auto product = product_with({"switching time", 400, "ms", "400"});
  const auto at = Citation::parse("ECCN 3B993.c.3.b").value();
  const auto limits = parameter_limits(
      product, "One or more gas valve(s) with switching time less than 500 milliseconds;", at);
  REQUIRE(limits.size() == 1);
  CHECK(limits[0].own == "switching time 400 ms");
  CHECK(limits[0].words == "gas valve(s) with switching time less than 500 milliseconds");
  CHECK(limits[0].inside() == true);
  const auto excused = parameter_limits(product,
                                        "Valves with switching time of 200 milliseconds or more.",
                                        at,
                                        "This entry does not control the following:");
  REQUIRE(excused.size() == 1);
  CHECK(excused[0].sense == LimitSense::exclusion);
  CHECK(excused[0].inside() == false);
  CHECK(parameter_limits(product, "Valves with a leak rate less than 1 Pa.", at).empty());
  // What the sentence says later is of other things.
  CHECK(parameter_limits(product_with({"processing performance", 5200, "", "5200"}),
                         "A count of the final package below 30 billion transistors, then the "
                         "processing performance is presumed.",
                         at)
            .empty());
  // A limit's own term says what it is about, whatever stands in front.
  CHECK(parameter_limits(product_with({"processing performance", 5200, "", "5200"}),
                         "Without an attestation of the 'processing performance', a commodity with "
                         "an \"approximated transistor count\" below 30 billion transistors.",
                         at)
            .empty());
}
