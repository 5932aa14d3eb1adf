// Real documents: counts and texts against libxml2's own reading of the same files.
#include "model/text.hpp"
#include "tests/parse/corpus.hpp"
#include "tests/parse/fr/fr_form.hpp"

#include <libxml/parser.h>
#include <libxml/xpath.h>

#include <algorithm>
#include <memory>
#include <set>

using namespace regtrail;
using namespace fr_form;
namespace fs = std::filesystem;

namespace {

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

struct FreeContext {
  void operator()(xmlXPathContext* context) const { xmlXPathFreeContext(context); }
};

struct FreeObject {
  void operator()(xmlXPathObject* object) const { xmlXPathFreeObject(object); }
};

class XPath {
public:
  explicit XPath(const std::string& bytes)
      : m_document(xmlReadMemory(bytes.data(),
                                 static_cast<int>(bytes.size()),
                                 "oracle.xml",
                                 nullptr,
                                 XML_PARSE_NONET | XML_PARSE_HUGE)),
        m_context(xmlXPathNewContext(m_document.get())) {
    REQUIRE(m_document != nullptr);
  }

  std::size_t count(const std::string& element) const {
    const Object object = evaluate("count(//" + element + ")");
    return static_cast<std::size_t>(object->floatval);
  }

  /// Texts without any white space.
  Strings texts(const std::string& expression) const {
    const Object object = evaluate(expression);
    Strings out;
    for (int i = 0; object->nodesetval != nullptr && i < object->nodesetval->nodeNr; ++i) {
      xmlChar* content = xmlNodeGetContent(object->nodesetval->nodeTab[i]);
      out.push_back(reinterpret_cast<const char*>(content));
      xmlFree(content);
    }
    return out;
  }

private:
  using Object = std::unique_ptr<xmlXPathObject, FreeObject>;

  [[nodiscard]] Object evaluate(const std::string& expression) const {
    Object object(xmlXPathEvalExpression(reinterpret_cast<const xmlChar*>(expression.c_str()),
                                         m_context.get()));
    REQUIRE(object != nullptr);
    return object;
  }

