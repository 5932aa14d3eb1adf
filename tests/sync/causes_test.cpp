// Which rule made which change, by a whole sync of both sources over the invented history of
// tests/fixtures/causes: parts 744 and 774, thirteen documents, and the truth.
#include "federal_register/document_identifier.hpp"
#include "parse/unit_text.hpp"
#include "query/pending.hpp"
#include "store/streams.hpp"
#include "sync/causes.hpp"
#include "sync/federal_register.hpp"
#include "sync/fr_documents.hpp"
#include "sync/measures.hpp"
#include "sync/sync.hpp"
#include "tests/support/fake_ecfr.hpp"
#include "tests/support/fake_federal_register.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace regtrail;
using diff::Matcher;
using nlohmann::json;
using store::Archive;

namespace {

namespace fs = std::filesystem;

const fs::path folder = regtrail::testing::source_path("tests/fixtures/causes");

std::string read(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

/// Both services behind one transport.
class BothServices : public fetch::Transport {
public:
  testing::FakeEcfr ecfr;
  testing::FakeFederalRegister register_;

  Result<fetch::Response> get(const fetch::Request& request) override {
    return request.url.starts_with("https://www.ecfr.gov/") ? ecfr.get(request)
                                                            : register_.get(request);
  }

  [[nodiscard]] std::size_t requests() const { return ecfr.asked.size() + register_.asked.size(); }
};

class QuietObserver : public sync::SyncObserver {
public:
  void on_part_progress(const std::string& /*part*/,
                        int /*fetched*/,
                        int /*planned*/,
                        std::uint64_t /*bytes*/) override {}

  bool cancelled() override { return false; }
};

struct DatedHistory {
  BothServices services;
  Archive archive = *Archive::in_memory(parse::parse_unit);
  Matcher matcher{Register{}};
  QuietObserver observer;
  sync::SyncOptions options;
  json truth = json::parse(read(folder / "truth.json"));

  DatedHistory() {
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with("part-")) {
        services.ecfr.texts[name.substr(5, 3)][Date::parse(name.substr(9, 10)).value()] =
            read(entry.path());
      }
    }
    for (const json& each : truth["documents"]) {
      services.register_.documents.push_back(document(each));
    }
    options.parts = {{15, "744"}, {15, "774"}};
    options.now = parse_timestamp("2026-05-12").value();
  }

  static testing::FakeFrDocument document(const json& each) {
    testing::FakeFrDocument document;
    document.number = each["number"];
    document.title = each["title"];
    document.published = Date::parse(each["published"].get<std::string>()).value();
    document.start_page = each["first"];
    document.end_page = each["last"];
    if (each["xml"]) {
      document.xml = read(folder / (document.number + ".xml"));
    }
    json more;
    more["dates"] = each["dates"];
    more["effective_on"] = each["effective_on"];
    more["action"] = each["action"];
    more["regulation_id_numbers"] = each["rins"];
    more["agencies"] = json::array({{{"name", "Industry and Security Bureau"}}});
    more["cfr_references"] = json::array();
    for (const json& part : each["parts"]) {
      more["cfr_references"].push_back(
          {{"title", 15}, {"part", std::stoi(part.get<std::string>())}});
    }
    const std::string members = more.dump();
    document.metadata = members.substr(1, members.size() - 2);
    return document;
  }

  sync::SyncReport sync_ecfr() {
    auto report = sync::sync_ecfr(archive, services, matcher, options, observer);
    REQUIRE(report);
    return *report;
  }

  sync::SyncReport sync_register() {
    auto report = sync::sync_federal_register(
        archive, services, options, sync::AbsentSource::trouble, observer);
    REQUIRE(report);
    for (const auto& trouble : report->troubles) {
      INFO(trouble.what << ": " << trouble.error.message);
      CHECK(false);
    }
    return *report;
  }

  sync::Attributed attribute() {
    auto attributed = sync::attribute_marked(archive);
    REQUIRE(attributed);
    return *attributed;
  }

