// Renderings of blame, of two columns and of a text that went back, friendly and hostile.
#include "notify/render/html.hpp"
#include "notify/render/json.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"
#include "tests/notify/samples.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace regtrail;
using Catch::Matchers::Contains;

namespace {

Blame blame_of(const std::vector<std::pair<std::string, std::string>>& lines) {
  Blame blame;
  blame.citation = test::cite("15 CFR 744.23");
  blame.on = Date(2026, 9, 1);
  for (const auto& [at, text] : lines) {
    BlameLine& line = blame.lines.emplace_back();
    line.at = test::cite(at);
    line.text = text;
    line.since = Date(2022, 10, 13);
  }
  return blame;
}

DiffResult diff_of(Change change) {
  DiffResult diff;
  diff.before = {"15 CFR 744.23", Date(2026, 8, 1), {}};
  diff.after = {"15 CFR 744.23", Date(2026, 9, 1), {}};
  diff.changes.push_back(std::move(change));
  return diff;
}

render::TerminalStyle columns(int width, bool colour = false) {
  render::TerminalStyle style;
  style.colour = colour;
  style.width = width;
  style.layout = render::DiffLayout::side_by_side;
  return style;
}

int widest_line(const std::string& text) {
  int widest = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    widest = std::max(widest, render::display_width(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return widest;
}

const std::string hostile = "<script>alert(1)</script>\x1b[2J\x1b]0;title\x07 \xff\xfe";

} // namespace

TEST_CASE("blame has one line a paragraph, the newest first", "[notify][blame]") {
  Blame blame = blame_of({{"15 CFR 744.23(a)", "General."}, {"15 CFR 744.23(b)", "Special."}});
  blame.lines[1].since = Date(2024, 12, 5);
  blame.lines[1].cause = Cause{"2024-28270", "89 FR 96790", 0.9, {}};
  blame.lines[1].was = test::cite("15 CFR 744.23(c)");
  blame.lines[0].baseline = true;
  CHECK(render::blame_text(blame, {false, 100, false}) ==
        "15 CFR 744.23  on 2026-09-01\n"
        "2024-12-05  89 FR 96790 (2024-28270)  (b)  Special. (was (c))\n"
        "2022-10-13  baseline                  (a)  General.\n");
  CHECK(render::blame_text(blame_of({}), {false, 100, false}) ==
        "15 CFR 744.23  on 2026-09-01\nno text\n");
}

TEST_CASE("blame lets no control character and no markup of others through", "[notify][blame]") {
  const Blame blame = blame_of({{"15 CFR 744.23(a)", hostile}});
  const std::string text = render::blame_text(blame, {false, 100, false});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') == 2);
  CHECK(nlohmann::json::parse(render::blame_json(blame))["nodes"].size() == 1);
}

TEST_CASE("blame keeps to the width, also with wide characters and one endless line",
          "[notify][blame]") {
  std::string wide;
  for (int i = 0; i < 200; ++i) {
    wide += "規制";
  }
  const Blame blame = blame_of({{"15 CFR 744.23(a)", wide},
                                {"15 CFR 744.23(b)", std::string(10'000'000, 'x')},
                                {"15 CFR 744.23 / " + std::string(300, 'n'), "named"}});
  for (const int width : {80, 100, 141}) {
    CHECK(widest_line(render::blame_text(blame, {false, width, false})) <= width);
  }
}

TEST_CASE("blame of a hundred thousand paragraphs and of one two thousand deep ends",
          "[notify][blame]") {
  Blame blame = blame_of({});
  Citation deep = test::cite("15 CFR 744.23");
  for (int i = 0; i < 2000; ++i) {
    deep = deep.child({Step::Kind::paragraph, "(a)", 1});
  }
  BlameLine line;
  line.at = deep;
  line.text = "bottom";
  blame.lines.assign(100'000, {});
  for (BlameLine& each : blame.lines) {
    each.at = test::cite("15 CFR 744.23(a)");
    each.text = "sibling";
  }
  blame.lines.push_back(line);
  CHECK_THAT(render::blame_text(blame, {false, 80, false}), Contains("bottom"));
  CHECK_THAT(render::blame_json(blame), Contains("bottom"));
}

TEST_CASE("two columns show before and after with a mark on edited lines", "[notify][columns]") {
  const std::string text = render::diff_text(diff_of(test::threshold_change()), columns(90));
  CHECK_THAT(
      text,
      Contains("\n  2026-08-01                                   2026-09-01\n"
               "(a)(2)(iii)     revised    threshold <= 16 nm -> <= 18 nm, tightened\n"
               "  (iii) Logic circuits of a node of [-16-]   | (iii) Logic circuits of a node "
               "of {+18+}\n"
               "  nanometers or less;                          nanometers or less;\n"));
  CHECK(widest_line(text) <= 90);
}

TEST_CASE("what was added stands on the right, what was removed on the left", "[notify][columns]") {
  const std::string added = render::diff_text(
      diff_of(test::change_of(ChangeKind::added, "15 CFR 744.23(b)", {{'+', "New words."}})),
      columns(80));
  CHECK_THAT(added, Contains("\n" + std::string(2 + 37, ' ') + " > {+New words.+}\n"));
  const std::string removed = render::diff_text(
      diff_of(test::change_of(ChangeKind::removed, "15 CFR 744.23(b)", {{'-', "Old words."}})),
      columns(80));
  CHECK_THAT(removed, Contains("\n  [-Old words.-]" + std::string(37 - 14, ' ') + " <\n"));
}

TEST_CASE("under eighty columns there is one column", "[notify][columns]") {
  const DiffResult diff = diff_of(test::threshold_change());
  render::TerminalStyle plain = columns(79);
  plain.layout = render::DiffLayout::redline;
  CHECK(render::diff_text(diff, columns(79)) == render::diff_text(diff, plain));
  plain.width = 80;
  CHECK(render::diff_text(diff, columns(80)) != render::diff_text(diff, plain));
}

TEST_CASE("columns are counted in characters of the screen", "[notify][columns]") {
  const DiffResult diff = diff_of(test::change_of(
      ChangeKind::revised,
      "15 CFR 744.23(b)",
      {{'=', "半導体製造装置の"}, {'-', "輸出"}, {'+', "再輸出"}, {'=', "には許可を要する。"}}));
  for (const bool colour : {false, true}) {
    const std::string text = render::diff_text(diff, columns(80, colour));
    std::size_t rows = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      const std::string line = text.substr(begin, end - begin);
      begin = end + 1;
      const std::size_t gutter = line.find(" | ");
      if (gutter == std::string::npos) {
        continue;
      }
      ++rows;
      std::string left = line.substr(0, gutter);
      for (std::size_t escape = left.find('\x1b'); escape != std::string::npos;
           escape = left.find('\x1b')) {
        left.erase(escape, left.find('m', escape) - escape + 1);
      }
      CHECK(render::display_width(left) == 2 + 37);
    }
    CHECK(rows == 1);
  }
}

TEST_CASE("colour is never the only sign", "[notify][columns]") {
  const std::string text = render::diff_text(diff_of(test::threshold_change()), columns(90, true));
  CHECK_THAT(text, Contains("\x1b[31;9m16")); // struck through
  CHECK_THAT(text, Contains("\x1b[32;4m18")); // underlined
  CHECK_THAT(text, Contains(" | "));
}

TEST_CASE("columns let no escape of others through and end on ten megabytes", "[notify][columns]") {
  const std::string text = render::diff_text(
      diff_of(test::change_of(
          ChangeKind::revised, "15 CFR 744.23(b)", {{'-', hostile}, {'+', "calm " + hostile}})),
      columns(100));
  CHECK(text.find('\x1b') == std::string::npos);
  const std::string endless(10'000'000, 'x');
  CHECK(widest_line(render::diff_text(diff_of(test::change_of(ChangeKind::revised,
                                                              "15 CFR 744.23(b)",
                                                              {{'-', endless}, {'+', "short"}})),
                                      columns(100))) <= 100);
}

TEST_CASE("a text that went back says to which version in every form", "[notify]") {
  DiffResult diff = diff_of(test::threshold_change());
  diff.status.push_back(
      {test::cite("15 CFR 744.23"), StatusEventKind::reverted, Date(2026, 6, 1), std::nullopt});
  CHECK_THAT(render::diff_text(diff, {false, 100, false}),
             Contains("15 CFR 744.23  reverted to the version of 2026-06-01\n"));
  CHECK_THAT(render::diff_html(diff, render::Language::en),
             Contains("reverted to the version of 2026-06-01"));
  CHECK_THAT(render::diff_html(diff, render::Language::ja),
             Contains("2026年6月1日の版の文言に復帰"));
  const auto status = nlohmann::json::parse(render::diff_json(diff))["status"];
  CHECK(status[0]["event"] == "reverted");
  CHECK(status[0]["date"] == "2026-06-01");
}

TEST_CASE("two places are headed by both names and one day", "[notify]") {
  DiffResult diff = diff_of(test::threshold_change());
  diff.before = {"15 CFR 744.22", Date(2026, 9, 1), {}};
  CHECK_THAT(render::diff_text(diff, {false, 100, false}),
             Contains("15 CFR 744.22 -> 15 CFR 744.23  on 2026-09-01  91 FR 52501"));
}

TEST_CASE("a brief diff has one line a change, whatever stands in it", "[notify][brief]") {
  Change change;
  change.kind = ChangeKind::revised;
  change.at = test::cite("15 CFR 744.23(a)(2)");
  change.before = std::string(5'000, 'b');
  change.after = hostile;
  change.typed.push_back(
      {TypedChangeType::threshold, "node", "<= 16 nm", "<= 18 nm", Direction::tightened, ""});
  DiffResult diff = diff_of(change);
  change.at = test::cite("15 CFR 744.23 / " + std::string(300, 'n'));
  change.was = test::cite("15 CFR 744.23 / " + std::string(300, 'o'));
  change.typed.clear();
  diff.changes.push_back(change);
  render::TerminalStyle style;
  style.width = 90;
  style.layout = render::DiffLayout::brief;
  const std::string text = render::diff_text(diff, style);
  CHECK(std::count(text.begin(), text.end(), '\n') == 3); // the heading, and one each
  CHECK(widest_line(text) <= 90);
  CHECK_THAT(text,
             Contains("(a)(2)                  revised       threshold <= 16 nm -> <= 18 nm, "
                      "tightened\n"));
}
