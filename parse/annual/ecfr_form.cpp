#include "parse/annual/ecfr_form.hpp"

#include "parse/annual/gpo_table.hpp"
#include "parse/annual/unit_names.hpp"
#include "parse/ecfr/inline_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace regtrail::parse {
namespace {

template<std::size_t size>
bool is_one_of(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Of the printed page, or said elsewhere.
constexpr std::array<std::string_view, 6> dropped = {
    "PRTPAGE", "EAR", "LRH", "RRH", "CONTENTS", "TOC"};

/// Entries of contents lists, which may stand loose in a part or subpart.
constexpr std::array<std::string_view, 7> contents_entries = {
    "SECHD", "SECTNO", "SUBJECT", "PGHD", "PG", "APP", "AMDDATE"};

/// What has its label in HD SOURCE="HED", and what of it the eCFR runs in behind the label.
constexpr std::array<std::string_view, 6> labelled = {
    "NOTE", "EXAMPLE", "CROSSREF", "AUTH", "SOURCE", "EDNOTE"};
constexpr std::array<std::string_view, 3> run_in = {"AUTH", "SOURCE", "EDNOTE"};

/// Divisions of a part that stand in its frame.
constexpr std::array<std::string_view, 2> divisions = {"SUBPART", "SUBJGRP"};

bool is_effective_date_note(std::string_view name) {
  return name == "EFFDNOT" || name == "EFFDNOTP";
}

bool is_safe_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::string digits(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) {
    return c >= '0' && c <= '9';
  });
  return out;
}

/// "er01jn98.006.gif" of "ER01JN98.006".
std::string image_file(std::string_view id) {
  std::string file;
  for (const char c : id) {
    if (c >= 'A' && c <= 'Z') {
      file.push_back(static_cast<char>(c + 32));
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-') {
      file.push_back(c);
    }
  }
  return file.empty() ? file : file + ".gif";
}

/// HD1 to HD6 for the SOURCE of a heading inside text.
std::string heading_element(std::string_view source) {
  if (source == "HED1") {
    return "HED1";
  }
  if (source.size() == 3 && source.starts_with("HD") && source[2] >= '1' && source[2] <= '9') {
    return fmt::format("HD{}", std::min(source[2], '6'));
  }
  return "HD1";
}

std::string text_of(const pugi::xml_node& element) {
  return resolve_inline(element).text;
}

void move_children(const pugi::xml_node& from, pugi::xml_node to) {
  while (const pugi::xml_node child = from.first_child()) {
    to.append_move(child);
  }
}

/// Puts the children of `node` in its place.
void unwrap(const pugi::xml_node& node) {
  pugi::xml_node parent = node.parent();
  while (const pugi::xml_node child = node.first_child()) {
    parent.insert_move_before(child, node);
  }
  parent.remove_child(node);
}

void remove(const pugi::xml_node& node) {
  node.parent().remove_child(node);
}

std::string number_of(const Piece& piece) {
  const pugi::xml_node& unit = piece.element;
  switch (piece.kind) {
  case Piece::Kind::section:
    return section_number(text_of(unit.child("SECTNO")));
  case Piece::Kind::appendix: {
    const pugi::xml_node heading = unit.child("HD");
    return appendix_name(text_of(heading ? heading : unit.child("RESERVED")),
                         text_of(unit.child("EAR")),
                         piece.part);
  }
  case Piece::Kind::frame:
    break;
  }
  return piece.part;
}

class Rewriter {
public:
  explicit Rewriter(Piece::Kind kind) : m_kind(kind) {}

  void run(pugi::xml_node unit) {
    unit.set_name(m_kind == Piece::Kind::section    ? "DIV8"
                  : m_kind == Piece::Kind::appendix ? "DIV9"
                                                    : "DIV5");
    if (m_kind == Piece::Kind::section) {
      m_heading = true;
      section_head(unit);
    }
    children(unit, "");
  }

private:
  /// `within` is the new name of the parent, "" for the unit itself.
  void children(const pugi::xml_node& node, std::string_view within) {
    for (pugi::xml_node child = node.first_child(); child;) {
      const pugi::xml_node next = child.next_sibling();
      if (is_element(child)) {
        one(child, within);
      }
      child = next;
    }
  }

  void element(const char* name, pugi::xml_node node) {
    node.set_name(name);
    children(node, name);
  }

  /// "§ 744.1 General provisions.": RESERVED stands in the place of the subject.
  static void section_head(pugi::xml_node section) {
    const auto subject = section.find_child([](const pugi::xml_node& child) {
      const std::string_view name = child.name();
      return name == "SUBJECT" || name == "RESERVED";
    });
    pugi::xml_node head = section.prepend_child("HEAD");
    while (const pugi::xml_node number = section.child("SECTNO")) {
      move_children(number, head);
      head.append_child(pugi::node_pcdata).set_value(" ");
      remove(number);
    }
    if (subject) {
      move_children(subject, head);
      remove(subject);
    }
  }

