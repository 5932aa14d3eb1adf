// What readers of JSON answers share: one answer whose complaints name its source, and lenient
// looks at members, for servers send numbers as strings and leave keys out.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace regtrail::parse {

class JsonAnswer {
public:
  /// Answers nested deeper than any service's are refused: reading and printing them would be
  /// recursion as deep.
  static Result<JsonAnswer> read(std::string_view text, std::string_view source_name);

  /// "cannot read '<source>': <what>; the answer is kept as received, ..."
  [[nodiscard]] tl::unexpected<Error> bad(const std::string& what) const;

  [[nodiscard]] const nlohmann::json& root() const { return m_root; }

  /// The array `key` of the root; a service's own error message otherwise.
  [[nodiscard]] Result<const nlohmann::json*> array(const char* key) const;

  /// What stands under error, errors or message of the root; "" where none does.
  [[nodiscard]] std::string complaint() const;

private:
  JsonAnswer(nlohmann::json root, std::string_view source_name);

  nlohmann::json m_root;
  std::string m_source_name;
};

/// A string, or a number or boolean as text; "" for null and absent keys.
[[nodiscard]] std::string text_of(const nlohmann::json& object, const char* key);

/// Numbers come as numbers or as strings of digits (docs/sources.md).
[[nodiscard]] std::optional<std::int64_t> number_of(const nlohmann::json& object, const char* key);

/// nullopt for null, absent and what is no date; dates with a time behind them are cut.
[[nodiscard]] std::optional<Date> date_of_key(const nlohmann::json& object, const char* key);

/// Without blanks on either side.
[[nodiscard]] std::string trimmed(std::string_view text);

} // namespace regtrail::parse
