#include "federal_register/instruction.hpp"

#include "federal_register/instruction/clauses.hpp"
#include "federal_register/instruction/levels.hpp"
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
void enter_level(InstructionContext& context, const std::optional<std::string>& number) {
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

bool all_alnum(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_alnum);
}

/// "(a)" and, with a letter in front, "heading" and "Note 1".
bool is_plain(const Step& step) {
  constexpr std::size_t longest_paragraph = 5;
  const std::string_view name = step.name;
  if (step.occurrence != 1 || name.empty()) {
    return false;
  }
  if (step.kind == Step::Kind::paragraph) {
    return name.size() > 2 && name.size() <= longest_paragraph && name.front() == '(' &&
           name.back() == ')' && all_alnum(name.substr(1, name.size() - 2));
  }
  return step.kind == Step::Kind::named && is_alpha(name.front()) && name.back() != ' ' &&
         name.find("  ") == std::string_view::npos &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_alnum(c) || c == ' '; });
}

/// "27 CFR 478.11(a)(2) / heading", "27 CFR Part 478": nearly all are so, and there is no question
/// how they are read again.
bool is_plain(const Citation& at) {
  const std::string_view name = at.name();
  const std::size_t dot = std::min(name.find('.'), name.size());
  const bool section = at.kind() == CitationKind::section;
  if ((!section && at.kind() != CitationKind::part) || at.title().size() > 2 ||
      !all_digits(at.title()) || !all_digits(name.substr(0, dot)) ||
      section != (dot < name.size() && all_alnum(name.substr(dot + 1)))) {
    return false;
  }
  const auto is_paragraph = [](const Step& step) { return step.kind == Step::Kind::paragraph; };
  const auto named = std::find_if_not(at.steps().begin(), at.steps().end(), is_paragraph);
  return (section || named == at.steps().begin()) &&
         std::none_of(named, at.steps().end(), is_paragraph) &&
         std::all_of(
             at.steps().begin(), at.steps().end(), [](const Step& step) { return is_plain(step); });
}

/// Why a target cannot be cited, "" when all can.
std::string_view trouble_of(const Citation& at) {
  if (is_plain(at)) {
    return "";
  }
  if (at.name() == unknown_section) {
    return "paragraph of an unknown section";
  }
  if (at.title().empty() && at.kind() != CitationKind::eccn) {
    return "title of the CFR unknown";
  }
  const auto printed = at.to_string();
  const auto parsed = Citation::parse(printed);
  return parsed && parsed->to_string() == printed ? "" : "a name that cannot be cited";
}

std::string_view trouble_of(const std::vector<Operation>& operations) {
  for (const auto& operation : operations) {
    for (const auto& target : operation.targets) {
      if (const auto trouble = trouble_of(target.at); !trouble.empty()) {
        return trouble;
      }
    }
    for (const auto& at : operation.to) {
      if (const auto trouble = trouble_of(at); !trouble.empty()) {
        return trouble;
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

void remember(const Sentences& sentences, const Scene& scene, InstructionContext& context) {
  context.title = scene.title;
  context.part = scene.part;
  context.named = scene.named;
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
  level.verb.reset();
  if (!sentences.clauses.empty()) {
    const Clause& last = sentences.clauses.back();
    if (!last.container && last.objects.targets.empty() && last.words.empty()) {
      level.verb = last.verb;
    }
  }
  context.verb = level.verb;
}

} // namespace

Instruction read_instruction(std::string_view text,
                             InstructionContext& context,
                             const std::vector<std::string>& following) {
  Instruction instruction;
  instruction.text = std::string(text);
  const std::string_view body = without_mark(text);
  if (body.size() > longest_instruction) {
    enter_level(context, std::nullopt);
    instruction.ordinal = context.ordinal;
    instruction.title = context.title;
    instruction.part = context.part;
    instruction.reason = "longer than an instruction can be";
    return instruction;
  }
  const Tokens tokens = tokenise(body);
  Cursor cursor(tokens.list, body);
  enter_level(context, read_number(cursor));
  const bool numbered = !context.ordinal.starts_with('#');
  const InstructionLevel* above =
      context.levels.size() > (numbered ? 1U : 0U)
          ? &context.levels[context.levels.size() - (numbered ? 2U : 1U)]
          : nullptr;

  Scene scene;
  scene.title = context.title;
  scene.part = context.part;
  scene.named = context.named;
  scene.base = above != nullptr ? above->places : std::vector<Target>();
  scene.units = units_set_out(following);
  Sentences sentences = read_sentences(cursor, scene);
  inherit_verb(sentences, above != nullptr ? above->verb : std::nullopt);

  instruction.reason = tokens.balanced ? sentences.reason : "a quotation that does not end";
  instruction.operations = operations_of(sentences, instruction.reason);
  if (instruction.reason.empty()) {
    instruction.reason = trouble_of(instruction.operations);
  }
  instruction.understood = instruction.reason.empty();
  if (!instruction.understood) {
    instruction.operations.clear();
  }
  remember(sentences, scene, context);
  instruction.ordinal = context.ordinal;
  instruction.title = scene.title;
  instruction.part = scene.part;
  if (!instruction.operations.empty()) {
    const Citation& first = instruction.operations.front().targets.front().at;
    instruction.title = first.title().empty() ? scene.title : first.title();
    instruction.part = first.part_number().empty() ? scene.part : first.part_number();
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