  void sync() {
    sync_ecfr();
    sync_register();
    attribute();
  }
};

struct Score {
  int right = 0;
  int unknown = 0; ///< it says so: unidentified, editorial where it is not known, a cited page
  int wrong = 0;
  double worst = 0.0; ///< highest confidence of a wrong cause
};

std::string told(const std::vector<Cause>& causes) {
  std::string text;
  for (const Cause& cause : causes) {
    text += cause.document + " " + std::to_string(cause.confidence) + " [";
    for (const CauseEvidence evidence : cause.evidence) {
      text += std::string(to_string(evidence)) + " ";
    }
    text += "] ";
  }
  return text;
}

/// All changes of the archive against the truth; prints what is not right.
Score score(DatedHistory& history, std::set<std::string>* seen = nullptr) {
  Score score;
  store::ChangeQuery query;
  query.include_cosmetic = true;
  const auto stored = history.archive.changes(query);
  REQUIRE(stored);
  for (const store::StoredChange& each : *stored) {
    const std::string at = each.change.at.to_string();
    const auto& all = history.truth["truth"];
    const auto expected = std::find_if(all.begin(), all.end(), [&](const json& one) {
      return one["date"] == each.after_date.to_string() && one["part"] == each.part &&
             one["at"] == at;
    });
    INFO(each.after_date.to_string() << " " << at << ": " << told(each.change.causes));
    if (expected == all.end()) {
      CHECK(at == "a change that the truth names");
      continue;
    }
    if (seen != nullptr) {
      seen->insert(each.after_date.to_string() + at);
    }
    REQUIRE_FALSE(each.change.causes.empty());
    const Cause& cause = each.change.causes.front();
    const bool none = (*expected)["document"].is_null();
    const CauseAnswer answer = answer_of(cause);
    const bool is_right =
        none ? answer == CauseAnswer::editorial
             : answer == CauseAnswer::identified && cause.document == (*expected)["document"];
    if (is_right) {
      ++score.right;
    } else if (answer == CauseAnswer::unidentified || answer == CauseAnswer::cited) {
      ++score.unknown;
      WARN("not known: " << each.after_date.to_string() << " " << at << ": "
                         << told(each.change.causes));
    } else {
      ++score.wrong;
      score.worst = std::max(score.worst, cause.confidence);
      WARN("wrong: " << each.after_date.to_string() << " " << at << ": "
                     << told(each.change.causes));
    }
  }
  return score;
}

} // namespace

TEST_CASE("every change of a dated history has its cause, or nobody claims one", "[causes]") {
  DatedHistory history;
  history.sync();
  std::set<std::string> seen;
  const Score result = score(history, &seen);
  WARN("causes: " << result.right << " right, " << result.unknown << " not known, " << result.wrong
                  << " wrong");
  CHECK(seen.size() == history.truth["truth"].size());
  CHECK(result.wrong == 0);
  CHECK(result.worst <= 0.8);
  // What is not known are the editor's fixes beside a rule's work on the same list.
  CHECK(result.right >= static_cast<int>(history.truth["truth"].size()) - 1);
}

TEST_CASE("the order of the sources makes no difference to the causes", "[causes]") {
  DatedHistory history;
  history.sync_register();
  history.sync_ecfr();
  history.attribute();
  history.sync_register(); // the texts of parts that were not planned yet
  history.attribute();
  const auto one = history.archive.export_derived();
  DatedHistory other;
  other.sync();
  const auto two = other.archive.export_derived();
  REQUIRE(one);
  CHECK(*one == *two);
}

TEST_CASE("a rebuild gives the same documents and causes", "[causes]") {
  DatedHistory history;
  history.sync();
  REQUIRE(sync::add_measure(history.archive,
                            {"press release", "A notice", Date(2026, 5, 1), "", {}, "text"},
                            history.options.now));
  const auto before = history.archive.export_derived();
  REQUIRE(sync::rebuild(history.archive, history.matcher, history.observer));
  CHECK(*history.archive.export_derived() == *before);
}

