// Watches, and numbers of the tariff, in documents of other agencies.
#include "tests/diff/relevance/support.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

using namespace regtrail;
using namespace regtrail::test;

namespace {

struct Row {
  Document document;
  bool matters = false;
  std::vector<std::string> must;
};

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, ';');) {
    parts.push_back(part);
  }
  return parts;
}

DocumentType type_of(const std::string& word) {
  return word == "rule"            ? DocumentType::rule
         : word == "proposed_rule" ? DocumentType::proposed_rule
         : word == "presidential"  ? DocumentType::presidential
                                   : DocumentType::notice;
}

/// Columns: number, published, agency, type, cfr, title, abstract, body,
/// matters, must.
Row row_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) {
    cells.push_back(cell);
  }
  cells.resize(10);
  Row row;
  row.document.number = cells[0];
  row.document.published = *Date::parse(cells[1]);
  row.document.agencies = split_list(cells[2]);
  row.document.type = type_of(cells[3]);
  for (const auto& part : split_list(cells[4])) {
    const std::size_t at = part.find(" CFR ");
    row.document.cfr.push_back({part.substr(0, at), part.substr(at + 5)});
  }
  row.document.title = cells[5];
  row.document.abstract = cells[6];
  row.document.body = cells[7];
  row.matters = cells[8] == "yes";
  row.must = split_list(cells[9]);
  return row;
}

std::vector<Row> labelled_rows() {
  std::istringstream in(regtrail::testing::read_file(
      regtrail::testing::source_path("tests/diff/relevance/watched_documents.tsv")));
  std::vector<Row> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    rows.push_back(row_of(line));
  }
  return rows;
}

Register register_in(const std::string& file) {
  const auto loaded = parse::parse_register(
      regtrail::testing::read_file(regtrail::testing::source_path(file)), file);
  INFO((loaded ? std::string() : loaded.error().message));
  REQUIRE(loaded);
  return *loaded;
}

/// Asks with `source`; what is wrong, a line a document, and how many are told
/// that need not be.
struct Outcome {
  std::string missed;
  std::string silent; ///< matter, and nobody is told
  std::string severe;
  std::string told;
  int needless = 0;

  explicit Outcome(const Register& source) {
    const diff::Matcher matcher(source);
    for (const Row& row : labelled_rows()) {
      std::set<std::string> ids;
      for (const Hit& hit : matcher.match(row.document)) {
        if (!hit.near) {
          ids.insert(hit.category);
        }
        if (hit.severity > 3) {
          severe += row.document.number + ' ' + row.document.title + ": " + hit.category + '\n';
        }
      }
      for (const auto& id : row.must) {
        if (ids.count(id) == 0) {
          missed += row.document.number + ' ' + row.document.title + ": " + id + '\n';
        }
      }
      if (row.matters && ids.empty()) {
        silent += row.document.number + ' ' + row.document.title + '\n';
      }
      if (!row.matters && !ids.empty()) {
        ++needless;
        told += row.document.number + ' ' + row.document.title + ':';
        for (const auto& id : ids) {
          told += ' ' + id;
        }
        told += '\n';
      }
    }
  }
};

Watch watch(const std::string& id) {
  Watch result;
  result.id = id;
  result.label_en = id;
  return result;
}

Document notice(const std::string& title, const std::string& abstract = "", std::string body = "") {
  Document result;
  result.number = "2026-31000";
  result.type = DocumentType::notice;
  result.agencies = {"Energy Department", "Federal Energy Regulatory Commission"};
  result.title = title;
  result.abstract = abstract;
  result.body = std::move(body);
  return result;
}

/// The hit of `id`, score 0 where there is none.
Hit hit_of(const Register& source, const Document& document, const std::string& id) {
  const diff::Matcher matcher(source);
  for (const Hit& hit : matcher.match(document)) {
    if (hit.category == id) {
      return hit;
    }
  }
  return {};
}

Register asking(Watch asked) {
  Register source;
  source.watches.push_back(std::move(asked));
  return source;
}

} // namespace

