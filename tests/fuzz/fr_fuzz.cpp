// Federal Register XML byte for byte, and raw text.
#include "notify/render/document.hpp"
#include "parse/fr_xml.hpp"
#include "tests/fuzz/laws.hpp"

#include <cstddef>
#include <cstdint>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

void check_text(const std::string& text, std::string_view what) {
  require(is_valid_utf8(text), "texts are UTF-8", what);
}

void check_instruction(const Instruction& instruction) {
  check_text(instruction.text, "instruction");
  check_text(instruction.reason, "reason");
  require(instruction.understood || !instruction.reason.empty(),
          "what is not understood says why",
          instruction.text);
  for (const Operation& operation : instruction.operations) {
    for (const Target& target : operation.targets) {
      const std::string shown = target.at.to_string();
      const auto again = Citation::parse(shown);
      require(again && *again == target.at, "a target's citation parses back", shown);
    }
  }
  for (const SetOutText& text : instruction.set_out) {
    Unit unit;
    unit.id = text.unit;
    unit.root = text.root;
    check_units({&unit, 1});
  }
}

void check_document(const Document& document) {
  for (const std::string* text : {&document.number,
                                  &document.title,
                                  &document.action,
                                  &document.abstract,
                                  &document.dates_text,
                                  &document.body}) {
    check_text(*text, "document");
  }
  require(document.start_page <= document.end_page, "a document ends where it begins or later");
  for (std::size_t i = 0; i < document.instructions.size(); ++i) {
    check_instruction(document.instructions[i]);
    static_cast<void>(parse::set_out_for(document, i));
  }
  check_text(render::document_json(document), "json");
  check_text(render::document_text(document, {}), "terminal");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto documents = parse::parse_fr_xml(bytes, {});
  if (documents) {
    for (const Document& document : *documents) {
      check_document(document);
    }
    require(*parse::parse_fr_xml(bytes, {}) == *documents, "a second parse gives the same");
  }
  if (const auto raw = parse::parse_fr_raw_text(bytes, {})) {
    check_document(*raw);
  }
  static_cast<void>(parse::is_fr_raw_text(bytes));
  return 0;
}
