// Amendatory instructions: lines of one block, read one after the other.
#include "federal_register/defect_note.hpp"
#include "federal_register/instruction.hpp"
#include "tests/fuzz/laws.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

/// A list of ranges may name many places, but not without bound.
constexpr std::size_t most_targets = 25'000;
/// Generous for sanitizers on a busy machine; a square in the text is far above it.
constexpr auto time_per_byte = std::chrono::microseconds(200);
constexpr auto time_to_start = std::chrono::seconds(2);

void check_citation(const Citation& citation) {
  const std::string printed = citation.to_string();
  const auto read = Citation::parse(printed);
  require(read && read->to_string() == printed, "a target parses back", printed);
}

void check(const Instruction& instruction, std::string_view text) {
  require(instruction.text == text, "an instruction keeps its text", text);
  require(!instruction.ordinal.empty(), "an instruction is numbered", text);
  require(instruction.understood == instruction.reason.empty(),
          "what is not understood says why",
          text);
  require(instruction.understood || instruction.operations.empty(),
          "half understood is not understood",
          text);
  for (const Operation& operation : instruction.operations) {
    require(!operation.targets.empty(), "an operation has a target", text);
    require(operation.verb != Verb::redesignate || operation.to.size() == operation.targets.size(),
            "each redesignated place has its new one",
            text);
    require(operation.targets.size() <= most_targets, "targets are bounded", text);
    for (const Target& target : operation.targets) {
      check_citation(target.at);
    }
    for (const Citation& to : operation.to) {
      check_citation(to);
    }
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto start = std::chrono::steady_clock::now();
  static_cast<void>(federal_register::find_defect_notes(text, "15"));
  federal_register::InstructionContext context;
  context.title = "15";
  context.part = "744";
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    check(federal_register::read_instruction(line, context, {"§ 744.23"}), line);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  require(std::chrono::steady_clock::now() - start <
              time_to_start + time_per_byte * static_cast<std::int64_t>(size),
          "reading is linear in the text");
  return 0;
}
