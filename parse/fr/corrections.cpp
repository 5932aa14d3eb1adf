#include "parse/fr/corrections.hpp"

#include "federal_register/correction_text.hpp"
#include "model/phrases.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace regtrail::parse {

using federal_register::is_correction;
using federal_register::read_correction;

void read_corrections(Document& document, const CorrectedSections& sections) {
  for (Instruction& instruction : document.instructions) {
    if (instruction.understood || !is_correction(instruction.text)) {
      continue;
    }
    const auto section = sections.find(instruction.text);
    Instruction read = read_correction(instruction.text,
                                       section == sections.end() ? Citation() : section->second,
                                       instruction.title);
    instruction.understood = read.understood;
    instruction.reason = std::move(read.reason);
    instruction.operations = std::move(read.operations);
  }
  const std::string title = document.cfr.empty() ? "15" : document.cfr.front().title;
  Citation place;
  int counted = 0;
  for (const std::string_view line : split(document.body, '\n')) {
    Citation heading = federal_register::corrected_place(line, title);
    if (!heading.empty()) {
      place = std::move(heading);
    }
    if (is_correction(line)) {
      Instruction read = read_correction(line, place, title);
      // Agencies mend the preambles of their rules in this form, too: no instruction.
      if (!read.understood && document.type != DocumentType::correction) {
        continue;
      }
      ++counted;
      if (read.ordinal.empty()) {
        read.ordinal = fmt::format("#{}", counted);
      }
      read.reason += read.reason.empty() ? "" : "; ";
      read.reason += "printed as running text";
      document.instructions.push_back(std::move(read));
    }
  }
}

} // namespace regtrail::parse
