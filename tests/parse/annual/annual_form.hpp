// Writes eCFR XML in the form of the annual CFR, as docs/sources.md, XML: annual form and XML:
// GPOTABLE, describe it: the way back from what parse/annual does. It shows that nothing of the
// EAR's real shapes is lost on the way, not that GPO prints them so.
#pragma once

#include <pugixml.hpp>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace annual {

class AnnualForm {
public:
  /// `ecfr` has a DIV5 or DIV8 for its root.
  static std::string write(const std::string& ecfr, const std::string& title) {
    pugi::xml_document source;
    source.load_string(ecfr.c_str(), pugi::parse_cdata | pugi::parse_ws_pcdata);
    pugi::xml_document target;
    pugi::xml_node root = target.append_child("CFRDOC");
    text_child(root.append_child("FMTR").append_child("TITLEPG"), "TITLENUM", "Title " + title);
    unit_or_part(root, source.document_element());
    std::ostringstream out;
    target.save(out, "", pugi::format_raw | pugi::format_no_escapes);
    return out.str();
  }

private:
  static void text_child(pugi::xml_node parent, const char* name, const std::string& text) {
    parent.append_child(name).append_child(pugi::node_pcdata).set_value(text.c_str());
  }

  static void unit_or_part(pugi::xml_node parent, const pugi::xml_node& division) {
    const std::string_view name = division.name();
    if (name == "DIV8") {
      section(parent.append_child("SECTION"), division);
    } else if (name == "DIV9") {
      appendix(parent.append_child("APPENDIX"), division);
    } else if (name == "DIV5") {
      pugi::xml_node part = parent.append_child("PART");
      text_child(part, "EAR", std::string("Pt. ") + division.attribute("N").value());
      part_content(part, division);
    } else {
      part_content(parent.append_child(name == "DIV6" ? "SUBPART" : "SUBJGRP"), division);
    }
  }

  static void part_content(pugi::xml_node target, const pugi::xml_node& source) {
    for (const auto& child : source.children()) {
      const std::string_view name = child.name();
      if (name.size() == 4 && name.starts_with("DIV")) {
        unit_or_part(target, child);
      } else if (name == "HEAD") {
        with_source(target, "HD", "HED", child);
      } else {
        any(target, child);
      }
    }
  }

  /// "§ 744.1   Purpose." is cut behind the number.
  static void section(pugi::xml_node target, const pugi::xml_node& source) {
    const pugi::xml_node head = source.child("HEAD");
    const std::string first = head.first_child().value();
    const std::size_t number = first.find(std::string(source.attribute("N").value()));
    const std::size_t cut = number == std::string::npos
                                ? 0
                                : number + std::string(source.attribute("N").value()).size();
    text_child(target, "SECTNO", first.substr(0, cut));
    pugi::xml_node subject = target.append_child("SUBJECT");
    subject.append_child(pugi::node_pcdata).set_value(first.substr(cut).c_str());
    for (auto child = head.first_child().next_sibling(); child; child = child.next_sibling()) {
      any(subject, child);
    }
    rest(target, source);
  }

  static void appendix(pugi::xml_node target, const pugi::xml_node& source) {
    with_source(target, "HD", "HED", source.child("HEAD"));
    rest(target, source);
  }

  /// All children but the head.
  static void rest(pugi::xml_node target, const pugi::xml_node& source) {
    for (const auto& child : source.children()) {
      if (std::string_view(child.name()) != "HEAD") {
        any(target, child);
      }
    }
  }

  static void content(pugi::xml_node target, const pugi::xml_node& source) {
    for (const auto& child : source.children()) {
      any(target, child);
    }
  }

  static void with_attribute(pugi::xml_node target,
                             const char* name,
                             const char* attribute,
                             const std::string& value,
                             const pugi::xml_node& source) {
    pugi::xml_node element = target.append_child(name);
    element.append_attribute(attribute).set_value(value.c_str());
    content(element, source);
  }

  static void with_source(pugi::xml_node target,
                          const char* name,
                          const std::string& value,
                          const pugi::xml_node& source) {
    with_attribute(target, name, "SOURCE", value, source);
  }