TEST_CASE("watches find the thirty documents of 400 that concern somebody",
          "[relevance][watches]") {
  const auto rows = labelled_rows();
  CHECK(rows.size() == 400);
  CHECK(std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.matters; }) == 30);
  const Outcome outcome(register_in("tests/diff/relevance/watched_documents.toml"));
  INFO(outcome.told);
  CHECK(outcome.missed.empty());
  CHECK(outcome.severe.empty());
  CHECK(outcome.needless <= 10);
}

TEST_CASE("categories beside the watches tell few documents more", "[relevance][watches]") {
  Register source = shipped_register();
  source.watches = register_in("tests/diff/relevance/watched_documents.toml").watches;
  const Outcome outcome(source);
  INFO(outcome.told);
  CHECK(outcome.missed.empty());
  CHECK(outcome.severe.empty());
  CHECK(outcome.needless <= 10);
}

TEST_CASE("the starter watches find them too", "[relevance][watches]") {
  Register source = shipped_register();
  source.watches = register_in("cli/data/watches.toml").watches;
  const Outcome outcome(source);
  INFO(outcome.told);
  CHECK(outcome.silent.empty());
  CHECK(outcome.severe.empty());
  CHECK(outcome.needless <= 10);
}

TEST_CASE("a watch covers a document of its agencies, types and places", "[relevance][watches]") {
  struct Question {
    std::vector<std::string> agencies;
    std::vector<std::string> types;
    std::vector<std::string> cfr;
    std::vector<std::string> of; ///< agencies of the document
    DocumentType type;
    std::vector<CfrPart> parts;
    bool covered;
  };

  const std::vector<std::string> ferc{"Energy Department", "Federal Energy Regulatory Commission"};
  const auto row = GENERATE_COPY(values<Question>({
      {{"energy-department"}, {}, {}, ferc, DocumentType::notice, {}, true},
      {{"federal-energy-regulatory-commission"}, {}, {}, ferc, DocumentType::notice, {}, true},
      {{"energy-department"}, {}, {}, {"DEPARTMENT OF ENERGY"}, DocumentType::notice, {}, true},
      {{"energy"}, {}, {}, ferc, DocumentType::notice, {}, false},
      {{"labor-department", "engineers-corps"},
       {},
       {},
       {"Defense Department", "Engineers Corps"},
       DocumentType::notice,
       {},
       true},
      {{"u-s-customs-and-border-protection"},
       {},
       {},
       {"U.S. Customs and Border Protection"},
       DocumentType::notice,
       {},
       true},
      {{"trade-representative-office-of-united-states"},
       {},
       {},
       {"Trade Representative, Office of United States"},
       DocumentType::notice,
       {},
       true},
      {{"interior-department"}, {}, {}, ferc, DocumentType::notice, {}, false},
      {{"interior-department"}, {}, {}, {}, DocumentType::notice, {}, false},
      {{}, {"rule", "proposed_rule"}, {}, ferc, DocumentType::proposed_rule, {}, true},
      {{}, {"rule"}, {}, ferc, DocumentType::proposed_rule, {}, false},
      {{}, {"presidential"}, {}, ferc, DocumentType::presidential, {}, true},
      {{}, {"notice"}, {}, ferc, DocumentType::rule, {}, false},
      {{}, {"rule"}, {}, ferc, DocumentType::correction, {}, true},
      {{}, {"rule"}, {}, ferc, DocumentType::measure, {}, false},
      {{}, {}, {"48 CFR"}, ferc, DocumentType::rule, {{"48", "552"}}, true},
      {{}, {}, {"48 CFR 39"}, ferc, DocumentType::rule, {{"48", "25"}, {"48", "39"}}, true},
      {{}, {}, {"48 CFR 39"}, ferc, DocumentType::rule, {{"48", "390"}}, false},
      {{}, {}, {"48 CFR 39"}, ferc, DocumentType::rule, {{"15", "39"}}, false},
      {{}, {}, {"48 CFR 39"}, ferc, DocumentType::rule, {}, false},
      {{"energy-department"},
       {"rule"},
       {"18 CFR 35"},
       ferc,
       DocumentType::rule,
       {{"18", "35"}},
       true},
      {{"energy-department"},
       {"rule"},
       {"18 CFR 35"},
       ferc,
       DocumentType::rule,
       {{"18", "36"}},
       false},
  }));
  Watch asked = watch("w");
  asked.agencies = row.agencies;
  asked.types = row.types;
  asked.cfr = row.cfr;
  Document document = notice("Fees");
  document.agencies = row.of;
  document.type = row.type;
  document.cfr = row.parts;
  INFO((row.agencies.empty() ? "" : row.agencies.front()));
  INFO((row.cfr.empty() ? "" : row.cfr.front()));
  const Hit hit = hit_of(asking(asked), document, "w");
  CHECK((hit.score > 0) == row.covered);
  CHECK_FALSE(hit.near);
  if (row.covered) {
    CHECK(hit.entry == EntryKind::watch);
    CHECK(hit.severity == 2);
    REQUIRE(hit.reasons.size() == 1);
    CHECK(hit.reasons[0].signal == Signal::watch);
  }
}

