// Lists of amendatory instructions in prose, by their numbers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register {

struct InstructionList {
  std::vector<std::string> numbers; ///< "3", "4.b"; the members of "6 through 8" one by one
  std::size_t begin = std::string_view::npos; ///< of its word "instruction" in the text
  std::size_t end = 0;                        ///< behind its last number
};

/// The first list in `text`, which is in lower case: "amendatory instructions 3, 4.b, and 6 through
/// 8". Without numbers where there is none.
[[nodiscard]] InstructionList find_instruction_list(std::string_view text);

} // namespace regtrail::federal_register
