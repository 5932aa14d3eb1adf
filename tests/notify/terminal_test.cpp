#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"
#include "tests/notify/samples.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;

namespace {

const render::TerminalStyle plain{false, 100, false};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a diff reads place, kind, meaning and redline, and says what it does not show",
          "[notify]") {
  CHECK(render::diff_text(test::section_diff(), plain) ==
        "15 CFR 744.23  2026-06-02 -> 2026-08-13  91 FR 52501 (2026-16628)\n"
        "(a)(2)(iii)     revised    threshold <= 16 nm -> <= 18 nm, tightened\n"
        "    (iii) Logic circuits of a node of [-16-]{+18+} nanometers or less;\n"
        "(a)(5)          added\n"
        "    {+(5) Items for the testing of packages:+}\n"
        "    {+(i) Probes;+}\n"
        "    {+(ii) Sockets.+}\n"
        "(a)(6)          redesignated from (a)(5)\n"
        "15 CFR 744.21  stayed 2025-11-10 until 2026-11-09\n"
        "1 source note grew; 1 cosmetic change not shown (--cosmetic)\n");
}

TEST_CASE("cosmetic changes are shown when asked for and then not counted as hidden", "[notify]") {
  const std::string text = render::diff_text(test::section_diff(), {false, 100, true});
  CHECK(holds(text, "(b)             cosmetic"));
  CHECK(!holds(text, "--cosmetic"));
}

TEST_CASE("with colour there are no brackets, without colour no escapes", "[notify]") {
  const std::string coloured = render::diff_text(test::section_diff(), {true, 100, false});
  CHECK(holds(coloured, "\x1b[31;9m16\x1b[0m\x1b[32;4m18\x1b[0m"));
  CHECK(!holds(coloured, "[-"));
  CHECK(!holds(render::diff_text(test::section_diff(), plain), "\x1b"));
}

TEST_CASE("causes that differ are said at each change, and unknown ones too", "[notify]") {
  DiffResult diff = test::section_diff();
  diff.changes[1].causes = {{"2026-1", "91 FR 7", 0.5, {}}};
  diff.changes[2].causes.clear();
  const std::string text = render::diff_text(diff, plain);
  CHECK(holds(text, "15 CFR 744.23  2026-06-02 -> 2026-08-13\n"));
  CHECK(holds(text, "tightened  91 FR 52501 (2026-16628)\n"));
  CHECK(holds(text, "added  91 FR 7 (2026-1)\n"));
  CHECK(holds(text, "redesignated from (a)(5)  cause unknown\n"));
}

TEST_CASE("the same replacement in many places is shown once with its places", "[notify]") {
  DiffResult diff;
  diff.before = test::side("15 CFR Part 744", "2026-06-02", 1);
  diff.after = test::side("15 CFR Part 744", "2026-08-13", 2);
  for (const char* place : {"15 CFR 744.2(a)", "15 CFR 744.3(b)", "15 CFR 744.11"}) {
    diff.changes.push_back(
        test::change_of(ChangeKind::revised,
                        place,
                        {{'=', "the "}, {'-', "Bureau"}, {'+', "Office"}, {'=', " may"}}));
    diff.changes.back().group = "g1";
  }
  const std::string text = render::diff_text(diff, plain);
  CHECK(holds(text,
              "3 places        revised\n    the [-Bureau-]{+Office+} may\n"
              "    in 15 CFR 744.2(a), 15 CFR 744.3(b), 15 CFR 744.11\n"));
  CHECK(text.find("[-Bureau-]") == text.rfind("[-Bureau-]"));
}

