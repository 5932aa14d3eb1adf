#include "ear/instruction.hpp"

#include "ear/prose_citation.hpp"
#include "ear/scan_internal.hpp"

namespace regtrail::ear {

namespace {

/// "2." or "a." in front; advances `pos`.
std::string read_ordinal(std::string_view text, std::size_t& pos) {
  std::size_t end = pos;
  while (end < text.size() && is_alnum(text[end])) {
    ++end;
  }
  if (end == pos || end - pos > 4 || end >= text.size() || text[end] != '.') {
    return "";
  }
  std::string ordinal(text.substr(pos, end - pos));
  pos = skip_blanks(text, end + 1);
  return ordinal;
}

} // namespace

Instruction read_instruction(std::string_view text,
                             InstructionContext& context,
                             const std::vector<std::string>& /*following*/) {
  Instruction instruction;
  instruction.text = std::string(text);
  instruction.title = context.title;
  instruction.part = context.part;
  std::size_t pos = 0;
  instruction.ordinal = read_ordinal(text, pos);
  context.ordinal = instruction.ordinal;
  const auto body = text.substr(pos);
  const auto cited = find_citations(body);
  Operation operation;
  if (has_at(body, 0, "the authority citation for") && !context.part.empty()) {
    operation.verb = find_word(body, "revised") == std::string_view::npos ? Verb::continue_to_read
                                                                          : Verb::revise;
    operation.targets = {Target{
        Citation::part(context.title, context.part).child(Step{Step::Kind::named, "authority", 1}),
        TargetExtent::whole}};
  } else if (cited.size() == 1 && cited[0].citation.kind() == CitationKind::section &&
             (has_at(body, 0, "revise §") || has_at(body, 0, "add §"))) {
    operation.verb = has_at(body, 0, "add") ? Verb::add : Verb::revise;
    operation.targets = {
        Target{Citation::section(context.title, cited[0].citation.name()), TargetExtent::whole}};
  }
  if (operation.targets.empty()) {
    instruction.reason = "unknown wording";
    return instruction;
  }
  instruction.understood = true;
  context.place = operation.targets.front().at;
  instruction.operations.push_back(std::move(operation));
  return instruction;
}

} // namespace regtrail::ear
