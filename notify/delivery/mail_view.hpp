// A mail before it is text or HTML: blocks in the order of reading, in the reader's language. Texts
// are as received; each of the two forms escapes them.
#pragma once

#include "model/change.hpp"
#include "notify/render/html.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace regtrail::delivery {

/// A run of text; with an address a link.
struct Span {
  std::string text;
  std::string url = {};
  bool strong = false;
};

using Rich = std::vector<Span>;

/// Top line of a mail, on the left what it is.
struct Masthead {
  std::string name;
  std::string day;
};

/// The verdict.
struct Title {
  std::string text;
};

struct Paragraph {
  enum class Size : std::uint8_t { body, secondary, small };
  Rich text;
  Size size = Size::body;
};

struct SummaryRow {
  int severity = 1;
  std::string head; ///< with its number
  std::string note;
};

struct Summary {
  std::vector<SummaryRow> rows;
};

/// Where an item begins.
struct Band {
  int number = 0; ///< 0: none is shown
  int severity = 1;
  std::string status;
};

struct ItemTitle {
  std::string text;
};

struct Section {
  std::string text;
};

struct Label {
  std::string text;
};

/// A statement in a box. Level 0 is that all is well, 5 that something is not.
struct Notice {
  int level = 0;
  std::string head;
  std::string note;
};

/// What something was and now is, in a frame.
struct Frame {
  std::string about;
  std::string before;
  std::string after;
};

struct Fact {
  std::string label;
  Rich value;
};

struct Facts {
  std::vector<Fact> rows;
};

/// A place of the law with what became of it.
struct Passage {
  std::string place;
  std::string gist;           ///< may be ""
  std::vector<WordRun> words; ///< abridged; may be empty
  std::string more = {};      ///< where else: "also at ..."; "" nowhere
};

struct Passages {
  std::vector<Passage> rows;
};

/// A row of own and listed, and how they compare.
struct Compared {
  std::string left_label;
  std::string left;
  std::string right_label;
  std::string right;
  std::string verdict;
};

struct Comparison {
  std::string left;
  std::string right;
  std::vector<Compared> rows;
};

/// The first column is text, the others are counts. The last row is the sum.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

struct Checklist {
  std::vector<std::string> questions;
};

struct Links {
  Rich links;
};

/// Entries of a list, a line and a smaller one.
struct Line {
  Rich text;
  Rich note;
};

struct Lines {
  std::vector<Line> rows;
};

struct DayLine {
  std::string day;
  std::string kind;
  Rich text;
};

struct Days {
  std::vector<DayLine> rows;
};

using Block = std::variant<Masthead,
                           Title,
                           Paragraph,
                           Summary,
                           Band,
                           ItemTitle,
                           Section,
                           Label,
                           Notice,
                           Frame,
                           Facts,
                           Passages,
                           Comparison,
                           Table,
                           Checklist,
                           Links,
                           Lines,
                           Days>;

struct MailView {
  render::Language language = render::Language::en;
  std::string subject;
  std::string preheader; ///< what a list of mails shows beside the subject
  std::vector<Block> blocks;
};

/// 76 columns; changed words stand between asterisks, addresses behind their words.
[[nodiscard]] std::string mail_text(const MailView& view);

/// Tables and inline styles for Outlook, one style sheet for dark screens and phones; readable from
/// 320 pixels on. No image, script or outside resource.
[[nodiscard]] std::string mail_html(const MailView& view);

/// "■", "◆", "●", "○", "・".
[[nodiscard]] const char* severity_sign(int severity);

} // namespace regtrail::delivery
