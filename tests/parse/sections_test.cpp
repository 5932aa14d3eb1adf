#include "parse/paragraph_levels.hpp"

#include <utility>

#include "trees.hpp"

using namespace regtrail;
using trees::Places;
using trees::places;
using trees::section;

namespace {

/// The levels of "a 1 2 i ii b": plain tokens, italic ones in stars.
std::string levels(const std::string& tokens) {
  std::vector<parse::Marker> markers;
  std::string token;
  for (const char c : tokens + " ") {
    if (c != ' ') {
      token += c;
      continue;
    }
    parse::Marker marker;
    marker.font = token[0] == '*' ? parse::MarkerFont::italic : parse::MarkerFont::plain;
    marker.token = token[0] == '*' ? token.substr(1, token.size() - 2) : token;
    markers.push_back(marker);
    token.clear();
  }
  std::string out;
  for (const parse::Level& level : parse::solve_levels(markers).levels) {
    out += level.depth < 0 ? "-" : std::to_string(level.depth);
    out += level.trouble == parse::LevelTrouble::none ? "" : "!";
  }
  return out;
}

} // namespace

TEST_CASE("the level of a designator follows from its neighbours", "[levels]") {
  struct Row {
    std::string tokens;
    std::string expected;
  };

  const std::vector<Row> rows = {
      {"a b c", "000"},
      {"a 1 2 b", "0110"},
      {"a 1 i A *1* *i* *ii* *2* B ii 2 b", "012345543210"},
      {"g h i j", "0!000"},                   // begins in the middle, as an excerpt does
      {"a b c d e f g h i j", "0000000000"},  // i and j are letters
      {"a b c d e f g h i ii", "0000000011"}, // i and ii are roman: j never comes
      {"a b c d e f g h 1 i ii 2 i ii", "00000000122122"},
      {"a b c d e f g h 1 i ii 2 i", "0000000012210"}, // no ii: the letter behind h
      {"g h 1 2 i", "0!0110"},
      {"g h 1 2 i 3", "0!01121"},              // (3) goes on
      {"a 1 i ii iii iv v vi b", "012222220"}, // v is roman
      {"u v w", "0!00"},
      {"a 1 i A 1 2 B", "0123443"},   // level 5 without its italics
      {"a 1 i A *1* 2 b", "0123410"}, // a plain 2 continues the plain 1
      {"1 2 i ii 3", "00110"},        // no letters at all
      {"a 1 2 2 b", "0111!0"},        // the law repeats (2)
      {"a b d", "000!"},              // (c) is missing
      {"a e b c d e", "01!0000"},     // the first (e) is dear wherever it stands; (b) decides
      {"a b h c d 1 2", "001!0011"},  // (h) after (b) costs less at first, and more in the end
      {"a 1 30 b", "011!0"},          // sooner many missing than a list inside that begins with 30
      {"x y z aa bb cc", "0!00000"},
  };
  for (const Row& row : rows) {
    INFO(row.tokens);
    CHECK(levels(row.tokens) == row.expected);
  }
}

TEST_CASE("a designator inside ten others is prose: there is no deeper list", "[levels]") {
  std::vector<parse::Marker> markers(14);
  for (parse::Marker& marker : markers) {
    marker.token = "a";
    marker.inner = &marker != &markers.front();
  }
  const std::vector<parse::Level> levels = parse::solve_levels(markers).levels;
  REQUIRE(levels.size() == markers.size());
  CHECK(levels[0].depth == 0);
  CHECK(levels[13].depth == -1);
}

