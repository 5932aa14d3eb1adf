// Which document made a change, and when nobody can say.
#include "tests/diff/cause/support.hpp"

namespace regtrail::tests {
namespace {

constexpr const char* before_section = R"(
744.1
  (a) The first paragraph of the section stays as it is in every version of it.
  (b) A license is required for pumps that reach a pressure of 10 pascal or less.
  (c) Applications are reviewed under a presumption of denial at all times.
  cita: [61 FR 12802, Mar. 25, 1996]
)";

constexpr const char* revised_b = R"(
744.1
  (a) The first paragraph of the section stays as it is in every version of it.
  (b) A license is required for pumps and valves that reach a pressure of 20 pascal or less.
  (c) Applications are reviewed under a presumption of denial at all times.
  cita: [61 FR 12802, Mar. 25, 1996, as amended at 91 FR 505, June 1, 2026]
)";

constexpr const char* new_b = "(b) A license is required for pumps and valves that reach a "
                              "pressure of 20 pascal or less.";

Document rule_on_b() {
  Document document = rule("2026-00001", 500, 510, "2026-06-01");
  document.instructions = {
      order("1", Verb::continue_to_read, {"15 CFR Part 744"}),
      order("2", Verb::revise, {"15 CFR 744.1(b)"}, new_b),
  };
  return document;
}

Transition june() {
  return {before_section, revised_b, "2026-05-20", "2026-06-03"};
}

TEST_CASE("four signals that agree are as good as certain", "[cause]") {
  const auto causes = june().with({rule_on_b()}).at("15 CFR 744.1(b)");
  REQUIRE(causes.size() == 1);
  CHECK(causes[0].document == "2026-00001");
  CHECK(causes[0].citation == "91 FR 500");
  CHECK(causes[0].instruction == "2");
  CHECK(causes[0].confidence > 0.95);
  CHECK(causes[0].evidence == std::vector{CauseEvidence::cita,
                                          CauseEvidence::page_range,
                                          CauseEvidence::instruction,
                                          CauseEvidence::text,
                                          CauseEvidence::dates});
}

TEST_CASE("a page within the document joins, a page outside does not", "[cause]") {
  Document other = rule("2026-00002", 511, 520, "2026-06-01");
  other.instructions = {order("2", Verb::revise, {"15 CFR 744.3"})};
  CHECK(june().with({other}).verdict("15 CFR 744.1(b)") == "91 FR 505 not held");
  CHECK(june().with({other, rule_on_b()}).verdict("15 CFR 744.1(b)") == "2026-00001 instruction 2");
}

TEST_CASE("a cited page is told even when no document is held", "[cause]") {
  const auto causes = june().at("15 CFR 744.1(b)");
  REQUIRE(causes.size() == 1);
  CHECK(causes[0].document.empty());
  CHECK(causes[0].citation == "91 FR 505");
  CHECK(causes[0].confidence <= 0.8);
}

constexpr const char* revised_without_citation = R"(
744.1
  (a) The first paragraph of the section stays as it is in every version of it.
  (b) A license is required for pumps and valves that reach a pressure of 20 pascal or less.
  (c) Applications are reviewed under a presumption of denial at all times.
  cita: [61 FR 12802, Mar. 25, 1996]
)";

Transition uncited() {
  return {before_section, revised_without_citation, "2026-05-20", "2026-06-03"};
}

TEST_CASE("a change that no rule of the time explains is editorial", "[cause]") {
  CHECK(uncited().with({}).verdict("15 CFR 744.1(b)") == "editorial");
  Document elsewhere = rule("2026-00003", 530, 531, "2026-06-01");
  elsewhere.instructions = {order("2", Verb::revise, {"15 CFR 744.9(a)"}, "Other words.")};
  CHECK(uncited().with({elsewhere}).verdict("15 CFR 744.1(b)") == "editorial");
}

TEST_CASE("nothing is called editorial where the documents of the time are not held", "[cause]") {
  CHECK(uncited().verdict("15 CFR 744.1(b)").empty());
  CHECK(uncited().with({}).uncovered().verdict("15 CFR 744.1(b)").empty());
}

