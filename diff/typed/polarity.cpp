#include "diff/typed/polarity_internal.hpp"
#include "diff/typed/typed_internal.hpp"
#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/supplement.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace regtrail::diff::typed {

namespace {

constexpr std::string_view freeing =
    "does not apply|do not apply|shall not apply|will not apply|not subject to the|are not subject "
    "to|"
    "is not subject to|is not required|are not required|not require|no license is required|"
    "is not controlled|are not controlled|does not control|do not control|does not include|do not "
    "include|are excluded|"
    "is excluded|are exempt|is exempt|exempted from|may be used|authorizes|is authorized|"
    "are authorized|is eligible|are eligible|are available|is available|is not \" specially "
    "designed \"|"
    "are not \" specially designed \"|are released|is released|license - free|without a license";
constexpr std::string_view restricting =
    "may not|no person may|no one may|not eligible|ineligible|no license exception|no license "
    "exceptions|not available|"
    "license is required|licenses are required|license requirement applies|"
    "license requirements apply|are prohibited|is prohibited|not authorized|no de "
    "minimis|must|shall|"
    "are subject to the ear|is subject to the ear|are controlled|is controlled|"
    "license requirement also applies";
/// What stands behind these is taken out of what the sentence is about.
constexpr std::string_view turning =
    "except|excepting|unless|other than|excluding|but not|not including|not specified|"
    "not controlled|not described|not identified|not listed|not enumerated";
/// Of these, what takes out only the places that it names: "not specified in 3B001.a or b".
constexpr std::string_view naming_places =
    "not specified|not controlled|not described|not identified|not listed|not enumerated";
constexpr std::string_view freeing_headings =
    "exclusion|exclusions|exemption|exemptions|exception|exceptions|savings clause|eligibility|"
    "authorization|authorizations|carve - out|release|releases";
constexpr std::string_view restricting_headings =
    "restriction|restrictions|prohibition|prohibitions|limitation|limitations|ineligible|"
    "license requirement|license requirements|not authorized|not eligible|conditions";
constexpr std::string_view review_headings =
    "license review|licensing policy|license review policy|review policy|review standards|"
    "license review standards";

struct PlaceRule {
  std::string_view place; ///< a citation, or the beginning of one up to a dot
  Polarity polarity;
};

// The first within which the place lies. What is in none is unknown.
constexpr std::array place_rules = {
    PlaceRule{"15 CFR 734.3(b)", Polarity::frees},
    PlaceRule{"15 CFR 734.3", Polarity::restricts},
    PlaceRule{"15 CFR 734.4(c)", Polarity::frees},
    PlaceRule{"15 CFR 734.4(d)", Polarity::frees},
    PlaceRule{"15 CFR 734.4(a)", Polarity::restricts},
    PlaceRule{"15 CFR 734.5", Polarity::restricts},
    PlaceRule{"15 CFR 734.7", Polarity::frees},
    PlaceRule{"15 CFR 734.8", Polarity::frees},
    PlaceRule{"15 CFR 734.9", Polarity::restricts},
    PlaceRule{"15 CFR 734.10", Polarity::frees},
    PlaceRule{"15 CFR 734.13", Polarity::restricts},
    PlaceRule{"15 CFR 734.14", Polarity::restricts},
    PlaceRule{"15 CFR 734.16", Polarity::restricts},
    PlaceRule{"15 CFR 734.18", Polarity::frees},
    PlaceRule{"15 CFR 734.19", Polarity::restricts},
    PlaceRule{"15 CFR 734.20", Polarity::frees},
    PlaceRule{"15 CFR 736.2", Polarity::restricts},
    PlaceRule{"15 CFR 740.1", Polarity::unknown},
    PlaceRule{"15 CFR 740.2", Polarity::restricts},
    PlaceRule{"15 CFR 772.1 / Advanced-node integrated circuits", Polarity::restricts},
    PlaceRule{"15 CFR 772.1 / Specially designed / (a)", Polarity::restricts},
    PlaceRule{"15 CFR 772.1 / Specially designed / (b)", Polarity::frees},
    PlaceRule{"15 CFR 772.1 / Supercomputer", Polarity::restricts},
};

std::optional<Polarity> ruled(const Citation& at) {
  static const auto places = [] {
    std::vector<Citation> result;
    for (const PlaceRule& rule : place_rules) {
      result.push_back(Citation::parse(rule.place).value_or(Citation()));
    }
    return result;
  }();
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (at.is_within(places[i])) {
      return place_rules[i].polarity;
    }
  }
  return std::nullopt;
}

bool is_exception_line(const Citation& at) {
  return has_step(at, "LVS") || has_step(at, "GBS") || has_step(at, "TSR") || has_step(at, "IEC") ||
         has_step(at, "NAC") || has_step(at, "HBM") || has_step(at, "LPP");
}

