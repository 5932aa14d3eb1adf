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

class Rewriter {
public:
  Rewriter(const pugi::xml_node& unit, Piece::Kind kind, const std::string& part)
      : m_unit(unit),
        m_kind(kind),
        m_part(part) {}

  EcfrForm run() {
    m_form.number = number();
    const std::string_view division = m_kind == Piece::Kind::section    ? "DIV8"
                                      : m_kind == Piece::Kind::appendix ? "DIV9"
                                                                        : "DIV5";
    open(division);
    if (m_kind == Piece::Kind::section) {
      m_heading = true;
      section_head(m_unit);
    }
    children(m_unit, "");
    close(division);
    return std::move(m_form);
  }

private:
  std::string number() const {
    switch (m_kind) {
    case Piece::Kind::section:
      return section_number(resolve_inline(m_unit.child("SECTNO")).text);
    case Piece::Kind::appendix: {
      pugi::xml_node heading = m_unit.child("HD");
      heading = heading ? heading : m_unit.child("RESERVED");
      return appendix_name(
          resolve_inline(heading).text, resolve_inline(m_unit.child("EAR")).text, m_part);
    }
    case Piece::Kind::frame:
      break;
    }
    return m_part;
  }

  void open(std::string_view name) {
    m_form.xml += '<';
    m_form.xml += name;
    m_form.xml += '>';
  }

  void close(std::string_view name) {
    m_form.xml += "</";
    m_form.xml += name;
    m_form.xml += '>';
  }

  void element(std::string_view name, const pugi::xml_node& node) {
    open(name);
    children(node, name);
    close(name);
  }

  /// "§ 744.1 General provisions.": RESERVED stands in the place of the subject.
  void section_head(const pugi::xml_node& section) {
    m_subject = section.find_child([](const pugi::xml_node& child) {
      const std::string_view name = child.name();
      return name == "SUBJECT" || name == "RESERVED";
    });
    open("HEAD");
    for (const pugi::xml_node child : section.children("SECTNO")) {
      children(child, "HEAD");
      m_form.xml += ' ';
    }
    children(m_subject, "HEAD");
    close("HEAD");
    m_form.xml += '\n';
  }

  void children(const pugi::xml_node& node, std::string_view within) {
    for (const pugi::xml_node child : node.children()) {
      any(child, within);
    }
  }

  void any(const pugi::xml_node& node, std::string_view within) {
    switch (node.type()) {
    case pugi::node_pcdata:
      m_form.xml += node.value();
      break;
    case pugi::node_cdata:
      m_form.xml += fmt::format("<![CDATA[{}]]>", node.value());
      break;
    case pugi::node_element:
      one(node, within);
      break;
    default:
      break;
    }
  }

  /// `within` is the name under which the parent was written, "" for the unit itself.
  void one(const pugi::xml_node& node, std::string_view within) {
    const std::string_view name = node.name();
    if (name == "P") { // nearly all
      paragraph(node, is_one_of(within, run_in) ? "PSPACE" : name);
      return;
    }
    if (name == "E") {
      emphasis(node);
      return;
    }
    const bool listed = m_kind == Piece::Kind::frame && is_one_of(name, contents_entries);
    if (is_one_of(name, dropped) || listed || node == m_subject) {
      return;
    }
    if (name == "HD") {
      heading(node, node.attribute("SOURCE").value(), within);
    } else if (name == "FP") {
      const std::string_view source = node.attribute("SOURCE").value();
      paragraph(node, is_safe_name(source) ? source : name);
    } else if (name == "LI" && within != "SCOL2") {
      m_form.xml += "<br/>";
      children(node, within);
    } else if (name == "RESERVED") {
      reserved(node, within);
    } else if (name == "SECTNO" || name == "SUBJECT") {
      in_place(node, name, within);
    } else {
      structure(node, name, within);
    }
  }

