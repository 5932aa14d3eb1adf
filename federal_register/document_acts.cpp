#include "federal_register/document_acts.hpp"

#include "ear/fr_citation.hpp"
#include "ear/text_date.hpp"
#include "federal_register/sentence_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace regtrail::federal_register {

namespace {

/// How an act is announced; '|' between phrases.
struct ActWords {
  RelationKind kind;
  std::string_view pieces;    ///< whole pieces between ";" of an action or a title, full stop aside
  std::string_view headings;  ///< anywhere in an action or a title
  std::string_view sentences; ///< anywhere in an abstract
  std::string_view stems;     ///< begin the words with which a sentence speaks of the act
};

constexpr std::array act_words = {
    ActWords{RelationKind::corrects,
             "correction|corrections|technical correction|technical corrections|"
             "correcting amendment|correcting amendments|correction and correcting amendment",
             "correction to final rule|correction of publication",
             "to correct a final rule|to correct an interim final rule|to correct a proposed rule|"
             "to correct the final rule|to correct the interim final rule|is correcting a final|"
             "is correcting an interim final|is correcting a proposed|is correcting the final|"
             "is correcting the interim final|document corrects|corrects inadvertent errors|"
             "corrects errors in",
             "correct"},
    ActWords{RelationKind::delays,
             "delay|delayed effective date",
             "delay of effective date|delay of effectiveness|delay of the effective date|"
             "deferral of effective date|postponement of effective|delay of compliance",
             "delays the effective date|delaying the effective date|postpones the effective date|"
             "delays the effectiveness",
             "delay|postpon|defer"},
    ActWords{RelationKind::withdraws,
             "withdrawal|partial withdrawal|notice of withdrawal",
             "withdrawal of direct final|withdrawal of final rule|withdrawal of proposed rule|"
             "withdrawal of notice|withdrawal of interim final|withdrawal of advance notice",
             "withdraws the final|withdraws the proposed|withdraws the direct final|"
             "withdraws the interim|is withdrawing the final|is withdrawing the proposed|"
             "is withdrawing a proposed|is withdrawing the direct final",
             "withdr"},
    ActWords{
        RelationKind::stays,
        "stay|administrative stay|temporary stay|partial stay|suspension",
        "stay of effective|stay of the effective|stay of final rule|stay of regulations|"
        "suspension of effective|suspension of final rule|suspension of regulations",
        "stays the effectiveness|stays the interim final|stays the final|"
        "suspends the effectiveness|suspends the interim final|"
        "suspension of the interim final rule|suspension of the final rule|"
        "stay of the interim final rule|stay of the final rule|suspends the final|is staying the|"
        "is suspending the effectiveness",
        "stay|suspend|suspension"},
    ActWords{RelationKind::extends,
             "extension|reopening",
             "extension of comment period|extension of public comment period|"
             "extension of the comment period|reopening of comment period|"
             "reopening of public comment period|reopening of the comment period|"
             "extension of compliance date|extension of effective date|extension of stay",
             "extends the comment period|extends the deadline for written comments|"
             "extends the deadline for comments|extends the public comment period|"
             "extending the comment period|reopens the comment period|reopening the comment period",
             "exten|reopen"},
    ActWords{RelationKind::confirms,
             "confirmation|affirmation|confirmation of effective date|adoption as final",
             "confirmation of effective date|confirmation of interim|affirmation of interim|"
             "adoption of interim|interim final rule made final",
             "confirms the effective date|adopts as final|adopts, without change|"
             "adopts without change|affirms the interim",
             "confirm|affirm|adopt"},
};

/// A phrase begins at a word and may end within one: "stay of effective".
bool has_any(std::string_view text, std::string_view phrases) {
  const std::string low = lowered(text);
  return any_phrase(phrases, [&](std::string_view phrase) {
    std::size_t at = low.find(phrase);
    while (at != std::string::npos && at > 0 && is_alnum(low[at - 1])) {
      at = low.find(phrase, at + 1);
    }
    return at != std::string::npos;
  });
}

/// Of an action "Notice; extension of ..." the pieces behind the first only: "Extension." alone is
/// an information collection. A correction may stand alone.
bool has_piece(std::string_view text, const ActWords& act) {
  bool first = true;
  for (const std::string_view piece : split(text, ';')) {
    if ((!first || act.kind == RelationKind::corrects) &&
        is_one_of(lowered(trimmed(piece, ".,")), act.pieces)) {
      return true;
    }
    first = false;
  }
  return false;
}

/// Rules of others, and paperwork, say "extension" and "withdrawal" of other things.
bool is_about_documents(const ActWords& act, const Document& document) {
  return act.kind != RelationKind::extends || document.type != DocumentType::notice ||
         has_any(document.action, act.headings) || has_any(document.title, act.headings);
}

bool begins_with_any(std::string_view text, std::string_view stems) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_alpha(text[i]) && (i == 0 || !is_alnum(text[i - 1])) &&
        any_phrase(stems, [&](std::string_view stem) { return has_at(text, i, stem); })) {
      return true;
    }
  }
  return false;
}