TEST_CASE("a paragraph that was divided shows its words once and says into what", "[notify]") {
  DiffResult diff;
  diff.before = test::side("15 CFR 748.9", "2026-06-02", 1);
  diff.after = test::side("15 CFR 748.9", "2026-08-13", 2);
  diff.changes.push_back(test::change_of(ChangeKind::revised,
                                         "15 CFR 748.9(a)",
                                         {{'=', "(a) Sellers must"},
                                          {'+', ":\n(1)"},
                                          {'=', " write and"},
                                          {'+', "\n(2)"},
                                          {'=', " keep papers."}}));
  diff.changes[0].divided_into = {test::cite("748.9(a)(1)"), test::cite("748.9(a)(2)")};
  diff.changes.push_back(
      test::change_of(ChangeKind::added, "15 CFR 748.9(a)(1)", {{'+', "(1) write and"}}));
  diff.changes.push_back(
      test::change_of(ChangeKind::added, "15 CFR 748.9(a)(2)", {{'+', "(2) keep papers."}}));
  const std::string text = render::diff_text(diff, plain);
  CHECK(holds(text, "(a)             revised, divided into (1) and (2)\n"));
  CHECK(holds(text, "(a)(1)          added  words of (a)\n(a)(2)          added  words of (a)\n"));
  CHECK(text.find("write and") == text.rfind("write and"));
  diff.changes[0].divided_into.push_back(test::cite("748.9(a)(3)"));
  CHECK(render::kind_phrase(diff.changes[0], "", render::Language::ja) ==
        "改正（(1)から(3)に分割）");
}

TEST_CASE("no change is a statement, with what was left out", "[notify]") {
  DiffResult diff = test::section_diff();
  diff.changes.erase(diff.changes.begin(), diff.changes.begin() + 3);
  diff.status.clear();
  diff.notes.clear();
  CHECK(render::diff_text(diff, plain) == "15 CFR 744.23  2026-06-02 -> 2026-08-13\n"
                                          "no change of substance\n"
                                          "1 cosmetic change not shown (--cosmetic)\n");
  diff.changes.clear();
  CHECK(holds(render::diff_text(diff, plain), "no change of the text\n"));
}

TEST_CASE("what was not understood is listed in a diff", "[notify]") {
  DiffResult diff = test::section_diff();
  diff.not_understood.push_back(
      {test::cite("744.23(b)"), "no consistent reading of the designators", "(i) (v)"});
  const std::string text = render::diff_text(diff, plain);
  CHECK(holds(text, "; 1 place not understood\n"));
  CHECK(holds(text, "  15 CFR 744.23(b): no consistent reading of the designators\n"));
}

TEST_CASE("an editorial note is shown, not only counted", "[notify]") {
  DiffResult diff = test::section_diff();
  diff.notes = {
      {test::cite("744.23"), NoteField::ednote, "", "Amendment could not be incorporated."}};
  CHECK(holds(render::diff_text(diff, plain),
              "15 CFR 744.23  editorial note {+Amendment could not be incorporated.+}\n"));
}

TEST_CASE("a history says since when each version is law, what changed in words, and by what",
          "[notify]") {
  History history;
  history.citation = test::cite("744.23");
  HistoryEntry newest;
  newest.from = Date(2026, 8, 13);
  newest.in_force_from = Date(2026, 8, 10);
  newest.kinds = {{"revised", 1}};
  newest.causes = {{"2026-16628", "91 FR 52501", 0.96, {}}};
  newest.changes = {test::threshold_change()};
  HistoryEntry renamed;
  renamed.from = Date(2024, 12, 2);
  renamed.kinds = {{"added", 1}};
  renamed.changes = {test::change_of(ChangeKind::added, "15 CFR 744.23(c)", {{'+', "New words."}})};
  renamed.was = test::cite("744.22");
  HistoryEntry baseline;
  baseline.from = Date(2017, 1, 3);
  baseline.baseline = true;
  history.versions = {newest, renamed, baseline};
  history.pending = std::vector<PendingAmendment>{};
  CHECK(render::history_text(history, {false, 120, false}) ==
        "15 CFR 744.23  3 versions since 2017-01-03\n"
        "  in force since  eCFR since  change                                 cause\n"
        "  2026-08-10      2026-08-13  (a)(2)(iii) node <= 16 nm -> <= 18 nm  91 FR 52501 "
        "(2026-16628)  0.96  tightened\n"
        "                  2024-12-02  was 15 CFR 744.22, (c) added           cause unknown\n"
        "                  2017-01-03  baseline, the oldest version held\n"
        "pending: none\n");
  history.versions = {renamed, baseline};
  history.pending.reset();
  CHECK(render::history_text(history, plain) ==
        "15 CFR 744.23  2 versions since 2017-01-03\n"
        "  eCFR since  change                             cause\n"
        "  2024-12-02  was 15 CFR 744.22, (c) added       cause unknown\n"
        "  2017-01-03  baseline, the oldest version held\n"
        "pending: not known, the Federal Register was not read; run: regtrail sync --source "
        "federal-register\n");
}

