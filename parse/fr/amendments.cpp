#include "parse/fr/amendments.hpp"

#include "federal_register/instruction.hpp"
#include "model/characters.hpp"
#include "parse/ecfr/inline_text.hpp"
#include "parse/fr/body_text.hpp"
#include "parse/fr/listed_parties.hpp"
#include "parse/fr/set_out.hpp"
#include "parse/fr/set_out_placer.hpp"
#include "parse/fr/word_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::parse {
namespace {

template<std::size_t size>
bool is_one_of(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Frames with a heading, in which sections may stand.
constexpr std::array<std::string_view, 5> divisions = {
    "PART", "SUBPART", "SUBJGRP", "CHAPTER", "SUBCHAP"};

/// What may be text set out where no REGTEXT says so.
constexpr std::array<std::string_view, 9> loose_elements = {
    "P", "FP", "HD", "EXTRACT", "GPOTABLE", "NOTE", "GPH", "MATH", "FTNT"};

constexpr std::array<std::string_view, 5> furniture = {
    "PRTPAGE", "FTREF", "CONTENTS", "SIG", "BILCOD"};

std::string text_of(const pugi::xml_node& element) {
  return resolve_inline(element).text;
}

/// "2. ", "Par. 8. ": begins an instruction of its own, not one below another.
bool is_numbered(std::string_view text) {
  if (text.starts_with("Par. ")) {
    return true;
  }
  const std::size_t end = text.find_first_not_of("0123456789");
  return end != 0 && end != std::string_view::npos && text[end] == '.';
}

/// True when `text` speaks of part `number`: "part 424", "§ 424.541".
bool mentions_part(std::string_view text, std::string_view number) {
  for (std::size_t at = text.find(number); at != std::string_view::npos;
       at = text.find(number, at + 1)) {
    const std::size_t end = at + number.size();
    const bool whole = at == 0 || (!is_digit(text[at - 1]) && text[at - 1] != '.');
    const bool section = end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1]);
    const std::string_view before = text.substr(0, at);
    const bool part = (before.ends_with("part ") || before.ends_with("parts ") ||
                       before.ends_with("Part ") || before.ends_with("PART ")) &&
                      (end == text.size() || !is_digit(text[end]));
    if (whole && (section || part)) {
      return true;
    }
  }
  return false;
}

/// "Appendix A—[Amended]": a status without the form of a section.
bool is_status_line(std::string_view text) {
  const std::size_t bracket = text.rfind('[');
  return bracket != std::string_view::npos && text.ends_with(']') &&
         is_status(text.substr(bracket));
}

void say(std::string& reason, std::string_view what) {
  reason += reason.empty() ? "" : "; ";
  reason += what;
}

} // namespace

class Amendments::Impl {
public:
  Impl(Document& document, const FrPages& pages) : m_document(document), m_pages(pages) {}

  bool take(const pugi::xml_node& element) {
    const std::string_view name = element.name();
    if (name == "P" && !m_in_loose_zone) { // most of a document
      m_last_paragraph = element;
      return false;
    }
    if (name == "REGTEXT") {
      m_attributes = {element.attribute("TITLE").value(), element.attribute("PART").value()};
      m_within = Within::regtext;
      ++m_blocks;
      m_in_loose_zone = false;
      m_saw_regtext = true;
      for (pugi::xml_node child : element.children()) {
        inside(child, Nesting::direct);
      }
      m_within = Within::supplement;
      m_attributes = {};
      return true;
    }
    if (name == "AMDPAR") {
      m_in_loose_zone = !m_saw_regtext;
      instruction(element);
      return true;
    }
    if (name == "AUTH" && m_groups.empty()) {
      return false; // at the end of a document that amends nothing
    }
    if (name == "SECTION" || name == "AUTH" || name == "APPENDIX" || is_one_of(name, divisions)) {
      inside(element, Nesting::direct);
      return true;
    }
    if (m_in_loose_zone && is_one_of(name, loose_elements)) {
      m_in_loose_zone =
          name != "HD" || text_of(element).find("will not appear") == std::string::npos;
      if (m_in_loose_zone) {
        text({Text::Kind::loose, element, Nesting::direct});
        return true;
      }
    }
    m_in_loose_zone = m_in_loose_zone && name != "SIG";
    if (name == "P") {
      m_last_paragraph = element;
    }
    return false;
  }

