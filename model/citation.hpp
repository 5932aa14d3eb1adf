// Citations of U.S. law as people write them, and the one canonical form that we print and store.
//
//   15 CFR 744.23(a)(2)(iii)        15 CFR Part 744           15 CFR 744.23 / heading
//   15 CFR 744.23(e) / text 2       15 CFR 744.23(b) / Note 1
//   Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / Example Co., Ltd.
//   ECCN 3B001.c.1.a                ECCN 3B001 / License Requirements / NS: a.4, c, d
//   89 FR 96790                     2024-28270                EO 14320
//
// A second bearer of the same name among siblings gets " #2".
#pragma once

#include "model/error.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

enum class CitationKind : std::uint8_t {
  part,        ///< 15 CFR Part 744
  section,     ///< 15 CFR 744.23, with or without steps
  appendix,    ///< Supplement No. 4 to Part 744 (any appendix identifier), with or without steps
  eccn,        ///< ECCN 3B001, with or without steps; lives in Supplement No. 1 to Part 774
  fr_page,     ///< 89 FR 96790
  fr_document, ///< 2024-28270, E8-4768, 03-1657, C1-2026-03111
  executive_order, ///< EO 14320
};

/// One step below the unit.
struct Step {
  enum class Kind : std::uint8_t {
    paragraph, ///< "(a)", printed without a separator
    item,      ///< "c" of 3B001.c, printed after a dot
    named,     ///< "Note 1", "heading", "Japan": printed after " / "
  };
  Kind kind = Kind::named;
  std::string name;             ///< "(a)" with its parentheses, "c", "Note 1"
  std::uint32_t occurrence = 1; ///< 2 for the second bearer of the name, printed " #2"

  friend bool operator==(const Step&, const Step&) = default;
};

/// A value. Default-constructed it is empty and prints as "".
class Citation {
public:
  Citation() = default;

  static Citation part(std::string title, std::string part);
  static Citation section(std::string title, std::string number);
  static Citation appendix(std::string title, std::string identifier);
  static Citation eccn(std::string eccn);
  static Citation fr_page(std::string volume, std::string page);
  static Citation fr_document(std::string number);
  static Citation executive_order(std::string number);

  /// Every form of docs/grammar.md, Citations, plus every canonical form that to_string prints.
  /// Numbers of sections are text: "4.130" is not "4.13". A section or supplement without a title
  /// in front is of `title`.
  static Result<Citation> parse(std::string_view text, std::string_view title = "15");

  [[nodiscard]] std::string to_string() const;

  [[nodiscard]] CitationKind kind() const { return m_kind; }

  [[nodiscard]] bool empty() const { return m_name.empty(); }

  /// "15"; "" where the kind has no title or it is unknown.
  [[nodiscard]] const std::string& title() const { return m_title; }

  /// "744.23", "Supplement No. 4 to Part 744", "3B001", "744", "96790", "2024-28270", "14320".
  [[nodiscard]] const std::string& name() const { return m_name; }

  /// The volume of an fr_page ("89"), else "".
  [[nodiscard]] const std::string& volume() const { return m_volume; }

  /// The part a CFR citation belongs to ("744"; "774" for an ECCN), "" where it has none.
  [[nodiscard]] std::string part_number() const;

  [[nodiscard]] const std::vector<Step>& steps() const { return m_steps; }

  /// What the CFR versions on its own: the citation without steps; an ECCN's unit is
  /// Supplement No. 1 to Part 774, in which the entry is the first step.
  [[nodiscard]] Citation unit() const;

  /// The citation one step up; empty() when this is a unit or an entry.
  [[nodiscard]] Citation parent() const;

  [[nodiscard]] Citation child(Step step) const&;
  [[nodiscard]] Citation child(Step step) &&;

  /// True when this is `other` or lies below it. "3B001.c" contains 3B001.c.1.a, not 3B001.ca.
  [[nodiscard]] bool is_within(const Citation& other) const;

  /// Legal order: numbers by value within each step (744.2 < 744.11, Supplement No. 2 < No. 10,
  /// a.9 < a.10), sections of a part before its supplements, 3A001 < 3B001, heading first.
  friend std::strong_ordering operator<=>(const Citation& left, const Citation& right);
  friend bool operator==(const Citation& left, const Citation& right);

private:
  CitationKind m_kind = CitationKind::section;
  std::string m_title;
  std::string m_volume;
  std::string m_name;
  std::vector<Step> m_steps;
};

/// Compares text with runs of digits by value: "a.9" < "a.10", "No. 2" < "No. 10".
[[nodiscard]] std::strong_ordering compare_natural(std::string_view left, std::string_view right);

/// Digit, letter A-E, three digits: "3B001".
[[nodiscard]] bool is_eccn(std::string_view text);

} // namespace regtrail
