// Texts that came or went, whole or in part, and what that does to those who fall under them.
#include "diff/typed/polarity_internal.hpp"
#include "diff/typed/typed_internal.hpp"
#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace regtrail::diff::typed {

namespace {

/// What words that came do to the text around them.
enum class Effect : std::uint8_t {
  unknown,
  none, ///< marks and words that only join
  widens,
  narrows,
};

constexpr std::string_view excepting =
    "except|excepting|excluding|unless|other than|but not|not including|provided that|only|solely|"
    "exclusively|if";
constexpr std::string_view relative =
    "that|who|whose|where|when|having|capable|designed|specially|\" specially designed \"|"
    "made in|made by|made from|made with|produced in|produced by|originating in|"
    "manufactured|located|headquartered|destined|intended|used|produced|rated";
/// What begins so between commas tells how or where the rest is meant: ", as defined in part 772,".
constexpr std::string_view remarks =
    "as|in|under|pursuant|by|with|subject|see|at|on|to|for|from|which|who|whose|where|when|whether|"
    "regardless|however|otherwise";
constexpr std::string_view examples = "including|such as|e.g|i.e|for example|namely";
constexpr std::string_view conditional_verbs =
    "using|having|with|containing|incorporating|employing|meeting";

/// The tokens [begin, end) of a text: those that came or went.
struct Piece {
  const Prose& prose;
  std::size_t begin;
  std::size_t end;

  [[nodiscard]] std::string_view key(std::size_t i) const { return prose.key(i); }

  [[nodiscard]] std::string text() const { return printed(prose.tokens(), begin, end); }

  template<typename Holds>
  [[nodiscard]] bool all(Holds holds) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (!holds(prose.tokens()[i])) {
        return false;
      }
    }
    return begin < end;
  }
};

bool is_separator(std::string_view key) {
  return key == "," || key == ";";
}

bool is_joint(std::string_view key) {
  return is_separator(key) || is_one_of(key, "and|or|. |and/or");
}

/// "3B001", "c", "2", "z": what ECCN lists are made of.
bool is_of_path(const Token& token) {
  const std::string& key = token.key;
  return is_joint(key) || is_one_of(key, ".|through|to|eccn|eccns|and|or") ||
         (token.is_word && (has_eccn_at(token.printed, 0) || key.size() == 1 ||
                            (key.size() <= 2 && std::all_of(key.begin(), key.end(), is_digit))));
}

/// Capitalised words: countries, agencies, products with a name.
bool is_name(const Token& token) {
  return is_joint(token.key) || is_one_of(token.key, "of|the|:") ||
         (token.is_word && is_upper(token.printed.front()));
}

/// The word that joins the list in which token `at` is: the first "and" or "or" behind it, or in
/// front of it; "" where the clause has none.
std::string_view joint_of(const Prose& prose, std::size_t at) {
  for (std::size_t i = at; i < prose.sentence_end(at); ++i) {
    const std::string_view key = prose.key(i);
    if (key == ";" || key == ")") {
      break;
    }
    if (key == "and" || key == "or") {
      return key;
    }
  }
  return "";
}

/// True where "and" joins things that an item must all have.
bool joins_conditions(const Piece& piece, const Citation& at) {
  if (at.kind() != CitationKind::eccn || has_step(at, "heading")) {
    return false;
  }
  for (std::size_t i = piece.begin; i > 0 && !is_separator(piece.key(i - 1)); --i) {
    if (is_one_of(piece.key(i - 1), conditional_verbs)) {
      return true;
    }
  }
  return false;
}

/// True where the sentence has an ECCN in front of the piece, in the same list.
bool follows_eccn(const Piece& piece) {
  for (std::size_t i = piece.begin; i > piece.prose.sentence_begin(piece.begin); --i) {
    const Token& token = piece.prose.tokens()[i - 1];
    if (has_eccn_at(token.printed, 0)) {
      return true;
    }
    if (!is_of_path(token)) {
      return false;
    }
  }
  return false;
}

