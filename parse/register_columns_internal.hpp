// The names that columns of tables of products, parties, procedures and destinations usually bear,
// in English and Japanese.
#pragma once

#include "model/register.hpp"

#include <string_view>
#include <vector>

namespace regtrail::parse {

/// The usual names of a field's column, beside its key.
struct ColumnNames {
  std::string_view field;
  std::vector<std::string_view> names;
};

// By the kind of entry, whose pointer is only a tag.
[[nodiscard]] const std::vector<ColumnNames>& column_names(const Product* kind);
[[nodiscard]] const std::vector<ColumnNames>& column_names(const Party* kind);
[[nodiscard]] const std::vector<ColumnNames>& column_names(const Procedure* kind);
[[nodiscard]] const std::vector<ColumnNames>& column_names(const Destination* kind);

} // namespace regtrail::parse
