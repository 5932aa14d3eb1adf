#include "parse/ecfr/designators.hpp"

#include "model/characters.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace regtrail::parse {
namespace {

struct Designator {
  Marker marker;
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_roman_digit(char c) {
  return c == 'i' || c == 'v' || c == 'x' || c == 'l' || c == 'c';
}

/// Length of a run that can be a designator's token: one class of character, not too long.
std::size_t token_length(std::string_view text) {
  if (text.empty()) {
    return 0;
  }
  const auto run = [&](bool (*in)(char), std::size_t longest) -> std::size_t {
    const auto end = std::find_if_not(text.begin(), text.end(), in);
    const auto length = static_cast<std::size_t>(end - text.begin());
    return length <= longest ? length : 0;
  };
  if (is_digit(text[0])) {
    return run(is_digit, 3);
  }
  if (is_upper(text[0])) {
    return run(is_upper, 5);
  }
  if (!is_lower(text[0])) {
    return 0;
  }
  const std::size_t length = run(is_lower, 7);
  const std::string_view token = text.substr(0, length);
  const bool letters =
      length <= 3 && std::all_of(token.begin(), token.end(), [&](char c) { return c == token[0]; });
  return letters || std::all_of(token.begin(), token.end(), is_roman_digit) ? length : 0;
}

std::size_t skip_blank(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] == ' ' ? at + 1 : at;
}

std::optional<Designator> parenthesized_at(const InlineText& paragraph, std::size_t at) {
  const std::string_view text = paragraph.text;
  if (at >= text.size() || text[at] != '(') {
    return std::nullopt;
  }
  const std::size_t from = skip_blank(text, at + 1);
  const std::size_t length = token_length(text.substr(from));
  const std::size_t close = skip_blank(text, from + length);
  if (length == 0 || close >= text.size() || text[close] != ')') {
    return std::nullopt;
  }
  Designator found;
  found.marker.token = text.substr(from, length);
  found.marker.font =
      paragraph.is_italic(from, from + length) ? MarkerFont::italic : MarkerFont::plain;
  found.begin = at;
  found.end = close + 1;
  return found;
}

/// "1. Text", "a. Text": a token, a full stop and a blank (or nothing more).
std::optional<Designator> dotted_at(const InlineText& paragraph, std::size_t at) {
  const std::string_view text = paragraph.text;
  const std::size_t length = token_length(text.substr(std::min(at, text.size())));
  const std::size_t dot = at + length;
  if (length == 0 || dot >= text.size() || text[dot] != '.' ||
      (dot + 1 < text.size() && text[dot + 1] != ' ')) {
    return std::nullopt;
  }
  if (is_upper(text[at]) && length > 1 &&
      text.substr(at, length).find_first_not_of("IVX") != std::string_view::npos) {
    return std::nullopt;
  }
  Designator found;
  found.marker.token = text.substr(at, length);
  found.marker.form = MarkerForm::dotted;
  found.marker.doubtful = true;
  found.begin = at;
  found.end = dot + 1;
  return found;
}

bool starts_with_dash(std::string_view text) {
  return text.starts_with("\xE2\x80\x94") || text.starts_with("\xE2\x80\x93");
}

int rank(const Marker& marker) {
  const char c = marker.token[0];
  if (is_digit(c)) {
    return marker.font == MarkerFont::italic ? 4 : 1;
  }
  if (is_upper(c)) {
    return 3;
  }
  return marker.token == "i" ? (marker.font == MarkerFont::italic ? 5 : 2) : 0;
}

/// True when `after` can open a list inside `before`: the first of another kind of list. Letters
/// open no list inside another, but any list may stand in a definition.
bool may_follow(const Designator& before, const Designator& after) {
  if (before.marker.form == MarkerForm::term) {
    return is_first_member(after.marker.token);
  }
  return is_first_member(after.marker.token) && rank(after.marker) != 0 &&
         rank(after.marker) != rank(before.marker);
}

/// Where the bracket behind "* " at the front of a text stands, 0 without an asterisk.
std::size_t behind_asterisk(std::string_view text) {
  return !text.starts_with('*') ? 0 : text.starts_with("* ") ? 2 : 1;
}

std::optional<Designator> leading_designator(const InlineText& paragraph) {
  auto found = parenthesized_at(paragraph, behind_asterisk(paragraph.text));
  if (found) {
    found->begin = 0;
  }
  return found;
}

std::string_view second_member(std::string_view first) {
  return first == "1" ? "2" : first == "i" ? "ii" : first == "I" ? "II" : first == "a" ? "b" : "B";
}

/// True when `marker` may be of a list inside that of `first`.
bool may_lie_below(const Marker& marker, const Marker& first) {
  const bool roman = marker.token.find_first_not_of("ivx") == std::string::npos;
  const bool italic = marker.font == MarkerFont::italic;
  return (roman ? (italic ? 5 : 2) : rank(marker)) > rank(first);
}

/// True when the second member of the list that `first` opens comes in `following`, with nothing
/// before it but what can stand below the first.
bool is_continued(const Marker& first, Following following) {
  constexpr std::size_t farthest = 60;
  for (const InlineText* paragraph : following.first(std::min(following.size(), farthest))) {
    const auto found = leading_designator(*paragraph);
    if (!found) {
      continue;
    }
    if (found->marker.font == first.font && found->marker.token == second_member(first.token)) {
      return true;
    }
    if (!may_lie_below(found->marker, first)) {
      return false;
    }
  }
  return false;
}

/// True when the "(" at `at` continues a citation: "paragraphs (a)(6)(i)(A)", or stands inside the
/// italics of a heading.
bool is_cited(const InlineText& paragraph, std::size_t at) {
  const auto inside = [&](const TextSpan& span) { return span.begin < at && at < span.end; };
  if (std::any_of(paragraph.italics.begin(), paragraph.italics.end(), inside)) {
    return true;
  }
  std::string_view before = std::string_view(paragraph.text).substr(0, at);
  if (before.ends_with(')')) {
    return true;
  }
  while (before.ends_with(' ')) {
    before.remove_suffix(1);
  }
  static constexpr std::array<std::string_view, 8> cited = {
      "paragraph", "paragraphs", "section", "sections", "clause", "clauses", "item", "items"};
  return std::any_of(
      cited.begin(), cited.end(), [&](std::string_view word) { return before.ends_with(word); });
}

/// True when "(a)", "(1)", "(i)" or the like stands at `at`: the first member of a list.
bool opens_list(std::string_view text, std::size_t at) {
  const std::size_t from = skip_blank(text, at + 1);
  const std::size_t close = skip_blank(text, from + 1);
  return close < text.size() && text[close] == ')' && is_first_member(text.substr(from, 1));
}

/// True when the second member of the list that `first` opens stands in the same paragraph: a list
/// in running text.
bool is_enumeration(const InlineText& paragraph, const Designator& first) {
  std::string second = "(";
  second += second_member(first.marker.token);
  second += ')';
  for (std::size_t at = paragraph.text.find(second, first.end); at != std::string::npos;
       at = paragraph.text.find(second, at + 1)) {
    if (!is_cited(paragraph, at)) {
      return true;
    }
  }
  return false;
}

/// Whether a heading or what introduces a list ends at the end of `text`.
enum class Ending : std::uint8_t { none, heading, introduction };

Ending ending_of(std::string_view text) {
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  const bool dash = text.ends_with("\xE2\x80\x94") || text.ends_with("\xE2\x80\x93") ||
                    text.ends_with(" -") || text.ends_with(':');
  const bool mark = text.ends_with('.') || text.ends_with('-') || text.ends_with('?') ||
                    text.ends_with('!') || text.ends_with(".\xE2\x80\x9D");
  return dash ? Ending::introduction : mark ? Ending::heading : Ending::none;
}

/// True for "the office may (1) refuse;" where the very next paragraph begins with (2); not for
/// "Article 12(1)".
bool goes_on_directly(const InlineText& paragraph, const Designator& first, Following following) {
  const std::string_view before = std::string_view(paragraph.text).substr(0, first.begin);
  const bool word =
      before.ends_with(' ') && before.size() > 1 && !is_digit(before[before.size() - 2]);
  const auto next = following.empty() ? std::nullopt : leading_designator(*following.front());
  return word && next && next->marker.token == second_member(first.marker.token);
}

/// A designator behind the heading that begins where `before` ends, "(b) <I>Policy.</I> (1) ...",
/// or behind what introduces its list: "(b) The fees are: (1) ...".
std::optional<Designator>
in_the_middle(const InlineText& paragraph, const Designator& before, Following following) {
  const std::string_view text = paragraph.text;
  const std::size_t from = before.end;
  constexpr std::size_t longest_heading = 400;
  std::optional<Designator> last; // behind words that introduce nothing
  for (std::size_t at = text.find('(', from); at != std::string_view::npos;
       at = text.find('(', at + 1)) {
    if (!opens_list(text, at)) {
      continue;
    }
    auto found = parenthesized_at(paragraph, at);
    if (!found || !may_follow(before, *found) || is_cited(paragraph, at)) {
      continue;
    }
    const Ending ending = ending_of(text.substr(from, at - from));
    const bool heading = at - from < longest_heading && paragraph.is_italic(from, at);
    if (heading && ending != Ending::none) {
      return found;
    }
    if (!is_continued(found->marker, following) || is_enumeration(paragraph, *found)) {
      continue;
    }
    if (heading || ending != Ending::none) {
      return found;
    }
    if (goes_on_directly(paragraph, *found, following)) {
      last = std::move(found);
    }
  }
  return last;
}

/// The designators named by the rest of "(c)-(e) [Reserved]", "a. through f. [Reserved]".
void read_range(const InlineText& paragraph,
                const Designator& first,
                Designators& out,
                DesignatorList& list) {
  const std::string_view text = paragraph.text;
  const std::string_view rest = text.substr(first.end);
  const std::size_t connector_at = skip_blank(text, first.end);
  if (connector_at >= text.size() ||
      std::string_view("ta,-\xE2").find(text[connector_at]) == std::string_view::npos) {
    return; // none of the connectors begins like this
  }
  static constexpr std::array<std::string_view, 9> connectors = {
      " through ", " to ", " and ", ", ", " - ", "-", "\xE2\x80\x93", "\xE2\x80\x94", ","};
  for (const std::string_view connector : connectors) {
    if (!rest.starts_with(connector)) {
      continue;
    }
    const std::size_t at = first.end + connector.size();
    const auto last = first.marker.form == MarkerForm::dotted ? dotted_at(paragraph, at)
                                                              : parenthesized_at(paragraph, at);
    if (!last) {
      continue;
    }
    const std::string_view after = text.substr(skip_blank(text, last->end));
    if (!after.starts_with("[Reserved") && !after.starts_with("[RESERVED") &&
        !after.starts_with("Reserved")) {
      return;
    }
    const std::vector<std::string> members =
        members_between(first.marker.token, last->marker.token);
    for (std::size_t i = 1; i < members.size(); ++i) {
      list.markers.push_back(first.marker);
      list.markers.back().token = members[i];
      list.spans.push_back({});
      out.end = last->end;
      ++out.ranged;
    }
    return;
  }
}

/// The designator directly behind `last`, or behind the heading that follows it.
std::optional<Designator>
next_inner(const InlineText& paragraph, const Designator& last, Following following) {
  const std::string_view text = paragraph.text;
  if (last.marker.form == MarkerForm::dotted) {
    auto glued = dotted_at(paragraph, skip_blank(text, last.end)); // "2. a. In some cases"
    const bool opens =
        glued && is_first_member(glued->marker.token) && rank(glued->marker) != rank(last.marker);
    return opens ? glued : std::nullopt;
  }
  if (last.marker.form == MarkerForm::term) {
    return in_the_middle(paragraph, last, following);
  }
  if (auto glued = parenthesized_at(paragraph, skip_blank(text, last.end));
      glued && may_follow(last, *glued)) {
    return glued;
  }
  if (starts_with_dash(text.substr(last.end))) {
    if (auto dashed = parenthesized_at(paragraph, last.end + 3);
        dashed && may_follow(last, *dashed)) {
      return dashed;
    }
  }
  return in_the_middle(paragraph, last, following);
}

/// Appends `found` and the designators behind it.
void append_all(const InlineText& paragraph,
                std::optional<Designator> found,
                Following following,
                Designators& out,
                DesignatorList& list) {
  constexpr std::size_t most = 7;
  while (found && out.count < most) {
    list.markers.push_back(found->marker);
    list.markers.back().inner = out.count != 0;
    list.spans.push_back(
        {static_cast<std::uint32_t>(found->begin), static_cast<std::uint32_t>(found->end)});
    out.end = found->end;
    ++out.count;
    auto inner = next_inner(paragraph, *found, following);
    if (!inner && out.count == 1 && found->marker.form != MarkerForm::term) {
      read_range(paragraph, *found, out, list);
    }
    found = std::move(inner);
  }
}

} // namespace

