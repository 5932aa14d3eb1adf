// Places of the CFR as instructions name them, read into targets.
#pragma once

#include "federal_register/instruction/designators.hpp"
#include "federal_register/instruction/lists.hpp"
#include "federal_register/instruction/tokens.hpp"
#include "model/document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::federal_register::instruction_detail {

/// What the words so far have made known.
struct Context {
  std::string title;
  std::string part;
  std::vector<CfrPart> named;  ///< parts named with their title in the document so far
  std::vector<Target> base;    ///< where "paragraph (a)" is to be found
  std::vector<Citation> units; ///< of the text set out, for words that name no section
  Path last_path;              ///< of the paragraph named last, for continuations
  std::string failure;         ///< the first place that could not be read
  Citation country;            ///< of a list of parties, named last: "under that heading"
  Citation corrected;          ///< what a correction corrects: 2026-03111
  std::size_t place_count = 0; ///< places made or copied so far

  /// Counts `places` made or copied: lists below lists multiply (400 sections of 400 paragraphs).
  /// False, and a failure, beyond 20,000.
  bool within_limit(std::size_t places);
};

struct Places {
  std::vector<Target> targets;
  std::string note;      ///< what a citation cannot say: "the second sentence"
  bool reserved = false; ///< "reserved appendices N and O are added"
  bool pronoun = false;  ///< "it", "them": those named before
  bool partial = false;  ///< aliases, addresses: the entries are revised, whatever the verb
  Citation country;      ///< whose heading is in the list: what follows it stands below

  void add(Citation at) { targets.push_back(Target{std::move(at)}); }
};

/// Whether a comma alone goes on with a list: "paragraph (a), the heading, and Table 1" does; "In
/// § 744.11, paragraph (a) is revised" ends the location at its comma.
enum class Commas : std::uint8_t { join, end };

/// Reads noun phrases. Everything returns false with the cursor unmoved where none begins.
class PlaceReader {
public:
  explicit PlaceReader(Context& context) : m_context(context) {}

  /// "paragraphs (a) and (b)(1) introductory text, the section heading, and Table 1".
  bool read_list(Cursor& cursor, Places& places, Commas commas = Commas::join);

  /// The same, at most `most` places: "as paragraph (b)(3), and a new paragraph (b)(2) is added".
  bool read_some(Cursor& cursor, Places& places, std::size_t most);

  /// Behind "under": a country, an entry of the commentary, any caption; or a place.
  bool read_under(Cursor& cursor, Places& places);

private:
  using Targets = std::vector<Target>;

  enum class Number : std::uint8_t { singular, plural };

  bool read_one(Cursor& cursor, Places& places);
  [[nodiscard]] bool is_where_next_stands(const Places& places, const Cursor& next) const;
  bool read_noun(Cursor& cursor, std::size_t start, Places& places);
  bool read_effect_on_place(Cursor& cursor, Places& places);

  // places_units.cpp: sections, parts, supplements, entries of the CCL
  bool read_sections(Cursor& cursor, Places& places);
  bool read_cfr_title(Cursor& cursor);
  bool read_parts(Cursor& cursor, Places& places);
  bool read_subdivision(Cursor& cursor, Places& places);
  bool read_supplement(Cursor& cursor, Places& places);
  bool read_appendix(Cursor& cursor, Places& places);
  bool read_eccns(Cursor& cursor, Places& places);
  bool read_label(Cursor& cursor, Places& places);
  void add_units(const std::vector<std::string>& names, std::string_view kind, Places& places);
  [[nodiscard]] Citation section(const std::string& number) const;
  bool read_part_tail(Cursor& cursor, std::string& part);

  // places_paragraphs.cpp
  bool read_paragraphs(Cursor& cursor, Places& places);
  bool read_designated(Cursor& cursor, Places& places);
  bool read_items(Cursor& cursor, Places& places);
  void add_paragraph(const Path& path, Places& places);
  void read_extent(Cursor& cursor, Places& places, std::size_t from);
  void read_owner(Cursor& cursor, Places& places, std::size_t from);

  // places_entries.cpp: parts of entries of the CCL, its categories and those of the Munitions List
  bool read_field(Cursor& cursor, Places& places);
  bool read_entry_lines(Cursor& cursor, Places& places);
  bool read_category(Cursor& cursor, Places& places);
  void add_to_entry(const Targets& owners, const std::vector<std::string>& names, Places& places);