TEST_CASE("a history tells three changes of a version one by one, more after their numbers",
          "[notify]") {
  const auto column = [](std::vector<Change> changes) {
    History history;
    history.citation = test::cite("744.23");
    HistoryEntry entry;
    entry.from = Date(2026, 8, 13);
    for (const Change& change : changes) {
      ++entry.kinds[std::string(to_string(change.kind))];
    }
    entry.changes = std::move(changes);
    history.versions = {entry};
    const std::string text = render::history_text(history, {false, 0, false});
    const std::size_t begin = text.find("2026-08-13", text.find("change")) + 12;
    return text.substr(begin, text.find("  cause", begin) - begin);
  };
  const Change edit =
      test::change_of(ChangeKind::revised,
                      "15 CFR 744.23(b)",
                      {{'=', "Ship "}, {'-', "ten"}, {'+', "six"}, {'=', " pumps"}});
  const Change added =
      test::change_of(ChangeKind::added, "15 CFR 744.23(c)", {{'+', "New words."}});
  const Change removed =
      test::change_of(ChangeKind::removed, "15 CFR 744.23(d)", {{'-', "Old words."}});
  const Change cosmetic =
      test::change_of(ChangeKind::cosmetic, "15 CFR 744.23(e)", {{'=', "Same."}});
  CHECK(column({edit, added, removed, cosmetic}) == "(b) 'ten' -> 'six'; (c) added; (d) removed");
  CHECK(column({edit, added, removed, edit}) ==
        "1 added, 1 removed, 2 revised: (b) 'ten' -> 'six'; (c) added; (d) rem...");
  CHECK(column({cosmetic}) == "cosmetic only");
}

TEST_CASE("the address of a page is never broken, whatever the width", "[notify]") {
  const std::string address =
      "https://www.federalregister.gov/documents/2026/09/01/2026-16628/sample-rule-on-pumps";
  const std::string text = render::redline(
      {{WordRun::Op::same, "Comments go to " + address + " until May."}}, {false, 40, false});
  CHECK(holds(text, "\n" + address + "\n"));
}

TEST_CASE("the feed says severity, scores and reasons under each change once", "[notify]") {
  const DiffResult diff = test::section_diff();
  Hit hit;
  hit.category = "etch";
  hit.score = 0.92;
  hit.severity = 5;
  hit.reasons = {{Signal::ear_term, "logic circuits", "", 0.9},
                 {Signal::excluded, "hobby kits", "", -0.5}};
  Hit other = hit;
  other.category = "optics";
  other.severity = 3;
  other.near = true;
  other.reasons.clear();
  Register categories;
  categories.categories.resize(1);
  categories.categories[0].id = "etch";
  categories.categories[0].label_en = "Etchers";
  const Headline headline{"node: limit raised from 16 to 18 nm", ""};
  CHECK(render::changes_text({{diff.changes[0], hit, diff.before, diff.after, {}, headline},
                              {diff.changes[0], other, diff.before, diff.after, {}, headline}},
                             categories,
                             plain) ==
        "[critical] 15 CFR 744.23(a)(2)(iii)  revised\n"
        "    node: limit raised from 16 to 18 nm\n"
        "    2026-06-02 -> 2026-08-13  91 FR 52501 (2026-16628)\n"
        "    (iii) Logic circuits of a node of [-16-]{+18+} nanometers or less;\n"
        "    Etchers (etch)  0.92  EAR term \"logic circuits\"; - excluded context \"hobby kits\"\n"
        "    optics  0.92  near miss\n"
        "1 change, 2 hits\n");
  CHECK(render::changes_text({}, categories, plain) == "no hits\n");
}

