// The places, words and mentions of one change.
#pragma once

#include "diff/relevance/term_text_internal.hpp"
#include "model/cfr_pattern.hpp"
#include "model/change.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff {

/// A place in the CCL: an entry and the item path in it ("c.1.a", "" for the entry).
struct EccnPlace {
  std::string eccn;
  std::string path;

  friend bool operator==(const EccnPlace&, const EccnPlace&) = default;
};

/// "3B001.c" covers 3B001.c.1.a, not 3B001.ca.
[[nodiscard]] bool covers(const EccnPlace& prefix, const EccnPlace& place);
[[nodiscard]] int depth(const EccnPlace& place);
[[nodiscard]] EccnPlace parse_eccn_place(std::string_view text);

/// One side of a change with its words and which of them changed.
struct Side {
  std::string_view text;
  TermText terms;
  std::vector<bool> changed;               ///< by word
  std::vector<bool> beside_changed_figure; ///< by word: in a clause of which a figure changed
};

/// A mention of an entry or place inside the changed words.
struct Mention {
  EccnPlace eccn;     ///< of an ECCN
  Citation reference; ///< of anything else
  std::string words;
};

/// A change as the matcher sees it; borrows the texts of the change.
struct Subject {
  std::vector<Citation> places; ///< where it is and was
  std::vector<EccnPlace> eccns; ///< the same in the CCL, a license row's paths included
  bool in_license_row = false;  ///< that names paragraphs
  bool in_entry_line = false;   ///< heading, license requirements or exceptions of an entry
  bool in_note = false;         ///< of an entry or item: inside it like an item
  bool is_whole = false;    ///< an added or removed subtree, but for a labelled line of an entry
  bool says_except = false; ///< in any word
  bool in_party_list = false;
  bool in_document = false;  ///< title and abstract: TariffMatcher reads the numbers of the tariff
  bool is_title = false;     ///< of a document: a name or term in it says what it is about
  std::string fdp_footnotes; ///< "footnote 5": came or went with a listed party
  std::vector<Side> sides;   ///< before and after, without the empty one
  std::vector<Mention> mentions;        ///< in changed words only
  std::vector<EccnPlace> named_eccns;   ///< in all words, lists of paragraphs member by member
  std::vector<Citation> own_paragraphs; ///< "paragraph (a)(5)(i) of this section", in all words
  std::string at;                       ///< canonical, for reasons
};

[[nodiscard]] Subject make_subject(const Change& change);

/// Whether one of the two covers the other.
[[nodiscard]] bool related(const EccnPlace& left, const EccnPlace& right);

/// Does a change at `place`, above `own`, hold for `own`? The paragraph directly above does, and
/// so do the heading, the requirements and the exceptions of its entry, unless they name other
/// paragraphs of it, or except this one.
[[nodiscard]] bool governs(const EccnPlace& place, const EccnPlace& own, const Subject& subject);

} // namespace regtrail::diff