  std::unique_ptr<xmlDoc, FreeDocument> m_document;
  std::unique_ptr<xmlXPathContext, FreeContext> m_context;
};

std::string without_blanks(std::string_view text) {
  std::string folded = normalise(text);
  folded.erase(std::remove(folded.begin(), folded.end(), ' '), folded.end());
  return folded;
}

std::vector<fs::path> xml_files(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(corpus::root() / folder)) {
    if (entry.path().extension() == ".xml") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool from_running_text(const Instruction& instruction) {
  return instruction.reason.find("printed as running text") != std::string::npos;
}

std::size_t count_type(const std::vector<Document>& documents, DocumentType type) {
  return static_cast<std::size_t>(
      std::count_if(documents.begin(), documents.end(), [&](const Document& document) {
        return document.type == type;
      }));
}

/// Dashes of all lengths as one: what GPO's change of early 2024 did.
std::string folded(std::string text) {
  for (const std::string dash : {"–", "—"}) {
    for (std::size_t at = text.find(dash); at != std::string::npos; at = text.find(dash, at)) {
      text.replace(at, dash.size(), "-");
    }
  }
  return text;
}

void fold(Node& node) {
  node.text = folded(node.text);
  node.label = folded(node.label);
  node.designator = folded(node.designator);
  node.published = node.normalised = {};
  for (Node& child : node.children) {
    fold(child);
  }
}

Document folded(Document document) {
  for (std::string* text : {&document.title,
                            &document.action,
                            &document.abstract,
                            &document.dates_text,
                            &document.body}) {
    *text = folded(*text);
  }
  for (Strings* list : {&document.agencies, &document.not_understood, &document.editorial_notes}) {
    for (std::string& text : *list) {
      text = folded(text);
    }
  }
  for (DatedClause& clause : document.clauses) {
    clause.words = folded(clause.words);
  }
  for (Instruction& instruction : document.instructions) {
    instruction.text = folded(instruction.text);
    instruction.reason = folded(instruction.reason);
    for (Operation& operation : instruction.operations) {
      operation.old_words = folded(operation.old_words);
      operation.new_words = folded(operation.new_words);
      operation.note = folded(operation.note);
    }
    for (SetOutText& text : instruction.set_out) {
      fold(text.root);
    }
  }
  return document;
}

} // namespace

TEST_CASE("every document and instruction of the corpus is found, none twice", "[corpus]") {
  NEEDS_CORPUS("fr/rules");
  std::vector<fs::path> files = xml_files("fr/rules");
  for (const char* folder : {"fr/issues", "presidential"}) {
    const auto more = xml_files(folder);
    files.insert(files.end(), more.begin(), more.end());
  }
  REQUIRE(files.size() > 200);
  std::size_t all_instructions = 0;
  for (const fs::path& file : files) {
    CAPTURE(file);
    const std::string bytes = corpus::read(file);
    const std::vector<Document> documents = parsed(bytes);
    const XPath oracle(bytes);
    CHECK(count_type(documents, DocumentType::rule) == oracle.count("RULE"));
    CHECK(count_type(documents, DocumentType::proposed_rule) == oracle.count("PRORULE"));
    CHECK(count_type(documents, DocumentType::notice) == oracle.count("NOTICE"));
    CHECK(count_type(documents, DocumentType::presidential) == oracle.count("PRESDOCU"));
    CHECK(documents.size() == oracle.count("FRDOC"));
    // the words of every AMDPAR, in order; the corpus has residue of other readers in a few
    Strings amdpars = oracle.texts("//AMDPAR");
    Strings texts;
    std::set<std::string> parts;
    for (const Document& document : documents) {
      CHECK_FALSE(document.number.empty());
      CHECK_FALSE(document.title.empty());
      for (const Instruction& instruction : document.instructions) {
        if (!from_running_text(instruction)) {
          texts.push_back(without_blanks(instruction.text));
        }
        CHECK((instruction.page == 0 ||
               (instruction.page >= document.start_page && instruction.page <= document.end_page)));
      }
      for (const CfrPart& part : document.cfr) {
        parts.insert(part.part);
      }
    }
    all_instructions += texts.size();
    std::transform(amdpars.begin(), amdpars.end(), amdpars.begin(), [](const std::string& text) {
      return without_blanks(text);
    });
    REQUIRE(texts.size() == amdpars.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      CHECK(texts[i] == amdpars[i]);
    }
    for (const std::string& part : oracle.texts("//REGTEXT/@PART")) {
      CAPTURE(part);
      CHECK(parts.count(part) == 1);
    }
  }
  CHECK(all_instructions == 821);
}

TEST_CASE("an issue before and after the change of dashes is the same issue", "[corpus]") {
  NEEDS_CORPUS("fr/issues");
  const auto read = [](const std::string& name) {
    return parsed(corpus::read(corpus::root() / "fr/issues" / name));
  };
  const std::vector<Document> before = read("FR-2024-02-12_as-published.xml");
  const std::vector<Document> after = read("FR-2024-02-12_after-dash-change.xml");
  REQUIRE(before.size() == after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    CAPTURE(before[i].number);
    CHECK((folded(before[i]) == folded(after[i])));
  }
}

TEST_CASE("raw text and XML agree on number, dates and instructions", "[corpus]") {
  NEEDS_CORPUS("fr/rules");
  const std::string name = GENERATE("05-7305", "E6-10730");
  CAPTURE(name);
  const Document xml = only(corpus::read(corpus::root() / "fr/rules" / (name + ".xml")));
  const auto raw =
      parse::parse_fr_raw_text(corpus::read(corpus::root() / "fr/rules" / (name + ".htm")), {});
  REQUIRE(raw);
  CHECK(raw->number == xml.number);
  CHECK(raw->filed == xml.filed);
  CHECK(raw->signed_on == xml.signed_on);
  CHECK(raw->effective == xml.effective);
  CHECK(raw->comments_close == xml.comments_close);
  CHECK(raw->start_page == xml.start_page);
  CHECK(raw->end_page == xml.end_page);
  CHECK(raw->cfr == xml.cfr);
  CHECK(raw->title == xml.title);
  CHECK(raw->action == xml.action);
  REQUIRE(raw->instructions.size() == xml.instructions.size());
  for (std::size_t i = 0; i < xml.instructions.size(); ++i) {
    const Instruction& left = raw->instructions[i];
    const Instruction& right = xml.instructions[i];
    CHECK(normalise(left.text) == normalise(right.text));
    CHECK(left.ordinal == right.ordinal);
    CHECK(left.operations == right.operations);
    CHECK(left.page == right.page);
    CHECK(left.part == right.part);
  }
}

TEST_CASE("a file in another vocabulary is named", "[corpus]") {
  NEEDS_CORPUS("fr/uslm");
  const auto documents = parse::parse_fr_xml(
      corpus::read(corpus::root() / "fr/uslm/BIS-2017-21003-rule-fragment-uslm.xml"), {});
  REQUIRE_FALSE(documents);
  CHECK_THAT(documents.error().message, Catch::Matchers::Contains("USLM"));
}
