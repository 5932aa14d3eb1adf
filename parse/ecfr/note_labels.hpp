// What the label of a NOTE says: its name, and the place it belongs to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace regtrail::parse {

struct NoteLabel {
  std::string designator; ///< "Note 1", "Technical Note 2", "N.B.", "License Requirements Note"
  std::string place;      ///< "paragraph (b)(14)", "ECCN 3A090", "" when it names none
  std::string text;       ///< what follows the label in the same HED: "Note 2: 3E002 does not ..."
  std::string printed;    ///< the label itself as printed
};

[[nodiscard]] NoteLabel read_note_label(std::string_view hed);

/// The first run of "(a)(1)" in `text`, blanks removed; "" when there is none before `limit`.
[[nodiscard]] std::string first_paragraph_path(std::string_view text,
                                               std::size_t limit = std::string_view::npos);

struct EccnPlace {
  std::string eccn; ///< "" for ".f" and "paragraph f"
  std::string path; ///< "c.1.a", "" for the entry itself
};

/// The first "3B001.c.1.a" (or ".c.1") that begins before `limit`.
[[nodiscard]] std::optional<EccnPlace> first_eccn_place(std::string_view text,
                                                        std::size_t limit = std::string_view::npos);

/// The item path at the front of `text`: "c.1.a" of "c.1.a, and ...", "" when there is none.
[[nodiscard]] std::string_view leading_item_path(std::string_view text);

} // namespace regtrail::parse
