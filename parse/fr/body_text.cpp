#include "parse/fr/body_text.hpp"

#include "parse/ecfr/inline_text.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace regtrail::parse {
namespace {

/// Of the printed page, or fields of their own.
constexpr std::array<std::string_view, 12> furniture = {"PRTPAGE",
                                                        "FTREF",
                                                        "GPH",
                                                        "MATH",
                                                        "FRDOC",
                                                        "FILED",
                                                        "BILCOD",
                                                        "UNITNAME",
                                                        "HRULE",
                                                        "PSIG",
                                                        "AMDPAR",
                                                        "CONTENTS"};

template<std::size_t size>
bool is_one_of(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void append_line(std::string& text, std::string_view line) {
  if (line.empty()) {
    return;
  }
  if (!text.empty()) {
    text += '\n';
  }
  text += line;
}

/// True when text stands directly in `element`, so that its elements are inline.
bool holds_text(const pugi::xml_node& element) {
  for (pugi::xml_node child = element.first_child(); child; child = child.next_sibling()) {
    const char* at = child.value(); // "" of an element
    while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r' || *at == '\f') {
      ++at;
    }
    if (*at != '\0') {
      return true;
    }
  }
  return false;
}

pugi::xml_node previous_element(pugi::xml_node node) {
  do {
    node = node.previous_sibling();
  } while (node && node.type() != pugi::node_element);
  return node;
}

} // namespace

void BodyText::add_line(std::string_view line) {
  append_line(m_text, line);
}

void BodyText::add(const pugi::xml_node& element) {
  const char* const printed = element.name();
  if (std::strcmp(printed, "P") == 0 || std::strcmp(printed, "FP") == 0 ||
      std::strcmp(printed, "HD") == 0) { // nearly all
    add_line(resolve_inline(element).text);
    return;
  }
  const std::string_view name = printed;
  if (name == "FTNT") {
    append_line(m_footnotes, resolve_inline(element).text);
  } else if (name == "GPOTABLE") {
    table(element);
  } else if (name == "EDNOTE") {
    m_editorial_notes.push_back(caption_text(element));
  } else if (name == "TXT" && std::string_view(previous_element(element).name()) == "ST1") {
    m_text += ' '; // the designator stands in an element of its own
    m_text += resolve_inline(element).text;
  } else if (is_one_of(name, furniture)) {
    return;
  } else if (holds_text(element)) {
    add_line(resolve_inline(element).text);
  } else {
    add_children(element);
  }
}

void BodyText::add_children(const pugi::xml_node& element) {
  for (pugi::xml_node child = element.first_child(); child; child = child.next_sibling()) {
    if (child.type() == pugi::node_element) {
      add(child);
    }
  }
}

/// A row is a line, its cells apart by " | ".
void BodyText::table(const pugi::xml_node& element) {
  for (const pugi::xml_node part : element.children()) {
    const std::string_view name = part.name();
    if (name != "BOXHD" && name != "ROW") {
      if (part.type() == pugi::node_element) {
        add(part);
      }
      continue;
    }
    std::string line;
    for (const pugi::xml_node cell : part.children()) {
      const std::string text = is_element(cell) ? resolve_inline(cell).text : std::string();
      if (!text.empty()) {
        line += (line.empty() ? "" : " | ") + text;
      }
    }
    add_line(line);
  }
}

std::string BodyText::finish() {
  append_line(m_text, m_footnotes);
  m_footnotes.clear();
  return std::exchange(m_text, {});
}

std::string caption_text(const pugi::xml_node& element) {
  std::string text;
  for (const pugi::xml_node child : element.children()) {
    const std::string_view name = child.name();
    if (child.type() == pugi::node_element && name != "HD" && name != "PRTPAGE" && name != "FTNT") {
      append_line(text, resolve_inline(child).text);
    }
  }
  return text.empty() && holds_text(element) ? resolve_inline(element).text : text;
}

} // namespace regtrail::parse