TEST_CASE("without a citation the instruction, its words and the dates are enough", "[cause]") {
  const auto causes = uncited().with({rule_on_b()}).at("15 CFR 744.1(b)");
  CHECK(causes.at(0).document == "2026-00001");
  CHECK(causes.at(0).confidence > 0.8);
}

TEST_CASE("a rule that prints other words for the place is no certain cause", "[cause]") {
  Document other = rule_on_b();
  other.instructions[1] = order("2",
                                Verb::revise,
                                {"15 CFR 744.1(b)"},
                                "Exporters shall keep records of every shipment for five years "
                                "and show them on request.");
  CHECK(uncited().with({other}).verdict("15 CFR 744.1(b)") == "unidentified");
  CHECK(june().with({other}).at("15 CFR 744.1(b)").at(0).confidence <= 0.75);
}

TEST_CASE("an editorial fix beside a rule's change is not laid to the rule", "[cause]") {
  const Transition both(before_section,
                        R"(
744.1
  (a) The first paragraph of this section stays as it is in every version of it.
  (b) A license is required for pumps and valves that reach a pressure of 20 pascal or less.
  (c) Applications are reviewed under a presumption of denial at all times.
  cita: [61 FR 12802, Mar. 25, 1996, as amended at 91 FR 505, June 1, 2026]
)",
                        "2026-05-20",
                        "2026-06-03");
  const Transition told = Transition(both).with({rule_on_b()});
  CHECK(told.verdict("15 CFR 744.1(b)") == "2026-00001 instruction 2");
  const auto causes = told.at("15 CFR 744.1(a)");
  CHECK(answer_of(causes.at(0)) == CauseAnswer::unidentified);
  // The rule stays a candidate, and says that it is one.
  REQUIRE(causes.size() == 2);
  CHECK(answer_of(causes[1]) == CauseAnswer::candidate);
  CHECK(causes[1].document == "2026-00001");
}

TEST_CASE("a rule whose text is not held is a cause, but not a certain one", "[cause]") {
  Document described = rule_on_b();
  described.instructions.clear();
  described.has_text = false;
  const auto causes = june().with({described}).at("15 CFR 744.1(b)");
  CHECK(causes.at(0).document == "2026-00001");
  CHECK(causes.at(0).confidence <= 0.8);
  CHECK(causes.at(0).evidence.back() == CauseEvidence::text_not_read);
  CHECK(uncited().with({described}).verdict("15 CFR 744.1(b)") == "unidentified");
}

TEST_CASE("two rules on one page are told apart by what they order", "[cause]") {
  Document first = rule("2026-00010", 495, 505, "2026-06-01");
  first.instructions = {order("2", Verb::revise, {"15 CFR 744.3(a)"})};
  Document second = rule("2026-00011", 505, 507, "2026-06-01");
  second.instructions = {order("2", Verb::revise, {"15 CFR 744.1(b)"}, new_b)};
  CHECK(june().with({first, second}).verdict("15 CFR 744.1(b)") == "2026-00011 instruction 2");

  // Of two that are known by metadata only nobody knows.
  for (Document* each : {&first, &second}) {
    each->instructions.clear();
    each->has_text = false;
  }
  const auto causes = june().with({first, second}).at("15 CFR 744.1(b)");
  CHECK(answer_of(causes.at(0)) == CauseAnswer::unidentified);
  CHECK(causes.size() == 3);
}

TEST_CASE("a rule effective before it was published is due when it was published", "[cause]") {
  Document document = rule_on_b();
  document.effective = {date("2026-05-28")};
  CHECK(june().with({document}).at("15 CFR 744.1(b)").at(0).confidence > 0.95);
}

TEST_CASE("a rule that is due after the transition cannot be its cause", "[cause]") {
  Document document = rule_on_b();
  document.effective = {date("2026-07-15")};
  CHECK(uncited().with({document}).verdict("15 CFR 744.1(b)") == "editorial");
}

