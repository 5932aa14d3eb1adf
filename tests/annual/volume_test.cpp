// Volumes read from a file, unit by unit.
#include "tests/annual/annual_support.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

namespace {

using regtrail::Result;
using regtrail::Unit;
using regtrail::parse::CfrAnnualOptions;
using regtrail::parse::stream_cfr_annual_file;

/// A file that goes with the test. Tests run side by side: each has a folder of its own.
class TempVolume {
public:
  explicit TempVolume(const std::string& bytes) : m_path(m_folder.write("volume.xml", bytes)) {}

  [[nodiscard]] std::string path() const { return m_path.string(); }

private:
  regtrail::testing::TempDir m_folder;
  std::filesystem::path m_path;
};

std::string volume_of(int parts, int sections) {
  const std::string filler(2000, 'x');
  std::string bytes = "<CFRDOC><TITLE><CHAPTER>\n";
  for (int part = 1; part <= parts; ++part) {
    bytes += fmt::format("<PART><EAR>Pt. {0}</EAR><HD SOURCE=\"HED\">PART {0}</HD>\n", part);
    for (int section = 1; section <= sections; ++section) {
      bytes += fmt::format("<SECTION><SECTNO>\xC2\xA7 {}.{}</SECTNO><SUBJECT>S.</SUBJECT><P>{}</P>"
                           "</SECTION>\n",
                           part,
                           section,
                           filler);
    }
    bytes += "</PART>\n";
  }
  return bytes + "</CHAPTER></TITLE></CFRDOC>";
}

std::vector<std::string> streamed(const std::string& path, const CfrAnnualOptions& options) {
  std::vector<std::string> ids;
  const auto edition = stream_cfr_annual_file(path, options, [&](Unit&& unit) -> Result<void> {
    ids.push_back(unit.id.to_string());
    return {};
  });
  if (!edition) {
    FAIL(edition.error().message);
  }
  return ids;
}

CfrAnnualOptions of_title_15() {
  CfrAnnualOptions options;
  options.title = "15";
  return options;
}

} // namespace

TEST_CASE("a volume far larger than a unit may be is streamed within that limit", "[volume]") {
  const TempVolume volume(volume_of(40, 100));
  CfrAnnualOptions options = of_title_15();
  // the reader takes a megabyte at a time; what is held beyond it is one unit
  options.limits.max_unit_bytes = 1100000;
  REQUIRE(std::filesystem::file_size(volume.path()) > 8000000);
  CHECK(streamed(volume.path(), options).size() == 40 * 101);
}

TEST_CASE("streamed and whole, a volume gives the same units", "[volume]") {
  const std::string bytes = annual::fixture("ear_annual.xml");
  const TempVolume volume(bytes);
  std::vector<Unit> units;
  const auto edition =
      stream_cfr_annual_file(volume.path(), of_title_15(), [&](Unit&& unit) -> Result<void> {
        units.push_back(std::move(unit));
        return {};
      });
  REQUIRE(edition);
  CHECK(edition->revised == regtrail::Date(2012, 1, 1));
  const auto whole = annual::parsed(bytes).content.units;
  REQUIRE(units.size() == whole.size());
  for (const Unit& unit : whole) {
    CHECK(std::find(units.begin(), units.end(), unit) != units.end());
  }
  // a part's frame is complete only at its end
  CHECK(units.front().id.to_string() == "15 CFR 744.1");
}