TEST_CASE("several designators in one paragraph are several nodes", "[sections]") {
  const Unit unit = section("<P>(a) <I>Scope</I>—(1) <I>General.</I> Widgets.</P><P>(2)(i) "
                            "Gadgets.</P><P>(ii) Sprockets.</P>"
                            "<P>(b) <I>Policy.</I> (1) Denial.</P><P>(2) Approval.</P>");
  CHECK(places(unit) == Places{"(a) | Scope—",
                               "(a)(1) | General. Widgets.",
                               "(a)(2) | ",
                               "(a)(2)(i) | Gadgets.",
                               "(a)(2)(ii) | Sprockets.",
                               "(b) | Policy.",
                               "(b)(1) | Denial.",
                               "(b)(2) | Approval."});
  const Node& scope = unit.root.children.at(1);
  CHECK(scope.label == "(a)");
  CHECK(scope.children.at(0).label == "(a) Scope—(1)");
  CHECK(scope.children.at(1).children.at(0).label == "(2)(i)");
}

TEST_CASE("a citation in a heading is not a designator", "[sections]") {
  const Unit unit = section("<P>(a) Widgets.</P><P>(1) <I>License review for paragraphs (a)(1)(i) "
                            "and (ii) of this section.</I> Denial.</P>"
                            "<P>(2) See paragraph (b) (1) of this section.</P><P>(b) <I>Policy for "
                            "paragraph</I> (1) items.</P>");
  CHECK(places(unit).size() == 4);
}

TEST_CASE("italic designators are recognised in all their spellings", "[sections]") {
  const Unit unit = section(
      "<P>(a) A.</P><P>(1) B.</P><P>(i) C.</P><P>(A) D.</P><P>(<I>1</I>) E.</P><P><I>(2)</I> F.</P>"
      "<P>( <E T=\"03\">3</E> ) G.</P>");
  CHECK(places(unit).at(4) == "(a)(1)(i)(A)(1) | E.");
  CHECK(places(unit).at(5) == "(a)(1)(i)(A)(2) | F.");
  CHECK(places(unit).at(6) == "(a)(1)(i)(A)(3) | G.");
}

TEST_CASE("a reserved range is as many reserved paragraphs", "[sections]") {
  const Unit unit = section("<P>(a) Widgets.</P><P>(b)-(d) [Reserved]</P><P>(e) and (f) "
                            "[Reserved]</P><P>(g) Gadgets.</P>");
  CHECK(places(unit) == Places{"(a) | Widgets.",
                               "(b) | [Reserved]",
                               "(c) | [Reserved]",
                               "(d) | [Reserved]",
                               "(e) | [Reserved]",
                               "(f) | [Reserved]",
                               "(g) | Gadgets."});
  CHECK(unit.root.children.at(2).label == "(b)-(d)");
  CHECK(unit.not_understood.empty());
}

TEST_CASE("text without a designator belongs to the paragraph it continues or the list it closes",
          "[sections]") {
  const Unit unit = section("<P>Introduction.</P><P>(a) One:</P><P>(1) Two.</P><P>More of "
                            "two.</P><P>(2) Three.</P><FP>End of the list.</FP><P>(b) Four.</P>");
  CHECK(places(unit) == Places{" / text 1 | Introduction.",
                               "(a) | One:",
                               "(a)(1) | Two.",
                               "(a)(1) / text 1 | More of two.",
                               "(a)(2) | Three.",
                               "(a) / text 1 | End of the list.",
                               "(b) | Four."});
}

TEST_CASE("a note belongs to the place it names, else to the one its first words name, else to the "
          "last one",
          "[sections]") {
  const Unit unit =
      section("<P>(a) A.</P><P>(1) B.</P><P>(b) C.</P>"
              "<NOTE><HED>Note 1 to paragraph (<E T=\"01\">a</E>)(1):</HED><P>Named by its "
              "label.</P></NOTE>"
              "<NOTE><HED>Note 2:</HED><P>For purposes of paragraph (a) of this section, named by "
              "its words.</P></NOTE>"
              "<NOTE><HED>Note to paragraph (z):</HED><P>A place that is not there.</P></NOTE>"
              "<NOTE><HED>Technical Notes:</HED><P>1. First.</P><P>a. Its part.</P><P>2. "
              "Second.</P></NOTE>");
  CHECK(places(unit) ==
        Places{"(a) | A.",
               "(a)(1) | B.",
               "(a)(1) / Note 1 | Named by its label.",
               "(a) / Note 2 | For purposes of paragraph (a) of this section, named by its words.",
               "(b) | C.",
               "(b) / Note | A place that is not there.",
               "(b) / Technical Note 1 | First.",
               "(b) / Technical Note 1 / a | Its part.",
               "(b) / Technical Note 2 | Second."});
  const Node& note = unit.root.children.at(1).children.at(0).children.at(0);
  CHECK(note.label == "Note 1 to paragraph (a)(1):");
  CHECK(note.ordinal > unit.root.children.at(2).ordinal); // where it was printed
}

