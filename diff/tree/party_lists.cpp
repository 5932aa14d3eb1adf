// Lists of parties (supplements 4, 6 and 7 to part 744), whose punctuation and line breaks the
// operator of the eCFR tidies without a rule: what has the same letters and digits is the same.
#include "diff/tree/tree_internal.hpp"
#include "model/characters.hpp"
#include "model/supplement.hpp"
#include "model/text.hpp"

namespace regtrail::diff::tree {
namespace {

/// Label and text of an entry and of the parts of the party below it, without the other cells.
std::string party_text(const Node& entry) {
  std::string text = shown_text(entry);
  for (const Node& child : entry.children) {
    if (child.kind != NodeKind::cell) {
      text += party_text(child);
    }
  }
  return text;
}

} // namespace

bool is_party_list(const Unit& unit) {
  const auto& id = unit.id;
  return id.kind() == CitationKind::appendix && id.steps().empty() &&
         (id.name() == entity_list || id.name() == unverified_list ||
          id.name() == military_end_user_list);
}

std::string letters_and_digits(std::string_view text) {
  const std::string folded = normalise(text);
  std::string letters;
  letters.reserve(folded.size());
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (is_of_word(folded, i)) {
      letters.push_back(folded[i]);
    }
  }
  return letters;
}

bool is_of_word(std::string_view text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte < 0x80) {
    return is_alnum(text[i]);
  }
  std::size_t lead = i;
  while (lead > 0 && (static_cast<unsigned char>(text[lead]) & 0xc0U) == 0x80U) {
    --lead;
  }
  const auto character = text.substr(lead);
  return !character.starts_with('\xc2') && !character.starts_with("×") &&
         !character.starts_with("÷") && !character.starts_with('\xe2');
}

std::string party_name(const Node& entry) {
  std::string_view name = entry.designator;
  const std::size_t mark = name.rfind(" #");
  if (mark != std::string_view::npos && all_digits(name.substr(mark + 2))) {
    name = name.substr(0, mark);
  }
  return lowered(letters_and_digits(name));
}

bool is_tidied(const Node& before, const Node& after) {
  return letters_and_digits(shown_text(before)) == letters_and_digits(shown_text(after));
}

bool is_tidied_party(const Node& before, const Node& after) {
  return letters_and_digits(party_text(before)) == letters_and_digits(party_text(after));
}

} // namespace regtrail::diff::tree
