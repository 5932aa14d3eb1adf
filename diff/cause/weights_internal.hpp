// Points for and against a document as the cause of a change, and the confidence of their sum.
#pragma once

#include <array>

namespace regtrail::diff::weight {

// For (docs/sources.md, Time: joining a change to its rule).
inline constexpr int cited = 5;         // a new citation in the source note or row is of its pages
inline constexpr int pending_gone = 4;  // a link of a pending amendment to its pages is gone
inline constexpr int names_exactly = 4; // the very place, by a verb of the change's kind
inline constexpr int names_around = 3;  // a paragraph, entry or unit above it that is replaced
inline constexpr int names_weakly = 1;  // the whole part, another verb, or words not understood
inline constexpr int text_equal = 2;    // at least `equal_share` of the new words are set out
inline constexpr int text_alike = 1;
inline constexpr int words_exact = 3; // the quoted words turn the old text into the new one
inline constexpr int on_time = 1;     // integrated within a week of publication and effect

// Against.
inline constexpr int text_differs = -3;    // it prints other words for this place
inline constexpr int names_elsewhere = -4; // all it orders is understood, and nothing of it is here
inline constexpr int not_this_part = -6;   // its text is read and orders nothing in this part
inline constexpr int too_late = -3;        // the text came weeks after it was due

inline constexpr double equal_share = 0.8;
inline constexpr double alike_share = 0.5;
inline constexpr double differs_share = 0.2;

// Days between when a text was due, the later of publication and effect, and the issue date that
// first carries it (docs/sources.md, Time: joining a change to its rule).
inline constexpr int days_early = 1;
inline constexpr int days_late = 7;

// What was due, or printed, longer ago than this before the older issue date made nothing.
inline constexpr int days_stale = 365;

// Below this sum nothing is claimed (docs/sources.md, Time: joining a change to its rule).
inline constexpr int claim = 5;

/// By points, from 0.
inline constexpr std::array<double, 11> confidence = {
    0.05, 0.10, 0.20, 0.35, 0.45, 0.78, 0.85, 0.90, 0.94, 0.96, 0.98};

// Ceilings, whatever the sum.
inline constexpr double one_signal = 0.70;       // fewer than two signals agree
inline constexpr double unread = 0.80;           // the document's text is not held
inline constexpr double contradicted = 0.75;     // it prints other words than the law has
inline constexpr double two_points_ahead = 0.80; // of another document
inline constexpr double one_point_ahead = 0.60;
inline constexpr double tied = 0.45;         // nothing is claimed
inline constexpr double cited_unheld = 0.60; // a page is cited whose document is not held
inline constexpr double editorial = 0.75;    // all documents of the time are held, none did it
inline constexpr double cosmetic = 0.80;     // the same, and only dashes, quotes or blanks changed

} // namespace regtrail::diff::weight
