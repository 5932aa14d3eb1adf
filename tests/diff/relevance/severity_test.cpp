#include "tests/diff/relevance/support.hpp"

using namespace regtrail;
using namespace regtrail::test;
using diff::base_severity;

TEST_CASE("severity follows what a change can do to a shipment today", "[relevance][severity]") {
  const std::string party = "Supplement No. 4 to Part 744 / JAPAN / Example K.K.";
  // New requirements stop shipments.
  CHECK(base_severity(added(party, "Example K.K., Tokyo, Japan.", NodeKind::entry)) == 5);
  CHECK(base_severity(added("ECCN 3B001.d.21", "d.21. A new tool;", NodeKind::item)) == 5);
  CHECK(base_severity(removed("ECCN 3B002 / GBS", "GBS: Yes")) == 5);
  CHECK(base_severity(revised("ECCN 3B001 / LVS", "LVS: $500", "LVS: N/A")) == 5);
  CHECK(base_severity(removed("Supplement No. 4 to Part 742 / Japan", "Japan")) == 5);
  CHECK(base_severity(revised("15 CFR 734.4(a)(8)", "circuits", "circuits and lasers")) == 5);
  // Reliefs and removals can wait.
  CHECK(base_severity(removed(party, "Example K.K., Tokyo, Japan.", NodeKind::entry)) == 2);
  CHECK(base_severity(removed("ECCN 3B001.d.21", "d.21. A tool;", NodeKind::item)) == 2);
  CHECK(base_severity(revised("ECCN 3B001 / LVS", "LVS: $500", "LVS: $1,000")) == 2);
  CHECK(base_severity(added("Supplement No. 4 to Part 742 / Norway", "Norway")) == 2);
  // In between.
  CHECK(base_severity(revised(
            party, "Example K.K., a.k.a. Ex.", "Example K.K., a.k.a. Exam.", NodeKind::entry)) ==
        4);
  CHECK(base_severity(revised("15 CFR 742.4(b)(2)", "reviewed soon", "reviewed later")) == 4);
  // The order of names says nothing.
  CHECK(base_severity(revised(
            party,
            "Example K.K., a.k.a., the following two aliases:\n\u2014Exam; and\n\u2014Ampule.",
            "Example K.K., a.k.a., the following two aliases:\n\u2014Ampule; and\n\u2014Exam.",
            NodeKind::entry)) == 1);
  CHECK(base_severity(revised(
            "15 CFR 772.1 / Wafer", "A slice.", "A thin slice.", NodeKind::definition)) == 3);
  CHECK(base_severity(
            revised("ECCN 3B001 / Related Controls", "See 3B991.", "See 3B991 and 3B903.")) == 2);
  CHECK(base_severity(change(ChangeKind::redesignated, "15 CFR 744.2(b)", "same", "same")) == 1);
  CHECK(base_severity(change(ChangeKind::cosmetic, "15 CFR 744.2(b)", "same", "same")) == 1);
}

TEST_CASE("a tightening weighs more than what takes it back, notes included",
          "[relevance][severity]") {
  const std::string rule = "There is no de minimis level for tools of Category 3";
  const Change struck = revised("15 CFR 734.4(a)(3)",
                                "(3) " + rule + ", unless the tool is of a listed country.",
                                "(3) " + rule + ".");
  const Change back = revised("15 CFR 734.4(a)(3)",
                              "(3) " + rule + ".",
                              "(3) " + rule + ", unless the tool is of a listed country.");
  const Change footnote =
      added("15 CFR 734.4(a)(3) / Footnote 3", "^3 See the other lists.", NodeKind::footnote);
  CHECK(base_severity(struck) == 5);
  CHECK(base_severity(back) < 5);
  CHECK(base_severity(footnote) < 5);
}
