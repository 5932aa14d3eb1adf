#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"
#include "tests/notify/samples.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using test::script;

namespace {

std::string flat(const std::vector<WordRun>& words) {
  const std::string line = render::redline(render::merged_edits(words), {false, 0, false});
  return line.substr(0, line.find('\n'));
}

std::string side_of(const std::vector<WordRun>& words, WordRun::Op other) {
  std::string out;
  for (const WordRun& run : words) {
    out += run.op == other ? "" : run.text;
  }
  return out;
}

} // namespace

TEST_CASE("two short common words between edits are absorbed into one phrase", "[notify]") {
  const auto words = script({{'=', "of "},
                             {'-', "10"},
                             {'+', "20"},
                             {'=', " to "},
                             {'-', "30"},
                             {'+', "40"},
                             {'=', " nm"}});
  CHECK(flat(words) == "of [-10 to 30-]{+20 to 40+} nm");
}

TEST_CASE("a number that stayed is never shown as struck and written anew", "[notify]") {
  const auto words =
      script({{'=', "per page"}, {'-', "-"}, {'+', ": "}, {'=', "$0.25"}, {'+', "."}, {'=', "\n"}});
  CHECK(flat(words).find("[---]{+: +}$0.25{+.+}") != std::string::npos);
}

TEST_CASE("a long common word keeps two edits apart", "[notify]") {
  const auto words =
      script({{'-', "one"}, {'+', "two"}, {'=', " semiconductor "}, {'-', "a"}, {'+', "b"}});
  CHECK(flat(words) == "[-one-]{+two+} semiconductor [-a-]{+b+}");
}

TEST_CASE("removals alone are not merged over a common blank, which would add a blank",
          "[notify]") {
  const auto words = script({{'-', "foo"}, {'=', " "}, {'-', "bar"}, {'=', "."}});
  CHECK(render::merged_edits(words) == words);
}

TEST_CASE("absorbing leaves what either side says untouched", "[notify]") {
  const auto words = script({{'=', "A "},
                             {'+', "new "},
                             {'=', "item "},
                             {'-', "of"},
                             {'=', ", "},
                             {'+', "x"},
                             {'-', "y"},
                             {'=', " end"}});
  const auto merged = render::merged_edits(words);
  CHECK(side_of(merged, WordRun::Op::added) == side_of(words, WordRun::Op::added));
  CHECK(side_of(merged, WordRun::Op::removed) == side_of(words, WordRun::Op::removed));
}

TEST_CASE("context further than asked becomes dots on the side away from the edit", "[notify]") {
  const auto words = script({{'=', "one two three four "},
                             {'-', "x"},
                             {'+', "y"},
                             {'=', " five six seven eight nine ten "},
                             {'+', "z"},
                             {'=', " last"}});
  CHECK(flat(render::abridge(words, 2)) ==
        "... three four [-x-]{+y+} five six ... nine ten {+z+} last");
}

TEST_CASE("context that is short enough stays whole", "[notify]") {
  const auto words = script({{'=', "one two "}, {'+', "y"}, {'=', " three"}});
  CHECK(render::abridge(words, 2) == words);
}

TEST_CASE("East Asian wide characters count two columns and combining marks none", "[notify]") {
  CHECK(render::display_width("abc") == 3);
  CHECK(render::display_width("しきい値") == 8);
  CHECK(render::display_width("e\xCC\x81") == 1);
  CHECK(render::display_width("ｱ") == 1);
}

TEST_CASE("a redline wraps at the width and never beyond it", "[notify]") {
  const auto words = script({{'=', "規制の対象となる装置 and several words of plain English "},
                             {'-', "removed words"},
                             {'+', "added words"}});
  const std::string text = render::redline(words, {false, 24, false});
  std::size_t begin = 0;
  int lines = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    CHECK(render::display_width(text.substr(begin, end - begin)) <= 24);
    begin = end + 1;
    ++lines;
  }
  CHECK(lines >= 4);
}

TEST_CASE("colour is closed at every line end", "[notify]") {
  const auto words = script({{'+', "many added words that need a second line"}});
  const std::string text = render::redline(words, {true, 20, false});
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    CHECK(text.substr(at - 4, 4) == "\x1b[0m");
  }
  CHECK(text.find("{+") == std::string::npos);
}

TEST_CASE("terminal escapes in the law reach no terminal", "[notify]") {
  const auto words = script({{'=', "a\x1b]0;pwned\x07 b"},
                             {'+',
                              "\x9b"
                              "31m"}});
  const std::string text = flat(words);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
  CHECK(text.find('\x9b') == std::string::npos);
}

TEST_CASE("a line of ten megabytes without a blank is wrapped", "[notify]") {
  const std::string long_line(10U << 20U, 'x');
  const std::string text =
      render::redline(script({{'=', "start "}, {'+', long_line}}), {false, 100, false});
  CHECK(text.size() > long_line.size());
  CHECK(text.find(std::string(101, 'x')) == std::string::npos);
}

TEST_CASE("an answer without a document is told in words of both languages", "[notify]") {
  const Cause rule{"2026-16628", "91 FR 52501", 0.96, {CauseEvidence::cita}, "2"};
  const Cause candidate{"2026-16628", "91 FR 52501", 0.35, {CauseEvidence::candidate}, ""};
  const Cause editorial{"", "", 0.75, {CauseEvidence::editorial}, ""};
  const Cause unidentified{"", "", 0.0, {CauseEvidence::unidentified}, ""};
  using render::cause_phrase;
  using render::Language;
  CHECK(cause_phrase(rule, Language::en) == "91 FR 52501 (2026-16628), confidence 0.96");
  CHECK(cause_phrase(rule, Language::ja) == "出典 91 FR 52501 (2026-16628)（確度 0.96）");
  CHECK(cause_phrase(candidate, Language::en) ==
        "perhaps 91 FR 52501 (2026-16628), confidence 0.35");
  CHECK(cause_phrase(editorial, Language::en) == "editorial, no rule");
  CHECK(cause_phrase(editorial, Language::ja) == "規則によらない編集上の変更");
  CHECK(cause_phrase(unidentified, Language::en) == "cause unidentified");
}

TEST_CASE("a reason shows both spellings of a name and a figure beside its limit", "[words]") {
  Reason party{Signal::party, "Weaver Ltd.", "", 1.0};
  party.own = "WEAVER LTD";
  party.likeness = NameLikeness::folded;
  CHECK(render::reason_phrase(party, render::Language::en) ==
        "named party \"Weaver Ltd.\" (own: WEAVER LTD, same but for form)");
  party.likeness = NameLikeness::near;
  party.distance = 1;
  CHECK(render::reason_phrase(party, render::Language::en) ==
        "named party \"Weaver Ltd.\" (own: WEAVER LTD, near, 1 letter differs)");
  CHECK(render::reason_phrase(party, render::Language::ja) ==
        "取引先名 \"Weaver Ltd.\"（登録：WEAVER LTD、≒ 一部一致、1文字相違）");
  Reason figure{Signal::parameter, "less than 100 ms", "", 1.0};
  figure.own = "closing time 80 ms";
  figure.effect = ParameterEffect::now_inside;
  CHECK(render::reason_phrase(figure, render::Language::en) ==
        "parameter \"less than 100 ms\" (own: closing time 80 ms, was outside, now inside)");
  CHECK(render::reason_phrase({Signal::term, "gate valve", "", 0.8}, render::Language::en) ==
        "term \"gate valve\"");
}
