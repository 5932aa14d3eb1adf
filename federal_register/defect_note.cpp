#include "federal_register/defect_note.hpp"

#include "ear/fr_citation.hpp"
#include "federal_register/instruction.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <array>
#include <utility>

namespace regtrail::federal_register {

namespace {

constexpr std::string_view formula = "could not be incorporated";

struct Cues {
  DefectReason reason;
  std::string_view words; ///< '|' between them
};

/// In the order in which they are tried.
constexpr std::array cues = {
    Cues{DefectReason::stayed, "stayed"},
    Cues{DefectReason::target_exists, "already exist"},
    Cues{DefectReason::text_missing, "text was supplied|missing text|incomplete|no text"},
    Cues{DefectReason::words_missing,
         "words do not|phrase does not|language does not|text does not|does not appear|"
         "do not appear"},
    Cues{DefectReason::target_missing, "does not exist|do not exist|did not exist"},
    Cues{DefectReason::wrong_citation, "incorrect citation"},
    Cues{DefectReason::inaccurate, "inaccurate|incorrect"},
};

DefectReason reason_of(std::string_view words) {
  const std::string lower = lowered(words);
  for (const auto& [reason, phrases] : cues) {
    if (any_phrase(phrases,
                   [&](std::string_view cue) { return lower.find(cue) != std::string::npos; })) {
      return reason;
    }
  }
  return DefectReason::other;
}

/// Behind `pos` to the end of the sentence: a full stop before a blank and a capital or digit.
std::size_t sentence_end(std::string_view text, std::size_t pos) {
  for (std::size_t i = pos; i < text.size(); ++i) {
    if (text[i] == '.' && (i + 1 == text.size() ||
                           (text[i + 1] == ' ' && i + 2 < text.size() && !is_lower(text[i + 2])))) {
      return i;
    }
  }
  return text.size();
}

/// "§ supplement no. 1 to part 774": a sign that a template left.
std::string_view without_stray_sign(std::string_view text) {
  constexpr std::string_view sign = "\u00a7";
  const std::string_view rest = text.starts_with(sign) ? trimmed(text.substr(sign.size())) : text;
  return has_at(rest, 0, "supplement") || has_at(rest, 0, "appendix") ? rest : text;
}

} // namespace

std::vector<DefectNote> find_defect_notes(std::string_view text, std::string_view title) {
  std::vector<DefectNote> notes;
  const auto cited = ear::find_fr_citations(text);
  std::size_t citation = 0;
  std::size_t last_end = 0;
  for (std::size_t at = find_word(text, formula); at != std::string_view::npos;
       at = find_word(text, formula, last_end)) {
    DefectNote note;
    const std::size_t end = sentence_end(text, at);
    std::size_t begin = last_end;
    // The last citation in front that begins its sentence: "At 90 FR 4615, Jan. 16, 2025, ...".
    for (; citation < cited.size() && cited[citation].begin < at; ++citation) {
      const auto& page = cited[citation];
      if (page.begin >= 3 && has_at(text, page.begin - 3, "at ")) {
        note.at = Citation::fr_page(std::to_string(page.volume), std::to_string(page.page));
        note.published = page.date;
        begin = page.end;
      }
    }
    std::string_view ordered = text.substr(begin, at - begin);
    const std::size_t however = ordered.rfind("however");
    if (however != std::string_view::npos) {
      ordered = ordered.substr(0, however);
    }
    InstructionContext context;
    context.title = std::string(title);
    note.instruction = read_instruction(without_stray_sign(trimmed(ordered, ",;")), context);
    std::string_view words = trimmed(text.substr(at + formula.size(), end - at - formula.size()));
    for (const std::string_view opener : {"because of", "because", "due to", "since", "as"}) {
      if (has_word_at(words, 0, opener)) {
        words = trimmed(words.substr(opener.size()));
        break;
      }
    }
    note.words = std::string(words);
    note.reason = reason_of(words);
    notes.push_back(std::move(note));
    last_end = end;
  }
  return notes;
}

} // namespace regtrail::federal_register