TEST_CASE("superscripts are ^, subscripts _, fractions and accents stay with their words",
          "[text]") {
  const Unit unit = section("<P>10 <SU>19</SU> atoms/cm <E T=\"51\">3</E>, 10<E T=\"51\">−</E> "
                            "<SU>8</SU>, H<E T=\"52\">2</E>O, log<sub>2</sub>, "
                            "8<FR>1/2</FR> inches, e<AC T=\"1\"/>tude, line<br/>break</P>");
  CHECK(unit.root.children.at(1).text ==
        "10^19 atoms/cm^3, 10^−8, H_2O, log_2, 81/2 inches, e\xCC\x81tude, line break");
}

TEST_CASE("markup and white space read alike wherever they stand in a long paragraph", "[text]") {
  const std::pair<std::string, std::string> pieces[] = {{"a &amp; b", "a & b"},
                                                        {"a&#xA7;b", "a\u00A7b"},
                                                        {"a  b", "a b"},
                                                        {"a\n b", "a b"},
                                                        {"a\u00A0 b", "a b"},
                                                        {"a\u00E9 b", "a\u00E9 b"},
                                                        {"a <I>b</I> c", "a b c"},
                                                        {"(<I>i</I>\n)", "(i)"}};
  for (const auto& [printed, read] : pieces) {
    for (std::size_t before = 1; before < 36; ++before) {
      for (const std::size_t after : {0U, 1U, 15U, 16U, 17U, 33U}) {
        const std::string head(before, 'x');
        const std::string tail(after, 'y');
        const Unit unit = section("<P>" + head + printed + tail + " </P>");
        if (unit.root.children.at(1).text != head + read + tail) {
          FAIL("'" << head + printed + tail << "' reads '" << unit.root.children.at(1).text << "'");
        }
      }
    }
  }
}

TEST_CASE("white space of a pretty-printer changes no hash", "[text]") {
  const Unit plain = section("<P>(a) <I>Scope.</I> See <I>regulations.gov</I>. Widgets (<E "
                             "T=\"03\">i.e.,</E> gadgets) apply.</P>");
  const Unit pretty = section("<P>\n(a)\n <I>Scope.</I>\n See\n<I>regulations.gov</I>\n. Widgets "
                              "(\n<E T=\"03\">i.e.,</E>\n gadgets) apply.\n</P>");
  CHECK(plain.root.published == pretty.root.published);
}

TEST_CASE("source notes and pending amendments are fields, not text", "[notes]") {
  const Unit unit =
      section("<XREF ID=\"20260131\" REFID=\"7\">Link to an amendment published at 91 FR 6024, "
              "Jan. 31, 2026.</XREF><P>(a) Widgets.</P>"
              "<CITA TYPE=\"N\">[61 FR 12786, Mar. 25, 1996]\n</CITA><SECAUTH>(Sec. 5)</SECAUTH>"
              "<EDNOTE><HED>Editorial Note:</HED><PSPACE>Not incorporated.</PSPACE></EDNOTE>"
              "<EFFDNOT><HED>Effective Date Note:</HED><PSPACE>Stayed.</PSPACE><REVTXT><P>(a) "
              "Gadgets.</P></REVTXT></EFFDNOT>");
  CHECK(places(unit) == Places{"(a) | Widgets."});
  REQUIRE(unit.notes.size() == 5);
  CHECK(unit.notes.at(0) ==
        UnitNote{NoteField::pending_link,
                 "Link to an amendment published at 91 FR 6024, Jan. 31, 2026."});
  CHECK(unit.notes.at(1) == UnitNote{NoteField::cita, "[61 FR 12786, Mar. 25, 1996]"});
  CHECK(unit.notes.at(2).field == NoteField::auth);
  CHECK(unit.notes.at(3) == UnitNote{NoteField::ednote, "Editorial Note: Not incorporated."});
  CHECK(unit.notes.at(4) ==
        UnitNote{NoteField::effdnot, "Effective Date Note: Stayed. (a) Gadgets."});
}

