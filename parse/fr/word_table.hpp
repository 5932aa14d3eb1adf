// Tables of words to be replaced, printed under an instruction.
#pragma once

#include "federal_register/instruction.hpp"
#include "model/document.hpp"

#include <pugixml.hpp>

#include <string_view>
#include <vector>

namespace regtrail::parse {

/// The operations of a GPOTABLE whose columns name a place, the words to remove and the words to
/// add in their place, by their heads ("Remove", "Add") or as `instruction` says ("left", "middle"
/// and "right column"). An empty first cell repeats the place above. Empty where a row cannot be
/// read: a part of the table is never taken for the whole.
[[nodiscard]] std::vector<Operation>
word_table_operations(const pugi::xml_node& gpotable,
                      std::string_view instruction,
                      const federal_register::InstructionContext& context);

} // namespace regtrail::parse
