#include "federal_register/instruction.hpp"

#include "federal_register/instruction/clauses.hpp"
#include "federal_register/instruction/levels.hpp"
#include "federal_register/instruction/lists.hpp"
#include "federal_register/instruction/places.hpp"
#include "federal_register/instruction/tokens.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::federal_register {

namespace {

using namespace instruction_detail;

constexpr std::size_t longest_instruction = 64UL * 1024;

/// The sign in front of instructions in print, and blanks.
std::string_view without_mark(std::string_view text) {
  constexpr std::string_view mark = "\u25a0";
  text = trimmed(text);
  while (text.starts_with(mark)) {
    text = trimmed(text.substr(mark.size()));
  }
  return text;
}

std::vector<Citation> units_set_out(const std::vector<std::string>& headings) {
  std::vector<Citation> units;
  for (const auto& heading : headings) {
    if (const auto citation = Citation::parse(heading)) {
      units.push_back(citation->steps().empty() ? *citation : citation->unit());
    }
  }
  return units;
}

/// Places the instruction on its level: drops the levels it ends and numbers it.
void open_level(InstructionContext& context, const std::optional<std::string>& number) {
  if (!number) {
    ++context.unnumbered;
    context.ordinal = "#" + std::to_string(context.unnumbered);
    return;
  }
  std::vector<std::string> open;
  for (const auto& level : context.levels) {
    open.push_back(level.number);
  }
  context.levels.resize(std::min(level_of(open, *number), context.levels.size()));
  InstructionLevel level;
  if (!context.levels.empty()) {
    level = context.levels.back();
  }
  level.number = *number;
  context.levels.push_back(std::move(level));
  context.ordinal.clear();
  for (const auto& one : context.levels) {
    context.ordinal += (context.ordinal.empty() ? "" : ".") + one.number;
  }
}

/// Why a place cannot be one of a list: a party without its country, a paragraph of a glossary.
std::string_view list_problem(const Citation& at) {
  if (at.steps().empty()) {
    return "";
  }
  const std::string& first = at.steps().front().name;
  const bool named = std::none_of(first.begin(), first.end(), is_lower);
  const bool child = first == "heading" || first == "entries" || first.starts_with("Footnote") ||
                     first.starts_with("Note") || first.starts_with("text ");
  if (is_party_list(at.unit()) && at.steps().front().kind == Step::Kind::named && !named &&
      !child) {
    return "a party of no country";
  }
  if (at.kind() == CitationKind::appendix && at.name() == "Supplement No. 1 to Part 774" &&
      (first.size() == 1 || at.steps().back().name.size() == 1)) {
    return "an item of no entry";
  }
  if (at.name() == definitions_of_the_ear &&
      (at.steps().front().kind == Step::Kind::paragraph || first.starts_with("Note") ||
       first.starts_with("Technical Note"))) {
    return "a paragraph of no definition";
  }
  return "";
}

/// Why a target cannot be cited, "" when all can.
std::string_view citation_problem(const Citation& at) {
  if (at.name() == unknown_section) {
    return "paragraph of an unknown section";
  }
  if (at.title().empty() && at.kind() != CitationKind::eccn && !is_of_register(at)) {
    return "title of the CFR unknown";
  }
  if (const auto problem = list_problem(at); !problem.empty()) {
    return problem;
  }
  const auto printed = at.to_string();
  const auto parsed = Citation::parse(printed);
  return parsed && parsed->to_string() == printed ? "" : "a name that cannot be cited";
}

std::string_view citation_problem(const std::vector<Operation>& operations) {
  for (const auto& operation : operations) {
    for (const auto& target : operation.targets) {
      if (const auto problem = citation_problem(target.at); !problem.empty()) {
        return problem;
      }
    }
    for (const auto& at : operation.to) {
      if (const auto problem = citation_problem(at); !problem.empty()) {
        return problem;
      }
    }
  }
  return "";
}

/// A verb handed down: "revising the following entries:" and below it only their names.
void inherit_verb(Sentences& sentences, const std::optional<Verb>& verb) {
  if (!verb || sentences.subject.empty() || !sentences.clauses.empty()) {
    return;
  }
  Clause clause;
  clause.verb = *verb;
  clause.objects.targets = std::exchange(sentences.subject, {});
  sentences.clauses.push_back(std::move(clause));
}

void update_context(const Sentences& sentences,
                    const Context& reading,
                    bool understood,
                    InstructionContext& context) {
  context.title = reading.title;
  context.part = reading.part;
  context.named = reading.named;
  context.place = sentences.base.empty() ? Citation() : sentences.base.front().at;
  if (context.levels.empty() || context.ordinal.starts_with('#')) {
    return;
  }
  InstructionLevel& level = context.levels.back();
  constexpr std::size_t most_places = 500;
  level.places = sentences.base.size() > most_places ? std::vector<Target>() : sentences.base;
  level.effective = sentences.effective ? sentences.effective : level.effective;
  level.until = sentences.until ? sentences.until : level.until;
  level.indefinite = sentences.indefinite || level.indefinite;
  level.country = reading.country;
  level.unread = !understood;
  level.verb.reset();
  if (understood && !sentences.clauses.empty()) {
    const Clause& last = sentences.clauses.back();
    if (!last.container && last.objects.targets.empty() && last.words.empty()) {
      level.verb = last.verb;
    }
  }
  context.verb = level.verb;
}

} // namespace