  void one(pugi::xml_node node, std::string_view within) {
    const std::string name = node.name();
    const bool listed = m_kind == Piece::Kind::frame && is_one_of(name, contents_entries);
    if (is_one_of(name, dropped) || listed) {
      remove(node);
    } else if (name == "P") {
      paragraph(node, is_one_of(within, run_in) ? "PSPACE" : "P");
    } else if (name == "E") {
      emphasis(node);
    } else if (name == "HD") {
      heading(node, node.attribute("SOURCE").value(), within);
    } else if (name == "FP") {
      const char* const source = node.attribute("SOURCE").value();
      paragraph(node, is_safe_name(source) ? source : "FP");
    } else if (name == "LI" && within != "SCOL2") {
      node.parent().insert_child_before("br", node);
      children(node, within);
      unwrap(node);
    } else if (name == "RESERVED") {
      reserved(node, within);
    } else if (name == "SECTNO" || name == "SUBJECT") {
      element("FP", node); // those of a section are in its head
    } else {
      structure(node, name, within);
    }
  }

  void structure(pugi::xml_node node, const std::string& name, std::string_view within) {
    if (name == "GPOTABLE") {
      to_html_table(node, [this](const pugi::xml_node& cell) { children(cell, "TD"); });
    } else if (name == "GPH" || name == "MATH") {
      figure(node);
    } else if (name == "EXT-XREF" || name == "XREF") {
      link(node);
    } else if (is_effective_date_note(name)) {
      element("EFFDNOT", node);
    } else if (is_one_of(name, divisions)) {
      element(name == "SUBPART" ? "DIV6" : "DIV7", node);
    } else if (name == "SECTION") {
      section_head(node);
      children(node, name);
      unwrap(node);
    } else if (name == "AC") {
      node.attribute("T").set_value(digits(node.attribute("T").value()).c_str());
      node.remove_children();
    } else if (is_safe_name(name)) {
      children(node, name);
    } else {
      children(node, within);
      unwrap(node);
    }
  }

  void heading(const pugi::xml_node& node, std::string_view source, std::string_view within) {
    const bool label = source == "HED" || source.empty();
    if (label && (is_one_of(within, labelled) || within == "EFFDNOT")) {
      element("HED", node);
    } else if (label && (within == "DIV6" || within == "DIV7")) {
      element("HEAD", node);
    } else if (label && within.empty() && !m_heading) {
      m_heading = true;
      element("HEAD", node);
    } else {
      element(heading_element(source).c_str(), node);
    }
  }

  /// What follows a table in the middle of a paragraph is flush text behind the table.
  void paragraph(pugi::xml_node node, const char* name) {
    element(name, node);
    while (const pugi::xml_node table = node.child("TABLE")) {
      pugi::xml_node rest = node.parent().insert_child_after("FP", node);
      while (const pugi::xml_node behind = table.next_sibling()) {
        rest.append_move(behind);
      }
      node.parent().insert_move_after(table, node);
      node = rest;
    }
  }

  void emphasis(pugi::xml_node node) {
    const std::string code = digits(node.attribute("T").value());
    node.attribute("T").set_value(code.c_str());
    element(code == "02" ? "B" : "E", node);
  }

  /// Where it stands for a whole part, subpart or appendix it is its heading.
  void reserved(const pugi::xml_node& node, std::string_view within) {
    const bool whole = within == "DIV6" || within == "DIV7" || (within.empty() && !m_heading);
    m_heading = m_heading || within.empty();
    element(whole ? "HEAD" : "RESERVED", node);
  }

  void figure(pugi::xml_node node) {
    node.set_name("MATH"); // which the eCFR has around its images
    for (pugi::xml_node child = node.first_child(); child;) {
      const pugi::xml_node next = child.next_sibling();
      const std::string_view name = child.name();
      if (name == "GID" || name == "MID") {
        image(child);
      } else if (is_element(child)) {
        one(child, "MATH");
      }
      child = next;
    }
  }

  static void image(pugi::xml_node node) {
    const std::string file = image_file(text_of(node));
    if (file.empty()) {
      remove(node);
      return;
    }
    node.set_name("img");
    node.append_attribute("src").set_value(("/graphics/" + file).c_str());
    node.remove_children();
  }

  /// EXT-XREF has in HREF the date of the pending amendment that the eCFR has in ID. An XREF that
  /// has neither is a reference in the text.
  void link(pugi::xml_node node) {
    std::string date = digits(node.attribute("HREF").value());
    date = date.empty() ? digits(node.attribute("ID").value()) : date;
    const std::string number = digits(node.attribute("REFID").value());
    node.remove_attributes();
    if (!date.empty() || !number.empty()) {
      node.append_attribute("ID").set_value(date.c_str());
      node.append_attribute("REFID").set_value(number.c_str());
    }
    element("XREF", node);
  }

  Piece::Kind m_kind;
  bool m_heading = false; ///< the unit's own heading was met
};

} // namespace

void to_ecfr_form(Piece& piece) {
  piece.number = number_of(piece);
  Rewriter(piece.kind).run(piece.element);
}

} // namespace regtrail::parse
