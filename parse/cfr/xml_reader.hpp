// Reads CFR XML, in the form of the eCFR or of the annual edition, by libxml2 and hands out the
// element of one unit at a time.
#pragma once

#include "model/error.hpp"
#include "model/node.hpp"
#include "parse/ecfr_xml.hpp"

#include <pugixml.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

enum class CfrForm : std::uint8_t { ecfr, annual };

/// One element that becomes a unit.
struct Piece {
  enum class Kind : std::uint8_t { section, appendix, frame };
  Kind kind = Kind::section;
  pugi::xml_node element; ///< without the units inside it
  std::string number;     ///< N: "742.1", "§ 229.1", "Appendix A"; the part's number
  std::string part;       ///< the part it stands in, "" when none is open
};

/// Where a piece was read from.
struct PieceSource {
  std::string_view bytes;        ///< as received, without those of units inside it
  std::vector<ByteRange> ranges; ///< of `bytes` in the document
  std::size_t units_inside = 0;  ///< how many units that stand inside it came before it
  pugi::xml_node parent;         ///< in the tree of what is outside of all units and closed parts
};

/// What is called while a document is read. Elements and bytes are valid only during the call;
/// elements may be changed.
struct CfrHandler {
  /// A unit, when its end tag is read: a part's frame comes after the units of the part. A section
  /// or appendix that stands inside another is a unit where its number is one of the open part, a
  /// part inside a section or appendix is one where it has a number.
  std::function<void(Piece& piece, const PieceSource& source)> on_piece;
  /// An element that says which edition this is: FDSYS, TITLEPG, TITLEHD of the annual form.
  std::function<void(const pugi::xml_node& element)> on_front;
};

/// Reads a whole document; the name of its root element ("DIV5"). In the elements that it hands out
/// references are resolved, adjacent runs of text and CDATA are one node, comments and processing
/// instructions are left out, and so are, outside of units, contents lists and finding aids of the
/// annual form. Pieces of the annual form have no number yet.
Result<std::string> read_cfr_xml(std::string_view bytes,
                                 CfrForm form,
                                 const Limits& limits,
                                 const std::string& source_name,
                                 const CfrHandler& handler);

/// True for the name of an element that this form may have as its root.
[[nodiscard]] bool is_cfr_root(CfrForm form, std::string_view name);

} // namespace regtrail::parse