std::optional<int> count_said(std::string_view words) {
  const Tokens tokens = tokenise(words);
  for (const Token& token : tokens.list) {
    if (const auto count = count_of(token)) {
      return count;
    }
  }
  return std::nullopt;
}

Instruction read_instruction(std::string_view text,
                             InstructionContext& context,
                             const std::vector<std::string>& following) {
  Instruction instruction;
  instruction.text = std::string(text);
  const std::string_view body = without_mark(text);
  if (body.size() > longest_instruction) {
    open_level(context, std::nullopt);
    instruction.ordinal = context.ordinal;
    instruction.title = context.title;
    instruction.part = context.part;
    instruction.reason = "longer than an instruction can be";
    return instruction;
  }
  const Tokens tokens = tokenise(body);
  Cursor cursor(tokens.list, body);
  open_level(context, read_number(cursor));
  const bool numbered = !context.ordinal.starts_with('#');
  const InstructionLevel* above =
      context.levels.size() > (numbered ? 1U : 0U)
          ? &context.levels[context.levels.size() - (numbered ? 2U : 1U)]
          : nullptr;

  Context reading;
  reading.title = context.title;
  reading.part = context.part;
  reading.named = context.named;
  reading.corrected = context.corrected;
  // What stands below words that were not understood is placed by its own words only.
  if (above == nullptr || !above->unread) {
    reading.base = above != nullptr ? above->places : std::vector<Target>();
    reading.country = above != nullptr ? above->country : Citation();
    reading.units = units_set_out(following);
  }
  Sentences sentences = read_sentences(cursor, reading);
  inherit_verb(sentences, above != nullptr ? above->verb : std::nullopt);

  instruction.reason = tokens.balanced ? sentences.reason : "a quotation that does not end";
  instruction.operations = operations_of(sentences, instruction.reason);
  if (instruction.reason.empty()) {
    instruction.reason = citation_problem(instruction.operations);
  }
  instruction.understood = instruction.reason.empty();
  if (!instruction.understood) {
    instruction.operations.clear();
  }
  update_context(sentences, reading, instruction.understood, context);
  instruction.ordinal = context.ordinal;
  instruction.title = reading.title;
  instruction.part = reading.part;
  if (!instruction.operations.empty()) {
    const Citation& first = instruction.operations.front().targets.front().at;
    instruction.title = first.title().empty() ? reading.title : first.title();
    instruction.part = first.part_number().empty() ? reading.part : first.part_number();
  }
  const InstructionLevel* level = numbered ? &context.levels.back() : above;
  instruction.effective = sentences.effective;
  instruction.until = sentences.until;
  instruction.indefinite = sentences.indefinite;
  if (level != nullptr) {
    instruction.effective = instruction.effective ? instruction.effective : level->effective;
    instruction.until = instruction.until ? instruction.until : level->until;
    instruction.indefinite = instruction.indefinite || level->indefinite;
  }
  return instruction;
}

} // namespace regtrail::federal_register
