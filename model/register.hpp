// The register: what the user wrote down of the firm's own world (docs/register.md). Every entry
// has an id that is unique over all kinds.
#pragma once

#include "model/category.hpp"
#include "model/citation.hpp"
#include "model/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

enum class EntryKind : std::uint8_t { category, product, party, procedure, destination, watch };

template<>
struct Vocabulary<EntryKind> {
  static constexpr std::string_view name = "kind of entry";
  static constexpr std::array<std::string_view, 6> words{
      "category", "product", "party", "procedure", "destination", "watch"};
};

/// A figure of a product: "switching time 400 ms". What is no number ("CAS 7719-09-7") has only
/// `text`.
struct Parameter {
  std::string name;
  std::optional<double> value;
  std::string unit; ///< as written: "ms", "% molar"; "" for none
  std::string text; ///< the value as written: "400"

  friend bool operator==(const Parameter&, const Parameter&) = default;
};

/// An article of the firm's own list.
struct Product {
  std::string id;          ///< that of the entry; import makes it of the part number
  std::string part_number; ///< as the firm writes it
  std::string description_en;
  std::string description_ja;
  std::vector<std::string> eccn; ///< "5A991.b.1"; also "EAR99", "NOCLASS"; empty: not classified
  std::vector<std::string> hs;
  std::string origin;               ///< ISO 3166 alpha-2
  std::optional<double> us_content; ///< percent of the value
  std::optional<bool> us_ics;       ///< contains integrated circuits of U.S. origin
  std::optional<bool> us_technology;
  std::vector<Parameter> parameters;
  std::vector<std::string> destinations; ///< ISO 3166 alpha-2 codes shipped to
  std::vector<std::string> categories;   ///< ids
  std::vector<std::string> terms;        ///< further words that the law has for it
  std::string note;

  friend bool operator==(const Product&, const Product&) = default;
};

/// Who owns a party.
struct Owner {
  std::string name;
  std::optional<double> percent;

  friend bool operator==(const Owner&, const Owner&) = default;
};

/// A firm or person of the user's own world.
struct Party {
  std::string id;
  std::vector<std::string> names; ///< the first is the one to show; an address alone has none
  std::vector<std::string> aliases;
  std::string country; ///< ISO 3166 alpha-2
  std::string address;
  std::vector<Owner> owners;
  std::string note;

  friend bool operator==(const Party&, const Party&) = default;
};

/// An own document, with the places of the law that it relies on.
struct Procedure {
  std::string id;
  std::string title;
  std::vector<std::string> citations; ///< as typed: "744.23(a)(4)", "3B001.c"
  std::string note;

  friend bool operator==(const Procedure&, const Procedure&) = default;
};

/// A country shipped to.
struct Destination {
  std::string id;
  std::string country; ///< ISO 3166 alpha-2
  std::string note;

  friend bool operator==(const Destination&, const Destination&) = default;
};

/// A question put to the Federal Register, or to a page of the web, beside the law that is synced.
struct Watch {
  std::string id;
  std::string label_en;
  std::string label_ja;
  std::vector<std::string> agencies; ///< slugs of the service: "energy-department"; empty: all
  std::vector<std::string> types;    ///< "rule", "proposed_rule", "notice", "presidential"
  std::vector<std::string> cfr;      ///< titles and parts: "48 CFR", "15 CFR 791"
  std::vector<std::string> terms;    ///< of which a document or paragraph has one; empty: any text
  std::string address;               ///< of a page; "": a question to the Federal Register
  std::string read;                  ///< of a page: "text" (also ""), "links"
  std::string content;           ///< of a page: the element that is read, "main", "#id", ".class"
  std::vector<std::string> skip; ///< of a page: elements in it that are not
  std::vector<std::string> categories; ///< ids of those whom it is for
  bool enabled = true;
  std::string note;

  friend bool operator==(const Watch&, const Watch&) = default;
};

/// Something that was foreseen, and where it would show.
struct WatchPoint {
  std::string id;
  std::string label_en;
  std::string label_ja;
  std::string sentence;                ///< of the source, as printed
  std::string source;                  ///< where it stands: "AI Action Plan, pillar III"
  std::string day;                     ///< of the source: ISO 8601
  std::vector<std::string> watches;    ///< ids
  std::vector<std::string> categories; ///< ids
  std::vector<std::string> terms;      ///< of which one shows that it has come; empty: any hit

  friend bool operator==(const WatchPoint&, const WatchPoint&) = default;
};

struct Register {
  MatchingRules rules;
  std::vector<CategoryGroup> groups;
  std::vector<Category> categories;
  std::vector<Product> products;
  std::vector<Party> parties;
  std::vector<Procedure> procedures;
  std::vector<Destination> destinations;
  std::vector<Watch> watches;
  std::vector<WatchPoint> points;
  std::string home; ///< ISO 3166 alpha-2 of the firm itself; "" unknown

  friend bool operator==(const Register&, const Register&) = default;
};

} // namespace regtrail
