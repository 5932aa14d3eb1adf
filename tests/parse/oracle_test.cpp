// Our reading of the EAR beside another parser's (corpus/oracle).
#include "parse/ecfr_xml.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace regtrail;

namespace {

nlohmann::json oracle(const std::string& name) {
  return nlohmann::json::parse(
      regtrail::testing::read_file(regtrail::testing::corpus_path() / "oracle" / name));
}

std::vector<Unit> units_of(const std::string& file) {
  auto document = parse::parse_ecfr(
      regtrail::testing::read_file(regtrail::testing::corpus_path() / "ecfr" / file), {});
  REQUIRE(document.has_value());
  return std::move(document->units);
}

const Unit& unit_named(const std::vector<Unit>& units, const std::string& name) {
  const auto found = std::find_if(
      units.begin(), units.end(), [&](const Unit& unit) { return unit.id.name() == name; });
  REQUIRE(found != units.end());
  return *found;
}

const Node* child(const Node& parent, std::string_view designator) {
  const auto found = std::find_if(parent.children.begin(),
                                  parent.children.end(),
                                  [&](const Node& node) { return node.designator == designator; });
  return found == parent.children.end() ? nullptr : &*found;
}

/// Letters and digits only: the oracle flattened markup and marks differently.
std::string bare(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
      out.push_back(c);
    } else if (c >= 'A' && c <= 'Z') {
      out.push_back(static_cast<char>(c + 32));
    }
  }
  return out;
}

void collect_items(const Node& node,
                   const std::string& above,
                   std::map<std::string, const Node*>& out) {
  for (const Node& item : node.children) {
    if (item.kind == NodeKind::item) {
      const std::string path = above.empty() ? item.designator : above + "." + item.designator;
      out.emplace(path, &item);
      collect_items(item, path, out);
    }
  }
}

} // namespace

TEST_CASE("every cell of the Country Chart is marked as another parser read it", "[oracle]") {
  NEEDS_CORPUS("oracle/country-chart.json");
  const nlohmann::json chart = oracle("country-chart.json");
  const std::vector<Unit> units = units_of("title-15-part-738_2026-09-01.xml");
  const Unit& unit = unit_named(units, "Supplement No. 1 to Part 738");
  std::size_t rows = 0;
  std::size_t cells = 0;
  for (const Node& row : unit.root.children) {
    if (row.kind != NodeKind::row) {
      continue;
    }
    ++rows;
    if (!chart["countries"].contains(row.designator)) {
      // the embargoed destinations have a pointer instead of marks
      INFO(row.designator);
      CHECK(chart["embargoed"].contains(row.designator));
      continue;
    }
    std::set<std::string> marks;
    for (const Node& cell : row.children) {
      ++cells;
      if (cell.text == "X") {
        marks.insert(cell.designator);
      }
    }
    INFO(row.designator);
    CHECK(marks == chart["countries"][row.designator]["marks"].get<std::set<std::string>>());
  }
  CHECK(rows == chart["countryCount"].get<std::size_t>() + chart["embargoed"].size());
  CHECK(cells == 196 * 16);
}

TEST_CASE("every member of the Country Groups is a member to another parser too", "[oracle]") {
  NEEDS_CORPUS("oracle/country-groups.json");
  const nlohmann::json groups = oracle("country-groups.json")["groups"];
  const std::vector<Unit> units = units_of("title-15-part-740_2026-09-01.xml");
  const Unit& unit = unit_named(units, "Supplement No. 1 to Part 740");
  std::map<std::string, std::set<std::string>> members;
  for (const Node& table : unit.root.children) {
    for (const Node& row : table.children) {
      if (row.kind == NodeKind::row && row.children.empty()) {
        members["B"].insert(row.designator);
      }
      for (const Node& cell : row.children) {
        const std::size_t close = cell.designator.find(']');
        if (cell.kind == NodeKind::cell && cell.text.rfind('X', 0) == 0 &&
            close != std::string::npos) {
          std::string group = cell.designator.substr(1, close - 1);
          group.erase(std::remove(group.begin(), group.end(), ' '), group.end());
          members[group].insert(row.designator);
        }
      }
    }
  }
  for (const auto& [name, list] : groups.items()) {
    INFO("Country Group " << name);
    CHECK(members[name] == list.get<std::set<std::string>>());
  }
}