TEST_CASE("a term is the key of its definition, and its parts hang below it", "[definitions]") {
  const Unit unit = trees::only_unit(
      "<DIV8 N=\"999.2\" TYPE=\"SECTION\"><HEAD>§ 999.2 Definitions.</HEAD><P>As used in this "
      "part:</P><P><I>Widget.</I> (Cat 3) A small thing.</P>"
      "<NOTE><HED>Note to definition of “Widget”:</HED><P>Not a "
      "gadget.</P></NOTE><P>“<I>Gadget</I>”. Any of:</P><P>(1) One; or</P><P>(2) Two.</P>"
      "<P><I>Bias.</I> Of one kind.</P><P>“Bias”. Of another.</P><P><I>Sprocket</I> means a "
      "wheel.</P></DIV8>");
  CHECK(places(unit) == Places{" / text 1 | As used in this part:",
                               " / Widget | Widget. (Cat 3) A small thing.",
                               " / Widget / Note | Not a gadget.",
                               " / Gadget | “Gadget”. Any of:",
                               " / Gadget / (1) | One; or",
                               " / Gadget / (2) | Two.",
                               " / Bias | Bias. Of one kind.",
                               " / Bias #2 | “Bias”. Of another.",
                               " / Sprocket | Sprocket means a wheel."});
}

TEST_CASE("a note to paragraph (a) of a definition stays with that definition", "[definitions]") {
  const Unit unit =
      trees::only_unit("<DIV8 N=\"999.2\" TYPE=\"SECTION\"><HEAD>§ 999.2 Definitions.</HEAD>"
                       "<P><I>Gadget.</I> Any of:</P><P>(a) One; or</P><P>(b) Two.</P>"
                       "<P><I>Specially made.</I> Either:</P><P>(a) For a purpose; or</P>"
                       "<NOTE><HED>Note to paragraph (a):</HED><P>Purposes are many.</P></NOTE>"
                       "<P>(b) By order.</P><P><I>Sprocket</I> means a wheel.</P></DIV8>");
  CHECK(places(unit) == Places{" / Gadget | Gadget. Any of:",
                               " / Gadget / (a) | One; or",
                               " / Gadget / (b) | Two.",
                               " / Specially made | Specially made. Either:",
                               " / Specially made / (a) | For a purpose; or",
                               " / Specially made / (a) / Note | Purposes are many.",
                               " / Specially made / (b) | By order.",
                               " / Sprocket | Sprocket means a wheel."});
}

TEST_CASE("a part's frame holds its headings and notes and is first", "[frame]") {
  const auto document = parse::parse_ecfr(
      "<DIV5 N=\"999\" TYPE=\"PART\"><HEAD>PART "
      "999—WIDGETS</HEAD><AUTH><HED>Authority:</HED><PSPACE>50 U.S.C. 1.</PSPACE></AUTH>"
      "<DIV6 N=\"A\" TYPE=\"SUBPART\"><HEAD>Subpart A—General</HEAD><DIV8 N=\"§ 999.1\" "
      "TYPE=\"SECTION\"><HEAD>§ 999.1 [Reserved]</HEAD></DIV8></DIV6>"
      "<DIV9 N=\"Appendix A\" TYPE=\"APPENDIX\"><HEAD>Appendix A—Forms</HEAD><P>See 15 CFR part "
      "999.</P></DIV9></DIV5>",
      {});
  REQUIRE(document.has_value());
  REQUIRE(document->units.size() == 3);
  CHECK(document->title == "15");
  CHECK(document->units.at(0).id.to_string() == "15 CFR Part 999");
  CHECK(places(document->units.at(0)) == Places{" / Subpart A | Subpart A—General"});
  CHECK(document->units.at(0).notes ==
        std::vector<UnitNote>{{NoteField::auth, "Authority: 50 U.S.C. 1."}});
  CHECK(document->units.at(1).id.to_string() == "15 CFR 999.1");
  CHECK(document->units.at(1).reserved);
  CHECK(document->units.at(2).id.to_string() == "Appendix A to Part 999");
}