  // places_lists.cpp: countries, columns, parts of entries of parties
  bool read_listed_countries(Cursor& cursor, Places& places);
  bool read_country_groups(Cursor& cursor, Places& places);
  bool read_columns(Cursor& cursor, Places& places);
  bool read_party_details(Cursor& cursor, Places& places);
  bool read_under_country(Cursor& cursor, Places& places);
  void skip_address(Cursor& cursor) const;
  [[nodiscard]] Citation party_list();

  // places_documents.cpp: documents of the Register and their instructions
  bool read_rule(Cursor& cursor, Places& places);
  bool read_instruction_numbers(Cursor& cursor, Places& places);

  // places_named.cpp: headings, tables, notes, sentences, authority citations
  bool read_heading(Cursor& cursor, Places& places);
  bool read_introductory(Cursor& cursor, Places& places);
  bool read_numbered_child(Cursor& cursor, Places& places);
  bool read_sentences(Cursor& cursor, std::size_t start, Places& places);
  bool read_authority(Cursor& cursor, Places& places);
  bool read_text_at(Cursor& cursor, std::size_t start, Places& places);

  // places_terms.cpp: definitions, entries, parts of entries, captions
  bool read_terms_of(Cursor& cursor, Places& places);
  bool read_form(Cursor& cursor, Places& places);
  bool read_following(Cursor& cursor, std::size_t start, Places& places);
  [[nodiscard]] Targets read_owners(Cursor& cursor);
  [[nodiscard]] std::vector<std::string> read_terms(Cursor& cursor, Number number);
  /// Later groups of a list share an owner only where they have no section of their own.
  enum class Group : std::uint8_t { first, later };

  void share_owner(Places& places, std::size_t from, std::size_t last, Group group);
  void add_named(const Targets& owners, const std::vector<std::string>& names, Places& places);

  // places_commentary.cpp: keys of official interpretations, captions without quotes
  bool read_key(Cursor& cursor, Places& places);
  [[nodiscard]] std::string read_name(Cursor& cursor);
  [[nodiscard]] bool name_ends(const Cursor& cursor) const;

  [[nodiscard]] Targets base();
  [[nodiscard]] Targets entries_or_base();
  [[nodiscard]] std::string title_of(std::string_view part) const;
  bool fail(const Cursor& cursor, std::string_view why);

  [[nodiscard]] bool full(const Places& places) const { return places.targets.size() >= m_most; }

  Context& m_context;
  Targets m_owner;  ///< that the noun phrase read last has named
  Citation m_entry; ///< of the CCL, named last in the list
  int m_depth = 0;
  int m_owned = 0;                             ///< above 0 while what follows "of" is read
  std::size_t m_most = std::string_view::npos; ///< places that a list may have
};

/// "second", "last": words that count sentences and entries.
[[nodiscard]] bool is_ordinal_word(const Token& token);

/// 2 for "second"; 0 for "last" and what is no ordinal.
[[nodiscard]] int ordinal_of(const Token& token);

/// "a", "b.1", "2.ii", "9.vi", "10": what numbers paragraphs of entries and appendices.
[[nodiscard]] bool is_item(const Token& token);

/// Appends `note` to `notes`, "; " between them.
void add_note(std::string& notes, std::string_view note);

/// With its first letter in upper case.
[[nodiscard]] std::string capitalised(std::string_view word);

/// "H-24(G)" with its steps.
[[nodiscard]] std::string with_steps(const Token& code);

/// Whether words of an instruction stand among those of a caption: then it was none.
[[nodiscard]] bool holds_more_than_a_name(Cursor cursor, std::size_t end);

/// Takes ", and", ";", "and", "or" between members of a list. False and unmoved where none is.
bool take_separator(Cursor& cursor);

/// `citation` below which paragraphs are counted anew: the unit, or its deepest named step.
[[nodiscard]] Citation paragraph_root(const Citation& citation);

[[nodiscard]] Citation with_path(Citation root, const Path& path);

/// The citation of the second bearer of a name and of later ones.
[[nodiscard]] Citation with_occurrence(const Citation& citation, int occurrence);

/// A name fit for a step: folded, without " / ".
[[nodiscard]] Citation with_name(const Citation& parent, std::string_view name);

/// A glossary: its paragraphs and notes are those of its terms.
inline constexpr std::string_view definitions_of_the_ear = "772.1";

/// Stands for the section of a paragraph until the words name it.
inline constexpr std::string_view unknown_section = "?";

/// `target`, read as a place below `base`, as the same place below `owner`.
[[nodiscard]] Target moved_below(const Target& target, const Citation& base, const Citation& owner);

[[nodiscard]] bool is_commentary(const Citation& citation);

/// A page or a document of the Federal Register.
[[nodiscard]] bool is_of_register(const Citation& citation);

} // namespace regtrail::federal_register::instruction_detail
