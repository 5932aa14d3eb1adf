// Cases of our own for what generated histories do not have: several things that happen at once.
#include "tests/diff/story.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using namespace regtrail::tests;

TEST_CASE("two paragraphs that change places across levels are two moves", "[tree][own]") {
  const auto before = R"(744.1
  (a) The first general rule on exports of covered items to anyone abroad.
    (1) A condition:
      (i) The lens was made for a scanner that meets the listed limits;
      (ii) something short.
  (b) Another general rule on how applications have to be filed.
)";
  const auto after = R"(744.1
  (a) The first general rule on exports of covered items to anyone abroad.
    (1) A condition:
      (i) something short.
  (b) Another general rule on how applications have to be filed.
    (1) The lens was made for a scanner that meets the listed limits;
)";
  CHECK(story(before, after) == Lines{"redesignated 15 CFR 744.1(a)(1)(i) < 15 CFR 744.1(a)(1)(ii)",
                                      "moved 15 CFR 744.1(b)(1) < 15 CFR 744.1(a)(1)(i)"});
}

TEST_CASE("an outer paragraph is redesignated while one of its members leaves it", "[tree][own]") {
  const auto before = R"(744.1
  (a) The exporter must keep a record of every consignment for five years.
  (b) Records have to show all of what is listed in this paragraph:
    (1) the name and address of everyone who takes part in the transaction;
    (2) the date on which the licence was granted by the office in charge.
  (c) Penalties follow from other law and are not repeated in this part.
)";
  const auto after = R"(744.1
  (a) The exporter must keep a record of every consignment for five years.
  (b) A paragraph that nobody expected stands here and shifts the others.
  (c) Records have to show all of what is listed in this paragraph:
    (1) the date on which the licence was granted by the office in charge.
  (d) Penalties follow from other law and are not repeated in this part.
    (1) the name and address of everyone who takes part in the transaction;
)";
  CHECK(story(before, after) == Lines{"added 15 CFR 744.1(b)",
                                      "redesignated 15 CFR 744.1(c) < 15 CFR 744.1(b)",
                                      "redesignated 15 CFR 744.1(c)(1) < 15 CFR 744.1(b)(2)",
                                      "redesignated 15 CFR 744.1(d) < 15 CFR 744.1(c)",
                                      "moved 15 CFR 744.1(d)(1) < 15 CFR 744.1(b)(1)"});
}

TEST_CASE("a section that was renumbered and reworded keeps its identity, paragraph by paragraph",
          "[tree][own]") {
  const auto before = R"(744.9
  heading: Restrictions on certain lenses
  (a) A licence is needed for any lens that meets 45 nm or less, wherever it goes.
  (b) Applications are reviewed under a presumption of denial in all cases.
)";
  const auto after = R"(744.12
  heading: Restrictions on certain lenses
  (a) A licence is needed for any lens that meets 65 nm or less, wherever it goes.
  (b) Applications are reviewed under a presumption of denial in all cases.
)";
  CHECK(story(before, after) == Lines{"redesignated 15 CFR 744.12 < 15 CFR 744.9",
                                      "revised 15 CFR 744.12(a) < 15 CFR 744.9(a)"});
}