Effect effect_of_piece(const Piece& piece, const Citation& at) {
  const Prose& prose = piece.prose;
  std::size_t first = piece.begin;
  std::size_t last = piece.end;
  while (first < last && (is_separator(piece.key(first)) || piece.key(first) == "(")) {
    ++first;
  }
  while (last > first && (is_separator(piece.key(last - 1)) || piece.key(last - 1) == ")")) {
    --last;
  }
  if (first == last) {
    return Effect::none;
  }
  if (last - first == 1 && (piece.key(first) == "and" || piece.key(first) == "or")) {
    return Effect::none;
  }
  if (prose.match_at(first, examples) > 0) {
    return Effect::unknown;
  }
  if (prose.match_at(first, excepting) > 0) {
    return Effect::narrows;
  }
  const bool has_eccn =
      prose.tokens().empty()
          ? false
          : std::any_of(prose.tokens().begin() + static_cast<std::ptrdiff_t>(first),
                        prose.tokens().begin() + static_cast<std::ptrdiff_t>(last),
                        [](const Token& token) { return has_eccn_at(token.printed, 0); });
  if (piece.all(is_of_path) && (has_eccn || follows_eccn(piece))) {
    return Effect::widens;
  }
  const bool with_or = piece.key(first) == "or" || piece.key(last - 1) == "or";
  const bool with_and = piece.key(first) == "and" || piece.key(last - 1) == "and";
  if (with_or && !with_and) {
    return Effect::widens;
  }
  if (piece.key(first) == "and") {
    const bool condition = is_one_of(piece.key(first + 1),
                                     "that|which|is|are|was|were|has|have|having|does|do|meets|"
                                     "only|when|if|where|who|whose");
    if (condition || joins_conditions(piece, at)) {
      return Effect::narrows;
    }
  }
  if (with_and) {
    return piece.all(is_name) ? Effect::widens : Effect::unknown;
  }
  // "which" behind a comma only adds a remark.
  if (prose.match_at(first, relative) > 0 && first == piece.begin &&
      !(first > 0 && is_separator(piece.key(first - 1)))) {
    return Effect::narrows;
  }
  const bool is_member = (first > piece.begin && is_separator(piece.key(piece.begin))) ||
                         (last < piece.end && is_separator(piece.key(last)));
  if (is_member && prose.match_at(first, remarks) == 0) {
    const std::string_view joint = joint_of(prose, last);
    if (joint == "or" || (joint.empty() && last - first <= 12)) {
      return Effect::widens;
    }
    return piece.all(is_name) ? Effect::widens : Effect::unknown;
  }
  return Effect::unknown;
}

/// The same insertion can be placed otherwise where its ends repeat what is around it. Those
/// placements, the piece itself first.
std::vector<Piece> placements(const Piece& piece) {
  std::vector<Piece> result;
  const auto same = [&](std::size_t i, std::size_t j) { return piece.key(i) == piece.key(j); };
  result.push_back(piece);
  for (std::size_t k = 1; k <= piece.begin && same(piece.begin - k, piece.end - k); ++k) {
    result.push_back({piece.prose, piece.begin - k, piece.end - k});
  }
  for (std::size_t k = 0;
       piece.end + k < piece.prose.size() && same(piece.begin + k, piece.end + k);
       ++k) {
    result.push_back({piece.prose, piece.begin + k + 1, piece.end + k + 1});
  }
  return result;
}

struct Found {
  Texts texts;
  Verdict verdict;
};

std::string_view rule_of(Effect effect, Polarity polarity, bool came) {
  if (effect == Effect::narrows) {
    return polarity == Polarity::restricts
               ? (came ? "a further limitation leaves fewer under the restriction"
                       : "a limitation that is gone leaves more under the restriction")
               : (came ? "a further limitation leaves fewer under the relief"
                       : "a limitation that is gone leaves more under the relief");
  }
  return polarity == Polarity::restricts
             ? (came ? "more is named in a text that restricts"
                     : "less is named in a text that restricts")
             : (came ? "more is named in a text that frees" : "less is named in a text that frees");
}

/// Words that came or went while nothing stands in their place; nullopt for mere marks.
std::optional<Found>
judge_piece(const Piece& piece, const Citation& at, Polarity place, bool came) {
  const Texts texts = one_sided(came, piece.text());
  // Whole sentences say by their own verb what they do.
  const bool sentences = piece.begin == piece.prose.sentence_begin(piece.begin) &&
                         piece.key(piece.end - 1) == "." && piece.end - piece.begin > 3;
  if (sentences) {
    const Polarity says = statement_of(piece.prose, piece.begin, piece.end, Polarity::unknown);
    if (says != Polarity::unknown && place != Polarity::unknown) {
      return Found{texts,
                   {direction_of(says, came),
                    says == Polarity::restricts ? "a sentence that restricts came or went"
                                                : "a sentence that frees came or went"}};
    }
    return Found{texts, {Direction::unclear, "what the sentence does is not certain"}};
  }
  Found result{texts, {Direction::unclear, "what the words do to the text is not certain"}};
  for (const Piece& each : placements(piece)) {
    const Effect effect = effect_of_piece(each, at);
    if (effect == Effect::none) {
      return std::nullopt;
    }
    const Polarity polarity = polarity_at(each.prose, each.begin, place);
    if (effect != Effect::unknown && polarity != Polarity::unknown) {
      result.verdict = {direction_of(polarity, came == (effect == Effect::widens)),
                        rule_of(effect, polarity, came)};
      break;
    }
  }
  return result;
}

