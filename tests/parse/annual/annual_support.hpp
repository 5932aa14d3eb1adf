// Words for the tests of the annual CFR: reading, finding and comparing trees.
#pragma once

#include "model/text.hpp"
#include "parse/cfr_annual_xml.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace annual {

inline std::filesystem::path corpus() {
  return regtrail::testing::corpus_path();
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::string fixture(std::string_view name) {
  const auto path = regtrail::testing::source_path("tests/parse/annual/fixtures") / name;
  std::string bytes = read_file(path);
  INFO(path);
  REQUIRE_FALSE(bytes.empty());
  return bytes;
}

inline regtrail::parse::CfrAnnualDocument parsed(std::string_view bytes,
                                                 const std::string& source_name = "annual.xml") {
  regtrail::parse::CfrAnnualOptions options;
  options.source_name = source_name;
  auto document = regtrail::parse::parse_cfr_annual(bytes, options);
  if (!document) {
    FAIL(document.error().message);
  }
  return std::move(*document);
}

/// The units of a part with `body` in it: the frame and what the body holds.
inline std::vector<regtrail::Unit> units_of_part(std::string_view body) {
  std::string part = "<PART><EAR>Pt. 799</EAR><HD SOURCE=\"HED\">PART 799\xE2\x80\x94WIDGETS</HD>";
  part += body;
  part += "</PART>";
  return parsed(part, "CFR-2012-title15-vol2-part799.xml").content.units;
}

/// The unit of one section with `body` in it.
inline regtrail::Unit section_with(std::string_view body) {
  std::string section = "<SECTION><SECTNO>\xC2\xA7 799.1</SECTNO><SUBJECT>Widgets.</SUBJECT>";
  section += body;
  section += "</SECTION>";
  return units_of_part(section).at(1);
}

/// "citation | text" of every node below the unit.
inline std::vector<std::string> lines_of(const regtrail::Unit& unit) {
  std::vector<std::string> lines;
  const std::function<void(const regtrail::Node&, const regtrail::Citation&)> walk =
      [&](const regtrail::Node& node, const regtrail::Citation& at) {
        const auto steps = regtrail::child_steps(node);
        for (std::size_t i = 0; i < steps.size(); ++i) {
          const regtrail::Citation here = at.child(steps[i]);
          lines.push_back(here.to_string() + " | " + node.children[i].text);
          walk(node.children[i], here);
        }
      };
  walk(unit.root, unit.id);
  return lines;
}

inline std::vector<std::string> notes_of(const regtrail::Unit& unit, regtrail::NoteField field) {
  std::vector<std::string> texts;
  for (const auto& note : unit.notes) {
    if (note.field == field) {
      texts.push_back(note.text);
    }
  }
  return texts;
}

} // namespace annual

/// Leaves the test with a reason when the corpus is not there.
#define NEEDS_CORPUS(name)                                                                         \
  if (!std::filesystem::exists(annual::corpus() / (name))) {                                       \
    WARN("skipped: there is no " << (name) << " below " << annual::corpus());                      \
    return;                                                                                        \
  }
