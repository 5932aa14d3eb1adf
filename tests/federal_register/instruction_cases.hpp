// Rows of instructions of title 15 and what they are read into.
#pragma once

#include "federal_register/instruction.hpp"
#include "tests/federal_register/amdpars.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace instruction_cases {

/// Each read behind the one before it; the last one's operations.
inline std::string last_of(const std::string& part, const std::vector<std::string>& lines) {
  regtrail::federal_register::InstructionContext context;
  context.title = "15";
  context.part = part;
  regtrail::Instruction instruction;
  for (const auto& line : lines) {
    instruction = regtrail::federal_register::read_instruction(line, context);
  }
  return compact(instruction);
}

struct Case {
  std::string text;
  std::string expected;
};

inline void check_all(const std::string& part, const std::vector<Case>& cases) {
  for (const auto& one : cases) {
    CAPTURE(one.text);
    CHECK(last_of(part, {one.text}) == one.expected);
  }
}

} // namespace instruction_cases
