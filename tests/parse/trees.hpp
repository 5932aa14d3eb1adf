// Small documents and the places in them, for tests that show input and tree side by side.
#pragma once

#include "parse/ecfr_xml.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace trees {

inline regtrail::Unit only_unit(const std::string& xml) {
  auto document = regtrail::parse::parse_ecfr(xml, {});
  INFO((document ? std::string{} : document.error().message));
  REQUIRE(document.has_value());
  REQUIRE(document->units.size() == 1);
  return std::move(document->units.front());
}

inline regtrail::Unit section(const std::string& content) {
  return only_unit("<DIV8 N=\"999.1\" TYPE=\"SECTION\">\n<HEAD>§ 999.1 Widgets.</HEAD>\n" +
                   content + "\n</DIV8>");
}

inline regtrail::Unit appendix(const std::string& name, const std::string& content) {
  return only_unit("<DIV9 N=\"" + name + "\" TYPE=\"APPENDIX\">\n<HEAD>" + name + "</HEAD>\n" +
                   content + "\n</DIV9>");
}

inline void list(const regtrail::Node& node,
                 const regtrail::Citation& at,
                 const std::string& base,
                 std::vector<std::string>& out) {
  const std::vector<regtrail::Step> steps = regtrail::child_steps(node);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const regtrail::Citation here = at.child(steps[i]);
    if (node.children[i].designator != "heading") {
      std::string place = here.to_string();
      if (place.rfind(base, 0) == 0) {
        place.erase(0, base.size());
      }
      out.push_back(place + " | " + node.children[i].text);
    }
    list(node.children[i], here, base, out);
  }
}

/// Every node but headings named so as "(a)(1) | text", in the order of the tree.
inline std::vector<std::string> places(const regtrail::Unit& unit) {
  std::vector<std::string> out;
  list(unit.root, unit.id, unit.id.to_string(), out);
  return out;
}

using Places = std::vector<std::string>;

} // namespace trees
