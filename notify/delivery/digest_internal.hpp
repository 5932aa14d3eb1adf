// A digest before it is text or HTML: its content in the order of reading.
#pragma once

#include "model/change.hpp"
#include "notify/delivery/digest.hpp"

#include <map>
#include <string>
#include <vector>

namespace regtrail::delivery {

/// The fixed sentences of a language; "{}" stands for what is said beside it.
struct Phrases {
  const char* unknown;
  const char* none; ///< the archive was asked and holds none
  const char* before;
  const char* after;
  const char* places;
  const char* effective;
  const char* published;
  const char* comments;
  const char* compliance;
  const char* editions;
  const char* scope;
  const char* licensing;
  const char* source;
  const char* confidence;
  const char* codified;
  const char* nothing;       ///< without items, all sources healthy
  const char* nothing_known; ///< without items, a source in trouble
  const char* and_others;
  const char* deadlines;
  const char* checked;
  const char* never_checked;
  const char* through;    ///< "{}" = date
  const char* checked_at; ///< "{}" = instant
  const char* trouble;
  const char* cosmetic;       ///< "{}" = number
  const char* not_understood; ///< "{}" = number
  const char* quarantined;    ///< "{}" = number
  const char* withdrawn;
  const char* missing_text;
  const char* more; ///< "{}" = number
  const char* without_hit;
  const char* cut; ///< "{}" = citation
  const char* list_separator;
  const char* colon;
  const char* documents; ///< heading
  const char* station;
  const char* changes_shown; ///< "{}" = number
  const char* check;
};

[[nodiscard]] const Phrases& phrases(render::Language language);

struct Fact {
  std::string label; ///< may be ""
  std::string value;
};

/// One change, or one replacement made in many places.
struct DigestItem {
  int severity = 1;
  std::string mark;     ///< "critical", "重大"
  std::string place;    ///< "ECCN 3B001.c.1.c.2"
  std::string headline; ///< "switching time: limit raised from 300 to 500 ms, more is controlled"
  std::vector<WordRun> words; ///< abridged
  bool has_before = false;
  bool has_after = false;
  std::string cut_remark; ///< where the rest can be read, "" when nothing was cut
  std::vector<Fact> facts;
};

[[nodiscard]] DigestItem
document_item(const ItemNews& news, const Register& entries, Date today, render::Language language);

struct DigestView {
  std::string date; ///< day of composition, for the subject and the title
  std::vector<DigestItem> items;
  std::vector<DigestItem> documents;
  std::string nothing; ///< said when there are neither
  std::vector<Fact> closing;
};

[[nodiscard]] std::string digest_text(const DigestView& view, render::Language language);
[[nodiscard]] std::string
digest_html(const DigestView& view, const std::string& subject, render::Language language);

} // namespace regtrail::delivery
