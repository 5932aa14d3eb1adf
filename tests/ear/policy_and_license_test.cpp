#include "ear/license_exception.hpp"
#include "ear/license_row.hpp"
#include "ear/review_policy.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;

TEST_CASE("review policies are told apart through their spellings", "[ear]") {
  using P = ear::ReviewPolicy;
  const auto first = [](std::string_view text) {
    const auto found = ear::find_review_policies(text);
    REQUIRE_FALSE(found.empty());
    return found.front().policy;
  };
  CHECK(first("Presumption of denial") == P::presumption_of_denial);
  CHECK(first("Presumption for denial.") == P::presumption_of_denial);
  CHECK(first("Policy of Denial for all items") == P::policy_of_denial);
  CHECK(first("casa-by-case basis") == P::case_by_case);
  CHECK(first("Presumption of approval for EAR99; case-by-case review for all items") ==
        P::presumption_of_approval);
  CHECK(first("See \u00a7 744.2(d) of the EAR") == P::pointer);
  CHECK(ear::find_review_policies("").empty());
}

TEST_CASE("the order of policies is the order of restrictiveness", "[ear]") {
  const std::vector<std::string> order = {"Presumption of approval",
                                          "Case-by-case review",
                                          "Presumption of denial",
                                          "Policy of denial"};
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    CHECK(ear::compare_review_policies(order[i], order[i + 1]) == std::partial_ordering::greater);
    CHECK(ear::compare_review_policies(order[i + 1], order[i]) == std::partial_ordering::less);
  }
  CHECK(ear::compare_review_policies("Policy of denial", "policy of denial.") ==
        std::partial_ordering::equivalent);
  CHECK(ear::compare_review_policies("Policy of denial",
                                     "Policy of denial, but case-by-case for food") ==
        std::partial_ordering::less);
  CHECK(ear::compare_review_policies("Presumption of denial", "See \u00a7 744.3(d) of this part") ==
        std::partial_ordering::unordered);
  CHECK(ear::compare_review_policies("Presumption of denial",
                                     "Policy of denial; presumption of approval for food") ==
        std::partial_ordering::unordered);
}

TEST_CASE("license rows are read by reason, extent and reach", "[ear]") {
  using Row = ear::LicenseRow;
  const auto row = ear::parse_license_row("NS applies to 3B001.a.1 to a.3, b", "NS Column 2.");
  CHECK(row.reason == "NS");
  CHECK(row.extent == Row::Extent::paths);
  CHECK(row.paths == std::vector<std::string>{"a.1", "a.2", "a.3", "b"});
  CHECK(row.reach == Row::Reach::chart_column);
  CHECK(row.column == "NS 2");

  const auto places = ear::parse_license_row(
      "RS applies to the entire entry",
      "To or within Macau or a destination specified in Country Group D:5 of supplement no. 1 to "
      "part 740 of the EAR. See \u00a7 742.6(a)(6) of the EAR.");
  CHECK(places.extent == Row::Extent::entire_entry);
  CHECK(places.places == std::vector<std::string>{"Macau", "D:5"});

  const auto wide = ear::parse_license_row(
      "RS applies entire entry",
      "To or within any destination worldwide. See \u00a7 742.6 of the EAR.");
  CHECK(wide.extent == Row::Extent::entire_entry);
  CHECK(wide.reach == Row::Reach::worldwide);

  const auto except =
      ear::parse_license_row("NS applies to entire entry except 0A501.y", "NS Column 1");
  CHECK(except.extent == Row::Extent::entire_entry);
  CHECK(except.except_paths == std::vector<std::string>{"y"});

  const auto excluded = ear::parse_license_row(
      "RS applies to 3A090.b",
      "To or within the United Arab Emirates or destinations specified in Country Groups D:1, D:4, "
      "and D:5 of supplement no. 1 to part 740 of the EAR, excluding any destination also "
      "specified in Country Groups A:5 or A:6.");
  CHECK(excluded.places == std::vector<std::string>{"United Arab Emirates", "D:1", "D:4", "D:5"});
}

TEST_CASE("both cells in one text are cut where the second begins", "[ear]") {
  const auto row = ear::parse_license_row(
      "NS applies to 3B001.c.1.a and q\nWorldwide control. See \u00a7 742.4(a)(5) of the EAR.");
  CHECK(row.paths == std::vector<std::string>{"c.1.a", "q"});
  CHECK(row.reach == ear::LicenseRow::Reach::worldwide);
  CHECK(ear::parse_license_row("AT applies to entire entry | AT Column 1").column == "AT 1");
  CHECK(ear::is_license_control("NS: a.4, c, d"));
  CHECK_FALSE(ear::is_license_control("No license applies to this"));
}

TEST_CASE("LVS is money and the others answer yes or no", "[ear]") {
  using Answer = ear::ExceptionLine::Answer;
  const auto lvs = ear::parse_exception_line("LVS: $500, except tools in 3B001.a.4");
  CHECK(lvs.symbol == "LVS");
  REQUIRE(lvs.limits.size() == 1);
  CHECK(lvs.limits[0].dollars == 500);
  CHECK(lvs.answer == Answer::yes_with_limits);
  CHECK(ear::parse_exception_line("GBS: N/A").answer == Answer::no);
  CHECK(ear::parse_exception_line("TSR: Yes").answer == Answer::yes);
  CHECK(ear::parse_exception_line("NAC/ACA: Yes, for 4A003.z.").symbol == "NAC/ACA");
  CHECK(ear::parse_exception_line("$5,000").limits.at(0).dollars == 5000);
}
