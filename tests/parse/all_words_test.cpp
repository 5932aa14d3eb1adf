// Every word that a real file prints stands once in the tree of its unit, in printed order, or is
// one of those left out on purpose, which are counted by reason.
#include "model/characters.hpp"
#include "parse/cfr_annual_xml.hpp"
#include "parse/ecfr_xml.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>
#include <pugixml.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace regtrail;

namespace {

using Names = std::set<std::string_view>;

/// The letters and digits of a unit as they follow one another in print: blanks, dashes and marks
/// are resolved (docs/sources.md).
struct Letters {
  std::string law;
  std::string notes; ///< source notes and the like, which are fields of the unit
};

void append(std::string& letters, std::string_view text) {
  std::copy_if(text.begin(), text.end(), std::back_inserter(letters), is_alnum);
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    words += is_alnum(c) && !inside ? 1 : 0;
    inside = is_alnum(c) || (inside && !is_blank(c));
  }
  return words;
}

std::string all_text(const pugi::xml_node& node) {
  std::string text = node.value();
  for (const pugi::xml_node child : node.children()) {
    text += all_text(child) + ' ';
  }
  return text;
}

/// Why an element is not law, "" where it is.
std::string_view reason_of(std::string_view name) {
  static const std::map<std::string_view, Names> reasons = {
      {"running heads", {"EAR", "LRH", "RRH"}},
      {"contents", {"CFRTOC", "TOC", "CONTENTS"}},
      {"what the file says about itself", {"FDSYS", "HEADER"}},
      {"names of images", {"GID", "MID"}},
      {"dates of the print", {"AMDDATE", "VOLUME"}},
  };
  for (const auto& [reason, names] : reasons) {
    if (names.contains(name)) {
      return reason;
    }
  }
  return {};
}

bool is_note(const pugi::xml_node& element) {
  static const Names notes = {
      "CITA", "AUTH", "SECAUTH", "PARAUTH", "SOURCE", "EDNOTE", "APPRO", "EFFDNOT", "EFFDNOTP"};
  const std::string_view name = element.name();
  const bool link = name == "XREF" || name == "EXT-XREF";
  return notes.contains(name) || (link && (element.attribute("REFID") || element.attribute("ID") ||
                                           element.attribute("HREF")));
}

class Print {
public:
  explicit Print(const pugi::xml_document& document) { children(document, none, false); }

  std::vector<Letters> units;
  std::map<std::string, std::size_t> words_left_out;

private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  /// `unit` is the one that the text belongs to.
  void children(const pugi::xml_node& node, std::size_t unit, bool in_notes) {
    for (const pugi::xml_node child : node.children()) {
      if (child.type() == pugi::node_element) {
        element(child, unit, in_notes);
      } else if (unit == none) {
        leave_out("headings above parts", child.value());
      } else {
        append(in_notes ? units[unit].notes : units[unit].law, child.value());
      }
    }
  }

  void element(const pugi::xml_node& node, std::size_t unit, bool in_notes) {
    static const Names parts = {"DIV5", "PART"};
    static const Names inside = {"DIV8", "DIV9", "SECTION", "APPENDIX"};
    static const Names of_contents = {"SECHD", "SECTNO", "SUBJECT", "PGHD", "PG", "APP"};
    const std::string_view name = node.name();
    const bool in_frame = unit == none || m_frames.contains(unit);
    if (const std::string_view reason = reason_of(name); !reason.empty()) {
      leave_out(reason, all_text(node));
    } else if (in_frame && of_contents.contains(name)) {
      leave_out("contents", all_text(node));
    } else if (unit == none && parts.contains(name)) {
      m_frames.insert(units.size());
      units.emplace_back();
      children(node, units.size() - 1, false);
    } else if (in_frame && !in_notes && inside.contains(name)) {
      units.emplace_back();
      children(node, units.size() - 1, false);
    } else if (name == "BOXHD") {
      table_head(node, unit);
    } else {
      children(node, unit, in_notes || is_note(node));
    }
  }

  /// The heads of a table are printed level by level: all CHED H="1" stand above those of H="2".
  void table_head(const pugi::xml_node& head, std::size_t unit) {
    for (const char* level : {"1", "2", "3", "4"}) {
      for (const pugi::xml_node cell : head.children("CHED")) {
        if (std::string_view(cell.attribute("H").value()) == level) {
          children(cell, unit, false);
        }
      }
    }
  }