/// Words in place of others: a statement that says the opposite now.
std::optional<Found> judge_replacement(const Piece& gone, const Piece& come, Polarity place) {
  const auto numeric = [](const Piece& piece) {
    return std::any_of(piece.prose.tokens().begin() + static_cast<std::ptrdiff_t>(piece.begin),
                       piece.prose.tokens().begin() + static_cast<std::ptrdiff_t>(piece.end),
                       [](const Token& token) {
                         return std::any_of(token.key.begin(), token.key.end(), is_digit);
                       });
  };
  if (numeric(gone) && numeric(come)) {
    return std::nullopt;
  }
  const auto is_joint_alone = [](const Token& token) {
    return is_joint(token.key) || !token.is_word;
  };
  if (gone.all(is_joint_alone) && come.all(is_joint_alone)) {
    return std::nullopt;
  }
  Found result{{gone.text(), come.text()},
               {Direction::unclear, "what the new words do to the text is not certain"}};
  const auto says = [&](const Piece& piece) {
    const std::size_t begin = piece.prose.sentence_begin(piece.begin);
    const std::size_t end = piece.prose.sentence_end(piece.begin);
    const bool plain = piece.prose.has_any("applies to|apply to", begin, end);
    const Polarity polarity = statement_of(piece.prose, begin, end, Polarity::unknown);
    return polarity == Polarity::unknown && plain ? place : polarity;
  };
  const Polarity before = says(gone);
  const Polarity after = says(come);
  if (before != Polarity::unknown && after == opposite(before)) {
    result.verdict = {direction_of(after, true),
                      after == Polarity::restricts ? "what freed restricts now"
                                                   : "what restricted frees now"};
    return result;
  }
  const auto adds = [](const Piece& more, const Piece& less) {
    return more.prose.has_any("\" specially designed \"", more.begin, more.end) &&
           !less.prose.has_any("specially", less.begin, less.end);
  };
  if (adds(come, gone) != adds(gone, come) && place != Polarity::unknown) {
    const bool came = adds(come, gone);
    const Polarity polarity = polarity_at(come.prose, come.begin, place);
    result.verdict = {direction_of(polarity, !came),
                      "\"specially designed\" is a narrower term than what it stands beside"};
  }
  return result;
}

/// The rule for a whole text of `says` that came or went.
std::string_view rule_of_whole(Polarity says, bool came) {
  switch (says) {
  case Polarity::restricts:
    return came ? "a further text that restricts" : "a text that restricted is gone";
  case Polarity::frees:
    return came ? "a further exclusion or permission" : "an exclusion or permission is gone";
  case Polarity::unknown:
    break;
  }
  return "what the text does is not certain";
}

bool is_reserved_alone(std::string_view text) {
  const std::string folded = lowered(normalise(text));
  const auto at = folded.find("[reserved]");
  return at != std::string::npos && folded.size() <= 24;
}

/// "Lenses for scanners" of "6A904 Lenses for scanners.\n..."
std::string heading_of_entry(std::string_view text) {
  const std::string line = normalise(text.substr(0, text.find('\n')));
  const std::size_t blank = line.find(' ');
  const bool numbered = blank != std::string::npos && is_eccn(line.substr(0, blank));
  return lowered(trimmed(std::string_view(line).substr(numbered ? blank : 0), "."));
}

/// The entries of the CCL with a heading, by their number.
std::vector<std::string> entries_with(std::span<const Unit> units, const std::string& heading) {
  std::vector<std::string> found;
  std::vector<const Node*> open;
  for (const Unit& unit : units) {
    open.push_back(&unit.root);
  }
  while (!open.empty()) {
    const Node& node = *open.back();
    open.pop_back();
    if (node.kind == NodeKind::entry && is_eccn(node.designator)) {
      const bool inside = node.text.empty() && !node.children.empty();
      if (heading_of_entry(inside ? node.children.front().text : node.text) == heading) {
        found.push_back(node.designator);
      }
      continue;
    }
    for (const Node& child : node.children) {
      open.push_back(&child);
    }
  }
  return found;
}

/// The new number of an entry that vanished: of the one new entry with the same heading; "" where
/// there is none, or several.
std::string moved_to(const Change& change, const Law& law) {
  constexpr std::ptrdiff_t fewest_blanks = 4;
  const std::string heading = heading_of_entry(change.before);
  if (std::count(heading.begin(), heading.end(), ' ') < fewest_blanks ||
      entries_with(law.before(), heading) != std::vector{change.at.name()}) {
    return "";
  }
  const auto now = entries_with(law.after(), heading);
  return now.size() == 1 ? now.front() : "";
}

} // namespace

