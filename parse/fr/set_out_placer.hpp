// Gives the text that is printed under instructions to them, cut into units of the CFR.
#pragma once

#include "model/document.hpp"

#include <pugixml.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::parse {

/// A piece of the text below a run of instructions, in printed order.
struct SetOutPiece {
  enum class Kind { section, appendix, authority, heading, loose };
  enum class Nesting { direct, in_division }; ///< in_division: inside SUBPART and the like
  Kind kind = Kind::loose;
  pugi::xml_node node;
  Nesting nesting = Nesting::direct;
};

class SetOutPlacer {
public:
  /// `document` must outlive this.
  explicit SetOutPlacer(Document& document) : m_document(document) {}

  /// Text below the instructions from `first` to the last one so far. `status` is the line printed
  /// in front of them: "Supplement I to Part 1005". Loose nodes are moved within their tree.
  void place(std::vector<SetOutPiece>& pieces, const std::string& status, std::size_t first);

private:
  /// Loose elements on their way into an element of their own.
  struct Wrapper {
    pugi::xml_node element;
    std::string name; ///< of the appendix
    CfrPart part;
  };

  /// Instructions that set out text of one unit.
  struct Candidates {
    std::size_t first = 0;
    std::size_t count = 0;
  };

  void find_candidates();
  void place_one(SetOutPiece& piece, const CfrPart& part);
  void heading(const pugi::xml_node& element, const CfrPart& part);
  void loose(pugi::xml_node& element, const CfrPart& part);
  void open_for_target(pugi::xml_node& element, const CfrPart& part);
  void say_unplaced(const pugi::xml_node& element, const CfrPart& part);
  void open(pugi::xml_node& element, const char* name, std::string unit, const CfrPart& part);
  void close();
  SetOutText& give(SetOutText text);

  Document& m_document;
  std::string m_last_appendix; ///< that text was set out of
  std::size_t m_first = 0;
  std::string m_status;
  bool m_said = false; ///< that text of the run has no place
  Wrapper m_wrapper;
  SetOutText* m_authority = nullptr; ///< given last, may go on
  std::map<Citation, Candidates> m_candidates;
};

} // namespace regtrail::parse