  void finish() {
    for (Group& group : m_groups) {
      read(group);
    }
    for (const Instruction& instruction : m_document.instructions) {
      if (!instruction.title.empty() && !instruction.part.empty()) {
        m_document.cfr.push_back({instruction.title, instruction.part});
      }
    }
  }

private:
  enum class Within { supplement, regtext };
  using Nesting = SetOutPiece::Nesting;
  using Text = SetOutPiece;

  /// An AMDPAR and what stands around it.
  struct Paragraph {
    pugi::xml_node node;
    CfrPart attributes; ///< of its REGTEXT
    Within within = Within::supplement;
    std::string heading_part; ///< of the last PART heading
    pugi::xml_node before;    ///< the last running text in front of it
    std::size_t block = 0;    ///< number of its REGTEXT
  };

  /// Instructions printed in a run, and the text that follows them.
  struct Group {
    std::vector<Paragraph> run;
    std::vector<Text> texts;
    std::string status;       ///< "§ 22.80" of a SECTION "[Removed]" printed in front
    pugi::xml_node paragraph; ///< running text in front of a group without instructions
    std::size_t asked = 0;    ///< the size of `run` for which `announces` is known
    bool announces = false;   ///< its last instruction ends with "read as follows:"
  };

  void inside(pugi::xml_node element, Nesting nesting) {
    const std::string_view name = element.name();
    if (element.type() != pugi::node_element || is_one_of(name, furniture)) {
      return;
    }
    if (name == "AMDPAR") {
      instruction(element);
    } else if (name == "SECTION") {
      section(element, nesting);
    } else if (is_one_of(name, divisions)) {
      division(element, name);
    } else if (name == "AUTH") {
      text({Text::Kind::authority, element, nesting});
    } else if (name == "APPENDIX") {
      text({Text::Kind::appendix, element, nesting});
    } else if (name == "EDNOTE") {
      m_document.editorial_notes.push_back(caption_text(element));
    } else if (name == "HD" && is_status_line(text_of(element))) {
      m_status = text_of(element);
      m_status.resize(m_status.rfind('['));
    } else {
      text({Text::Kind::loose, element, nesting});
    }
  }

  void instruction(const pugi::xml_node& element) {
    if (m_groups.empty() || !m_groups.back().texts.empty()) {
      m_groups.emplace_back();
    }
    Group& group = m_groups.back();
    group.run.push_back(
        {element, m_attributes, m_within, m_heading_part, m_last_paragraph, m_blocks});
    if (!m_status.empty()) {
      group.status = std::exchange(m_status, {});
    }
  }

  void text(Text text) {
    if (m_groups.empty()) {
      m_groups.emplace_back();
      m_groups.back().paragraph = m_last_paragraph;
    }
    m_groups.back().texts.push_back(text);
  }

  void section(pugi::xml_node& element, Nesting nesting) {
    if (is_status_section(element)) {
      m_status = text_of(element.child("SECTNO"));
      return;
    }
    // an instruction that was tagged as part of the section before it
    if (pugi::xml_node stray = element.child("AMDPAR")) {
      pugi::xml_node anchor = element;
      while (stray) {
        const pugi::xml_node next = stray.next_sibling();
        anchor = element.parent().insert_move_after(stray, anchor);
        stray = next;
      }
    }
    text({Text::Kind::section, element, nesting});
  }

  void division(const pugi::xml_node& element, std::string_view name) {
    const bool holds_sections = name != "PART" && element.child("SECTION");
    for (pugi::xml_node child : element.children()) {
      if (std::string_view(child.name()) == "HD") {
        heading(child, name, holds_sections ? Below::sections : Below::nothing);
      } else {
        inside(child, Nesting::in_division);
      }
    }
  }

  enum class Below { nothing, sections };

  /// A heading is text set out where an instruction announces it, or where sections set out stand
  /// below it; otherwise it says where we are.
  void heading(const pugi::xml_node& element, std::string_view division, Below below) {
    const bool follows = !m_groups.empty() && !m_groups.back().run.empty();
    const bool first = follows && m_groups.back().texts.empty();
    if (division == "PART") {
      const std::string text = text_of(element);
      const std::size_t digit = text.find_first_of("0123456789");
      const std::size_t end = std::min(text.find_first_not_of("0123456789", digit), text.size());
      m_heading_part = digit == std::string::npos ? std::string() : text.substr(digit, end - digit);
    }
    if (first ? announces(m_groups.back()) : follows && below == Below::sections) {
      text({Text::Kind::heading, element, Nesting::in_division});
    }
  }

