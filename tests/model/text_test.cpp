#include "model/text.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>

using regtrail::normalise;
using regtrail::printable;

TEST_CASE("typography does not survive normalising, words and numbers do", "[text]") {
  CHECK(normalise("1954\u20131958") == "1954-1958");
  CHECK(normalise("\u201Csoftware\u201D and \u2018node\u2019") == "\"software\" and 'node'");
  CHECK(normalise("  a \n\t b\u00A0c ") == "a b c");
  CHECK(normalise("\u00A7 744.11") == normalise("\u00A7744.11"));
  CHECK(normalise("( 1 ) text") == "(1) text");
  CHECK(normalise("data\u00ADbase") == "database");
  CHECK(normalise("10^19 H_2O") == "10^19 H_2O");
  CHECK(normalise("45 nm") != normalise("45nm"));
}

TEST_CASE("the code points of a letter do not survive normalising", "[text]") {
  CHECK(normalise("Sa\u0303o Tome\u0301") == "S\u00E3o Tom\u00E9");
  CHECK(normalise("Tom\u00E9") == "Tom\u00E9");
  CHECK(normalise("o\uFB03ce, re\uFB02ect, \uFB01re, o\uFB00") == "office, reflect, fire, off");
  CHECK(normalise("5 \u03BCm") == normalise("5 \u00B5m"));
  CHECK(normalise("e\u00AD\u0301") == "\u00E9"); // the accent meets its letter
  CHECK(normalise("10\u00B2") != normalise("102"));
  CHECK(normalise("x\xFF\u0301") == "x\xFF\u0301"); // no UTF-8, nothing to compose
}

TEST_CASE("what goes to a terminal cannot steer it", "[text]") {
  CHECK(printable("a\x1b[31mb") == "a[31mb");
  CHECK(printable("a\xff"
                  "b") == "a\uFFFD"
                          "b");
  CHECK(printable("x\u202Ey") == "xy");
  CHECK(printable("line\nnext\ttab") == "line\nnext\ttab");
  CHECK(printable("\u9769\u547D") == "\u9769\u547D");
}

TEST_CASE("one blank and two fold alike wherever they stand", "[text]") {
  // Single blanks inside visible ASCII take a short cut that doubled ones do not.
  const std::string pieces[] = {"a", " ", "(", ")", "[", "\n", "\u00A7", "\u2013"};
  for (int code = 0; code < 8 * 8 * 8 * 8 * 8; ++code) {
    std::string single;
    std::string doubled;
    for (int rest = code, i = 0; i < 5; ++i, rest /= 8) {
      const std::string& piece = pieces[rest % 8];
      single += piece;
      doubled += piece == " " ? "  " : piece;
    }
    if (normalise(single) != normalise(doubled) ||
        normalise(normalise(single)) != normalise(single)) {
      FAIL("'" << single << "' folds to '" << normalise(single) << "'");
    }
  }
}

TEST_CASE("a character folds alike wherever it stands in a long text", "[text]") {
  // Long texts are looked at in blocks; each piece crosses their borders in turn.
  const std::pair<std::string, std::string> pieces[] = {{"a  b", "a b"},
                                                        {"a ( b ) c", "a (b) c"},
                                                        {"[ 1 ]", "[1]"},
                                                        {"a\n\tb", "a b"},
                                                        {"a \u2013 b", "a - b"},
                                                        {"\u00A7 1", "\u00A71"},
                                                        {"a\u00ADb", "ab"},
                                                        {"a \u00E9 b", "a \u00E9 b"},
                                                        {"a\x7F b", "a\x7F b"},
                                                        {"a b", "a b"}};
  for (const auto& [printed, folded] : pieces) {
    for (std::size_t before = 0; before < 50; ++before) {
      for (const std::size_t after : {0U, 1U, 15U, 16U, 17U, 40U}) {
        const std::string head = std::string(before, 'x');
        const std::string tail = std::string(after, 'y');
        if (normalise(head + printed + tail) != head + folded + tail) {
          FAIL("'" << head + printed + tail << "' folds to '" << normalise(head + printed + tail)
                   << "'");
        }
        if (normalise(" " + head + printed + tail + " ") != head + folded + tail) {
          FAIL("blanks around '" << head + printed + tail << "' are not trimmed");
        }
      }
    }
  }
}