Polarity polarity_of_section(const Citation& at) {
  if (const auto polarity = ruled(at)) {
    return *polarity;
  }
  const std::string part = at.part_number();
  const std::string first = at.steps().empty() ? std::string() : at.steps().front().name;
  if (part == "742") {
    return first == "(a)" || first.empty() ? Polarity::restricts : Polarity::unknown;
  }
  return part == "744" || part == "746" ? Polarity::restricts
         : part == "740"                ? Polarity::frees
                                        : Polarity::unknown;
}

Polarity polarity_of_unit(const Citation& at) {
  if (at.kind() == CitationKind::eccn) {
    return has_step(at, "Related") || has_step(at, "Technical Note") || has_step(at, "Reason") ||
                   has_step(at, "Note") || has_step(at, "STA") || has_step(at, "Special Conditions")
               ? Polarity::unknown
           : is_exception_line(at) ? Polarity::frees
                                   : Polarity::restricts;
  }
  if (at.kind() == CitationKind::section && at.title() == "15") {
    return polarity_of_section(at);
  }
  return has_step(at, "License requirement") && is_in_party_list(at) ? Polarity::restricts
                                                                     : Polarity::unknown;
}

/// The length of the heading that a paragraph begins with ("Back-end exclusion."); 0 for none.
std::size_t heading_end(const Prose& prose) {
  constexpr std::size_t longest = 14;
  std::size_t begin = 0;
  // "(5)", "(i)(A)"
  while (prose.key(begin) == "(" && prose.key(begin + 2) == ")") {
    begin += 3;
  }
  if (begin >= prose.size()) {
    return 0;
  }
  const std::size_t end = prose.sentence_end(begin);
  return end < prose.size() && end - begin <= longest &&
                 !prose.has_any("is|are|may|must|does|do|shall", begin, end)
             ? end
             : 0;
}

Polarity polarity_of_heading(const Prose& prose, std::size_t end, Polarity outer) {
  if (prose.has_any(review_headings, 0, end)) {
    return Polarity::unknown;
  }
  if (prose.has_any(restricting_headings, 0, end)) {
    return Polarity::restricts;
  }
  // "License Exception NAC" is a name.
  const bool names_exception = prose.has_any("license exception|license exceptions", 0, end);
  return !names_exception && prose.has_any(freeing_headings, 0, end) ? Polarity::frees : outer;
}

/// A verb phrase and what it says.
struct Statement {
  std::size_t begin = 0;
  std::size_t end = 0;
  Polarity polarity = Polarity::unknown;
};

/// Those of [begin, end), in order. `place` decides what "this paragraph does not apply" means.
std::vector<Statement>
statements(const Prose& prose, std::size_t begin, std::size_t end, Polarity place) {
  std::vector<Statement> found;
  for (std::size_t i = begin; i < end; ++i) {
    if (prose.has_at(i, "without a license") && !found.empty() &&
        found.back().polarity == Polarity::restricts) {
      continue; // "you may not export ... without a license" bars
    }
    if (const std::size_t length = prose.match_at(i, freeing); length > 0) {
      const bool negated = prose.has_at(i, "does not apply") || prose.has_at(i, "do not apply") ||
                           prose.has_at(i, "shall not apply") || prose.has_at(i, "will not apply");
      const bool of_relief =
          !prose.has_any(
              "requirement|requirements|prohibition|restriction|restrictions|control", begin, i) &&
          ((place == Polarity::frees && prose.has_any("this paragraph", begin, i)) ||
           prose.has_any("exclusion|exception|exemption|exclusions|exceptions|exemptions|"
                         "authorization|presumption of approval",
                         std::max(begin, heading_end(prose)),
                         i));
      found.push_back(
          {i, i + length, negated && of_relief ? Polarity::restricts : Polarity::frees});
      i += length - 1;
    } else if (const std::size_t bars = prose.match_at(i, restricting); bars > 0) {
      found.push_back({i, i + bars, Polarity::restricts});
      i += bars - 1;
    }
  }
  return found;
}

