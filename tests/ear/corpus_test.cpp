// The grammars on real text: nothing crashes, spans stay inside the text, coverage is plausible.
#include "ear/country_group.hpp"
#include "ear/entity_cell.hpp"
#include "ear/fr_citation.hpp"
#include "ear/license_requirement.hpp"
#include "ear/license_row.hpp"
#include "ear/path_set.hpp"
#include "ear/prose_citation.hpp"
#include "ear/quoted_term.hpp"
#include "ear/review_policy.hpp"
#include "ear/text_date.hpp"
#include "ear/threshold.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace regtrail;

namespace {

std::filesystem::path corpus() {
  return regtrail::testing::corpus_path("ecfr");
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void append_utf8(std::string& out, unsigned code) {
  if (code < 0x80U) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800U) {
    out.push_back(static_cast<char>(0xc0U | (code >> 6U)));
    out.push_back(static_cast<char>(0x80U | (code & 0x3fU)));
  } else {
    out.push_back(static_cast<char>(0xe0U | (code >> 12U)));
    out.push_back(static_cast<char>(0x80U | ((code >> 6U) & 0x3fU)));
    out.push_back(static_cast<char>(0x80U | (code & 0x3fU)));
  }
}

/// Just enough of XML for text between tags: no parser of this project is wanted here.
std::string plain(std::string_view xml) {
  std::string out;
  for (std::size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] == '<') {
      if (xml.substr(i, 3) == "<br") {
        out.push_back('\n');
      } else if (xml.substr(i, 5) == "<sup>" || xml.substr(i, 4) == "<SU>") {
        out.push_back('^');
      }
      i = xml.find('>', i);
    } else if (xml.substr(i, 3) == "&#x") {
      const std::size_t end = xml.find(';', i);
      append_utf8(out,
                  static_cast<unsigned>(
                      std::stoul(std::string(xml.substr(i + 3, end - i - 3)), nullptr, 16)));
      i = end;
    } else if (xml[i] == '&') {
      i = xml.find(';', i);
      out.push_back('&');
    } else {
      out.push_back(xml[i] == '\n' ? ' ' : xml[i]);
    }
  }
  return out;
}

/// The contents of every `<tag ...>...</tag>`.
std::vector<std::string> elements(std::string_view xml, const std::string& tag) {
  std::vector<std::string> found;
  for (std::size_t at = xml.find("<" + tag); at != std::string_view::npos;
       at = xml.find("<" + tag, at + 1)) {
    const std::size_t open = xml.find('>', at);
    const std::size_t close = xml.find("</" + tag + ">", at);
    if (close == std::string_view::npos) {
      break;
    }
    if (xml[open - 1] != '/' &&
        !std::isalpha(static_cast<unsigned char>(xml[at + tag.size() + 1]))) {
      found.emplace_back(xml.substr(open + 1, close - open - 1));
    }
  }
  return found;
}

template<typename Mentions>
std::size_t count_inside(const std::string& text, const Mentions& mentions) {
  for (const auto& mention : mentions) {
    CHECK(mention.begin < mention.end);
    CHECK(mention.end <= text.size());
  }
  return mentions.size();
}

bool absent(const std::filesystem::path& path) {
  if (std::filesystem::exists(path)) {
    return false;
  }
  WARN("skipped: there is no " << path.string());
  return true;
}

} // namespace

