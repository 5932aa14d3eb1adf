#include "federal_register/correction_text.hpp"

#include "ear/prose_citation.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace regtrail::federal_register {

namespace {

constexpr std::size_t none = std::string_view::npos;
constexpr std::string_view formulas = "should read|should have read|is corrected to read|"
                                      "are corrected to read";

struct Quotation {
  std::size_t begin = 0; ///< of the opening quote
  std::size_t end = 0;   ///< behind the closing one
};

/// Between double quotes, in the folded text; between single ones where it has no others.
std::vector<Quotation> quotations(std::string_view text) {
  const char mark = text.find('"') == none ? '\'' : '"';
  const auto next = [&](std::size_t from, bool opens) {
    for (std::size_t at = text.find(mark, from); at != none; at = text.find(mark, at + 1)) {
      const std::size_t beside = opens ? at - 1 : at + 1;
      const bool apostrophe = mark == '\'' && beside < text.size() && is_alnum(text[beside]);
      if (!apostrophe) {
        return at;
      }
    }
    return none;
  };
  std::vector<Quotation> found;
  for (std::size_t open = next(0, true); open != none;) {
    const std::size_t close = next(open + 1, false);
    if (close == none) {
      break;
    }
    found.push_back({open, close + 1});
    open = next(close + 1, true);
  }
  return found;
}

/// Between two quotations: "should read", perhaps with a comma or "as".
bool is_formula(std::string_view between) {
  between = trimmed(between, ",:");
  return any_phrase(formulas, [&](std::string_view formula) {
    return has_word_at(between, 0, formula) &&
           trimmed(between.substr(formula.size()), ",:").empty();
  });
}

/// "12. On page 5": the number, and where the words begin.
std::string_view printed_number(std::string_view text, std::size_t& begin) {
  std::size_t at = 0;
  if (read_int(text, at) && at < text.size() && text[at] == '.') {
    begin = skip_blanks(text, at + 1);
    return text.substr(0, at);
  }
  begin = 0;
  return {};
}

/// The one place named in front of the words: a unit, or a paragraph of it that is named after it.
std::optional<Citation>
named_place(std::string_view front, const Citation& heading, std::string_view title) {
  std::vector<ear::ProseCitation> cited = ear::find_citations(front, title);
  std::erase_if(cited, [](const ear::ProseCitation& each) {
    return each.citation.kind() > CitationKind::eccn || each.citation.kind() == CitationKind::part;
  });
  if (cited.size() > 1 || (cited.empty() && heading.empty())) {
    return std::nullopt;
  }
  Citation place = cited.empty() ? heading : cited.front().citation;
  const std::string_view behind = cited.empty() ? front : front.substr(cited.front().end);
  constexpr std::string_view word = "paragraph";
  const std::size_t at = find_word(behind, word);
  if (at != none) {
    std::size_t pos = skip_blanks(behind, at + word.size());
    const auto steps = read_designators(behind, pos);
    if (steps.empty() || !place.steps().empty() ||
        find_word(behind, word, at + word.size()) != none) {
      return std::nullopt;
    }
    for (const std::string& step : steps) {
      place = place.child({Step::Kind::paragraph, step});
    }
  } else if (find_word(behind, "paragraphs") != none) {
    return std::nullopt;
  }
  return place;
}

} // namespace

bool is_correction(std::string_view text) {
  const Folded folded(text);
  std::size_t begin = 0;
  printed_number(folded.text(), begin);
  if (!has_at(folded.text(), begin, "on page")) {
    return false;
  }
  const auto quoted = quotations(folded.text());
  for (std::size_t i = 0; i + 1 < quoted.size(); ++i) {
    if (is_formula(folded.text().substr(quoted[i].end, quoted[i + 1].begin - quoted[i].end))) {
      return true;
    }
  }
  return false;
}

Instruction read_correction(std::string_view text, const Citation& place, std::string_view title) {
  const Folded folded(text);
  const std::string_view words = folded.text();
  Instruction instruction;
  instruction.text = std::string(text);
  std::size_t begin = 0;
  instruction.ordinal = std::string(printed_number(words, begin));
  const auto quoted = quotations(words);
  const auto inner = [&](const Quotation& each) {
    const std::size_t from = folded.original_begin(each.begin + 1);
    return std::string(text.substr(from, folded.original_end(each.end - 1) - from));
  };
  std::size_t from = begin;
  for (std::size_t i = 0; i + 1 < quoted.size(); ++i) {
    if (!is_formula(words.substr(quoted[i].end, quoted[i + 1].begin - quoted[i].end))) {
      continue;
    }
    Operation operation;
    operation.verb = Verb::correct;
    operation.old_words = inner(quoted[i]);
    operation.new_words = inner(quoted[i + 1]);
    const std::string_view front = trimmed(words.substr(from, quoted[i].begin - from), ",;.");
    const std::size_t note_end = folded.original_end(quoted[i].begin);
    const std::size_t note_begin = folded.original_begin(from);
    operation.note = std::string(trimmed(text.substr(note_begin, note_end - note_begin), ",;."));
    if (auto named = named_place(front, place, title)) {
      operation.targets.push_back({std::move(*named), TargetExtent::own_text});
    }
    instruction.operations.push_back(std::move(operation));
    from = quoted[++i].end;
  }
  instruction.understood = !instruction.operations.empty() &&
                           std::all_of(instruction.operations.begin(),
                                       instruction.operations.end(),
                                       [](const Operation& each) { return !each.targets.empty(); });
  if (instruction.understood) {
    const Citation& first = instruction.operations.front().targets.front().at;
    instruction.title = first.title();
    instruction.part = first.part_number();
  } else {
    instruction.reason = "target not found: no place of the CFR is named";
  }
  return instruction;
}

Citation corrected_place(std::string_view heading, std::string_view title) {
  const std::string low = lowered(heading);
  if (low.find("[corrected]") == std::string::npos) {
    return {};
  }
  auto cited = ear::find_citations(heading, title);
  return cited.size() == 1 ? std::move(cited.front().citation) : Citation();
}

} // namespace regtrail::federal_register