/// Whether the tokens that follow a turning word at `turn` still reach `at`; nullopt where that is
/// not certain.
std::optional<bool> reaches(const Prose& prose, std::size_t turn, std::size_t at) {
  const bool leads = turn == prose.sentence_begin(turn);
  const bool names_places = prose.match_at(turn, naming_places) > 0;
  int open = 0;
  for (std::size_t i = turn; i < at; ++i) {
    const std::string_view key = prose.key(i);
    open += key == "(" ? 1 : key == ")" ? -1 : 0;
    const bool of_group = key == ":" && i > 0 && prose.key(i - 1).size() == 1 &&
                          i + 1 < prose.size() && prose.tokens()[i + 1].is_glued; // "D:1"
    if (open < 0 || key == ";" || (key == ":" && !of_group)) {
      return false;
    }
    constexpr std::size_t words_of_phrase = 2;
    const Token& token = prose.tokens()[i];
    const bool names_place =
        !token.is_word || key.size() <= 2 || is_eccn(token.printed) ||
        is_one_of(key, "and|under|elsewhere|paragraph|paragraphs|eccn|eccns|through");
    if (names_places && i >= turn + words_of_phrase && !names_place) {
      return false;
    }
    // "except D:1 for cameras with": of what is excepted, or of what is not?
    if (key == "for" && i > turn + words_of_phrase) {
      return std::nullopt;
    }
    if (key != "," || open > 0) {
      continue;
    }
    if (leads) {
      return false;
    }
    if (i + 1 < prose.size() &&
        is_one_of(prose.key(i + 1), "that|which|who|when|if|where|to|for|the|you|is|are|a")) {
      return std::nullopt;
    }
  }
  return true;
}

const Unit* unit_of(std::span<const Unit> units, const Citation& at) {
  const auto found = std::find_if(
      units.begin(), units.end(), [id = at.unit()](const Unit& unit) { return unit.id == id; });
  return found == units.end() ? nullptr : &*found;
}

const Citation& place_of(const Change& change, Side side) {
  return side == Side::before && change.was ? *change.was : change.at;
}

std::span<const Unit> units_of(const Law& law, Side side) {
  return side == Side::before ? law.before() : law.after();
}

/// What the sentence that begins at `begin`, the last, says of the list behind it. An exception
/// within it is one of the lead itself unless the list follows at once: "except for:".
Polarity polarity_of_lead(const Prose& prose, std::size_t begin, Polarity outer) {
  constexpr std::size_t reach = 6;
  const auto found = statements(prose, begin, prose.size(), outer);
  const Polarity polarity = found.empty() ? outer : found.back().polarity;
  const std::size_t from = std::max(found.empty() ? begin : found.back().end,
                                    prose.size() > reach ? prose.size() - reach : 0);
  return prose.has_any("except|unless|other than|excluding|excepting", from, prose.size())
             ? opposite(polarity)
             : polarity;
}

/// What a text above says of the members of the list that it leads.
Surroundings led_by(const std::string& text, Surroundings outer) {
  const Prose prose(text);
  if (prose.size() == 0) {
    return {outer.polarity, outer.led, false};
  }
  const std::size_t heading = heading_end(prose);
  Surroundings inner{polarity_of_heading(prose, heading, outer.polarity), outer.led, false};
  if (heading == 0 && prose.size() <= 14 && prose.key(prose.size() - 1) != ":") {
    // A heading alone: its sentence ends with the text.
    inner.polarity = polarity_of_heading(prose, prose.size(), outer.polarity);
  }
  const std::size_t last = prose.size() - 1;
  const std::size_t begin = prose.sentence_begin(last);
  const bool leads =
      prose.key(last) == ":" || prose.has_any("the following|as follows", begin, prose.size());
  if (leads || (prose.key(last) != "." && prose.key(last) != ";")) {
    inner.polarity = polarity_of_lead(prose, begin, inner.polarity);
    inner.led = inner.led || prose.key(last) == ":";
    inner.conditions = prose.has_any("all of the following|both of the following|"
                                     "all the following|each of the following",
                                     begin,
                                     prose.size());
  }
  inner.led = inner.led || inner.polarity != outer.polarity;
  return inner;
}

} // namespace

Polarity opposite(Polarity polarity) {
  return polarity == Polarity::restricts ? Polarity::frees
         : polarity == Polarity::frees   ? Polarity::restricts
                                         : Polarity::unknown;
}

Direction direction_of(Polarity polarity, bool grew) {
  return polarity == Polarity::unknown               ? Direction::unclear
         : (polarity == Polarity::restricts) == grew ? Direction::tightened
                                                     : Direction::loosened;
}

Prose::Prose(std::string_view text) : m_tokens(tokens_of(text)), m_keys(" ") {
  for (const Token& token : m_tokens) {
    m_offsets.push_back(m_keys.size() - 1);
    m_keys += token.key;
    m_keys += ' ';
  }
  m_offsets.push_back(m_keys.size() - 1);
}

bool Prose::has_at(std::size_t i, std::string_view phrase) const {
  if (i >= m_tokens.size()) {
    return false;
  }
  const std::size_t from = m_offsets[i] + 1;
  return m_keys.compare(from, phrase.size(), phrase) == 0 && m_keys[from + phrase.size()] == ' ';
}