TEST_CASE("where a term of a watch stands decides how it is told", "[relevance][watches]") {
  struct Told {
    const char* title;
    const char* abstract;
    const char* body;
    int severity; ///< 0: no hit
    bool near;
    const char* first; ///< the words of the first reason
  };

  const auto row = GENERATE(values<Told>({
      {"Siting of Data Centers", "", "", 3, false, "Data Centers"},
      {"Siting", "A datacenter is sited.", "", 2, false, "datacenter"},
      {"Siting", "", "The data-center stands alone.", 1, true, "data-center"},
      {"Siting", "", "A data center, and data centers again.", 1, true, "data center"},
      {"Siting", "", "A data center is a large load.", 1, false, "data center"},
      {"Siting", "", "A large load tariff is filed.", 1, true, "large load tariff"},
      {"Siting", "Large loads.", "A data center.", 2, false, "Large loads"},
      {"Siting", "Data from a center, data; center it.", "large overload", 0, false, ""},
      {"Siting", "The LLM answers.", "", 2, false, "LLM"},
      {"Siting", "The llm is a weed.", "", 0, false, ""},
      {"データセンターの設置", "", "", 3, false, "データセンター"},
      {"ﾄﾞｰﾀﾞ", "", "", 0, false, ""},
      {"ﾃﾞｰﾀｾﾝﾀ", "", "", 3, false, "ﾃﾞｰﾀｾﾝﾀ"},
  }));
  Watch asked = watch("w");
  asked.agencies = {"energy-department"};
  asked.terms = {"data center", "large load", "large load tariff", "LLM", "データセンター"};
  INFO(row.title << " / " << row.abstract << " / " << row.body);
  const Hit hit = hit_of(asking(asked), notice(row.title, row.abstract, row.body), "w");
  CHECK((hit.score > 0) == (row.severity > 0));
  if (row.severity > 0) {
    CHECK(hit.severity == row.severity);
    CHECK(hit.near == row.near);
    REQUIRE(hit.reasons.size() >= 2);
    CHECK(hit.reasons.front().signal == Signal::term);
    CHECK(hit.reasons.front().words == row.first);
    CHECK(hit.reasons.back().signal == Signal::watch);
    CHECK(hit.reasons.back().words == "Energy Department");
  }
}

TEST_CASE("a disabled watch and the watch of a page are not hit by documents",
          "[relevance][watches]") {
  Watch asked = watch("w");
  asked.terms = {"data center"};
  const Document document = notice("A Data Center");
  CHECK(hit_of(asking(asked), document, "w").score > 0);
  asked.enabled = false;
  CHECK(hit_of(asking(asked), document, "w").score == 0);
  asked.enabled = true;
  asked.address = "https://www.example.gov/plan";
  CHECK(hit_of(asking(asked), document, "w").score == 0);
}