TEST_CASE("Category 3 has the entries, rows, exceptions and items that another parser found",
          "[oracle]") {
  NEEDS_CORPUS("oracle/ccl_ecfr-2026-07-23.json");
  const std::vector<Unit> units = units_of("title-15-part-774_reduced_2026-09-01.xml");
  const Unit& unit = unit_named(units, "Supplement No. 1 to Part 774");
  // Where we differ. They lost entries whose headings are set in several pieces, and with them ran
  // the lines of 3D006 and 3E002 into the entries before.
  const std::set<std::string> swallowed{"3D006", "3E002"};
  const std::set<std::string> swallowing{"3D005", "3E001"};
  // They read no first item printed behind "Items:", no label without a full stop, only the first
  // member of a reserved range, and no line set as a plain paragraph.
  const std::set<std::string> lines_they_miss{"3A904", "3C005", "3C006", "3C909", "3E003"};
  std::size_t compared_items = 0;
  std::set<std::string> theirs;
  const nlohmann::json entries = oracle("ccl_ecfr-2026-07-23.json")["entries"];
  for (const auto& entry : entries) {
    const auto eccn = entry["eccn"].get<std::string>();
    if (entry["category"] != "3" || swallowing.contains(eccn)) {
      theirs.insert(eccn);
      continue;
    }
    theirs.insert(eccn);
    INFO("ECCN " << eccn);
    const Node* ours = child(unit.root, eccn);
    REQUIRE(ours != nullptr);
    CHECK(bare(child(*ours, "heading")->text) == bare(entry["heading"]));
    const Node* rows = child(*ours, "License Requirements");
    std::vector<std::pair<std::string, std::string>> printed;
    if (rows != nullptr) {
      for (const Node& row : rows->children) {
        if (row.kind == NodeKind::row) {
          printed.emplace_back(bare(row.text),
                               row.children.empty() ? "" : bare(row.children[0].text));
        }
      }
    }
    std::vector<std::pair<std::string, std::string>> expected;
    for (const auto& row : entry["countryChart"]) {
      expected.emplace_back(bare(row["control"]), bare(row["countryChart"]));
    }
    CHECK(printed == expected);
    for (const auto& [symbol, value] : entry["licenceExceptionFlags"].items()) {
      INFO(symbol);
      REQUIRE(child(*ours, symbol) != nullptr);
      CHECK(bare(child(*ours, symbol)->text) == bare(value));
    }
    if (!lines_they_miss.contains(eccn)) {
      const Node* reason = child(*ours, "Reason for Control");
      CHECK(bare(reason == nullptr ? "" : reason->text) ==
            bare(entry.value("reasonForControl", "")));
    }
    std::map<std::string, const Node*> items;
    collect_items(*ours, "", items);
    // the second bearer of a path is a lettered or numbered part of a note in their reading
    std::map<std::string, std::set<std::string>> texts;
    for (const auto& item : entry["items"]) {
      if (!item["paragraph"].is_null()) {
        texts[item["paragraph"]].insert(bare(item["text"]));
      }
    }
    for (const auto& [path, readings] : texts) {
      const bool number = path.find_first_not_of("0123456789") == std::string::npos;
      if (number || (eccn == "3A090" && path == "d")) {
        continue; // only inside notes
      }
      INFO(path);
      REQUIRE(items.contains(path));
      ++compared_items;
      const std::string text = bare(items[path]->text);
      CHECK((text == "reserved" || readings.contains(text)));
    }
  }
  CHECK(compared_items > 600);
  std::set<std::string> ours;
  for (const Node& entry : unit.root.children) {
    if (entry.kind == NodeKind::entry && entry.designator[0] == '3') {
      ours.insert(entry.designator);
    }
  }
  CHECK(ours.size() == 78);
  for (const std::string& eccn : ours) {
    INFO(eccn);
    CHECK(theirs.contains(eccn) != swallowed.contains(eccn));
  }
}

TEST_CASE("turning en dashes into hyphens leaves every normalised hash alone", "[oracle]") {
  NEEDS_CORPUS("ecfr/dash-change-2024-03");
  const std::vector<Unit> before = units_of("dash-change-2024-03/before/ECFR-title1.xml");
  const std::vector<Unit> after = units_of("dash-change-2024-03/after/ECFR-title1.xml");
  REQUIRE(before.size() == after.size());
  std::size_t published = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    INFO(before[i].id.to_string());
    CHECK(before[i].id == after[i].id);
    CHECK(before[i].root.normalised == after[i].root.normalised);
    published += before[i].root.published == after[i].root.published ? 0 : 1;
  }
  CHECK(published > 0);
}

TEST_CASE("one text in two serialisations gives one tree", "[oracle]") {
  NEEDS_CORPUS("ecfr/title-1_api-full-form_2025-03.xml");
  // the API's form of title 1 and the bulk form carry the same text of the same day
  const std::vector<Unit> api = units_of("title-1_api-full-form_2025-03.xml");
  const std::vector<Unit> bulk = units_of("dash-change-2024-03/before/ECFR-title1.xml");
  REQUIRE(api.size() == bulk.size());
  for (std::size_t i = 0; i < api.size(); ++i) {
    INFO(api[i].id.to_string());
    CHECK(api[i].id == bulk[i].id);
    CHECK(api[i].root.normalised == bulk[i].root.normalised);
  }
  // part 51 in the form of a single part, as of another day: sections whose text is the same agree
  const std::vector<Unit> part = units_of("title-1-part-51_api-part-form_2024-05-17.xml");
  std::size_t same = 0;
  for (const Unit& unit : part) {
    const auto other = std::find_if(
        api.begin(), api.end(), [&](const Unit& candidate) { return candidate.id == unit.id; });
    REQUIRE(other != api.end());
    same += other->root.normalised == unit.root.normalised ? 1 : 0;
  }
  CHECK(same >= 6);
}
