// The fields of the register's entries (docs/register.md): one table an entry for TOML, CSV, JSON,
// options of the command line and columns of an import.
#pragma once

#include "model/error.hpp"
#include "model/register.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace regtrail::parse {

template<typename Entry>
struct RegisterField {
  using Member = std::variant<std::string Entry::*,
                              std::vector<std::string> Entry::*,
                              double Entry::*, ///< 0 to 1
                              bool Entry::*,
                              std::optional<double> Entry::*, ///< percent
                              std::optional<bool> Entry::*,
                              std::vector<Parameter> Entry::*,
                              std::vector<Owner> Entry::*>;

  std::string_view key; ///< in TOML, JSON and CSV
  Member member;
  std::string_view option;
  std::string_view help;
  bool required = false;
  bool (*good)(std::string_view) = nullptr; ///< of a string or an element of a list
  std::string_view wrong = {};              ///< "not an ECCN (e.g. 3B001)": what a bad value is
};

template<typename Entry>
struct EntryTraits;

template<>
struct EntryTraits<Category> {
  static constexpr EntryKind kind = EntryKind::category;
  static constexpr std::string_view plural = "categories";
  static constexpr auto list = &Register::categories;
};

template<>
struct EntryTraits<Product> {
  static constexpr EntryKind kind = EntryKind::product;
  static constexpr std::string_view plural = "products";
  static constexpr auto list = &Register::products;
};

template<>
struct EntryTraits<Party> {
  static constexpr EntryKind kind = EntryKind::party;
  static constexpr std::string_view plural = "parties";
  static constexpr auto list = &Register::parties;
};

template<>
struct EntryTraits<Procedure> {
  static constexpr EntryKind kind = EntryKind::procedure;
  static constexpr std::string_view plural = "procedures";
  static constexpr auto list = &Register::procedures;
};

template<>
struct EntryTraits<Destination> {
  static constexpr EntryKind kind = EntryKind::destination;
  static constexpr std::string_view plural = "destinations";
  static constexpr auto list = &Register::destinations;
};

template<>
struct EntryTraits<Watch> {
  static constexpr EntryKind kind = EntryKind::watch;
  static constexpr std::string_view plural = "watches";
  static constexpr auto list = &Register::watches;
};

/// In the order in which they are written; the first is the id.
template<typename Entry>
const std::vector<RegisterField<Entry>>& register_fields();

/// Why an entry can never be of use ("category 'x' can never match (...)"), "" for a good one.
template<typename Entry>
std::string idle_reason(const Entry& entry);

/// Sets a field from texts, as options and cells give them: "12.5", "yes", "switching time 400 ms",
/// "Parent K.K. 60%". None, or only empty ones, empty the field. Of a field that holds one value
/// only one may be given. The error names key and value, not the entry.
template<typename Entry>
Result<void>
set_field(Entry& entry, const RegisterField<Entry>& field, const std::vector<std::string>& texts);

/// The same the other way; set_field reads it back equal.
template<typename Entry>
std::vector<std::string> field_texts(const Entry& entry, const RegisterField<Entry>& field);

/// "switching time 400 ms", "flow: 1,000 sccm", "16nm". Where no number stands behind a name, all
/// of it is `text`.
[[nodiscard]] Parameter parse_parameter(std::string_view text);
[[nodiscard]] std::string to_string(const Parameter& parameter);

/// "vacuum-valves": lower-case words and digits joined by single hyphens.
[[nodiscard]] bool is_kebab_case(std::string_view id);

} // namespace regtrail::parse