TEST_CASE("a sync without news asks each endpoint once and writes nothing", "[causes]") {
  DatedHistory history;
  history.sync();
  history.attribute();
  const auto before = history.archive.export_derived();
  history.services.ecfr.asked.clear();
  history.services.register_.asked.clear();
  history.sync_ecfr();
  const auto report = history.sync_register();
  CHECK(history.attribute().changes == 0);
  CHECK(history.services.ecfr.asked.size() == 1);
  CHECK(history.services.register_.count("documents.json") == 1);
  CHECK(history.services.register_.count("public-inspection") == 1);
  CHECK(history.services.register_.asked.size() == 2);
  CHECK(report.nothing_new);
  CHECK(*history.archive.export_derived() == *before);
}

TEST_CASE("a text is read again when what the service says of it has changed", "[causes]") {
  DatedHistory history;
  history.sync();
  auto& rule = history.services.register_.documents.back();
  REQUIRE(rule.number == "2026-02014");
  const std::string url = regtrail::testing::fr_full_text_url(rule.number, rule.published);
  REQUIRE(history.services.register_.count(url) == 1);
  const auto sync_on = [&](const char* day) {
    history.options.now = parse_timestamp(day).value();
    history.sync_register();
    return history.services.register_.count(url);
  };
  const auto stored = [&] {
    return history.archive
        .find_documents(Citation::fr_document(rule.number), store::DocumentContent::whole)
        ->at(0)
        .document;
  };
  const auto texts = [&] {
    return history.archive.raw_records(store::fr_text_stream + rule.number)->size();
  };

  SECTION("with a note of the editors, and both texts are kept") {
    rule.title += "; Corrected";
    rule.xml.insert(rule.xml.find("<FRDOC>"),
                    "<EDNOTE><HD SOURCE=\"HED\">Editorial Note:</HD><P>Page 9601 was "
                    "corrected.</P></EDNOTE>");
    CHECK(sync_on("2026-05-13") == 2);
    CHECK(stored().editorial_notes == std::vector<std::string>{"Page 9601 was corrected."});
    CHECK(texts() == 2);
    const auto before = history.archive.export_derived();
    CHECK(sync_on("2026-05-14") == 2);
    REQUIRE(sync::rebuild(history.archive, history.matcher, history.observer));
    CHECK(*history.archive.export_derived() == *before);
  }
  SECTION("once, also when the text is the same") {
    rule.title += "; Corrected";
    CHECK(sync_on("2026-05-13") == 2);
    CHECK(texts() == 1);
    CHECK(sync_on("2026-05-14") == 2);
  }
  SECTION("and stays in use where the new one is damaged") {
    rule.title += "; Corrected";
    rule.xml.resize(rule.xml.size() / 2);
    history.options.now = parse_timestamp("2026-05-13").value();
    const auto report = sync::sync_federal_register(history.archive,
                                                    history.services,
                                                    history.options,
                                                    sync::AbsentSource::trouble,
                                                    history.observer);
    REQUIRE(report);
    CHECK(report->troubles.size() == 1);
    CHECK(stored().instructions.size() == 2);
    CHECK(sync_on("2026-05-14") == 2);
  }
  SECTION("and not for anything else") {
    history.services.register_.documents.front().title += "; Corrected";
    CHECK(sync_on("2026-05-13") == 1);
  }
}

