#include "parse/ecfr/markup_writer.hpp"
#include "tests/parse/markup_shape.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>

using namespace regtrail;
using parse::Markup;
using parse::MarkupWriter;

TEST_CASE("a written tree has texts of the source between tags of either", "[markup]") {
  const std::string source = "<SECTION><P T=\"1\">a <E>b</E>&amp;</P><![CDATA[<c>]]></SECTION>";
  const auto tree = parse::read_markup(source, {}, "part.xml", 1);
  REQUIRE(tree);
  const Markup paragraph = *tree->root().child("P");
  MarkupWriter writer(tree->root(), source);
  writer.open("DIV8 T=\"8\"");
  writer.text("own");
  writer.open_like(paragraph);
  for (const Markup child : paragraph) {
    if (child.is_element()) {
      writer.open("I");
      writer.text(*child.begin());
      writer.close();
    } else {
      writer.text(child);
    }
  }
  writer.close();
  writer.open("br");
  writer.close();
  writer.text(*++tree->root().begin());
  writer.close();
  const parse::WrittenMarkup written = writer.take();
  CHECK(markup::shape(written.tree.root()) == "DIV8 T=8(own,P T=1(a ,I(b),&amp;),br(),!<c>)");
}

TEST_CASE("a written tree stays whole when it is moved and when its tags are many", "[markup]") {
  const std::string source = "<P/>";
  const auto tree = parse::read_markup(source, {}, "part.xml", 1);
  REQUIRE(tree);
  MarkupWriter writer(tree->root(), source);
  std::string expected = "A(";
  writer.open("A");
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 100; ++i) { // more than are remembered
      writer.open("B" + std::to_string(i));
      writer.close();
      expected += (round + i == 0 ? "B" : ",B") + std::to_string(i) + "()";
    }
  }
  writer.close();
  parse::WrittenMarkup first = writer.take();
  const parse::WrittenMarkup second = std::move(first);
  CHECK(markup::shape(second.tree.root()) == expected + ")");
}

TEST_CASE("a child is found by its name among the elements, the first one", "[markup]") {
  const std::string source = "<A>B<C>1</C><B>2</B><B>3</B></A>";
  const auto tree = parse::read_markup(source, {}, "part.xml", 1);
  REQUIRE(tree);
  CHECK(markup::shape(tree->root().child("B").value()) == "B(2)");
  CHECK_FALSE(tree->root().child("A"));
  CHECK(tree->root().text_size() == 4);
}
