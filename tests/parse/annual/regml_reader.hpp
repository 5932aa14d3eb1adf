// RegML, the hand-checked labels of 12 CFR 1010, 1012 and 1013: no product format, read here only.
#pragma once

#include <pugixml.hpp>

#include <cctype>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace regml {

struct Paragraph {
  std::string label;  ///< "1013-2-e-3-i", of an undesignated one "1013-2-p1"
  std::string marker; ///< "(i)", "" for none
  std::string text;
};

inline std::string text_of(const pugi::xml_node& node) {
  std::string text;
  for (const auto& below : node.children()) {
    text += below.type() == pugi::node_element ? text_of(below) : std::string(below.value());
  }
  return text;
}

/// The elements called `element` below elements called `within`, in print.
inline std::vector<Paragraph>
paragraphs(const std::string& xml, std::string_view element, std::string_view within) {
  pugi::xml_document document;
  std::vector<Paragraph> found;
  if (!document.load_string(xml.c_str())) {
    return found;
  }
  const std::function<void(const pugi::xml_node&, bool)> walk = [&](const pugi::xml_node& node,
                                                                    bool inside) {
    for (const auto& child : node.children()) {
      const std::string_view name = child.name();
      if (inside && name == element) {
        found.push_back({child.attribute("label").value(),
                         child.attribute("marker").value(),
                         text_of(child.child("title")) + text_of(child.child("content"))});
      }
      walk(child, inside || name == within);
    }
  };
  walk(document, false);
  return found;
}

/// Lower-case letters and digits only: the readings differ in blanks and dashes.
inline std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      out.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
  }
  return out;
}

} // namespace regml
