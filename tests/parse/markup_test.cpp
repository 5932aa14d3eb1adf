#include "parse/ecfr/markup.hpp"
#include "tests/parse/markup_shape.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace regtrail;
using parse::Markup;

namespace {

const std::string source = "part.xml";

std::string read(std::string_view bytes) {
  const auto tree = parse::read_markup(bytes, {}, source, 10);
  return tree ? markup::shape(tree->root()) : tree.error().message;
}

} // namespace

TEST_CASE("markup is a tree of what the bytes say, undecoded", "[markup]") {
  CHECK(read("<P>a <I>b</I>&amp; c</P>") == "P(a ,I(b),&amp; c)");
  CHECK(read("<P/>") == "P()");
  CHECK(read("<A><B T='x>y'/><C></C ></A>tail") == "A(B T=x>y(),C())");
  CHECK(read("<P T=\"\">a<!-- <I> -->b<?x <I> ?>c</P>") == "P T=(a,b,c)");
  CHECK(read("<P><![CDATA[<I>]]></P>") == "P(!<I>)");
  CHECK(read("<A><B><C>1</C></B><D>2</D></A>") == "A(B(C(1)),D(2))");
}

TEST_CASE("markup in disorder is refused with the line of its first fault", "[markup]") {
  const auto [bytes, message] = GENERATE(table<std::string, std::string>({
      {"<A>\n<B>\n</A>", "part.xml:12': expected </B> for the element of line 11, got </A>"},
      {"<A>\n<B", "part.xml:11': the document ends inside a tag"},
      {"<A>\n<B <C/></A>", "part.xml:11': the document ends inside a tag"},
      {"<A>\n<!-- x", "part.xml:11': the document ends inside a comment"},
      {"<A>\nx", "part.xml:11': the document ends before </A> for the element of line 10"},
      {"<A>\n< B/></A>", "part.xml:11': expected a tag after '<'"},
      {"<A>\n<B C/></A>", "part.xml:11': expected attributes with quoted values in a tag"},
      {"<A>\n<B C=1/></A>", "part.xml:11': expected attributes with quoted values in a tag"},
      {"<A>\n<B C='1'D='2'/></A>", "part.xml:11': expected attributes with quoted values"},
      {"<A>\n<!DOCTYPE x></A>", "part.xml:11': expected a comment or a CDATA section"},
  }));
  CAPTURE(bytes);
  CHECK_THAT(read(bytes), Catch::Contains(message));
}

TEST_CASE("an element that comes byte by byte is read like the whole", "[markup]") {
  for (const std::string bytes :
       {"<P T=\"a>b\">x<I>y</I><![CDATA[z]]><!-- c --></P>", "<A><B></A>", "<A><![CDAT", "<A"}) {
    parse::MarkupReader reader({}, source, 0, 10);
    std::string told = "nothing";
    for (std::size_t size = 1; told == "nothing" && size <= bytes.size(); ++size) {
      const std::string_view known = std::string_view(bytes).substr(0, size);
      const auto done = reader.read(known);
      if (!done) {
        told = done.error().message;
      } else if (*done) {
        parse::MarkupTree tree = reader.take();
        tree.set_bytes(known);
        told = markup::shape(tree.root());
      }
    }
    CHECK((told == "nothing" ? reader.unfinished(bytes).message : told) == read(bytes));
  }
}

TEST_CASE("elements nested deeper and tags longer than the limits are too large", "[markup]") {
  parse::Limits limits;
  limits.max_depth = 3;
  limits.max_attribute_bytes = 20;
  const auto kind = [&](std::string_view bytes, std::size_t above) -> ErrorKind {
    parse::MarkupReader reader(limits, source, above, 1);
    const auto done = reader.read(bytes);
    return done ? ErrorKind::usage : done.error().kind;
  };
  CHECK(kind("<A><B><C/></B></A>", 0) == ErrorKind::usage);
  CHECK(kind("<A><B><C/></B></A>", 1) == ErrorKind::too_large);
  CHECK(kind("<A T='0123456789012345'/>", 0) == ErrorKind::too_large);
}