TEST_CASE("what the eCFR has printed twice or without a number is settled, not lost", "[frame]") {
  const auto document = parse::parse_ecfr(
      "<DIV3 N=\"VII\" TYPE=\"CHAPTER\"><DIV5 N=\"\" TYPE=\"PART\"><HEAD>WIDGETS</HEAD>&#8203;"
      "<DIV8 N=\"§ 999.1\"><HEAD>§ 999.1 [Reserved]</HEAD></DIV8></DIV5>"
      "<DIV5 N=\"999\" TYPE=\"PART\"><HEAD>WIDGETS</HEAD><DIV6 N=\"A\"><HEAD>Subpart "
      "A—General</HEAD>"
      "<DIV8 N=\"§ 999.1\"><HEAD>§ 999.1 Widgets.</HEAD><P>(a) New "
      "text.</P></DIV8></DIV6></DIV5></DIV3>",
      {});
  REQUIRE(document.has_value());
  REQUIRE(document->units.size() == 2);
  CHECK(document->units.at(0).id.name() == "999");
  CHECK(places(document->units.at(0)).size() == 1);
  CHECK_FALSE(document->units.at(1).reserved);
  REQUIRE(document->units.at(1).not_understood.size() == 1);
  CHECK(document->units.at(1).not_understood.at(0).what == "printed twice in one document");
}

TEST_CASE("a range ends with the very member it names", "[sections]") {
  using Members = std::vector<std::string>;
  CHECK(parse::members_between("c", "e") == Members{"c", "d", "e"});
  CHECK(parse::members_between("iii", "v") == Members{"iii", "iv", "v"});
  CHECK(parse::members_between("4", "06").empty());
}

TEST_CASE("a title is read whole, wherever its number stands in the document", "[sections]") {
  const std::string part = "<DIV5 N=\"742\" TYPE=\"PART\" "
                           "hierarchy_metadata=\"{'path':'/on/2026-09-01/title-15/part-742'}\">"
                           "<HEAD>PART 742</HEAD></DIV5>";
  for (const std::size_t border : {std::size_t{1} << 12U, std::size_t{1} << 16U}) {
    for (std::size_t before = border - part.size(); before < border; ++before) {
      const std::string comment = "<!--" + std::string(before, '.') + "-->";
      const auto document = parse::parse_ecfr(comment + part, {});
      REQUIRE(document.has_value());
      REQUIRE((document->title == "15" || (border > 4096 && document->title.empty())));
    }
  }
}

TEST_CASE("notes numbered behind a label that ends in a bracket are found by their citation",
          "[sections]") {
  const auto unit = trees::only_unit("<DIV8 N=\"999.1\"><P>(a) Widgets.</P><NOTE><HED>Remarks, "
                                     "gears [:</HED><P>1. One.</P><P>2. Two.</P></NOTE></DIV8>");
  const auto& notes = unit.root.children.at(0).children;
  REQUIRE(notes.size() == 2);
  CHECK(notes[1].designator == "Remarks, gears [2");
  const Citation printed = unit.id.child({Step::Kind::paragraph, "(a)", 1})
                               .child({Step::Kind::named, notes[1].designator, 1});
  const std::string cited = "15 CFR " + printed.to_string();
  CHECK(Citation::parse(cited).value().to_string() == cited);
}