TEST_CASE("numbers of the tariff name products and categories by prefix", "[relevance][watches]") {
  struct Named {
    const char* own;
    const char* text;
    const char* words; ///< "": not named
  };

  const auto row = GENERATE(values<Named>({
      {"8471.50", "articles of subheading 8471.50.0150", "8471.50.0150"},
      {"8471.50", "articles of subheading 8471.50", "8471.50"},
      {"8471.50.01.50", "articles of subheading 8471.50", "8471.50"},
      {"847150", "articles of heading 8471", "8471"},
      {"8471", "articles of 8471.80.10", "8471.80.10"},
      {"8471.60", "subheadings 8471.50 through 8471.80", "8471.50 through 8471.80"},
      {"8471.90", "subheadings 8471.50 through 8471.80", ""},
      {"8471.50", "heading 8471, of it subheading 8471.50, of it 8471.50.01", "8471.50"},
      {"8471.50", "subheadings 8471.50.01 and 8471.50.80", "8471.50.01"},
      {"8471.50", "subheading 8471.5", ""},
      {"8471.50", "subheadings 8471.41 and 8471.60", ""},
      {"8472.50", "heading 8471", ""},
      {"8481.80.30", "heading 8481.80.50", ""},
      {"8471.50", "an import fee of $8471.50", ""},
      {"8471", "8471 importers paid a duty", ""},
      {"1862", "tariffs under section 232 (19 U.S.C. 1862)", ""},
  }));
  INFO(row.own << " / " << row.text);
  Register source;
  Product product;
  product.id = "own";
  product.hs = {row.own};
  source.products.push_back(product);
  const auto in = GENERATE(0, 1, 2);
  Document document = notice("Duties");
  (in == 0 ? document.title : in == 1 ? document.abstract : document.body) = row.text;
  const Hit hit = hit_of(source, document, "own");
  const auto reason = std::find_if(hit.reasons.begin(), hit.reasons.end(), [](const Reason& each) {
    return each.signal == Signal::hs;
  });
  if (*row.words == '\0') {
    CHECK(hit.score == 0);
    return;
  }
  CHECK(hit.entry == EntryKind::product);
  CHECK(hit.severity == 4);
  CHECK_FALSE(hit.near);
  REQUIRE(reason != hit.reasons.end());
  CHECK(reason->words == row.words);
  CHECK(reason->own == row.own);
  CHECK(reason->at == "2026-31000");
  CHECK(std::count_if(hit.reasons.begin(), hit.reasons.end(), [](const Reason& each) {
          return each.signal == Signal::hs;
        }) == 1);
}

TEST_CASE("numbers of the tariff alone make a category near at most", "[relevance][watches]") {
  Register source;
  Category category;
  category.id = "own";
  category.weight = 0.5;
  category.terms_en = {"server"};
  category.hs = {"8471.50", "8471.80", "8473.30"};
  source.categories.push_back(category);
  const std::string numbers = "articles of subheadings 8471.50, 8471.80 and 8473.30";
  CHECK(hit_of(source, notice("Duties", "", "articles of 8471.50"), "own").score == 0);
  const Hit alone = hit_of(source, notice("Duties", "", numbers), "own");
  CHECK(alone.near);
  CHECK(alone.severity == 1);
  REQUIRE(alone.reasons.size() == 3);
  CHECK(alone.reasons[0].own == "8471.50");
  CHECK(hit_of(source, notice("Duties", "on a server"), "own").near);
  const Hit both = hit_of(source, notice("Duties", "on a server", numbers), "own");
  CHECK_FALSE(both.near);
  CHECK(both.severity == 2);
  CHECK(hit_of(source, notice("Duties", "on heading 8471"), "own").score == 0); // one number
}

TEST_CASE("a document of another agency is at most medium but for what is one's own",
          "[relevance][watches]") {
  Register source;
  Product burner;
  burner.id = "burner";
  burner.eccn = {"2B999.n"};
  burner.hs = {"8514.19"};
  source.products.push_back(burner);
  Category furnaces;
  furnaces.id = "furnaces";
  furnaces.eccn = {"2B999"};
  source.categories.push_back(furnaces);
  const auto severity = [&](Document document, const char* agency, const std::string& id) {
    document.agencies = {agency};
    return hit_of(source, document, id).severity;
  };
  Document entry = notice("Lists");
  Instruction instruction;
  instruction.understood = true;
  Operation operation;
  operation.verb = Verb::add;
  operation.targets.push_back({cite("ECCN 2B999.n.1")});
  instruction.operations.push_back(operation);
  entry.instructions.push_back(instruction);
  CHECK(severity(entry, "Bureau of Industry and Security", "furnaces") == 5);
  CHECK(severity(entry, "INDUSTRY AND SECURITY BUREAU", "furnaces") == 5);
  CHECK(severity(entry, "Environmental Protection Agency", "furnaces") == 3);
  CHECK(severity(entry, "Environmental Protection Agency", "burner") == 5);
  entry.cfr = {{"22", "121"}, {"15", "774"}};
  CHECK(severity(entry, "State Department", "furnaces") == 5);
  entry.cfr = {{"22", "121"}, {"15", "705"}};
  CHECK(severity(entry, "State Department", "furnaces") == 3);
  CHECK(severity(notice("Duties", "subheading 8514.19"), "Treasury Department", "burner") == 4);
}