  void structure(const pugi::xml_node& node, std::string_view name, std::string_view within) {
    if (name == "GPOTABLE") {
      write_html_table(
          m_form.xml, node, [this](const pugi::xml_node& cell) { children(cell, "TD"); });
    } else if (name == "GPH" || name == "MATH") {
      figure(node, name);
    } else if (name == "EXT-XREF" || name == "XREF") {
      link(node);
    } else if (is_effective_date_note(name)) {
      element("EFFDNOT", node);
    } else if (is_one_of(name, divisions)) {
      element(name == "SUBPART" ? "DIV6" : "DIV7", node);
    } else if (name == "SECTION") {
      section_head(node);
      children(node, name);
    } else if (name == "AC") {
      m_form.xml += fmt::format("<AC T=\"{}\"/>", digits(node.attribute("T").value()));
    } else if (is_safe_name(name)) {
      element(name, node);
    } else {
      children(node, within);
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
      element(heading_element(source), node);
    }
  }

  /// What follows a table in the middle of a paragraph is flush text behind the table.
  void paragraph(const pugi::xml_node& node, std::string_view as) {
    std::string_view open_as = as;
    open(open_as);
    for (const pugi::xml_node child : node.children()) {
      if (std::string_view(child.name()) == "GPOTABLE") {
        close(open_as);
        structure(child, "GPOTABLE", {});
        open_as = "FP";
        open(open_as);
      } else {
        any(child, as);
      }
    }
    close(open_as);
  }

  void emphasis(const pugi::xml_node& node) {
    const std::string code = digits(node.attribute("T").value());
    if (code == "02") {
      element("B", node);
      return;
    }
    m_form.xml += "<E T=\"";
    m_form.xml += code;
    m_form.xml += "\">";
    children(node, "E");
    close("E");
  }

  /// Where it stands for a whole part, subpart or appendix it is its heading.
  void reserved(const pugi::xml_node& node, std::string_view within) {
    const bool whole = within == "DIV6" || within == "DIV7" || (within.empty() && !m_heading);
    m_heading = m_heading || within.empty();
    element(whole ? "HEAD" : "RESERVED", node);
  }

  /// The number and subject of a section are in its head; elsewhere they are lines of text.
  void in_place(const pugi::xml_node& node, std::string_view name, std::string_view within) {
    const bool of_section =
        within == "SECTION" || (within.empty() && m_kind == Piece::Kind::section);
    if (!(of_section && name == "SECTNO")) {
      element("FP", node);
    }
  }

  void figure(const pugi::xml_node& node, std::string_view name) {
    for (const pugi::xml_node child : node.children()) {
      const std::string_view kind = child.name();
      if (kind != "GID" && kind != "MID") {
        any(child, name);
        continue;
      }
      if (const std::string file = image_file(resolve_inline(child).text); !file.empty()) {
        const std::string image = fmt::format("<img src=\"/graphics/{}\"/>", file);
        m_form.xml += name == "MATH" ? "<MATH>" + image + "</MATH>" : image;
      }
    }
  }

  /// EXT-XREF has in HREF the date of the pending amendment that the eCFR has in ID. An XREF that
  /// has neither is a reference in the text.
  void link(const pugi::xml_node& node) {
    std::string date = digits(node.attribute("HREF").value());
    date = date.empty() ? digits(node.attribute("ID").value()) : date;
    const std::string number = digits(node.attribute("REFID").value());
    m_form.xml += date.empty() && number.empty()
                      ? std::string("<XREF>")
                      : fmt::format("<XREF ID=\"{}\" REFID=\"{}\">", date, number);
    children(node, "XREF");
    close("XREF");
  }

  const pugi::xml_node& m_unit;
  Piece::Kind m_kind;
  const std::string& m_part;
  EcfrForm m_form;
  pugi::xml_node m_subject; ///< what the last section head written took for the subject
  bool m_heading = false;   ///< the unit's own heading is written
};

} // namespace

EcfrForm to_ecfr_form(const pugi::xml_node& element, Piece::Kind kind, const std::string& part) {
  return Rewriter(element, kind, part).run();
}

} // namespace regtrail::parse