TEST_CASE("the Daily Compilation's number of a late order is asked for once", "[causes]") {
  DatedHistory history;
  auto& service = history.services.register_;
  const auto order = [&](const char* number, const char* name, Date published) {
    testing::FakeFrDocument document;
    document.number = number;
    document.type = "Presidential Document";
    document.executive_order = name;
    document.published = published;
    service.documents.push_back(document);
  };
  order("2026-03001", "14990", Date(2026, 5, 4));
  order("2026-03002", "14991", Date(2026, 5, 8));
  order("2020-03003", "13990", Date(2020, 5, 4));
  const std::string link = fetch::govinfo_order_link_url("14990");
  service.links[link] =
      "https://www.govinfo.gov/content/pkg/DCPD-202600321/html/DCPD-202600321.htm";
  history.sync();
  CHECK(service.count("/link/cpd/executiveorder/") == 2);
  const auto answers = history.archive.raw_records(store::govinfo_link_stream);
  REQUIRE(answers->size() == 1);
  CHECK(federal_register::resolve_dcpd("DCPD-202600321",
                                       {{answers->at(0).url, answers->at(0).final_url, ""}}) ==
        Citation::executive_order("14990"));
  history.options.now = parse_timestamp("2026-05-13").value();
  history.sync_register();
  CHECK(service.count("/link/cpd/executiveorder/") == 2);
  history.options.now = parse_timestamp("2026-05-20").value();
  history.sync_register();
  CHECK(service.count("/link/cpd/executiveorder/") == 3); // of the one that was not there yet
}

TEST_CASE("a document that is published later explains what stood unexplained", "[causes]") {
  DatedHistory history;
  history.options.now = parse_timestamp("2026-04-24").value();
  auto documents = history.services.register_.documents;
  auto& held = history.services.register_.documents;
  std::erase_if(held, [](const auto& each) { return each.number == "2026-02012"; });
  history.sync();
  const auto cause_of_b = [&] {
    store::ChangeQuery query;
    query.within = *Citation::parse("744.6(b)");
    query.since = Date(2026, 4, 23);
    return history.archive.changes(query)->at(0).change.causes.at(0);
  };
  CHECK(answer_of(cause_of_b()) == CauseAnswer::cited);
  held = documents;
  history.options.now = parse_timestamp("2026-04-28").value();
  history.sync_register();
  history.attribute();
  CHECK(cause_of_b().document == "2026-02012");
}

TEST_CASE("a run that was killed between documents and causes is completed by the next",
          "[causes]") {
  DatedHistory history;
  history.sync_ecfr();
  history.sync_register();
  // Killed here: nothing is attributed yet, and nothing is new for the next run.
  history.sync_ecfr();
  history.sync_register();
  history.attribute();
  CHECK(score(history).wrong == 0);
}

TEST_CASE("what is to come is listed for its place and for all", "[causes]") {
  DatedHistory history;
  history.sync();
  const auto pending = [&](const char* place) {
    std::vector<std::string> documents;
    const auto found = query::pending_amendments(
        history.archive, *place == 0 ? Citation() : *Citation::parse(place), Date(2026, 5, 12));
    REQUIRE(found);
    for (const PendingAmendment& each : *found) {
      documents.push_back(each.document + " " + each.instruction);
    }
    return documents;
  };
  using Told = std::vector<std::string>;
  CHECK(pending("744.1(a)") == Told{"2026-02014 2"});
  CHECK(pending("15 CFR Part 744") == Told{"2026-02014 2"});
  CHECK(pending("744.2").empty());
  CHECK(pending("") == Told{"2026-02014 2"});
}

TEST_CASE("a document on file is provisional until it is published or withdrawn", "[causes]") {
  DatedHistory history;
  testing::FakeFrDocument filed;
  filed.number = "2026-02020";
  filed.title = "A Rule on File";
  filed.published = Date(2026, 5, 14);
  filed.inspection = true;
  filed.metadata = R"("agencies":[{"name":"Industry and Security Bureau"}])";
  history.services.register_.documents.push_back(filed);
  history.sync();
  const auto stored = [&] {
    return *history.archive.find_documents(Citation::fr_document("2026-02020"),
                                           store::DocumentContent::described);
  };
  REQUIRE(stored().size() == 1);
  CHECK(stored()[0].document.on_inspection);
  history.services.register_.documents.pop_back();
  history.sync_register();
  REQUIRE(stored().size() == 1);
  CHECK_FALSE(stored()[0].document.on_inspection);
  CHECK(stored()[0].document.withdrawn);
  CHECK_FALSE(stored()[0].document.published);
}