TEST_CASE("the grammars read every paragraph of the corpus' EAR", "[ear][corpus]") {
  std::size_t limits = 0, eccns = 0, references = 0, quotes = 0, dates = 0, groups = 0;
  for (const char* part : {"734", "740", "742", "744_reduced", "774_reduced"}) {
    const auto path = corpus() / ("title-15-part-" + std::string(part) + "_2026-09-01.xml");
    if (absent(path)) {
      return;
    }
    const std::string xml = read(path);
    for (const auto& element : elements(xml, "P")) {
      const std::string text = plain(element);
      limits += count_inside(text, ear::find_thresholds(text));
      eccns += count_inside(text, ear::find_eccns(text));
      references += count_inside(text, ear::find_citations(text));
      quotes += count_inside(text, ear::find_quoted_terms(text));
      dates += count_inside(text, ear::find_dates(text));
      groups += count_inside(text, ear::find_country_groups(text));
    }
  }
  INFO("limits " << limits << ", ECCNs " << eccns << ", references " << references << ", quotes "
                 << quotes << ", dates " << dates << ", groups " << groups);
  CHECK(limits > 700);
  CHECK(eccns > 1500);
  CHECK(references > 4000);
  CHECK(quotes > 1500);
  CHECK(dates > 60);
  CHECK(groups > 300);
}

TEST_CASE("every license row of the corpus' CCL has a reason, an extent and a reach",
          "[ear][corpus]") {
  const auto path = corpus() / "title-15-part-774_reduced_2026-09-01.xml";
  if (absent(path)) {
    return;
  }
  std::size_t rows = 0, described = 0, unknown = 0;
  for (const auto& element : elements(read(path), "TR")) {
    const auto cells = elements(element, "TD");
    if (cells.size() != 2 || !ear::is_license_control(plain(cells[0]))) {
      continue;
    }
    ++rows;
    const auto row = ear::parse_license_row(plain(cells[0]), plain(cells[1]));
    CHECK_FALSE(row.reason.empty());
    described += row.extent == ear::LicenseRow::Extent::described ? 1U : 0U;
    if (row.reach == ear::LicenseRow::Reach::unknown) {
      ++unknown;
      UNSCOPED_INFO("no reach: " << plain(cells[1]));
    }
  }
  INFO(rows << " rows, " << described << " described in words");
  CHECK(rows > 200);
  CHECK(described < rows / 5);
  CHECK(unknown <= 2);
}

TEST_CASE("every row of the corpus' Entity List gives a record", "[ear][corpus]") {
  const auto path = corpus() / "title-15-part-744_reduced_2026-09-01.xml";
  if (absent(path)) {
    return;
  }
  const std::string xml = read(path);
  const std::size_t begin = xml.find("N=\"Supplement No. 4 to Part 744\"");
  const std::size_t end = xml.find("N=\"Supplement No. 5 to Part 744\"");
  std::size_t rows = 0, with_alias = 0, announced = 0, without_address = 0, footnotes = 0;
  for (const auto& element : elements(std::string_view(xml).substr(begin, end - begin), "TR")) {
    const auto cells = elements(element, "TD");
    if (cells.size() != 5) {
      continue;
    }
    ++rows;
    const auto entity = plain(cells[1]);
    const auto cell = ear::parse_entity_cell(entity);
    const auto requirement = ear::parse_license_requirement(plain(cells[2]));
    INFO(entity);
    CHECK_FALSE(cell.name.empty());
    CHECK(cell.name.size() < 130);
    CHECK(requirement.scope != ear::LicenseRequirement::Class::unknown);
    CHECK_FALSE(ear::find_review_policies(plain(cells[3])).empty());
    CHECK_FALSE(ear::find_fr_citations(plain(cells[4])).empty());
    announced += entity.find("alias") != std::string::npos ? 1U : 0U;
    with_alias += cell.aliases.empty() ? 0U : 1U;
    without_address += cell.addresses.empty() ? 1U : 0U;
    footnotes += requirement.footnotes.empty() ? 0U : 1U;
    for (const auto& alias : cell.aliases) {
      CHECK(alias.size() < 120);
    }
  }
  INFO(rows << " rows, " << with_alias << " with aliases, " << footnotes << " with footnotes, "
            << without_address << " without an address");
  CHECK(rows > 180);
  CHECK(with_alias >= announced);
  CHECK(footnotes > 25);
  CHECK(without_address < 5);
}