TEST_CASE("each instruction has its own date", "[cause]") {
  Document document = rule("2026-00001", 500, 510, "2026-05-01");
  document.effective = {date("2026-05-01"), date("2026-06-01")};
  document.clauses = {
      {DatedClause::Kind::effective, date("2026-05-01"), "", "This rule is effective May 1"},
      {DatedClause::Kind::effective, date("2026-06-01"), "3", "except for instruction 3"}};
  document.instructions = {order("2", Verb::revise, {"15 CFR 744.1(c)"}),
                           order("3.a", Verb::revise, {"15 CFR 744.1(b)"}, new_b)};
  CHECK(june().with({document}).verdict("15 CFR 744.1(b)") == "2026-00001 instruction 3.a");
  // The same words a month too early.
  const Transition early(before_section, revised_without_citation, "2026-04-20", "2026-05-04");
  CHECK(Transition(early).with({document}).verdict("15 CFR 744.1(b)") !=
        "2026-00001 instruction 3.a");
}

TEST_CASE("a delayed rule is due when the delay ends", "[cause]") {
  Document document = rule_on_b();
  document.published = date("2026-03-02");
  document.effective = {date("2026-04-01")};
  Document delay = rule("2026-00020", 600, 601, "2026-03-30");
  delay.effective = {date("2026-03-30"), date("2026-06-01")};
  delay.relations = {{RelationKind::delays, cite("2026-00001"), false, "text", ""}};
  const auto causes = uncited().with({document, delay}).at("15 CFR 744.1(b)");
  CHECK(causes.at(0).document == "2026-00001");
  CHECK(causes.at(0).confidence > 0.8);
  const Transition april(before_section, revised_without_citation, "2026-03-25", "2026-04-03");
  CHECK(Transition(april).with({document, delay}).verdict("15 CFR 744.1(b)") == "editorial");
}

TEST_CASE("a delay of one instruction leaves the others their day", "[cause]") {
  Document document = rule_on_b();
  document.published = date("2026-03-02");
  document.effective = {date("2026-04-01")};
  document.instructions.push_back(order("3", Verb::remove, {"15 CFR 744.1(c)"}));
  Document delay = rule("2026-00020", 600, 601, "2026-03-30");
  delay.clauses = {{DatedClause::Kind::effective, date("2026-03-30"), "", ""},
                   {DatedClause::Kind::other, date("2026-06-01"), "3", ""}};
  delay.relations = {{RelationKind::delays, cite("2026-00001"), false, "text", ""}};
  document.relations = {{RelationKind::delayed_by, cite("2026-00020"), false, "text", ""}};
  const Document moved = diff::with_delays(document, {&document, &delay});
  CHECK(moved.effective == std::vector{date("2026-04-01"), date("2026-06-01")});
  CHECK(effective_date(moved, moved.instructions[1]) == date("2026-04-01"));
  CHECK(effective_date(moved, moved.instructions[2]) == date("2026-06-01"));
  const Transition april(before_section, revised_without_citation, "2026-03-25", "2026-04-03");
  CHECK(Transition(april).with({document, delay}).at("15 CFR 744.1(b)").at(0).document ==
        "2026-00001");
}

TEST_CASE("a rule delayed without a day has none", "[cause]") {
  Document document = rule_on_b();
  Document delay = rule("2026-00020", 600, 601, "2026-05-30");
  delay.effective = {date("2026-05-30")};
  delay.unread_dates = {{DatedClause::Kind::other, "delayed indefinitely"}};
  document.relations = {{RelationKind::delayed_by, cite("2026-00020"), false, "text", ""}};
  const Document moved = diff::with_delays(document, {&document, &delay});
  CHECK(moved.effective.empty());
  CHECK(moved.instructions[1].indefinite);
}

TEST_CASE("a rule whose day is not read is not due when it is published", "[cause]") {
  Document document = rule_on_b();
  document.effective.clear();
  document.unread_dates = {{DatedClause::Kind::effective, "upon approval of the form"}};
  const auto causes = uncited().with({document}).at("15 CFR 744.1(b)");
  REQUIRE_FALSE(causes.empty());
  CHECK(std::count(causes[0].evidence.begin(), causes[0].evidence.end(), CauseEvidence::dates) ==
        0);
}