  void leave_out(std::string_view reason, std::string_view text) {
    if (const std::size_t words = count_words(text); words != 0) {
      words_left_out[std::string(reason)] += words;
    }
  }

  std::set<std::size_t> m_frames;
};

void collect(const Node& node, std::map<std::uint32_t, const Node*>& nodes) {
  nodes.emplace(node.ordinal, &node);
  for (const Node& child : node.children) {
    collect(child, nodes);
  }
}

/// Members of a reserved range share its text; figures are named by their files.
bool is_made_up(const Node& node) {
  return node.kind == NodeKind::figure ||
         (node.label.empty() && !node.designator.empty() && node.text == "[Reserved]" &&
          node.kind != NodeKind::cell && node.kind != NodeKind::entry);
}

Letters letters_of(const Unit& unit) {
  std::map<std::uint32_t, const Node*> nodes;
  collect(unit.root, nodes);
  Letters letters;
  std::string line; // the last printed paragraph, as far as it is read
  for (const auto& [ordinal, node] : nodes) {
    if (is_made_up(*node) || shown_text(*node).empty()) {
      continue;
    }
    // the label of a collapsed paragraph repeats what is printed before it
    const bool repeats = !line.empty() && node->label.starts_with(line);
    append(letters.law, shown_text(*node).substr(repeats ? line.size() : 0));
    line = shown_text(*node);
  }
  for (const UnitNote& note : unit.notes) {
    append(letters.notes, note.text);
  }
  return letters;
}

/// Where two runs of letters part, with what stands around it.
std::string difference(const std::string& printed, const std::string& kept) {
  const auto [at, unused] = std::mismatch(printed.begin(), printed.end(), kept.begin(), kept.end());
  const auto same = static_cast<std::size_t>(at - printed.begin());
  constexpr std::size_t around = 50;
  const std::size_t from = same > around ? same - around : 0;
  return "printed ..." + printed.substr(from, 2 * around) + "... kept ..." +
         kept.substr(std::min(from, kept.size()), 2 * around);
}

std::vector<std::filesystem::path> xml_files(const char* folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(regtrail::testing::corpus_path() / folder)) {
    if (entry.path().extension() == ".xml") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<Unit> units_of(const std::filesystem::path& path) {
  const std::string bytes = regtrail::testing::read_file(path);
  if (parse::detect_kind(bytes) == parse::FileKind::cfr_annual) {
    parse::CfrAnnualOptions options;
    options.source_name = path.filename().string();
    auto annual = parse::parse_cfr_annual(bytes, options);
    REQUIRE(annual.has_value());
    return std::move(annual->content.units);
  }
  auto document = parse::parse_ecfr(bytes, {});
  REQUIRE(document.has_value());
  return std::move(document->units);
}

} // namespace

TEST_CASE("every word in print stands once in its unit, in order, or is left out on purpose",
          "[corpus]") {
  NEEDS_CORPUS("cfr-annual");
  std::map<std::string, std::size_t> left_out;
  std::size_t letters = 0;
  for (const char* folder : {"ecfr", "cfr-annual"}) {
    for (const std::filesystem::path& path : xml_files(folder)) {
      INFO(path);
      pugi::xml_document xml;
      REQUIRE(xml.load_file(path.c_str(), pugi::parse_default | pugi::parse_ws_pcdata));
      const Print print(xml);
      const std::vector<Unit> units = units_of(path);
      REQUIRE(units.size() == print.units.size());
      for (std::size_t i = 0; i < units.size(); ++i) {
        const Letters kept = letters_of(units[i]);
        const Letters& printed = print.units[i];
        if (kept.law != printed.law) {
          FAIL_CHECK(units[i].id.to_string() << ": " << difference(printed.law, kept.law));
        }
        if (kept.notes != printed.notes) {
          FAIL_CHECK(units[i].id.to_string()
                     << " (notes): " << difference(printed.notes, kept.notes));
        }
        letters += printed.law.size() + printed.notes.size();
      }
      for (const auto& [reason, words] : print.words_left_out) {
        left_out[reason] += words;
      }
    }
  }
  CHECK(letters > 8'600'000);
  std::vector<std::string> counted;
  for (const auto& [reason, words] : left_out) {
    counted.push_back(reason + ": " + std::to_string(words));
  }
  CHECK(counted == std::vector<std::string>{"contents: 17030",
                                            "dates of the print: 9",
                                            "headings above parts: 191",
                                            "names of images: 31",
                                            "running heads: 68",
                                            "what the file says about itself: 348"});
}