TEST_CASE("what a watch passes over is near for categories that the user did "
          "not write",
          "[relevance][watches]") {
  struct Passed {
    const char* agency;
    DocumentType type;
    const char* title;
    std::vector<CfrPart> parts;
    bool starter_near;
    bool own_near;
  };

  const auto row = GENERATE(values<Passed>({
      {"Energy Department", DocumentType::rule, "Distribution transformers", {}, true, false},
      {"Energy Department", DocumentType::rule, "Transformers of a data center", {}, false, false},
      {"Energy Department", DocumentType::rule, "Transformers", {{"31", "850"}}, false, false},
      {"Energy Department", DocumentType::rule, "Transformers", {{"48", "52"}}, true, false},
      {"Energy Department", DocumentType::rule, "Transformers", {{"15", "734"}}, false, false},
      {"Energy Department", DocumentType::presidential, "Transformers", {}, false, false},
      {"Labor Department", DocumentType::rule, "Transformers", {}, false, false},
      {"Industry and Security Bureau", DocumentType::rule, "Transformers", {}, false, false},
  }));
  Register source = asking(watch("w"));
  source.watches[0].agencies = {"energy-department", "industry-and-security-bureau"};
  source.watches[0].terms = {"data center"};
  Category starter;
  starter.id = "starter";
  starter.evidence = "gk";
  starter.terms_en = {"transformer"};
  starter.cfr = {"31 CFR 850", "48 CFR 1-53"};
  source.categories.push_back(starter);
  starter.id = "own";
  starter.evidence = "";
  source.categories.push_back(starter);
  Document document = notice(row.title);
  document.agencies = {row.agency};
  document.type = row.type;
  document.cfr = row.parts;
  INFO(row.agency << ": " << row.title << ' ' << row.parts.size());
  CHECK(hit_of(source, document, "starter").near == row.starter_near);
  CHECK(hit_of(source, document, "own").near == row.own_near);
  CHECK(hit_of(source, document, "starter").score > 0);
}

TEST_CASE("notices of records and of collections are told by their titles only",
          "[relevance][watches]") {
  struct Routine {
    const char* title;
    const char* abstract;
    const char* body;
    bool near;
  };

  const auto row = GENERATE(values<Routine>({
      {"Privacy Act of 1974; System of Records", "Kept in a data center.", "A large load.", true},
      {"Agency Information Collection Activities: Visitors", "On a data center.", "", true},
      {"Proposed Data Collection: Visitors", "", "A data center; a large load.", true},
      {"Agency Information Collection: Use of Power in Data Centers", "", "", false},
      {"Collection of Fees", "On a data center.", "", false},
  }));
  Watch asked = watch("w");
  asked.terms = {"data center", "large load"};
  INFO(row.title);
  const Hit hit = hit_of(asking(asked), notice(row.title, row.abstract, row.body), "w");
  REQUIRE(hit.score > 0);
  CHECK(hit.near == row.near);
  CHECK(hit.severity <= (row.near ? 1 : 3));
}

TEST_CASE("a party is found in the body of a document without instructions",
          "[relevance][watches]") {
  Register source;
  Party partner;
  partner.id = "partner";
  partner.names = {"Kitahama Vacuum Co., Ltd."};
  source.parties.push_back(partner);
  const Hit hit = hit_of(
      source,
      notice("Notice of Sanctions Actions", "", "Entities:\n1. KITAHAMA VACUUM CO LTD, Osaka."),
      "partner");
  CHECK(hit.entry == EntryKind::party);
  CHECK_FALSE(hit.near);
  CHECK(hit.severity == 3);
}
