// Documents of the Federal Register in real form with invented words.
#pragma once

#include "model/document.hpp"
#include "parse/fr_xml.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fr_form {

inline std::vector<regtrail::Document> parsed(std::string_view xml,
                                              const regtrail::parse::FrOptions& options = {}) {
  auto documents = regtrail::parse::parse_fr_xml(xml, options);
  if (!documents) {
    FAIL(documents.error().message);
  }
  return std::move(*documents);
}

inline regtrail::Document only(std::string_view xml,
                               const regtrail::parse::FrOptions& options = {}) {
  std::vector<regtrail::Document> documents = parsed(xml, options);
  REQUIRE(documents.size() == 1);
  return std::move(documents.front());
}

inline std::string caption(std::string_view name, std::string_view label, std::string_view text) {
  std::string out = "<";
  out += name;
  out += "><HD SOURCE=\"HED\">";
  out += label;
  out += "</HD><P>";
  out += text;
  out += "</P></";
  out += name;
  out += ">\n";
  return out;
}

/// A rule of the invented part 799 with `supplement` behind its background.
inline std::string rule(std::string_view supplement,
                        std::string_view number = "2027–"
                                                  "01234") {
  std::string out = "<RULE>\n<PREAMB>\n<PRTPAGE P=\"70101\"/>\n"
                    "<AGENCY TYPE=\"S\">DEPARTMENT OF COMMERCE</AGENCY>\n"
                    "<SUBAGY>Bureau of Industry and Security</SUBAGY>\n"
                    "<CFR>15 CFR Part 799</CFR>\n"
                    "<DEPDOC>[Docket No. 270302–"
                    "0101]</DEPDOC>\n"
                    "<RIN>RIN 0694–"
                    "AZ99</RIN>\n"
                    "<SUBJECT>Controls on Widgets</SUBJECT>\n";
  out += caption("AGY", "AGENCY:", "Bureau of Industry and Security, Commerce.");
  out += caption("ACT", "ACTION:", "Interim final rule; request for comments.");
  out += caption("SUM", "SUMMARY:", "This rule controls widgets.");
  out += caption("DATES",
                 "DATES:",
                 "This rule is effective March 2, 2027. Comments must be received by May 3, 2027.");
  out += "</PREAMB>\n<SUPLINF>\n<HD SOURCE=\"HED\">SUPPLEMENTARY INFORMATION:</HD>\n"
         "<P>Widgets are made.</P>\n";
  out += supplement;
  out += "\n<SIG><DATED>Dated: February 26, 2027.</DATED><NAME>Jane Q. Sample,</NAME>"
         "<TITLE>Assistant Secretary.</TITLE></SIG>\n</SUPLINF>\n<FRDOC>[FR Doc. ";
  out += number;
  out += " Filed 3–"
         "1–"
         "27; 8:45 am]</FRDOC>\n<BILCOD>BILLING CODE 3510–"
         "33–P</BILCOD>\n</RULE>\n";
  return out;
}

inline std::string regtext(std::string_view content, std::string_view part = "799") {
  std::string out = "<REGTEXT TITLE=\"15\" PART=\"";
  out += part;
  out += "\">\n";
  out += content;
  out += "</REGTEXT>\n";
  return out;
}

inline std::string amdpar(std::string_view text) {
  return "<AMDPAR>" + std::string(text) + "</AMDPAR>\n";
}

inline std::string section(std::string_view number, std::string_view paragraphs) {
  std::string out = "<SECTION>\n<SECTNO>§ ";
  out += number;
  out += "</SECTNO>\n<SUBJECT>Widgets.</SUBJECT>\n";
  out += paragraphs;
  out += "</SECTION>\n";
  return out;
}

/// "15 CFR 799.1(a)(2) | text" of every node set out, headings left out.
inline std::vector<std::string> places(const regtrail::SetOutText& text) {
  std::vector<std::string> out;
  const std::function<void(const regtrail::Node&, const regtrail::Citation&)> walk =
      [&](const regtrail::Node& node, const regtrail::Citation& at) {
        const std::vector<regtrail::Step> steps = regtrail::child_steps(node);
        for (std::size_t i = 0; i < steps.size(); ++i) {
          const regtrail::Citation here = at.child(steps[i]);
          if (node.children[i].designator != "heading") {
            out.push_back(here.to_string() + " | " + node.children[i].text);
          }
          walk(node.children[i], here);
        }
      };
  walk(text.root, text.unit);
  return out;
}

/// The ordinals of the instructions that carry set-out text, with its units: "2: 15 CFR 799.1".
inline std::vector<std::string> set_out(const regtrail::Document& document) {
  std::vector<std::string> out;
  for (const regtrail::Instruction& instruction : document.instructions) {
    for (const regtrail::SetOutText& text : instruction.set_out) {
      out.push_back(instruction.ordinal + ": " + text.unit.to_string());
    }
  }
  return out;
}

using Strings = std::vector<std::string>;

} // namespace fr_form