TEST_CASE("a volume is read by one as by several", "[volume]") {
  const std::string bytes = volume_of(3, 200);
  CfrAnnualOptions options = of_title_15();
  options.readers = regtrail::parse::Crew::Size::caller_only;
  const auto alone = regtrail::parse::parse_cfr_annual(bytes, options);
  options.readers = regtrail::parse::Crew::Size::all_processors;
  const auto shared = regtrail::parse::parse_cfr_annual(bytes, options);
  REQUIRE(alone);
  REQUIRE(shared);
  REQUIRE(alone->content.units.size() == 603);
  CHECK((alone->content.units == shared->content.units));           // raw digests, too
  CHECK(alone->content.units[0].id.to_string() == "15 CFR Part 1"); // before its sections

  SECTION("and the first unit that is broken is the one complained of") {
    std::string broken = bytes;
    for (const std::string_view number : {"3.100<", "1.150<", "2.7<"}) {
      broken.replace(broken.find(number), number.size() - 1, number.size() - 1, '\0');
    }
    for (const auto readers :
         {regtrail::parse::Crew::Size::caller_only, regtrail::parse::Crew::Size::all_processors}) {
      options.readers = readers;
      const auto document = regtrail::parse::parse_cfr_annual(broken, options);
      REQUIRE_FALSE(document);
      CHECK_THAT(document.error().message, Catch::Matchers::Contains(":152': a NUL in the text"));
    }
  }
  SECTION("and without digests where nobody stores it") {
    options.digests = regtrail::parse::UnitDigests::left_out;
    const auto bare = regtrail::parse::parse_cfr_annual(bytes, options);
    REQUIRE(bare);
    CHECK((bare->content.units.back().root == alone->content.units.back().root));
    CHECK(bare->content.units[1].raw == regtrail::Sha256{});
  }
}

TEST_CASE("only the parts that are wanted are built", "[volume]") {
  const TempVolume volume(volume_of(3, 2));
  CfrAnnualOptions options = of_title_15();
  options.parts = {"2"};
  CHECK(streamed(volume.path(), options) ==
        std::vector<std::string>{"15 CFR 2.1", "15 CFR 2.2", "15 CFR Part 2"});
}

TEST_CASE("whoever takes the units may end the run", "[volume]") {
  const TempVolume volume(volume_of(3, 2));
  int seen = 0;
  const auto edition =
      stream_cfr_annual_file(volume.path(), of_title_15(), [&](Unit&&) -> Result<void> {
        ++seen;
        return regtrail::fail(regtrail::ErrorKind::storage, "disk full");
      });
  REQUIRE_FALSE(edition);
  CHECK(edition.error().message == "disk full");
  CHECK(seen == 1);
}

TEST_CASE("a volume cut short is an error after the units that were complete", "[volume]") {
  const std::string bytes = volume_of(3, 200);
  const TempVolume volume(bytes.substr(0, bytes.size() / 2));
  const auto edition = stream_cfr_annual_file(
      volume.path(), of_title_15(), [](Unit&&) -> Result<void> { return {}; });
  REQUIRE_FALSE(edition);
  CHECK(edition.error().kind == regtrail::ErrorKind::malformed);
  CHECK_THAT(edition.error().message, Catch::Matchers::Contains("truncated"));
}

TEST_CASE("a title page inside a part costs the part nothing that stands before it", "[volume]") {
  const std::string far(std::size_t{1} << 20U, '\n'); // more than is read at once
  const TempVolume volume("<PART><EAR>Pt. 7</EAR><HD SOURCE=\"HED\">PART 7</HD><TITLEPG>" + far +
                          "<TITLENUM>Title 15</TITLENUM></TITLEPG>" + far +
                          "<SECTION><SECTNO>7.1</SECTNO><SUBJECT>S.</SUBJECT></SECTION></PART>");
  std::vector<std::string> ids;
  const auto edition = stream_cfr_annual_file(volume.path(), {}, [&](Unit&& unit) -> Result<void> {
    ids.push_back(unit.id.to_string());
    return {};
  });
  INFO((edition ? std::string() : edition.error().message));
  REQUIRE(edition);
  CHECK(ids == std::vector<std::string>{"15 CFR 7.1", "15 CFR Part 7"});
}

TEST_CASE("a file that is not there or too large is said so", "[volume]") {
  const auto ignore = [](Unit&&) -> Result<void> { return {}; };
  const auto missing = stream_cfr_annual_file("/nowhere/volume.xml", of_title_15(), ignore);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == regtrail::ErrorKind::not_found);
  const TempVolume volume(volume_of(3, 2));
  CfrAnnualOptions options = of_title_15();
  options.limits.max_bytes = 1000;
  const auto large = stream_cfr_annual_file(volume.path(), options, ignore);
  REQUIRE_FALSE(large);
  CHECK(large.error().kind == regtrail::ErrorKind::too_large);
}