std::size_t Prose::match_at(std::size_t i, std::string_view phrases) const {
  std::size_t length = 0;
  const bool found = any_phrase(phrases, [&](std::string_view phrase) {
    length = has_at(i, phrase)
                 ? static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1
                 : 0;
    return length > 0;
  });
  return found ? length : 0;
}

bool Prose::has_any(std::string_view phrases, std::size_t begin, std::size_t end) const {
  for (std::size_t i = begin; i < std::min(end, m_tokens.size()); ++i) {
    const std::size_t length = match_at(i, phrases);
    if (length > 0 && i + length <= end) {
      return true;
    }
  }
  return false;
}

bool Prose::ends_sentence(std::size_t i) const {
  if (m_tokens[i].key != "." || i == 0) {
    return false;
  }
  // "U.S. persons", "Supp. No. 1"
  const Token& last = m_tokens[i - 1];
  const bool is_abbreviation =
      last.is_word && (last.key.size() == 1 || is_one_of(last.key, "supp|no|nos|e.g|i.e"));
  return i + 1 == m_tokens.size() || (!is_abbreviation && !m_tokens[i + 1].is_glued &&
                                      (is_upper(m_tokens[i + 1].printed.front()) ||
                                       m_tokens[i + 1].key == "(" || m_tokens[i + 1].key == "\""));
}

std::size_t Prose::sentence_begin(std::size_t i) const {
  while (i > 0 && !ends_sentence(i - 1)) {
    --i;
  }
  return i;
}

std::size_t Prose::sentence_end(std::size_t i) const {
  while (i < m_tokens.size() && !ends_sentence(i)) {
    ++i;
  }
  return std::min(i + 1, m_tokens.size());
}

std::string text_above(const Change& change, const Law& law, Side side) {
  const Citation& at = place_of(change, side);
  const Unit* unit = unit_of(units_of(law, side), at);
  const Node* node = unit == nullptr ? nullptr : find_node(unit->root, unit->id, at.parent());
  return node == nullptr ? std::string() : node->text;
}

Surroundings surroundings_of(const Change& change, const Law& law, Side side) {
  const Citation& at = place_of(change, side);
  Surroundings result{polarity_of_unit(at)};
  const Unit* unit = unit_of(units_of(law, side), at);
  if (unit == nullptr) {
    return result;
  }
  // Deeper than the law prints (1 CFR 21.11 has six levels) nothing is looked up.
  constexpr std::size_t deepest = 24;
  if (at.steps().size() > deepest) {
    return result;
  }
  std::vector<Citation> above;
  for (Citation place = at.parent(); !place.empty() && !place.steps().empty();
       place = place.parent()) {
    above.push_back(place);
  }
  for (auto place = above.rbegin(); place != above.rend(); ++place) {
    const Node* node = find_node(unit->root, unit->id, *place);
    if (node == nullptr) {
      continue;
    }
    if (node->kind == NodeKind::note && at.kind() == CitationKind::eccn) {
      result = {
          statement_of(Prose(node->text), 0, node->text.size(), Polarity::unknown), true, false};
    } else if (!node->text.empty()) {
      result = led_by(node->text, result);
    }
  }
  return result;
}

Polarity statement_of(const Prose& prose, std::size_t begin, std::size_t end, Polarity place) {
  const auto found = statements(prose, begin, std::min(end, prose.size()), place);
  return found.empty() ? place : found.front().polarity;
}

Polarity polarity_at(const Prose& prose, std::size_t at, Polarity place) {
  if (prose.size() == 0) {
    return place;
  }
  at = std::min(at, prose.size() - 1);
  const std::size_t heading = heading_end(prose);
  if (heading > 0 && at >= heading) {
    place = polarity_of_heading(prose, heading, place);
  }
  const std::size_t begin = std::max(prose.sentence_begin(at), at >= heading ? heading : 0);
  const std::size_t end = prose.sentence_end(at);
  Polarity polarity = place;
  std::size_t from = begin;
  const auto all = statements(prose, begin, end, place);
  const auto behind = std::find_if(
      all.begin(), all.end(), [at](const Statement& each) { return each.begin >= at; });
  if (behind != all.begin()) {
    polarity = std::prev(behind)->polarity;
    from = std::prev(behind)->end;
  } else if (behind != all.end()) {
    polarity = behind->polarity;
  }
  for (std::size_t i = from; i < at; ++i) {
    const std::size_t length = prose.match_at(i, turning);
    if (length == 0) {
      continue;
    }
    const auto reach = reaches(prose, i, at);
    if (!reach) {
      return Polarity::unknown;
    }
    if (*reach) {
      polarity = opposite(polarity);
    }
    i += length - 1;
  }
  return polarity;
}

} // namespace regtrail::diff::typed
