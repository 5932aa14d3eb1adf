#include "parse/fr/set_out_placer.hpp"

#include "parse/ecfr/inline_text.hpp"
#include "parse/ecfr/tree_builder.hpp"
#include "parse/fr/mending.hpp"
#include "parse/fr/set_out.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace regtrail::parse {
namespace {

std::string text_of(const pugi::xml_node& element) {
  return resolve_inline(element).text;
}

/// "The additions read as follows:"
bool introduces_text(std::string_view text) {
  constexpr std::size_t longest = 200;
  return text.size() < longest && (text.starts_with("The ") || text.starts_with("To ")) &&
         (text.ends_with("follows:") || text.ends_with("follows."));
}

bool sets_out(Verb verb) {
  static constexpr std::array<Verb, 7> verbs = {Verb::revise,
                                                Verb::add,
                                                Verb::republish,
                                                Verb::revise_and_republish,
                                                Verb::correct,
                                                Verb::continue_to_read,
                                                Verb::designate};
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

} // namespace

void SetOutPlacer::place(std::vector<SetOutPiece>& pieces,
                         const std::string& status,
                         std::size_t first) {
  m_first = first;
  m_status = status;
  m_said = false;
  m_wrapper = {};
  find_candidates();
  const Instruction& instruction = m_document.instructions[first];
  const CfrPart part{instruction.title, instruction.part};
  for (SetOutPiece& piece : pieces) {
    const bool of_division = piece.nesting == SetOutPiece::Nesting::in_division;
    if (m_wrapper.element && of_division && piece.kind != SetOutPiece::Kind::loose) {
      m_wrapper.element.append_move(piece.node);
    } else {
      place_one(piece, part);
    }
  }
  close();
}

void SetOutPlacer::find_candidates() {
  m_candidates.clear();
  for (std::size_t i = m_first; i < m_document.instructions.size(); ++i) {
    for (const Operation& operation : m_document.instructions[i].operations) {
      if (!sets_out(operation.verb)) {
        continue;
      }
      for (const Target& target : operation.targets) {
        Candidates& known =
            m_candidates.try_emplace(target.at.unit(), Candidates{i, 0}).first->second;
        known.count += known.count == 0 || known.first != i ? 1U : 0U; // two of one are one
      }
    }
  }
}

void SetOutPlacer::place_one(SetOutPiece& piece, const CfrPart& part) {
  if (piece.kind == SetOutPiece::Kind::loose) {
    loose(piece.node, part);
    return;
  }
  close();
  switch (piece.kind) {
  case SetOutPiece::Kind::section:
    give(set_out_section(piece.node, part, m_document.not_understood));
    break;
  case SetOutPiece::Kind::appendix:
    m_last_appendix =
        give(set_out_appendix(piece.node, part, {}, m_document.not_understood)).unit.name();
    break;
  case SetOutPiece::Kind::authority:
    if (part.part.empty()) {
      say_unplaced(piece.node, part);
    } else {
      m_authority = &give(set_out_authority(piece.node, part));
    }
    break;
  case SetOutPiece::Kind::heading:
    heading(piece.node, part);
    break;
  case SetOutPiece::Kind::loose:
    break;
  }
}

void SetOutPlacer::heading(const pugi::xml_node& element, const CfrPart& part) {
  const std::string_view division = element.parent().name();
  if (part.part.empty()) {
    say_unplaced(element, part);
    return;
  }
  if (division == "CHAPTER" || division == "SUBCHAP") {
    m_document.not_understood.push_back(
        fmt::format("the heading set out under instruction {} is of no part: '{}'",
                    m_document.instructions[m_first].ordinal,
                    text_of(element)));
    return;
  }
  give(set_out_heading(element, part));
}

void SetOutPlacer::loose(pugi::xml_node& element, const CfrPart& part) {
  const std::string_view name = element.name();
  const bool words = name == "P" || name == "FP" || name == "HD";
  const std::string text = words ? text_of(element) : std::string();
  if (words &&
      (text.empty() || introduces_text(text) || (is_asterisks(text) && !m_wrapper.element))) {
    return;
  }
  if (m_authority != nullptr && (name == "P" || name == "EXTRACT")) {
    m_authority->root.children.front().text += " " + text_of(element); // "Subpart B also under ..."
    return;
  }
  if (std::string appendix = words ? appendix_of_heading(text, part.part) : std::string();
      !appendix.empty()) {
    close();
    open(element, "APPENDIX", std::move(appendix), part);
    element.remove_attribute("SOURCE"); // the unit's own heading
  } else if (!m_wrapper.element) {
    open_for_target(element, part);
  }
  if (!m_wrapper.element) {
    return;
  }
  if (name == "EXTRACT" && std::string_view(m_wrapper.element.name()) == "APPENDIX") {
    // print sets a supplement off as a whole: its paragraphs are its own
    while (m_wrapper.element.append_move(element.first_child())) {
    }
    return;
  }
  m_wrapper.element.append_move(element);
}

/// Loose text without a heading stands in the unit that its instructions name.
void SetOutPlacer::open_for_target(pugi::xml_node& element, const CfrPart& part) {
  if (!eccn_of_heading(element).empty()) {
    open(element, "APPENDIX", "Supplement No. 1 to Part 774", {"15", "774"});
    return;
  }
  for (std::size_t i = m_first; i < m_document.instructions.size() && !m_said; ++i) {
    for (const Operation& operation : m_document.instructions[i].operations) {
      for (const Target& target : operation.targets) {
        const Citation unit = target.at.unit();
        if (unit.kind() == CitationKind::section) {
          open(element, "SECTION", unit.name(), {unit.title(), unit.part_number()});
          m_wrapper.element.prepend_child("SECTNO").text().set(unit.name().c_str());
          return;
        }
        if (unit.kind() == CitationKind::appendix) {
          open(element, "APPENDIX", unit.name(), {unit.title(), unit.part_number()});
          return;
        }
      }
    }
  }
  // "Supplement I to Part 1005 [Corrected]" in front, or a heading in the middle of the text that
  // was tagged as an instruction
  std::string name = appendix_of_heading(m_status, part.part);
  if (name.empty() && m_document.instructions[m_first].operations.empty()) {
    name = m_last_appendix;
  }
  if (!name.empty()) {
    open(element, "APPENDIX", std::move(name), part);
  } else {
    say_unplaced(element, part);
  }
}

/// Once for a run of instructions.
void SetOutPlacer::say_unplaced(const pugi::xml_node& element, const CfrPart& part) {
  if (!std::exchange(m_said, true)) {
    constexpr std::size_t shown = 80;
    m_document.not_understood.push_back(
        fmt::format("text set out under instruction {} of part {} has no place: '{}'",
                    m_document.instructions[m_first].ordinal,
                    part.part,
                    cut_text(text_of(element), shown)));
  }
}

void SetOutPlacer::open(pugi::xml_node& element,
                        const char* name,
                        std::string unit,
                        const CfrPart& part) {
  m_wrapper.element = element.parent().insert_child_before(name, element);
  m_wrapper.name = std::move(unit);
  m_wrapper.part = part;
  m_last_appendix = std::string_view(name) == "APPENDIX" ? m_wrapper.name : std::string();
}

void SetOutPlacer::close() {
  if (m_authority != nullptr) {
    rehash(m_authority->root);
    m_authority = nullptr;
  }
  if (!m_wrapper.element) {
    return;
  }
  const bool section = std::string_view(m_wrapper.element.name()) == "SECTION";
  give(section ? set_out_section(m_wrapper.element, m_wrapper.part, m_document.not_understood)
               : set_out_appendix(
                     m_wrapper.element, m_wrapper.part, m_wrapper.name, m_document.not_understood));
  m_wrapper = {};
}

/// To the one instruction of the run that sets out text of this unit, else to the first.
SetOutText& SetOutPlacer::give(SetOutText text) {
  const auto found = m_candidates.find(text.unit);
  const bool one = found != m_candidates.end() && found->second.count == 1;
  auto& texts = m_document.instructions[one ? found->second.first : m_first].set_out;
  texts.push_back(std::move(text));
  return texts.back();
}

} // namespace regtrail::parse
