#include "model/compared_text.hpp"

#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace regtrail {
namespace {

bool is_prose(NodeKind kind) {
  return kind == NodeKind::paragraph || kind == NodeKind::note || kind == NodeKind::definition;
}

/// Without the marks at the end; a text of nothing else stays.
std::string_view without_final_marks(std::string_view text, std::string_view marks) {
  const std::size_t last = text.find_last_not_of(marks);
  return last == std::string_view::npos ? text : text.substr(0, last + 1);
}

std::string_view final_marks(NodeKind kind) {
  return is_prose(kind) || kind == NodeKind::heading ? ". -" : ". ";
}

/// In the order of the alphabet.
constexpr std::array<std::string_view, 29> finite_verbs{
    "am",     "applies", "apply", "are",  "be",      "can",      "could", "do",
    "does",   "had",     "has",   "have", "include", "includes", "is",    "may",
    "mean",   "means",   "might", "must", "require", "requires", "see",   "shall",
    "should", "was",     "were",  "will", "would"};

bool is_finite_verb(std::string_view word) {
  constexpr std::size_t longest = 8;
  return word.size() <= longest &&
         std::binary_search(finite_verbs.begin(), finite_verbs.end(), lowered(word));
}

/// A heading has no finite verb; a sentence has one.
bool reads_as_heading(std::string_view text) {
  constexpr std::size_t most_words = 14;
  std::size_t words = 0;
  for (const std::string_view word : split(text, ' ')) {
    if (++words > most_words || is_finite_verb(word)) {
      return false;
    }
  }
  return !text.empty() && is_upper(text.front()) && text.find(';') == std::string_view::npos;
}

/// The word that ends before `at`.
std::string_view word_before(std::string_view text, std::size_t at) {
  const std::size_t blank = text.substr(0, at).rfind(' ');
  return text.substr(0, at).substr(blank == std::string_view::npos ? 0 : blank + 1);
}

/// "U.S.", "No. 4", "et al.": a full stop behind the word is a part of it.
bool is_abbreviation(std::string_view word) {
  return word.size() < 2 || word[word.size() - 2] == '.' ||
         is_one_of(lowered(word),
                   "no|nos|supp|supps|sec|secs|al|etc|mr|ms|dr|st|inc|ltd|co|corp|vs");
}

/// "Non-U.S.": a hyphen behind the word joins it to what follows.
bool is_prefix(std::string_view word) {
  return is_one_of(lowered(word), "non|anti|pre|post|re|sub|mid|pan|inter|trans|x");
}

/// What stands between a run-in heading and what follows it.
constexpr std::string_view run_in = ". ";

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The first mark in `text` (normalised) that may part a run-in heading from what follows, with its
/// blanks.
std::optional<Span> run_in_mark(std::string_view text) {
  constexpr std::size_t longest = 120;
  const std::size_t last = std::min(text.size(), longest);
  for (std::size_t at = 1; at < last; ++at) {
    if (text[at] != '.' && text[at] != ':' && text[at] != '-') {
      continue;
    }
    const std::size_t end = text.find_first_not_of(".:- ", at);
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    const std::size_t begin = text[at - 1] == ' ' ? at - 1 : at;
    const std::string_view mark = text.substr(at, end - at);
    const bool opens = is_upper(text[end]) || text[end] == '(' || text[end] == '"';
    const bool in_word = mark == "." || (mark == "-" && is_prefix(word_before(text, at))) ||
                         (mark == run_in && is_abbreviation(word_before(text, at)));
    if (opens && !in_word) {
      return Span{begin, end};
    }
    at = end - 1;
  }
  return std::nullopt;
}

/// The mark behind a run-in heading where it is not ". ".
std::optional<Span> foreign_mark(std::string_view text, NodeKind kind) {
  const auto mark = is_prose(kind) ? run_in_mark(text) : std::nullopt;
  const bool foreign = mark && text.substr(mark->begin, mark->end - mark->begin) != run_in &&
                       reads_as_heading(text.substr(0, mark->begin));
  return foreign ? mark : std::nullopt;
}

/// True when the text is a heading into whose paragraph the first child is run: "(b) Fees: (1) In".
bool is_run_into_child(const Node& node) {
  return !node.children.empty() && is_prose(node.kind) && !node.text.empty() &&
         node.children.front().label.size() > node.label.size() + node.text.size() &&
         node.children.front().label.starts_with(shown_text(node));
}

} // namespace

void compared_text_into(std::string& out, const Node& node) {
  const std::size_t start = out.size();
  normalise_into(out, node.text);
  if (node.kind == NodeKind::figure) {
    return;
  }
  const auto text = [&] { return std::string_view(out).substr(start); };
  out.resize(start + without_final_marks(text(), final_marks(node.kind)).size());
  if (text().ends_with(':') && is_run_into_child(node) &&
      reads_as_heading(text().substr(0, text().size() - 1))) {
    out.resize(start + without_final_marks(text(), ". -:").size());
  }
  if (const auto mark = foreign_mark(text(), node.kind)) {
    out.replace(start + mark->begin, mark->end - mark->begin, run_in);
  }
}

std::string compared_text(const Node& node) {
  std::string out;
  compared_text_into(out, node);
  return out;
}

std::optional<std::string_view> plainly_compared(const Node& node) {
  const std::string_view text = node.text;
  if (!is_plainly_normal(text)) {
    return std::nullopt;
  }
  if (node.kind == NodeKind::figure) {
    return text;
  }
  const std::string_view compared = without_final_marks(text, final_marks(node.kind));
  if (compared.ends_with(':') || foreign_mark(compared, node.kind)) {
    return std::nullopt;
  }
  return compared;
}

} // namespace regtrail