Designators read_designators(const InlineText& paragraph,
                             Following following,
                             DottedMarkers dotted,
                             DesignatorList& list) {
  Designators out;
  out.first = list.markers.size();
  auto found = leading_designator(paragraph);
  if (!found && dotted == DottedMarkers::yes) {
    found = dotted_at(paragraph, 0);
  }
  append_all(paragraph, std::move(found), following, out, list);
  return out;
}

Designators read_definition(const InlineText& paragraph,
                            std::string term,
                            std::size_t end,
                            Following following,
                            DesignatorList& list) {
  Designators out;
  out.first = list.markers.size();
  Designator found;
  found.marker.token = std::move(term);
  found.marker.form = MarkerForm::term;
  found.end = end;
  append_all(paragraph, std::move(found), following, out, list);
  if (out.count == 1) {
    out.end = 0; // the term is text, not a label
  }
  list.spans[out.first] = {};
  return out;
}

Designators
read_introduced(const InlineText& paragraph, Following following, DesignatorList& list) {
  Designators out;
  out.first = list.markers.size();
  Designator words; // like a definition: any list may follow
  words.marker.form = MarkerForm::term;
  append_all(paragraph, in_the_middle(paragraph, words, following), following, out, list);
  return out;
}

bool begins_with_bracket(std::string_view text) {
  return text.substr(std::min(behind_asterisk(text), text.size())).starts_with('(');
}

bool begins_with_designator(const InlineText& paragraph, DottedMarkers dotted) {
  return leading_designator(paragraph) || (dotted == DottedMarkers::yes && dotted_at(paragraph, 0));
}

std::string leading_number(const InlineText& paragraph) {
  const auto found = dotted_at(paragraph, 0);
  return found && is_digit(found->marker.token[0]) ? found->marker.token : std::string{};
}

std::string designator_name(const Marker& marker) {
  if (marker.form != MarkerForm::parenthesized) {
    return marker.token;
  }
  std::string name = "(";
  name += marker.token;
  name += ')';
  return name;
}

} // namespace regtrail::parse