Verdict judge_whole(const Change& change, const Law& law, const std::string& text, bool came) {
  const Surroundings around = surroundings_of(change, law, came ? Side::after : Side::before);
  const Prose prose(text);
  if (around.conditions && change.node_kind != NodeKind::note) {
    return {direction_of(around.polarity, !came),
            came ? "a further condition that must be met as well"
                 : "a condition fewer must be met"};
  }
  const bool ccl_item = change.at.kind() == CitationKind::eccn &&
                        (change.node_kind == NodeKind::item || change.node_kind == NodeKind::entry);
  if (ccl_item) {
    return {direction_of(around.polarity, came), rule_of_whole(around.polarity, came)};
  }
  Polarity says = around.polarity;
  const bool note = change.at.kind() == CitationKind::eccn || change.node_kind == NodeKind::note ||
                    change.node_kind == NodeKind::footnote;
  if (note) {
    says = statement_of(prose, 0, prose.size(), Polarity::unknown);
    if (says == Polarity::restricts && change.at.kind() == CitationKind::eccn) {
      says = Polarity::unknown; // explains more often than it controls
    }
  } else if (says != Polarity::unknown) {
    // A section that restricts has paragraphs of procedure as well: the text must say it itself.
    const Polarity outer = around.led ? says : Polarity::unknown;
    says = polarity_at(prose, prose.size() > 0 ? prose.sentence_end(0) : 0, outer);
    says = statement_of(prose, 0, prose.size(), says);
  }
  return {direction_of(says, came), rule_of_whole(says, came)};
}

void type_whole(Change& change, const Law& law) {
  const bool came = change.kind == ChangeKind::added;
  const std::string& text = came ? change.after : change.before;
  if (is_reserved_alone(text)) {
    add(change,
        Type::scope,
        "text",
        one_sided(came, text),
        {Direction::neutral, "a reserved place says nothing"});
    return;
  }
  if (change.node_kind == NodeKind::heading || change.node_kind == NodeKind::figure ||
      change.at.title() != "15" || has_step(change.at, "Related") ||
      has_step(change.at, "Technical Note")) {
    return;
  }
  if (!came && change.at.kind() == CitationKind::eccn && change.at.steps().empty()) {
    if (const std::string number = moved_to(change, law); !number.empty()) {
      add(change,
          Type::scope,
          "entry",
          {change.at.name(), number},
          {Direction::unclear, "a new entry has the same heading"});
      return;
    }
  }
  const Verdict verdict = judge_whole(change, law, text, came);
  if (verdict.direction != Direction::unclear || change.node_kind == NodeKind::note) {
    constexpr std::size_t longest = 240;
    add(change,
        Type::scope,
        change.node_kind == NodeKind::entry  ? "entry"
        : change.node_kind == NodeKind::item ? "item"
        : change.node_kind == NodeKind::note ? "note"
                                             : "text",
        one_sided(came, text.size() <= longest ? text : ""),
        verdict);
  }
}

void type_edits(Change& change, const Law& law) {
  // Of a country group that is newly named more was asked than of other words.
  const bool decided = std::any_of(change.typed.begin(), change.typed.end(), [](const auto& typed) {
    return typed.direction == Direction::tightened || typed.direction == Direction::loosened ||
           typed.type == Type::country;
  });
  if (decided) {
    return;
  }
  const Prose before(change.before);
  const Prose after(change.after);
  const auto edits = edits_between(before.tokens(), after.tokens());
  constexpr std::size_t most = 12;
  if (!edits || edits->size() > most) {
    return;
  }
  const Polarity was = surroundings_of(change, law, Side::before).polarity;
  const Polarity is = surroundings_of(change, law, Side::after).polarity;
  std::vector<Found> found;
  for (const Edit& edit : *edits) {
    const Piece gone{before, edit.before_begin, edit.before_end};
    const Piece come{after, edit.after_begin, edit.after_end};
    const auto negates = [](const Piece& piece) {
      return piece.end - piece.begin == 1 && piece.key(piece.begin) == "not";
    };
    auto each = negates(gone) || negates(come) ? judge_replacement(gone, come, is)
                : gone.begin == gone.end       ? judge_piece(come, change.at, is, true)
                : come.begin == come.end       ? judge_piece(gone, change.at, was, false)
                                               : judge_replacement(gone, come, is);
    if (each) {
      found.push_back(std::move(*each));
    }
  }
  const bool certain = std::all_of(found.begin(), found.end(), [&](const Found& each) {
    return each.verdict.direction == found.front().verdict.direction &&
           each.verdict.direction != Direction::unclear;
  });
  const bool told = change.typed.empty() ||
                    std::any_of(change.typed.begin(), change.typed.end(), [](const auto& typed) {
                      return typed.direction != Direction::neutral;
                    });
  for (Found& each : found) {
    if (certain || !told) {
      add(change,
          Type::scope,
          "words",
          std::move(each.texts),
          certain ? each.verdict
                  : Verdict{Direction::unclear, "what the words do to the text is not certain"});
    }
    if (!certain) {
      break;
    }
  }
}

} // namespace regtrail::diff::typed