TEST_CASE("a stay in the feed says its dates and shows no text", "[notify]") {
  Change place;
  place.id = "1";
  place.at = test::cite("15 CFR 744.21");
  Hit hit;
  hit.category = "etch";
  hit.score = 0.8;
  hit.severity = 3;
  CHECK(
      render::changes_text(
          {{place,
            hit,
            test::side("15 CFR 744.21", "2025-11-01", 1),
            test::side("15 CFR 744.21", "2025-11-12", 2),
            StatusEvent{place.at, StatusEventKind::stayed, Date(2025, 11, 12), Date(2026, 11, 9)}}},
          {},
          plain) == "[medium] 15 CFR 744.21  stayed 2025-11-12 until 2026-11-09\n"
                    "    2025-11-01 -> 2025-11-12  status, not text\n"
                    "    etch  0.80\n"
                    "0 changes, 1 status event, 1 hit\n");
}

TEST_CASE("status names trouble and, on demand, every quarantined answer", "[notify]") {
  ArchiveStatus status;
  SourceStatus source;
  source.source = "ecfr";
  source.health = Health::failing;
  source.newest_issue_date = Date(2026, 9, 1);
  source.message = "answered with a block page";
  status.sources.push_back(source);
  SourceStatus& absent = status.sources.emplace_back();
  absent.source = "federal-register";
  absent.message = "not in this mirror";
  status.quarantined.push_back({"ecfr",
                                "https://www.ecfr.gov/x",
                                parse_timestamp("2026-09-02T00:00:00Z").value(),
                                "HTML where XML was asked",
                                512});
  const std::string brief = render::status_text(status, {}, false, plain);
  CHECK(holds(brief,
              "ecfr              failing   newest issue 2026-09-01  last success never\n"
              "    answered with a block page\n"));
  CHECK(holds(brief, "federal-register  not in this mirror\n"));
  CHECK(holds(brief, "(status --details lists them)"));
  CHECK(!holds(brief, "HTML where XML"));
  CHECK(holds(render::status_text(status, {}, true, plain),
              "  quarantined 2026-09-02T00:00:00Z https://www.ecfr.gov/x 512 bytes: HTML where XML "
              "was asked\n"));
}

TEST_CASE("status names texts that are not there and filings that were withdrawn", "[notify]") {
  ArchiveStatus status;
  CHECK(!holds(render::status_text(status, {}, false, plain), "withdrawn"));
  CHECK(!holds(render::status_text(status, {}, false, plain), "missing texts"));
  for (int i = 0; i < 6; ++i) {
    status.missing_texts.push_back({"2026-1810" + std::to_string(i),
                                    i == 0 ? "91 FR 52000" : "",
                                    parse_timestamp("2026-10-05T11:00:00Z").value(),
                                    parse_timestamp("2026-10-06T11:00:00Z").value()});
  }
  PendingAmendment& filing = status.withdrawn.emplace_back();
  filing.document = "2026-18500";
  filing.title = "Gauges";
  filing.text = "Withdrawn by letter.";
  const std::string text = render::status_text(status, {}, false, plain);
  CHECK(holds(
      text,
      "withdrawn         2026-18500 was taken off public inspection and not published: Gauges "
      "(Withdrawn by\n                  letter.)\n"));
  CHECK(
      holds(text,
            "missing texts     text of 2026-18100 (91 FR 52000) not yet available, asked for since "
            "2026-10-05T11:00:00Z\n"));
  CHECK(holds(text, "and 1 more (status --details lists them)\n"));
  CHECK(!holds(text, "2026-18105"));
  CHECK(
      holds(render::status_text(status, {}, true, plain), "text of 2026-18105 not yet available"));
}