TEST_CASE("a page printed years before the change made nothing", "[cause]") {
  const std::string mended = std::string(revised_without_citation);
  const auto with_note = [&](const std::string& note) {
    std::string text = mended;
    const std::string plain = "[61 FR 12802, Mar. 25, 1996]";
    return text.replace(text.find(plain), plain.size(), note);
  };
  const std::string old_page =
      with_note("[61 FR 12802, Mar. 25, 1996, as amended at 87 FR 44, Jan. 3, 2022]");
  const Transition old_only(before_section, old_page, "2026-05-20", "2026-06-03");
  CHECK(old_only.verdict("15 CFR 744.1(b)").empty());
  const std::string two = with_note("[61 FR 12802, Mar. 25, 1996, as amended at 87 FR 44, Jan. 3, "
                                    "2022; 91 FR 505, June 1, 2026]");
  CHECK(Transition(before_section, two, "2026-05-20", "2026-06-03").verdict("15 CFR 744.1(b)") ==
        "91 FR 505 not held");
  Document old = rule("2022-00001", 40, 50, "2022-01-03");
  old.volume = 87;
  old.instructions = {order("2", Verb::revise, {"15 CFR 744.1(b)"}, new_b)};
  CHECK(Transition(old_only).with({old}).verdict("15 CFR 744.1(b)") == "unidentified");
}

TEST_CASE("of two pages that one note gained none is named", "[cause]") {
  std::string text = revised_b;
  const std::string page = "91 FR 505, June 1, 2026";
  text.replace(text.find(page), page.size(), page + "; 91 FR 620, June 2, 2026");
  const Transition both(before_section, text, "2026-05-20", "2026-06-03");
  const auto causes = both.at("15 CFR 744.1(b)");
  REQUIRE(causes.size() == 3);
  CHECK(answer_of(causes[0]) == CauseAnswer::unidentified);
  CHECK(causes[1].citation == "91 FR 620");
  CHECK(causes[1].confidence < 0.5);
  SECTION("nor one that is held without its text") {
    Document described = rule_on_b();
    described.instructions.clear();
    described.has_text = false;
    for (const Cause& cause : Transition(both).with({described}).at("15 CFR 744.1(b)")) {
      CHECK(cause.confidence < 0.65);
    }
  }
  SECTION("but one that orders it is") {
    CHECK(Transition(both).with({rule_on_b()}).verdict("15 CFR 744.1(b)") ==
          "2026-00001 instruction 2");
  }
}

TEST_CASE("a withdrawn rule made nothing", "[cause]") {
  Document document = rule_on_b();
  document.published = date("2026-05-02");
  Document withdrawal = rule("2026-00021", 602, 602, "2026-05-28");
  withdrawal.relations = {{RelationKind::withdraws, cite("91 FR 500"), false, "text", ""}};
  CHECK(uncited().with({document, withdrawal}).verdict("15 CFR 744.1(b)") == "editorial");
}

TEST_CASE("a rule and its correction share a change", "[cause]") {
  Document correction = rule("2026-00030", 520, 520, "2026-06-02");
  correction.relations = {{RelationKind::corrects, cite("2026-00001"), false, "text", ""}};
  correction.instructions = {order("1", Verb::correct, {"15 CFR 744.1(b)"}, new_b)};
  Document document = rule_on_b();
  document.instructions[1] = order(
      "2",
      Verb::revise,
      {"15 CFR 744.1(b)"},
      "(b) A license is required for pumps and valves that reach a pressure of 2 pascal or less.");
  const auto causes = june().with({document, correction}).at("15 CFR 744.1(b)");
  REQUIRE(causes.size() == 2);
  CHECK(causes[0].document == "2026-00001");
  CHECK(causes[1].document == "2026-00030");
}

TEST_CASE("quoted words that turn the old text into the new one name the rule", "[cause]") {
  Document document = rule("2026-00001", 500, 510, "2026-06-01");
  document.instructions = {order("4", Verb::replace_words, {"15 CFR Part 744"})};
  document.instructions[0].operations[0].old_words = "Bureau of Export Administration";
  document.instructions[0].operations[0].new_words = "Bureau of Industry and Security";
  const Transition renamed("744.2\n  (a) Write to the Bureau of Export Administration for advice.\n"
                           "  (b) See (a).\n",
                           "744.2\n  (a) Write to the Bureau of Industry and Security for advice.\n"
                           "  (b) See (a) of it.\n",
                           "2026-05-20",
                           "2026-06-03");
  const Transition told = Transition(renamed).with({document});
  CHECK(told.verdict("15 CFR 744.2(a)") == "2026-00001 instruction 4");
  CHECK(told.verdict("15 CFR 744.2(b)") == "unidentified");
}

