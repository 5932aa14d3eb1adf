// The DATES paragraph of a Federal Register document: effective, compliance and comment dates, and
// what it says of single instructions (docs/grammar.md, DATES paragraphs).
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register {

/// What "on publication" and "on filing for public inspection" stand for, where known.
struct DatesContext {
  std::optional<Date> published;
  std::optional<Date> filed;
};

/// "except for amendatory instructions 3 and 4, which are delayed indefinitely".
struct InstructionDates {
  std::vector<std::string> instructions; ///< "3", "4.b"; ranges expanded
  std::vector<Citation> places;          ///< where it names places and no instructions
  std::optional<Date> effective;
  std::optional<Date> until;
  bool indefinite = false;
};

struct DocumentDates {
  std::vector<DatedClause> clauses; ///< in the order printed; one for each date and instruction
  std::vector<InstructionDates> exceptions;
  std::vector<Date> effective; ///< ascending, those of single instructions included
  std::vector<Date> compliance;
  std::vector<Date> applicable;
  std::optional<Date> comments_close; ///< the first that is not for replies
  /// Also of days that were computed from publication or filing; their clauses have these words.
  std::vector<UnreadDate> unread;
  bool indefinite = false; ///< the whole document is delayed without a date
};

/// `text`: the paragraphs by "\n". Dates of other documents that are only mentioned ("the rule
/// published December 27, 2024 (89 FR 106064)") are left out; those to which another document is
/// delayed are clauses of kind `other`. So are approvals of incorporations by reference, days of
/// withdrawn rules, and days behind "in effect on", "prior to" and "does not apply".
[[nodiscard]] DocumentDates read_document_dates(std::string_view text, const DatesContext& context);

/// Takes `dates` over into the document and into those of its instructions that they name. What an
/// instruction says of itself stays.
void apply(const DocumentDates& dates, Document& document);

} // namespace regtrail::federal_register