  static void any(pugi::xml_node target, const pugi::xml_node& node) {
    const std::string name = node.name();
    static const std::map<std::string, std::string> emphasis = {
        {"I", "03"}, {"em", "03"}, {"B", "02"}, {"strong", "02"}, {"sub", "52"}};
    if (node.type() != pugi::node_element) {
      target.append_copy(node);
    } else if (const auto found = emphasis.find(name); found != emphasis.end()) {
      with_attribute(target, "E", "T", found->second, node);
    } else if (name == "E" || name == "AC") {
      with_attribute(target, name.c_str(), "T", node.attribute("T").value(), node);
    } else if (name == "HED") {
      with_source(target, "HD", "HED", node);
    } else if (name.size() == 3 && name.starts_with("HD")) {
      with_source(target, "HD", name, node);
    } else if (name.starts_with("FP") && name.size() > 2) {
      with_source(target, "FP", name, node);
    } else if (name == "XREF" && node.attribute("REFID")) {
      pugi::xml_node link = target.append_child("EXT-XREF");
      link.append_attribute("HREF").set_value(node.attribute("ID").value());
      link.append_attribute("REFID").set_value(node.attribute("REFID").value());
      content(link, node);
    } else if (name == "img") {
      figure(target, node.attribute("src").value());
    } else if (name == "TABLE") {
      table(target.append_child("GPOTABLE"), node);
    } else if (name == "DIV") {
      content(target, node);
    } else {
      static const std::map<std::string, std::string> others = {
          {"PSPACE", "P"}, {"sup", "SU"}, {"br", "LI"}};
      const auto other = others.find(name);
      content(target.append_child(other == others.end() ? name.c_str() : other->second.c_str()),
              node);
    }
  }

  static void figure(pugi::xml_node target, std::string file) {
    file = file.substr(file.rfind('/') + 1);
    file = file.substr(0, file.rfind(".gif"));
    std::transform(file.begin(), file.end(), file.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    });
    text_child(target.append_child("GPH"), "GID", file);
  }

  static std::size_t span(const pugi::xml_node& cell, const char* name) {
    return std::max<std::size_t>(cell.attribute(name).as_uint(1), 1);
  }

  static void table(pugi::xml_node target, const pugi::xml_node& source) {
    const char* title = "TTITLE";
    for (const auto& caption : source.child("CAPTION").children()) {
      content(target.append_child(std::exchange(title, "TDESC")), caption);
    }
    std::size_t columns = heads(target, source.child("THEAD"));
    for (const auto& row : source.child("TBODY").children("TR")) {
      columns = std::max(columns, body_row(target.append_child("ROW"), row));
    }
    for (const auto& row : source.child("TFOOT").children("TR")) {
      for (const auto& cell : row.children()) {
        if (cell.type() == pugi::node_element) {
          content(target.append_child("TNOTE"), cell);
        }
      }
    }
    target.append_attribute("COLS").set_value(columns);
  }

  /// GPOTABLE prints a head before the heads below it: from left to right, then downwards.
  static std::size_t heads(pugi::xml_node target, const pugi::xml_node& thead) {
    struct Head {
      std::size_t column;
      std::size_t level;
      pugi::xml_node cell;
    };

    std::vector<Head> found;
    std::vector<std::size_t> taken; // how many rows of each column are filled
    std::size_t level = 0;
    for (const auto& row : thead.children("TR")) {
      ++level;
      std::size_t column = 0;
      for (const auto& cell : row.children("TH")) {
        while (column < taken.size() && taken[column] >= level) {
          ++column;
        }
        found.push_back({column, level, cell});
        taken.resize(std::max(taken.size(), column + span(cell, "colspan")), 0);
        for (std::size_t i = 0; i < span(cell, "colspan"); ++i) {
          taken[column++] = level - 1 + span(cell, "rowspan");
        }
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const Head& left, const Head& right) {
      return std::pair(left.column, left.level) < std::pair(right.column, right.level);
    });
    pugi::xml_node boxhd = target.append_child("BOXHD");
    for (const Head& head : found) {
      with_attribute(boxhd, "CHED", "H", std::to_string(head.level), head.cell);
    }
    return taken.size();
  }

  static std::size_t body_row(pugi::xml_node target, const pugi::xml_node& row) {
    std::size_t columns = 0;
    for (const auto& cell : row.children("TD")) {
      const std::size_t width = span(cell, "colspan");
      pugi::xml_node entry = target.append_child("ENT");
      if (width > 1) {
        entry.append_attribute("A").set_value(width - 1);
      }
      content(entry, cell);
      columns += width;
    }
    return columns;
  }
};

} // namespace annual
