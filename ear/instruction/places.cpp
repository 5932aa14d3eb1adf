#include "ear/instruction/places.hpp"

#include "ear/scan_internal.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <array>

namespace regtrail::ear::instruction_detail {

namespace {

constexpr int deepest_owner = 4; ///< "the heading of the note to paragraph (a) of § 1.1"

/// What may stand in front of a noun without changing which place is meant.
bool take_adjective(Cursor& cursor, Places& places) {
  if (cursor.is_word("reserved") && !cursor.is(TokenKind::full_stop, 1)) {
    places.reserved = true;
    cursor.skip();
    return true;
  }
  return cursor.take_words({"the", "following"}) ||
         cursor.take_any({"the",          "a",          "an",    "new",      "newly",
                          "redesignated", "designated", "added", "revised",  "existing",
                          "current",      "associated", "all",   "both",     "entire",
                          "said",         "its",        "their", "proposed", "reserved",
                          "additional"});
}

} // namespace

bool is_ordinal_word(const Token& token) {
  static constexpr std::array words = {std::string_view("first"),
                                       std::string_view("second"),
                                       std::string_view("third"),
                                       std::string_view("fourth"),
                                       std::string_view("fifth"),
                                       std::string_view("sixth"),
                                       std::string_view("seventh"),
                                       std::string_view("eighth"),
                                       std::string_view("ninth"),
                                       std::string_view("tenth"),
                                       std::string_view("last"),
                                       std::string_view("final"),
                                       std::string_view("next"),
                                       std::string_view("penultimate"),
                                       std::string_view("concluding")};
  return std::find(words.begin(), words.end(), token.lower) != words.end();
}

bool is_count(const Token& token) {
  static constexpr std::array words = {std::string_view("one"),
                                       std::string_view("two"),
                                       std::string_view("three"),
                                       std::string_view("four"),
                                       std::string_view("five"),
                                       std::string_view("six"),
                                       std::string_view("seven"),
                                       std::string_view("eight"),
                                       std::string_view("nine"),
                                       std::string_view("ten"),
                                       std::string_view("eleven"),
                                       std::string_view("twelve"),
                                       std::string_view("both")};
  return (token.kind == TokenKind::code && token.steps.empty() && token.lower.size() <= 3 &&
          std::all_of(token.lower.begin(), token.lower.end(), is_digit)) ||
         std::find(words.begin(), words.end(), token.lower) != words.end();
}

bool take_joint(Cursor& cursor) {
  Cursor ahead = cursor;
  bool any = ahead.take(TokenKind::comma) || ahead.take(TokenKind::semicolon);
  any = ahead.take_any({"and", "or", "and/or"}) || any;
  any = ahead.take_words({"as", "well", "as"}) || any;
  if (any) {
    cursor = ahead;
  }
  return any;
}

Citation paragraph_root(const Citation& citation) {
  Citation root = citation;
  while (!root.steps().empty() &&
         (root.steps().back().kind != Step::Kind::named || root.steps().back().name == "heading")) {
    root = root.parent();
  }
  return root;
}

Citation with_path(Citation root, const Path& path) {
  for (const auto& step : path) {
    root = root.child(Step{Step::Kind::paragraph, step, 1});
  }
  return root;
}

Citation with_name(const Citation& parent, std::string_view name) {
  std::string folded = normalise(name);
  for (std::size_t at = folded.find(" / "); at != std::string::npos; at = folded.find(" / ", at)) {
    folded.replace(at, 3, "/");
  }
  return folded.empty() ? parent : parent.child(Step{Step::Kind::named, std::move(folded), 1});
}

bool is_commentary(const Citation& citation) {
  return citation.kind() == CitationKind::appendix &&
         !citation.name().starts_with("Supplement No. ");
}

std::vector<Target> PlaceReader::base() const {
  if (!m_scene.base.empty()) {
    return m_scene.base;
  }
  Targets targets;
  if (m_scene.units.size() == 1) {
    targets.push_back(Target{m_scene.units.front(), TargetExtent::whole});
  }
  return targets;
}

bool PlaceReader::fail(const Cursor& cursor, std::string_view why) {
  if (m_scene.failure.empty()) {
    m_scene.failure =
        std::string(why) + ": '" + cursor.verbatim(cursor.position(), cursor.position() + 6) + "'";
  }
  return false;
}

bool PlaceReader::read_list(Cursor& cursor, Places& places) {
  if (!read_one(cursor, places)) {
    return false;
  }
  while (!cursor.done()) {
    Cursor ahead = cursor;
    if (!take_joint(ahead)) {
      break;
    }
    const bool bare_comma =
        cursor.is(TokenKind::comma) && ahead.position() == cursor.position() + 1;
    const std::size_t had = places.targets.size();
    if (!read_one(ahead, places)) {
      break;
    }
    cursor = ahead;
    // "In Supplement No. 1 to part 774, Category 3, ECCN 3A001", "Appendix B to part 1003,
    // Supplement I to part 1003": a comma alone goes deeper.
    const bool deeper = bare_comma && had == 1 && places.targets.size() > had &&
                        places.targets.front().at.kind() == CitationKind::appendix &&
                        places.targets.front().at.steps().empty() &&
                        !places.targets[had].at.is_within(places.targets.front().at.parent());
    if (deeper && (places.targets[had].at.kind() == CitationKind::eccn ||
                   places.targets[had].at.unit() != places.targets.front().at.unit())) {
      places.targets.erase(places.targets.begin());
    }
  }
  return true;
}

bool PlaceReader::read_one(Cursor& cursor, Places& places) {
  if (m_depth > deepest_owner) {
    return fail(cursor, "nested too deeply");
  }
  ++m_depth;
  Cursor ahead = cursor;
  const bool had_reserved = places.reserved;
  while (take_adjective(ahead, places)) {
  }
  const bool found = read_noun(ahead, cursor.position(), places);
  --m_depth;
  if (found) {
    cursor = ahead;
  } else {
    places.reserved = had_reserved;
  }
  return found;
}

bool PlaceReader::read_noun(Cursor& cursor, std::size_t start, Places& places) {
  if (cursor.is_any({"it", "them"})) {
    cursor.skip();
    places.pronoun = true;
    return true;
  }
  read_cfr_title(cursor);
  return read_sentences(cursor, start, places) || read_heading(cursor, places) ||
         read_introductory(cursor, places) || read_authority(cursor, places) ||
         read_terms_of(cursor, places) || read_numbered_child(cursor, places) ||
         read_text_at(cursor, start, places) || read_paragraphs(cursor, places) ||
         read_field(cursor, places) || read_eccns(cursor, places) ||
         read_sections(cursor, places) || read_supplement(cursor, places) ||
         read_appendix(cursor, places) || read_parts(cursor, places) ||
         read_subdivision(cursor, places) || read_label(cursor, places) ||
         read_form(cursor, places) || read_key(cursor, places) ||
         read_following(cursor, start, places);
}

} // namespace regtrail::ear::instruction_detail
