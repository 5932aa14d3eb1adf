// What people read in a terminal or a pipe: redlines, histories, texts.
#pragma once

#include "model/blame.hpp"
#include "model/change.hpp"
#include "model/node.hpp"
#include "model/record.hpp"
#include "model/register.hpp"
#include "model/source.hpp"
#include "model/version.hpp"
#include "model/watched.hpp"
#include "notify/render/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::render {

/// How a diff shows the text of a change.
enum class DiffLayout : std::uint8_t {
  redline,      ///< before and after in one text
  side_by_side, ///< in two columns; needs `narrowest_side_by_side` columns, else redline
  brief,        ///< not at all: one line a change, cut at the width
};

inline constexpr int narrowest_side_by_side = 80;

/// Colour: additions green and underlined, removals red and struck through. Without:
/// [-removed-]{+added+}. All text from outside goes through printable().
struct TerminalStyle {
  bool colour = false;
  int width = 100;            ///< columns; East Asian wide characters count two
  bool show_cosmetic = false; ///< else they are counted in the last line
  DiffLayout layout = DiffLayout::redline;
};

[[nodiscard]] std::string diff_text(const DiffResult& diff, const TerminalStyle& style);
[[nodiscard]] std::string history_text(const History& history, const TerminalStyle& style);
/// A line an amendment: "2026-10-15  91 FR 60123 (2026-19000)  instruction 3: ..."; "none".
[[nodiscard]] std::string pending_text(const std::optional<std::vector<PendingAmendment>>& pending,
                                       const TerminalStyle& style);

/// Newest first; every paragraph one line, cut at the width.
[[nodiscard]] std::string blame_text(const Blame& blame, const TerminalStyle& style);

/// `day` says which text is shown; of a file it is empty.
[[nodiscard]] std::string show_text(const Citation& citation,
                                    const TextOnDay& day,
                                    const Unit& unit,
                                    const std::vector<const Node*>& nodes,
                                    const Record& record,
                                    const TerminalStyle& style);
[[nodiscard]] std::string changes_text(const std::vector<FeedItem>& items,
                                       const Register& categories,
                                       const TerminalStyle& style);
[[nodiscard]] std::string status_text(const ArchiveStatus& status,
                                      const std::vector<EntryWatch>& watches,
                                      bool details,
                                      const TerminalStyle& style);

/// A word script as one text with its edits marked, wrapped at the style's width, every line at
/// column `indent`; with a final newline, "" without text.
[[nodiscard]] std::string
redline(const std::vector<WordRun>& words, const TerminalStyle& style, int indent = 0);

/// The word runs with everything further than `context` words from an edit cut to "...".
[[nodiscard]] std::vector<WordRun> abridge(const std::vector<WordRun>& words, int context);

/// Merges edits that are separated only by blanks, punctuation or up to two short words.
[[nodiscard]] std::vector<WordRun> merged_edits(const std::vector<WordRun>& words);

/// Columns that `text` takes in a terminal.
[[nodiscard]] int display_width(std::string_view text);

} // namespace regtrail::render
