// A tree of markup as a line of text.
#pragma once

#include "parse/ecfr/markup.hpp"

#include <string>

namespace markup {

/// "P T=5(text,I(text))" for <P T="5">..<I>..</I></P>; a CDATA section has "!" in front.
inline std::string shape(const regtrail::parse::Markup& markup) {
  if (!markup.is_element()) {
    return (markup.kind() == regtrail::parse::Markup::Kind::verbatim ? "!" : "") +
           std::string(markup.text());
  }
  std::string out(markup.name());
  if (markup.has_attribute("T")) {
    out += " T=" + std::string(markup.attribute("T"));
  }
  std::string inside;
  for (const regtrail::parse::Markup child : markup) {
    inside += (inside.empty() ? "" : ",") + shape(child);
  }
  return out + "(" + inside + ")";
}

} // namespace markup