/// "FR Doc. 2024-28270", "FR Doc. No. E8-4768", "document number 2024-28270", "In rule document
/// 2024-28270".
std::vector<Citation> numbers_in(std::string_view text) {
  std::vector<Citation> numbers;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t at = i;
    if (has_word_at(text, at, "fr doc")) {
      at += 6;
    } else if (has_word_at(text, at, "rule document") || has_word_at(text, at, "notice document")) {
      at += has_word_at(text, at, "rule document") ? 13U : 15U; // printers' corrections
    } else if (has_word_at(text, at, "document number") || has_word_at(text, at, "document no")) {
      at += has_word_at(text, at, "document number") ? 15U : 11U;
    } else {
      continue;
    }
    at += at < text.size() && text[at] == '.' ? 1U : 0U;
    at = skip_blanks(text, at);
    if (has_at(text, at, "no.")) {
      at = skip_blanks(text, at + 3);
    }
    const std::size_t begin = at;
    while (at < text.size() && (is_alnum(text[at]) || text[at] == '-')) {
      ++at;
    }
    const auto citation =
        Citation::parse(text.substr(begin, std::min<std::size_t>(at - begin, 20)));
    if (citation && citation->kind() == CitationKind::fr_document) {
      numbers.push_back(*citation);
    }
    i = std::max(i, at > 0 ? at - 1 : at);
  }
  return numbers;
}

bool is_earlier(const ear::FrCitation& citation, const Document& document) {
  if (document.volume == 0) {
    return true;
  }
  return citation.volume < document.volume ||
         (citation.volume == document.volume &&
          (document.start_page == 0 || citation.page < document.start_page));
}

/// The first page cited, with those that follow as its list: "at 90 FR 1, 90 FR 2, and 90 FR 3".
std::vector<Citation> pages_in(std::string_view text, const Document& document) {
  std::vector<Citation> pages;
  std::size_t last = 0;
  const std::size_t separator = 6; // ", and "
  for (const ear::FrCitation& citation : ear::find_fr_citations(text)) {
    if (!is_earlier(citation, document)) {
      continue;
    }
    if (!pages.empty() && citation.begin - last > separator) {
      break;
    }
    pages.push_back(
        Citation::fr_page(std::to_string(citation.volume), std::to_string(citation.page)));
    last = citation.end;
  }
  return pages;
}

/// The day on which the document that it speaks of was published.
std::optional<Date> day_in(std::string_view sentence, const Document& document) {
  const bool speaks = has_any(sentence, "published|appeared|issued|federal register");
  if (!speaks) {
    return std::nullopt;
  }
  for (const ear::TextDate& date : ear::find_dates(sentence)) {
    if (!document.published || date.date < *document.published) {
      return date.date;
    }
  }
  return std::nullopt;
}

/// What stands between double quotes, without the marks that printers put inside.
std::vector<std::string> quoted_in(std::string_view text) {
  std::vector<std::string> phrases;
  for (std::size_t open = text.find('"'); open != std::string_view::npos;) {
    const std::size_t close = text.find('"', open + 1);
    if (close == std::string_view::npos) {
      break;
    }
    phrases.push_back(lowered(normalise(trimmed(text.substr(open + 1, close - open - 1), ",.;"))));
    open = text.find('"', close + 1);
  }
  return phrases;
}

} // namespace

std::vector<RelationKind> acts_of(const Document& document) {
  std::vector<RelationKind> acts;
  if (document.type == DocumentType::presidential) {
    return acts;
  }
  for (const ActWords& act : act_words) {
    const bool announced =
        has_piece(document.action, act) || has_piece(document.title, act) ||
        has_any(document.action, act.headings) || has_any(document.title, act.headings) ||
        has_any(document.abstract, act.sentences) ||
        (act.kind == RelationKind::corrects && document.type == DocumentType::correction);
    if (announced && is_about_documents(act, document)) {
      acts.push_back(act.kind);
    }
  }
  return acts;
}

std::optional<EarlierDocument> find_earlier(const Document& document, RelationKind act) {
  const auto* known = std::find_if(
      act_words.begin(), act_words.end(), [&](const ActWords& one) { return one.kind == act; });
  if (known == act_words.end()) {
    return std::nullopt;
  }
  // What is corrected and why stands in front; preambles of hundreds of pages cite everything.
  const std::size_t enough = 60'000;
  const std::string_view body = std::string_view(document.body).substr(0, enough);
  std::optional<EarlierDocument> vague; ///< says a day or a title only
  for (const std::string_view text :
       {std::string_view(document.dates_text), std::string_view(document.abstract), body}) {
    const Folded folded(text);
    std::string before; // "... published an interim final rule on DATE. This rule delays it ..."
    for (const Span& span : sentences(folded.text())) {
      const std::string sentence(folded.text().substr(span.begin, span.end - span.begin));
      const bool speaks = day_in(sentence, document) || sentence.find('"') != std::string::npos;
      if (!begins_with_any(sentence, known->stems)) {
        before = speaks ? sentence : before;
        continue;
      }
      EarlierDocument earlier;
      earlier.words =
          excerpt(text, {folded.original_begin(span.begin), folded.original_end(span.end)});
      earlier.cited = numbers_in(sentence);
      if (earlier.cited.empty()) {
        earlier.cited = pages_in(sentence, document);
      }
      if (!earlier.cited.empty()) {
        return earlier;
      }
      const std::string& naming = speaks ? sentence : before;
      earlier.published = day_in(naming, document);
      earlier.titles = quoted_in(naming);
      if (!vague && (earlier.published || !earlier.titles.empty())) {
        vague = std::move(earlier);
      }
      before = speaks ? sentence : before;
    }
  }
  return vague;
}

} // namespace regtrail::federal_register
