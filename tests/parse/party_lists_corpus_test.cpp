// What holds for every entry of the whole lists of parties.
#include "ear/record.hpp"
#include "parse/ecfr_xml.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

using namespace regtrail;

namespace {

Unit list_of(std::string_view id) {
  const auto path = testing::corpus_path() / "ecfr" / "title-15-part-744_full_2026-07-18.xml";
  auto document = parse::parse_ecfr(testing::read_file(path), {});
  REQUIRE(document.has_value());
  const auto found = std::find_if(document->units.begin(),
                                  document->units.end(),
                                  [&](const Unit& unit) { return unit.id.name() == id; });
  REQUIRE(found != document->units.end());
  return std::move(*found);
}

using Visit = std::function<void(const Citation&, const Node&, const EntityRecord&)>;

void visit_parties(const Citation& at, const Node& parent, const Visit& visit) {
  const std::vector<Step> steps = child_steps(parent);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Node& child = parent.children[i];
    const Citation place = at.child(steps[i]);
    if (const auto record = ear::read_record(place, child, &parent);
        std::holds_alternative<EntityRecord>(record)) {
      visit(place, child, std::get<EntityRecord>(record));
    }
    visit_parties(place, child, visit);
  }
}

bool holds_mark(const std::string& text) {
  return text.find("a.k.a") != std::string::npos || text.find("the following") != std::string::npos;
}

} // namespace

TEST_CASE("every party of the whole lists has a name, aliases, addresses and a place of its own",
          "[corpus][lists]") {
  struct List {
    std::string id;
    std::size_t parties;
    std::size_t parts;
    std::size_t addresses_only;
    std::set<std::string> second_bearers;
  };

  const std::vector<List> lists = {
      {"Supplement No. 4 to Part 744",
       3467,
       70,
       19,
       {"Jadeshine Engineering HK Co. #2",
        "Wong Yung Fai #2",
        "Allied Trading Co. #2",
        "People's Steel Mills #2",
        "Zurmat General Trading #2"}},
      {"Supplement No. 6 to Part 744", 186, 0, 0, {}},
      {"Supplement No. 7 to Part 744", 70, 15, 0, {}},
  };
  for (const List& list : lists) {
    CAPTURE(list.id);
    const Unit unit = list_of(list.id);
    CHECK(unit.not_understood.empty());
    std::size_t parties = 0;
    std::size_t parts = 0;
    std::size_t addresses_only = 0;
    std::set<std::string> second_bearers;
    std::map<std::string, int> places;
    const auto visit = [&](const Citation& at, const Node& entry, const EntityRecord& record) {
      const std::string place = at.to_string();
      CAPTURE(place);
      ++parties;
      parts += record.subordinate_to.empty() ? 0 : 1;
      addresses_only += record.address_only ? 1 : 0;
      CHECK(++places[place] == 1);
      const auto read = Citation::parse(place);
      REQUIRE(read.has_value());
      CHECK(find_node(unit.root, unit.id, *read) == &entry);
      if (at.steps().back().occurrence > 1) {
        second_bearers.insert(at.steps().back().name + " #2");
      }
      CHECK_FALSE(record.name.empty());
      CHECK_FALSE(record.name.ends_with(" ("));
      for (const std::string& alias : record.aliases) {
        CAPTURE(alias);
        CHECK(alias.size() > 1);
        CHECK(alias != "and");
        CHECK_FALSE(holds_mark(alias));
      }
      for (const std::string& address : record.addresses) {
        CAPTURE(address);
        CHECK(address.find_first_of("-") != 0);
        CHECK_FALSE(address.starts_with("\u2014"));
        CHECK_FALSE(holds_mark(address));
      }
    };
    visit_parties(unit.id, unit.root, visit);
    CHECK(parties == list.parties);
    CHECK(parts == list.parts);
    CHECK(addresses_only == list.addresses_only);
    CHECK(second_bearers == list.second_bearers);
  }
}
