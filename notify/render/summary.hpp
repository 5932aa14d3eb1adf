// What all renderings of changes share: terms in both languages, short places, groups.
#pragma once

#include "model/change.hpp"
#include "model/hit.hpp"
#include "model/version.hpp"
#include "notify/render/html.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::render {

/// Terms of the JSON in words for people.
[[nodiscard]] std::string type_word(TypedChangeType type, Language language);
[[nodiscard]] std::string field_word(NoteField field, Language language);

/// The event with its dates: "stayed 2025-11-10 until 2026-11-09", "reverted to the version of
/// 2026-06-01".
[[nodiscard]] std::string event_phrase(const StatusEvent& event, Language language);
[[nodiscard]] std::string signal_word(Signal signal, Language language);
/// "ECCN 3B001.c; term gate valve".
[[nodiscard]] std::string reasons_phrase(const Hit& hit);

/// `named party "Weaver Ltd." (own: WEAVER LTD, same but for form)`,
/// `parameter "less than 100 ms" (own: closing time 80 ms, was outside, now inside)`.
[[nodiscard]] std::string reason_phrase(const Reason& reason, Language language);

/// Whether the reason names a neighbouring paragraph that holds an own figure already:
/// `parameter "3B001.c.2" (own: closing time 80 ms, holds it already)`.
[[nodiscard]] bool names_neighbour(const Reason& reason);
[[nodiscard]] std::string severity_word(int severity, Language language); ///< "critical", "重大"

/// "2026-08-13" or "2026年8月13日"; "unknown", "未確認" without a date.
[[nodiscard]] std::string date_word(const std::optional<Date>& date, Language language);

/// `at` without the unit it lies in: "(a)(2)(iii)", "heading", "Japan / RS 2"; whole when it lies
/// elsewhere or is the unit itself.
[[nodiscard]] std::string place_within(const Citation& at, const std::string& unit);

/// "redesignated from (a)(5)", "moved from 15 CFR 744.6(b)", "revised", "revised, divided into (1)
/// to (3)".
[[nodiscard]] std::string
kind_phrase(const Change& change, const std::string& unit, Language language);

/// "threshold <= 16 nm -> <= 18 nm, tightened", several joined by "; ". Values wider than
/// `longest` bytes are left out.
[[nodiscard]] std::string
typed_phrase(const Change& change, Language language, std::size_t longest);

/// Changes that make the same replacement, at the place of the first; others stand alone.
struct ChangeGroup {
  std::vector<const Change*> members;

  [[nodiscard]] const Change& first() const { return *members.front(); }

  [[nodiscard]] bool many() const { return members.size() > 1; }
};

[[nodiscard]] std::vector<ChangeGroup> group_changes(const std::vector<const Change*>& changes);

/// The place of a single change; of several their number: "3 places".
[[nodiscard]] std::string
place_of(const ChangeGroup& group, const std::string& unit, Language language);

/// The places of all members, joined by ", ".
[[nodiscard]] std::string places_of(const ChangeGroup& group, const std::string& unit);

/// The word script of a change; of an added or removed one a single run.
[[nodiscard]] std::vector<WordRun> runs_of(const Change& change);

/// "91 FR 52501 (2026-16628)", "91 FR 52501", "editorial, no rule", "cause unidentified".
[[nodiscard]] std::string cause_name(const Cause& cause);

/// The same with the confidence, in words of both languages: "91 FR 52501 (2026-16628), confidence
/// 0.96"; candidates say that they are.
[[nodiscard]] std::string cause_phrase(const Cause& cause, Language language);

/// "2026-10-15 91 FR 60123 (2026-19000), ...": each document and date once; "none"; that the
/// Federal Register was not read.
[[nodiscard]] std::string
pending_documents(const std::optional<std::vector<PendingAmendment>>& pending);

/// "0.93".
[[nodiscard]] std::string two_decimals(double value);

template<typename Values>
[[nodiscard]] std::string joined(const Values& values, std::string_view separator = ", ") {
  return fmt::format("{}", fmt::join(values, separator));
}

/// "1 change", "2 changes".
[[nodiscard]] std::string counted(std::size_t count, std::string_view thing);

/// printable(text) with line ends and tabs as blanks.
[[nodiscard]] std::string one_line(std::string_view text);

/// At most `size` bytes of `text`, never a part of a character.
[[nodiscard]] std::string_view first_bytes(std::string_view text, std::size_t size);

} // namespace regtrail::render