  static bool announces(Group& group) {
    if (group.asked != group.run.size()) {
      group.asked = group.run.size();
      group.announces = text_of(group.run.back().node).ends_with("read as follows:");
    }
    return group.announces;
  }

  // reading

  void read(Group& group) {
    if (group.run.empty()) {
      without_instruction(group);
      return;
    }
    const std::size_t first = m_document.instructions.size();
    std::vector<std::string> texts;
    std::size_t own = 0; // the last instruction with a number of its own, to which the text belongs
    for (const Paragraph& paragraph : group.run) {
      texts.push_back(text_of(paragraph.node));
      own = is_numbered(texts.back()) ? texts.size() - 1 : own;
    }
    const std::vector<std::string> headings = headings_of(group, group.run.back().attributes.part);
    const std::vector<std::string> status =
        group.status.empty() ? std::vector<std::string>{} : std::vector{group.status};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      m_document.instructions.push_back(
          one(group.run[i], texts[i], i >= own && !headings.empty() ? headings : status));
    }
    read_word_table(group);
    m_placer.place(group.texts, group.status, first + own);
    name_listed_parties(m_document.instructions, first);
  }

  /// The last instruction of `group` with the table of words printed under it; takes the table.
  void read_word_table(Group& group) {
    Instruction& instruction = m_document.instructions.back();
    const auto table = std::find_if(group.texts.begin(), group.texts.end(), [](const Text& text) {
      return std::string_view(text.node.name()) == "GPOTABLE";
    });
    if (instruction.understood || table == group.texts.end()) {
      return;
    }
    auto operations = word_table_operations(table->node, instruction.text, m_context);
    if (!operations.empty()) {
      instruction.operations = std::move(operations);
      instruction.understood = true;
      instruction.reason.clear();
      group.texts.erase(table);
    }
  }

  /// "In FR Doc. 2026-03111 appearing on page 11001 ..., the following corrections are made:"
  [[nodiscard]] static Citation corrected_by(const pugi::xml_node& paragraph) {
    const std::string text = paragraph ? text_of(paragraph) : std::string();
    if (text.find("correct") == std::string::npos) {
      return {};
    }
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find_first_of(" ,;:()", at), text.size());
      const auto citation = Citation::parse(std::string_view(text).substr(at, end - at));
      if (citation && citation->kind() == CitationKind::fr_document) {
        return *citation;
      }
      at = end + 1;
    }
    return {};
  }

  [[nodiscard]] std::vector<std::string> headings_of(const Group& group,
                                                     const std::string& part) const {
    std::vector<std::string> headings;
    for (const Text& text : group.texts) {
      std::string heading;
      switch (text.kind) {
      case Text::Kind::section:
        heading = text_of(text.node.child("SECTNO"));
        break;
      case Text::Kind::appendix:
        heading = appendix_of_heading(text_of(text.node.child("HD")), part);
        break;
      case Text::Kind::loose:
        heading = std::string_view(text.node.name()) == "HD"
                      ? appendix_of_heading(text_of(text.node), part)
                      : std::string();
        heading = heading.empty() ? eccn_of_heading(text.node) : heading;
        break;
      case Text::Kind::authority:
      case Text::Kind::heading:
        break;
      }
      if (!heading.empty()) {
        headings.push_back(std::move(heading));
      }
    }
    return headings;
  }

  Instruction one(const Paragraph& paragraph,
                  const std::string& text,
                  const std::vector<std::string>& following) {
    CfrPart place = paragraph.attributes;
    std::string repair;
    const std::string& heading = paragraph.heading_part;
    if (!heading.empty() && heading != place.part &&
        (place.part.empty() ||
         (mentions_part(text, heading) && !mentions_part(text, place.part)))) {
      place.part = heading;
    }
    if (place.part.empty() && m_document.cfr.size() == 1) {
      place.part = m_document.cfr.front().part;
    }
    if (place.title.empty() || !is_amended_title(place.title)) {
      place.title = title_of(place.part);
    }
    if (paragraph.before != m_before) {
      m_before = paragraph.before;
      m_context.corrected = corrected_by(m_before);
    }
    // Words that name another part count up to the end of their REGTEXT.
    const bool new_block = paragraph.block != m_block && !place.part.empty();
    m_block = paragraph.block;
    if (place != m_place || new_block) {
      m_place = place;
      m_context.title = place.title;
      m_context.part = place.part;
    }
    Instruction instruction = federal_register::read_instruction(text, m_context, following);
    instruction.page = m_pages.of(paragraph.node);
    if (instruction.title.empty()) {
      instruction.title = place.title;
    }
    if (instruction.part.empty()) {
      instruction.part = place.part;
    }
    if (paragraph.within == Within::regtext) {
      repaired(instruction, paragraph.attributes);
    }
    return instruction;
  }

  /// Says where the attributes of REGTEXT were missing or wrong.
  static void repaired(Instruction& instruction, const CfrPart& attributes) {
    if (attributes.part != instruction.part && !instruction.part.empty()) {
      say(instruction.reason,
          attributes.part.empty()
              ? fmt::format("part {} taken from the document's words, none in the markup",
                            instruction.part)
              : fmt::format("part {} taken from the document's words, the markup says {}",
                            instruction.part,
                            attributes.part));
    }
    if (attributes.title != instruction.title && !instruction.title.empty()) {
      say(instruction.reason,
          attributes.title.empty()
              ? fmt::format("title {} taken from the document's words, none in the markup",
                            instruction.title)
              : fmt::format("title {} taken from the document's words, the markup says {}",
                            instruction.title,
                            attributes.title));
    }
  }

  /// False for a title that no heading of the document names: TITLE="72" has been published for 27.
  [[nodiscard]] bool is_amended_title(const std::string& title) const {
    const auto& cfr = m_document.cfr;
    return cfr.empty() || std::any_of(cfr.begin(), cfr.end(), [&](const CfrPart& known) {
             return known.title == title;
           });
  }

  /// The title that the document's headings give for `part`, or for all parts.
  [[nodiscard]] std::string title_of(const std::string& part) const {
    const auto& cfr = m_document.cfr;
    const auto found = std::find_if(
        cfr.begin(), cfr.end(), [&](const CfrPart& known) { return known.part == part; });
    if (found != cfr.end()) {
      return found->title;
    }
    const bool one = !cfr.empty() && std::all_of(cfr.begin(), cfr.end(), [&](const CfrPart& known) {
      return known.title == cfr.front().title;
    });
    return one ? cfr.front().title : m_place.title;
  }

  /// Text without any AMDPAR in front, as in the printer's own "CFR Correction": the paragraph
  /// before it is the instruction.
  void without_instruction(Group& group) {
    if (std::all_of(group.texts.begin(), group.texts.end(), [](const Text& text) {
          return text.kind == Text::Kind::loose;
        })) {
      return; // "Authority and Issuance"
    }
    if (!group.paragraph) {
      m_document.not_understood.push_back("text set out without an instruction");
    }
    Instruction instruction =
        one({group.paragraph, {}, Within::supplement, m_heading_part, group.paragraph, m_blocks},
            group.paragraph ? text_of(group.paragraph) : std::string(),
            headings_of(group, m_heading_part));
    say(instruction.reason, "printed as running text, not as an instruction");
    m_document.instructions.push_back(std::move(instruction));
    m_placer.place(group.texts, group.status, m_document.instructions.size() - 1);
  }

  Document& m_document;
  const FrPages& m_pages;
  CfrPart m_attributes;
  Within m_within = Within::supplement;
  bool m_in_loose_zone = false; ///< between AMDPARs outside of REGTEXT
  bool m_saw_regtext = false;
  std::size_t m_blocks = 0; ///< REGTEXT so far
  std::string m_heading_part;
  std::string m_status;
  pugi::xml_node m_last_paragraph;
  std::vector<Group> m_groups;

  federal_register::InstructionContext m_context;
  CfrPart m_place;         ///< what m_context was last told
  std::size_t m_block = 0; ///< for which it was
  pugi::xml_node m_before; ///< running text that m_context knows
  SetOutPlacer m_placer{m_document};
};

Amendments::Amendments(Document& document, const FrPages& pages)
    : m_impl(std::make_unique<Impl>(document, pages)) {}

Amendments::~Amendments() = default;

bool Amendments::take(const pugi::xml_node& element) {
  return m_impl->take(element);
}

void Amendments::finish() {
  m_impl->finish();
}

} // namespace regtrail::parse
