#include "parse/annual/ecfr_form.hpp"

#include "parse/annual/gpo_table.hpp"
#include "parse/annual/unit_names.hpp"
#include "parse/ecfr/inline_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
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
  Rewriter(const Markup& unit, std::string_view bytes, Piece::Kind kind, const std::string& part)
      : m_unit(unit),
        m_kind(kind),
        m_part(part),
        m_out(unit, bytes) {}

  EcfrForm run() {
    EcfrForm form;
    form.number = number();
    m_out.open(m_kind == Piece::Kind::section    ? "DIV8"
               : m_kind == Piece::Kind::appendix ? "DIV9"
                                                 : "DIV5");
    if (m_kind == Piece::Kind::section) {
      m_heading = true;
      section_head(m_unit);
    }
    children(m_unit, "");
    m_out.close();
    form.xml = m_out.take();
    return form;
  }

private:
  static std::string text_of(const std::optional<Markup>& element) {
    return element ? resolve_inline(*element).text : std::string();
  }

  std::string number() const {
    switch (m_kind) {
    case Piece::Kind::section:
      return section_number(text_of(m_unit.child("SECTNO")));
    case Piece::Kind::appendix: {
      const auto heading = m_unit.child("HD");
      return appendix_name(text_of(heading ? heading : m_unit.child("RESERVED")),
                           text_of(m_unit.child("EAR")),
                           m_part);
    }
    case Piece::Kind::frame:
      break;
    }
    return m_part;
  }

  void element(std::string_view name, const Markup& node) {
    m_out.open(name);
    children(node, name);
    m_out.close();
  }

  /// "§ 744.1 General provisions.": RESERVED stands in the place of the subject.
  void section_head(const Markup& section) {
    const auto subject = std::find_if(section.begin(), section.end(), [](const Markup& child) {
      return child.is_element() && (child.name() == "SUBJECT" || child.name() == "RESERVED");
    });
    m_subject = subject == section.end() ? std::nullopt : std::optional<Markup>(*subject);
    m_out.open("HEAD");
    for (const Markup child : section) {
      if (child.is_element() && child.name() == "SECTNO") {
        children(child, "HEAD");
        m_out.text(" ");
      }
    }
    if (m_subject) {
      children(*m_subject, "HEAD");
    }
    m_out.close();
  }

  void children(const Markup& node, std::string_view within) {
    for (const Markup child : node) {
      any(child, within);
    }
  }

  void any(const Markup& node, std::string_view within) {
    if (node.is_element()) {
      one(node, within);
    } else {
      m_out.text(node);
    }
  }

  /// `within` is the name under which the parent was written, "" for the unit itself.
  void one(const Markup& node, std::string_view within) {
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
      heading(node, node.attribute("SOURCE"), within);
    } else if (name == "FP") {
      const std::string_view source = node.attribute("SOURCE");
      paragraph(node, is_safe_name(source) ? source : name);
    } else if (name == "LI" && within != "SCOL2") {
      m_out.open("br");
      m_out.close();
      children(node, within);
    } else if (name == "RESERVED") {
      reserved(node, within);
    } else if (name == "SECTNO" || name == "SUBJECT") {
      in_place(node, name, within);
    } else {
      structure(node, name, within);
    }
  }

  void structure(const Markup& node, std::string_view name, std::string_view within) {
    if (name == "GPOTABLE") {
      write_html_table(m_out, node, [this](const Markup& cell) { children(cell, "TD"); });
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
      m_out.open(fmt::format("AC T=\"{}\"", digits(node.attribute("T"))));
      m_out.close();
    } else if (is_safe_name(name)) {
      element(name, node);
    } else {
      children(node, within);
    }
  }

  void heading(const Markup& node, std::string_view source, std::string_view within) {
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
  void paragraph(const Markup& node, std::string_view as) {
    if (as == node.text()) {
      m_out.open_like(node);
    } else {
      m_out.open(as);
    }
    for (const Markup child : node) {
      if (child.is_element() && child.name() == "GPOTABLE") {
        m_out.close();
        structure(child, "GPOTABLE", {});
        m_out.open("FP");
      } else {
        any(child, as);
      }
    }
    m_out.close();
  }

  void emphasis(const Markup& node) {
    const std::string_view printed = node.attribute("T");
    const std::string code = digits(printed);
    if (code == "02") {
      element("B", node);
      return;
    }
    if (code == printed) {
      m_out.open_like(node);
    } else {
      m_out.open(fmt::format("E T=\"{}\"", code));
    }
    children(node, "E");
    m_out.close();
  }

  /// Where it stands for a whole part, subpart or appendix it is its heading.
  void reserved(const Markup& node, std::string_view within) {
    const bool whole = within == "DIV6" || within == "DIV7" || (within.empty() && !m_heading);
    m_heading = m_heading || within.empty();
    element(whole ? "HEAD" : "RESERVED", node);
  }

  /// The number and subject of a section are in its head; elsewhere they are lines of text.
  void in_place(const Markup& node, std::string_view name, std::string_view within) {
    const bool of_section =
        within == "SECTION" || (within.empty() && m_kind == Piece::Kind::section);
    if (!(of_section && name == "SECTNO")) {
      element("FP", node);
    }
  }

  void figure(const Markup& node, std::string_view name) {
    for (const Markup child : node) {
      const bool image = child.is_element() && (child.name() == "GID" || child.name() == "MID");
      if (!image) {
        any(child, name);
        continue;
      }
      const std::string file = image_file(resolve_inline(child).text);
      if (file.empty()) {
        continue;
      }
      if (name == "MATH") {
        m_out.open(name);
      }
      m_out.open(fmt::format("img src=\"/graphics/{}\"", file));
      m_out.close();
      if (name == "MATH") {
        m_out.close();
      }
    }
  }

  /// EXT-XREF has in HREF the date of the pending amendment that the eCFR has in ID. An XREF that
  /// has neither is a reference in the text.
  void link(const Markup& node) {
    std::string date = digits(node.attribute("HREF"));
    date = date.empty() ? digits(node.attribute("ID")) : date;
    const std::string number = digits(node.attribute("REFID"));
    m_out.open(date.empty() && number.empty()
                   ? std::string("XREF")
                   : fmt::format("XREF ID=\"{}\" REFID=\"{}\"", date, number));
    children(node, "XREF");
    m_out.close();
  }

  const Markup& m_unit;
  Piece::Kind m_kind;
  const std::string& m_part;
  MarkupWriter m_out;
  std::optional<Markup> m_subject; ///< what the last section head written took for the subject
  bool m_heading = false;          ///< the unit's own heading is written
};

} // namespace

EcfrForm to_ecfr_form(const Markup& element,
                      std::string_view bytes,
                      Piece::Kind kind,
                      const std::string& part) {
  return Rewriter(element, bytes, kind, part).run();
}

} // namespace regtrail::parse
