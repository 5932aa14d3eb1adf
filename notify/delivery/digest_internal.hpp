// A digest before it is text or HTML: what is said, in the order in which it is read.
#pragma once

#include "model/change.hpp"
#include "notify/delivery/digest.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::delivery {

/// The fixed sentences of a language (vocabulary: ear-domain.md 8.4).
struct Phrases {
  std::string_view unknown;
  std::string_view none; ///< looked for, there is none
  std::string_view before;
  std::string_view after;
  std::string_view places;
  std::string_view effective;
  std::string_view published;
  std::string_view comments;
  std::string_view compliance;
  std::string_view editions;
  std::string_view scope;
  std::string_view licensing;
  std::string_view source;
  std::string_view confidence;
  std::string_view codified;
  std::string_view nothing;       ///< and every source is well
  std::string_view nothing_known; ///< but a source is in trouble
  std::string_view and_others;
  std::string_view deadlines;
  std::string_view checked;
  std::string_view never_checked;
  std::string_view through;    ///< "{}" = date
  std::string_view checked_at; ///< "{}" = instant
  std::string_view trouble;
  std::string_view cosmetic;       ///< "{}" = number
  std::string_view not_understood; ///< "{}" = number
  std::string_view quarantined;    ///< "{}" = number
  std::string_view more;           ///< "{}" = number
  std::string_view without_hit;
  std::string_view cut; ///< "{}" = citation
  std::string_view list_separator;
  std::string_view colon;
};

[[nodiscard]] const Phrases& phrases(render::Language language);

struct Fact {
  std::string label; ///< may be ""
  std::string value;
};

/// One change, or one replacement made in many places.
struct DigestItem {
  int severity = 1;
  std::string mark;           ///< "critical", "重大"
  std::string place;          ///< "ECCN 3B001.c.1.c.2"
  std::string headline;       ///< "revised: threshold 300 ms -> 500 ms, tightened"
  std::vector<WordRun> words; ///< abridged
  bool has_before = false;
  bool has_after = false;
  std::string cut_remark; ///< where the rest can be read, "" when nothing was cut
  std::vector<Fact> facts;
};

struct DigestView {
  std::string date; ///< day of composition, for the subject and the title
  std::vector<DigestItem> items;
  std::string nothing; ///< said when there are no items
  std::vector<Fact> closing;
};

[[nodiscard]] std::string digest_text(const DigestView& view, render::Language language);
[[nodiscard]] std::string
digest_html(const DigestView& view, const std::string& subject, render::Language language);

/// One side of a word script as plain text on one line.
[[nodiscard]] std::string side_text(const std::vector<WordRun>& words, WordRun::Op other);

} // namespace regtrail::delivery
