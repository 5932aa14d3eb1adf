// A sync of an invented eCFR of two parts and three dates, in memory.
#pragma once

#include "diff/relevance/matcher.hpp"
#include "parse/unit_text.hpp"
#include "store/archive.hpp"
#include "sync/sync.hpp"
#include "tests/support/fake_ecfr.hpp"

#include <cstdint>
#include <string>

namespace regtrail::testing {

class QuietObserver : public sync::SyncObserver {
public:
  void on_part_progress(const std::string& /*part*/,
                        int /*fetched*/,
                        int /*planned*/,
                        std::uint64_t /*bytes*/) override {}

  bool cancelled() override { return false; }
};

inline std::string section(const std::string& number, const std::string& paragraphs) {
  return "<DIV8 N=\"" + number + "\" TYPE=\"SECTION\">\n<HEAD>\xC2\xA7 " + number +
         " Invented rule.</HEAD>\n" + paragraphs + "\n</DIV8>\n";
}

inline std::string part(const std::string& number, const std::string& sections) {
  return "<?xml version=\"1.0\"?>\n<DIV5 N=\"" + number + "\" TYPE=\"PART\">\n<HEAD>PART " +
         number + "\xE2\x80\x94INVENTED\n</HEAD>\n" + sections + "</DIV5>\n";
}

inline std::string list_of(int rows) {
  std::string xml =
      "<DIV9 N=\"Supplement No. 3 to Part 744\" TYPE=\"APPENDIX\">\n"
      "<HEAD>Supplement No. 3 to Part 744\xE2\x80\x94Places</HEAD>\n<TABLE><THEAD><TR>"
      "<TH>Place</TH><TH>Mark</TH></TR></THEAD><TBODY>\n";
  for (int i = 1; i <= rows; ++i) {
    xml += "<TR><TD>Place " + std::to_string(i) + "</TD><TD>X</TD></TR>\n";
  }
  return xml + "</TBODY></TABLE>\n</DIV9>\n";
}

inline const Date january(2026, 1, 5);
inline const Date february(2026, 2, 2);
inline const Date march(2026, 3, 2);

/// Two parts, three dates; part 742 changes on the last two, part 744 on the last only.
inline void fill(FakeEcfr& service) {
  const auto limit = [](const std::string& size) {
    return part("742",
                section("742.1",
                        "<P>(a) Valves that switch in " + size +
                            " ms or less need a license.</P>\n<P>(b) Other valves.</P>"));
  };
  service.texts["742"] = {{january, limit("300")}, {february, limit("400")}, {march, limit("500")}};
  service.texts["744"] = {
      {january, part("744", section("744.1", "<P>(a) End uses.</P>"))},
      {march, part("744", section("744.1", "<P>(a) End uses and end users.</P>"))}};
}

struct EcfrBench {
  store::Archive archive = *store::Archive::in_memory(parse::parse_unit);
  FakeEcfr service;
  diff::Matcher matcher{Register{}};
  QuietObserver observer;
  sync::SyncOptions options;

  EcfrBench() {
    fill(service);
    options.parts = {{15, "742"}, {15, "744"}};
    options.now = Timestamp(Date(2026, 3, 3).days());
  }

  Result<sync::SyncReport> sync() {
    return sync::sync_ecfr(archive, service, matcher, options, observer);
  }
};

} // namespace regtrail::testing