TEST_CASE("an insertion that renumbers is one instruction's and another's", "[cause]") {
  Document document = rule("2026-00001", 500, 510, "2026-06-01");
  document.instructions = {
      order("2", Verb::redesignate, {"15 CFR 744.1(b)", "15 CFR 744.1(c)"}),
      order("3", Verb::add, {"15 CFR 744.1(b)"}, "(b) New text about mirrors and their coatings.")};
  document.instructions[0].operations[0].to = {cite("15 CFR 744.1(c)"), cite("15 CFR 744.1(d)")};
  const Transition inserted(before_section,
                            R"(
744.1
  (a) The first paragraph of the section stays as it is in every version of it.
  (b) New text about mirrors and their coatings.
  (c) A license is required for pumps that reach a pressure of 10 pascal or less.
  (d) Applications are reviewed under a presumption of denial at all times.
  cita: [61 FR 12802, Mar. 25, 1996, as amended at 91 FR 501, June 1, 2026]
)",
                            "2026-05-20",
                            "2026-06-03");
  const Transition told = Transition(inserted).with({document});
  CHECK(told.verdict("15 CFR 744.1(b)") == "2026-00001 instruction 3");
  CHECK(told.verdict("15 CFR 744.1(c)") == "2026-00001 instruction 2");
  CHECK(told.verdict("15 CFR 744.1(d)") == "2026-00001 instruction 2");
}

constexpr const char* list_before = R"(
Supplement No. 4 to Part 744
  table CHINA, PEOPLE'S REPUBLIC OF:
    row "Old Pumps Co., Ltd.":
      cell License requirement: For all items subject to the EAR.
      cell Federal Register citation: 87 FR 57082, 9/19/22.
    row "Other Valves Institute":
      cell License requirement: For all items subject to the EAR.
      cell Federal Register citation: 88 FR 100, 1/3/23.
)";

constexpr const char* list_after = R"(
Supplement No. 4 to Part 744
  table CHINA, PEOPLE'S REPUBLIC OF:
    row "New Etching Systems Co., Ltd.":
      cell License requirement: For all items subject to the EAR.
      cell Federal Register citation: 91 FR 9743, 2/24/26.
    row "Old Pumps Co., Ltd.":
      cell License requirement: For all items subject to the EAR. (See § 744.11 of the EAR)
      cell Federal Register citation: 87 FR 57082, 9/19/22. 91 FR 9803, 2/25/26.
    row "Other Valves Institute":
      cell License requirement: All items subject to the EAR.
      cell Federal Register citation: 88 FR 100, 1/3/23.
)";

TEST_CASE("each row of the Entity List has the rule that it cites", "[cause]") {
  Document additions = rule("2026-03111", 9741, 9746, "2026-02-24");
  additions.effective = {date("2026-02-20")};
  additions.instructions = {order("2",
                                  Verb::add,
                                  {"Supplement No. 4 to Part 744 / China, People's Republic of / "
                                   "New Etching Systems Co., Ltd., a.k.a."})};
  Document revision = rule("2026-03222", 9800, 9803, "2026-02-25");
  revision.instructions = {order("2",
                                 Verb::revise,
                                 {"Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / "
                                  "Old Pumps Co., Ltd"})};
  const Transition list(list_before, list_after, "2026-02-18", "2026-02-27");
  const Transition told = Transition(list).with({additions, revision});
  const std::string china = "Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / ";
  CHECK(told.verdict(china + "New Etching Systems Co., Ltd.") == "2026-03111 instruction 2");
  CHECK(told.at(china + "New Etching Systems Co., Ltd.").at(0).confidence > 0.95);
  CHECK(told.verdict(china + "Old Pumps Co., Ltd. / License requirement") ==
        "2026-03222 instruction 2");
  CHECK(told.verdict(china + "Other Valves Institute / License requirement") == "editorial");
}

