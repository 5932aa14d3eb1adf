// Names made of the words of the lists of part 744, none of which is listed, against those lists.
#include "diff/relevance/party_names.hpp"
#include "ear/entity_cell.hpp"
#include "model/supplement.hpp"
#include "parse/ecfr_xml.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>

using namespace regtrail;

namespace {

constexpr const char* part_744 = "ecfr/title-15-part-744_full_2026-07-18.xml";

void add_names(std::set<std::string>& names, const Node& node) {
  if (node.kind == NodeKind::entry) {
    for (const auto& block : ear::divide_entity_cell(node.text)) {
      const auto cell = ear::parse_entity_cell(block.text);
      if (!cell.address_only && !cell.name.empty()) {
        names.insert(cell.name);
        names.insert(cell.aliases.begin(), cell.aliases.end());
      }
    }
  }
  for (const Node& child : node.children) {
    add_names(names, child);
  }
}

std::vector<std::string> listed_names() {
  parse::EcfrOptions options;
  options.title = "15";
  const auto bytes = testing::read_file(testing::corpus_path(part_744));
  const auto document = parse::parse_ecfr(bytes, options);
  REQUIRE(document);
  std::set<std::string> names;
  for (const Unit& unit : document->units) {
    if (unit.id.name() == entity_list || unit.id.name() == unverified_list ||
        unit.id.name() == military_end_user_list) {
      add_names(names, unit.root);
    }
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> words_of(const std::vector<std::string>& names) {
  std::vector<std::string> words;
  for (const auto& name : names) {
    std::size_t begin = 0;
    while (begin < name.size()) {
      const std::size_t end = std::min(name.find(' ', begin), name.size());
      if (end > begin) {
        words.push_back(name.substr(begin, end - begin));
      }
      begin = end + 1;
    }
  }
  return words;
}

/// Lower case, without punctuation and the usual legal forms.
std::string plain(const std::string& name) {
  static const std::set<std::string> forms{
      "co",   "company", "ltd", "limited", "inc", "corp", "corporation", "llc", "jsc",
      "ooo",  "oao",     "ao",  "zao",     "pao", "ojsc", "pjsc",        "pte", "pvt",
      "gmbh", "fzc",     "fze", "the",     "sa",  "sdn",  "bhd"};
  std::string result;
  for (const auto& word : words_of({ear::party_key(name)})) {
    result += forms.contains(word) ? "" : word;
  }
  return result;
}

/// `count` names of three to six words each, none of which is that of a listed party in another
/// legal form.
std::vector<Party> invented(const std::vector<std::string>& listed, std::size_t count) {
  constexpr unsigned seed = 20261201;
  std::mt19937 random(seed);
  const auto words = words_of(listed);
  std::set<std::string> taken;
  for (const auto& name : listed) {
    taken.insert(plain(name));
  }
  const auto draw = [&random](std::size_t from) { return random() % from; };
  std::vector<Party> parties;
  while (parties.size() < count) {
    std::string name;
    const std::size_t length = 3 + draw(4);
    for (std::size_t i = 0; i < length; ++i) {
      name += (i == 0 ? "" : " ") + words[draw(words.size())];
    }
    if (taken.insert(plain(name)).second) {
      Party party;
      party.id = "p" + std::to_string(parties.size());
      party.names = {name};
      parties.push_back(std::move(party));
    }
  }
  return parties;
}

} // namespace

TEST_CASE("no name made of the words of the lists is taken for a listed one",
          "[relevance][parties][corpus]") {
  NEEDS_CORPUS(part_744);
  const auto listed = listed_names();
  REQUIRE(listed.size() > 3000);
  const auto parties = invented(listed, 2000);
  const diff::PartyNames names(parties);
  std::set<std::size_t> near;
  std::size_t sure = 0;
  for (const auto& name : listed) {
    for (const auto& match : names.find(name)) {
      if (match.likeness == NameLikeness::near) {
        near.insert(match.party);
        UNSCOPED_INFO(match.own << " ~ " << name << ", " << match.distance);
      } else {
        ++sure;
        WARN(match.own << " = " << name);
      }
    }
  }
  WARN(listed.size() << " listed names, 2000 invented ones: exact or folded " << sure << ", near "
                     << near.size());
  CHECK(sure == 0);
  CHECK(near.size() < 100);
}

TEST_CASE("each listed name is found by the spelling of a customer file",
          "[relevance][parties][corpus]") {
  NEEDS_CORPUS(part_744);
  const auto listed = listed_names();
  std::vector<Party> parties;
  for (const auto& name : listed) {
    Party party;
    party.id = std::to_string(parties.size());
    std::string written;
    for (const char c : name) {
      if (c != '.') {
        const bool lower = c >= 'a' && c <= 'z';
        written += c == ',' ? ' ' : lower ? static_cast<char>(c - 'a' + 'A') : c;
      }
    }
    party.names = {written};
    parties.push_back(std::move(party));
  }
  const diff::PartyNames names(parties);
  std::size_t lost = 0;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const auto found = names.find(listed[i]);
    const bool own = std::any_of(found.begin(), found.end(), [i](const auto& match) {
      return match.party == i && match.likeness <= NameLikeness::near;
    });
    lost += own ? 0 : 1;
    if (!own) {
      UNSCOPED_INFO(listed[i]);
    }
  }
  CHECK(lost == 0);
}