TEST_CASE("a mirror without a Federal Register is no trouble", "[causes]") {
  DatedHistory history;
  history.sync_ecfr();
  history.services.register_.fault = [](int, const std::string& url) {
    return std::optional(Error{ErrorKind::not_found, url});
  };
  const auto report = sync::sync_federal_register(history.archive,
                                                  history.services,
                                                  history.options,
                                                  sync::AbsentSource::fine,
                                                  history.observer);
  REQUIRE(report);
  CHECK(report->troubles.empty());
  CHECK(report->absent == std::vector<std::string>{"federal-register"});
  CHECK(report->requests == 1);
  CHECK(sync::sources_not_in_mirror(history.archive) ==
        std::vector<std::string>{"federal-register"});
  CHECK_FALSE(history.archive.source_status("federal-register")->has_value());
  // The pages that the law cites are told all the same.
  history.attribute();
  store::ChangeQuery query;
  query.within = *Citation::parse("744.1(b)");
  const auto cause = history.archive.changes(query)->at(0).change.causes.at(0);
  CHECK(cause.document.empty());
  CHECK(cause.citation == "91 FR 3002");
}

TEST_CASE("a mirror that held a Federal Register and no longer does is trouble", "[causes]") {
  DatedHistory history;
  history.sync_ecfr();
  history.sync_register();
  history.services.register_.fault = [](int, const std::string& url) {
    return std::optional(Error{ErrorKind::not_found, url});
  };
  const auto report = sync::sync_federal_register(history.archive,
                                                  history.services,
                                                  history.options,
                                                  sync::AbsentSource::fine,
                                                  history.observer);
  REQUIRE(report);
  CHECK_FALSE(report->troubles.empty());
  CHECK(report->absent.empty());
  CHECK(sync::sources_not_in_mirror(history.archive)->empty());
  CHECK(history.archive.source_status("federal-register")->value().health == Health::failing);
}

TEST_CASE("a clock that once ran ahead hides nothing that is published later", "[causes]") {
  DatedHistory history;
  history.sync_ecfr();
  history.options.now = parse_timestamp("2036-05-12").value();
  history.sync_register();

  testing::FakeFrDocument rule;
  rule.number = "2026-03001";
  rule.published = Date(2026, 5, 13);
  history.services.register_.documents.push_back(rule);
  testing::FakeFrDocument order = rule;
  order.number = "2026-03002";
  order.type = "Presidential Document";
  order.executive_order = "14990";
  history.services.register_.documents.push_back(order);
  history.options.now = parse_timestamp("2026-05-14").value();
  history.sync_register();
  for (const std::string& number : {rule.number, order.number}) {
    INFO(number);
    CHECK(history.archive
              .find_documents(Citation::fr_document(number), store::DocumentContent::described)
              ->size() == 1);
  }
  CHECK(sync::read_coverage(history.archive)->value().to == Date(2026, 5, 13));
}

TEST_CASE("an answer that is not what it claims is set aside and the rest goes on", "[causes]") {
  DatedHistory history;
  history.services.register_.search_body = R"({"count":1,"results":[{"title":"no number"}]})";
  history.sync_ecfr();
  const auto report = sync::sync_federal_register(history.archive,
                                                  history.services,
                                                  history.options,
                                                  sync::AbsentSource::trouble,
                                                  history.observer);
  REQUIRE(report);
  CHECK_FALSE(report->troubles.empty());
  CHECK(history.archive.status()->quarantined.size() >= 1);
  history.services.register_.search_body.reset();
  history.sync_register();
  history.attribute();
  CHECK(score(history).wrong == 0);
}