TEST_CASE("a whole entry of the CCL that is revised holds whatever changed in it", "[cause]") {
  const Transition entry(R"(
Supplement No. 1 to Part 774
  entry 3B001: Equipment for manufacturing semiconductor devices
    .a Equipment designed for epitaxial growth of layers on wafers.
    .b Equipment designed for ion implantation at an energy of 20 keV or more.
  entry 3B002: Test equipment
    .a For testing of transistors at frequencies above 40 GHz.
)",
                         R"(
Supplement No. 1 to Part 774
  entry 3B001: Equipment for manufacturing semiconductor devices
    .a Equipment designed for epitaxial growth of layers on wafers.
    .b Equipment designed for ion implantation at an energy of 15 keV or more.
  entry 3B002: Test equipment
    .a For testing of transistors at frequencies above 50 GHz.
)",
                         "2026-05-20",
                         "2026-06-03");
  Document document = rule("2026-00040", 700, 720, "2026-06-01");
  document.cfr = {{"15", "774"}};
  document.instructions = {
      order("3",
            Verb::revise,
            {"ECCN 3B001"},
            "3B001 Equipment for manufacturing semiconductor devices a. Equipment designed for "
            "epitaxial growth of layers on wafers. b. Equipment designed for ion implantation at "
            "an energy of 15 keV or more.")};
  const Transition told = Transition(entry).in_part("774").with({document});
  CHECK(told.verdict("ECCN 3B001.b") == "2026-00040 instruction 3");
  CHECK(told.at("ECCN 3B001.b").at(0).confidence > 0.8);
  CHECK(told.verdict("ECCN 3B002.a") == "editorial");
}

TEST_CASE("an instruction that was not understood is not taken for nothing", "[cause]") {
  Document document = rule_on_b();
  document.instructions[1].understood = false;
  document.instructions[1].operations.clear();
  document.instructions[1].text = "Rework § 744.1 as may be fit:";
  CHECK(june().with({document}).verdict("15 CFR 744.1(b)") == "2026-00001 instruction 2");
  CHECK(june().with({document}).at("15 CFR 744.1(b)").at(0).confidence <= 0.98);
  CHECK(uncited().with({document}).verdict("15 CFR 744.1(b)") == "unidentified");
}

TEST_CASE("notices and proposals are no causes", "[cause]") {
  Document notice = rule_on_b();
  notice.type = DocumentType::proposed_rule;
  CHECK(uncited().with({notice}).verdict("15 CFR 744.1(b)") == "editorial");
}

TEST_CASE("a removal is laid to the instruction that removes", "[cause]") {
  const Transition removal(
      "744.3\n  (a) First text of the three.\n  (b) Second text of the three.\n",
      "744.3\n  (a) First text of the three.\n",
      "2026-05-20",
      "2026-06-03");
  Document document = rule("2026-00001", 500, 510, "2026-06-01");
  document.instructions = {order("2", Verb::remove, {"15 CFR 744.3(b)"})};
  CHECK(Transition(removal).with({document}).verdict("15 CFR 744.3(b)") ==
        "2026-00001 instruction 2");
}

TEST_CASE("the link of a pending amendment that goes names the rule", "[cause]") {
  const Transition linked(std::string(before_section) +
                              "  pending_link: Link to an amendment published at 91 FR 505, June "
                              "1, 2026.\n",
                          revised_without_citation,
                          "2026-05-20",
                          "2026-06-03");
  const auto causes = Transition(linked).with({rule_on_b()}).at("15 CFR 744.1(b)");
  CHECK(causes.at(0).document == "2026-00001");
  CHECK(causes.at(0).evidence.front() == CauseEvidence::pending_link);
}

TEST_CASE("pages cited anew are those of notes, rows and links", "[cause]") {
  const auto pages =
      diff::newly_cited_pages(diff::diff_units(outline(list_before), outline(list_after), {}));
  CHECK(pages == std::vector<diff::FrPage>{{91, 9743}, {91, 9803}});
}

} // namespace
} // namespace regtrail::tests
