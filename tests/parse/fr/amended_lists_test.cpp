// Instructions whose operations stand in the tables printed under them.
#include "tests/parse/fr/fr_form.hpp"

using namespace regtrail;
using namespace fr_form;

namespace {

/// "replace words 15 CFR 799.4(d)(1) {old|new}" of every operation of instruction `index`.
Strings operations(const Document& document, std::size_t index) {
  Strings out;
  for (const Operation& operation : document.instructions.at(index).operations) {
    std::string line(to_string(operation.verb));
    for (const Target& target : operation.targets) {
      line += " " + target.at.to_string();
    }
    if (!operation.old_words.empty() || !operation.new_words.empty()) {
      line += " {" + operation.old_words + "|" + operation.new_words + "}";
    }
    out.push_back(line);
  }
  return out;
}

std::string row(const Strings& cells) {
  std::string out = "<ROW>";
  for (const auto& cell : cells) {
    out += "<ENT I=\"01\">" + cell + "</ENT>";
  }
  return out + "</ROW>";
}

std::string table(const Strings& heads, const std::vector<Strings>& rows) {
  std::string out = "<GPOTABLE COLS=\"" + std::to_string(heads.size()) + "\"><BOXHD>";
  for (const auto& head : heads) {
    out += "<CHED H=\"1\">" + head + "</CHED>";
  }
  out += "</BOXHD>";
  for (const auto& one : rows) {
    out += row(one);
  }
  return out + "</GPOTABLE>";
}

const Strings words_heads = {"Section", "Remove", "Add"};
const Strings list_heads = {"Country",
                            "Entity",
                            "License requirement",
                            "License review policy",
                            "<E T=\"02\">Federal Register</E> citation"};

Strings listed(const std::string& country, const std::string& name) {
  return {country, name + ", 1 Example Road.", "For all items.", "Denial.", "92 FR 70101, 3/2/27."};
}

const Strings stars = {"*         *         *         *         *"};

const std::string supplement = "Supplement No. 4 to Part 744 / ";

} // namespace

TEST_CASE("each row of a table of words is a replacement of its own", "[amendments]") {
  const Document document = only(rule(regtext(
      amdpar("2. In the table below, for each section indicated in the left column, remove the "
             "words indicated in the middle column and add in their place those in the right "
             "column:") +
      table(words_heads,
            {{"§ 799.4(d)(1)", "Commerce", "BIS"},
             {"", "“ten (10)”", "“nine (9)”"},
             {"799.5(a) and (b)", "gone", ""}}))));
  CHECK(document.instructions[0].understood);
  CHECK(operations(document, 0) == Strings{"replace words 15 CFR 799.4(d)(1) {Commerce|BIS}",
                                           "replace words 15 CFR 799.4(d)(1) {ten (10)|nine (9)}",
                                           "remove words 15 CFR 799.5(a) 15 CFR 799.5(b) {gone|}"});
  CHECK(document.not_understood.empty());
}

TEST_CASE("a table of words with a row that cannot be read is not understood at all",
          "[amendments]") {
  for (const auto& bad : {Strings{"the usual places", "x", "y"}, Strings{"§ 799.5", "", "y"}}) {
    const Document document = only(rule(regtext(
        amdpar("2. In each place listed in the table, remove the words of the second column and "
               "add those of the third.") +
        table(words_heads, {{"§ 799.4", "old", "new"}, bad}))));
    CHECK_FALSE(document.instructions[0].understood);
    CHECK(operations(document, 0).empty());
  }
}

TEST_CASE("parties without a name in the instruction get theirs from the list set out",
          "[amendments]") {
  const Document document = only(rule(regtext(
      amdpar("2. Supplement No. 4 to Part 744 is amended:") +
          amdpar("(a) By adding under Armenia, in alphabetical order, one Armenian entity;") +
          amdpar("(b) By adding under China, People’s Republic of, two Chinese entities; and") +
          amdpar("(c) By revising under Iran the entry for “Kavir Example”; and") +
          amdpar("(d) By adding under Iran one Iranian entity.") +
          "<HD SOURCE=\"HED\">Supplement No. 4 to Part 744—Entity List</HD>" +
          table(list_heads,
                {listed("ARMENIA", "Ararat Example LLC"),
                 stars,
                 listed("CHINA, PEOPLE'S REPUBLIC OF", "Example Lattice Works"),
                 stars,
                 listed("", "Example Wafer Works"),
                 stars,
                 listed("IRAN", "Kavir Example"),
                 stars,
                 listed("", "Sang Example")}),
      "744")));
  const std::string china = supplement + "CHINA, PEOPLE'S REPUBLIC OF / ";
  CHECK(operations(document, 1) == Strings{"add " + supplement + "ARMENIA / Ararat Example LLC"});
  CHECK(operations(document, 2) ==
        Strings{"add " + china + "Example Lattice Works " + china + "Example Wafer Works"});
  CHECK(operations(document, 4) == Strings{"add " + supplement + "IRAN / Sang Example"});
}

TEST_CASE("parties stay without a name where the list set out leaves them open", "[amendments]") {
  const auto second = [](const std::string& line, const std::string& other) {
    return operations(
        only(rule(regtext(amdpar("2. Supplement No. 4 to Part 744 is amended:") + amdpar(line) +
                              amdpar(other) +
                              "<HD SOURCE=\"HED\">Supplement No. 4 to Part 744—Entity List</HD>" +
                              table(list_heads,
                                    {listed("ARMENIA", "Ararat Example LLC"),
                                     stars,
                                     listed("", "Sevan Example LLC")}),
                          "744"))),
        1);
  };
  const Strings open = {"add " + supplement + "ARMENIA / entries"};
  const std::string one = "(a) By adding under Armenia one Armenian entity;";
  CHECK(second(one, "(b) By removing under Iran the entry for “Kavir Example”.") == open);
  CHECK(second(one, "(b) By revising under Armenia one Armenian entity.") == open);
  CHECK(second("(a) By adding under Armenia two Armenian entities;",
               "(b) By removing under Armenia the entry for “Gone Example”.") ==
        Strings{"add " + supplement + "ARMENIA / Ararat Example LLC " + supplement +
                "ARMENIA / Sevan Example LLC"});
}

TEST_CASE("an instruction of the corrected document is cited by its number", "[amendments]") {
  const Document document = only(
      rule("<P>In FR Doc. 2027–01111 appearing on page 11001 in the <E T=\"04\">Federal "
           "Register</E> of Monday, March 1, 2027, the following corrections are made:</P>" +
           regtext(amdpar("1. On page 11030, in the second column, in amendatory instruction 11, "
                          "“(a)” is corrected to read “(b)”.")) +
           "<P>Accordingly, 15 CFR part 799 is corrected by making the following amendments:</P>" +
           regtext(amdpar("2. In § 799.2(a), revise “x” to read “y”."))));
  CHECK(operations(document, 0) == Strings{"correct 2027-01111 {(a)|(b)}"});
  CHECK(operations(document, 1) == Strings{"replace words 15 CFR 799.2(a) {x|y}"});
}

TEST_CASE("words that name another part count up to the end of their block", "[amendments]") {
  const Document document = only(
      rule(regtext(amdpar("1. In supplement no. 1 to part 738, revise the entry for “Japan”.")) +
           regtext(amdpar("2. Subpart A is removed."))));
  CHECK(operations(document, 0) == Strings{"revise Supplement No. 1 to Part 738 / Japan"});
  CHECK(operations(document, 1) == Strings{"remove 15 CFR Part 799 / subpart A"});
}
