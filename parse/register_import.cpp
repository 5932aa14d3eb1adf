#include "parse/register_import.hpp"

#include "model/characters.hpp"
#include "model/digest.hpp"
#include "parse/icu_text_internal.hpp"
#include "parse/register_cells_internal.hpp"
#include "parse/register_columns_internal.hpp"
#include "parse/register_fields.hpp"
#include "parse/register_values_internal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>
#include <type_traits>

namespace regtrail::parse {

namespace {

/// What a row is known by, and its name in messages.
const std::string& key_of(const Product& product) {
  return product.part_number;
}

std::string key_of(const Party& party) {
  return !party.names.empty() ? party.names.front() : party.address;
}

const std::string& key_of(const Procedure& procedure) {
  return procedure.title;
}

const std::string& key_of(const Destination& destination) {
  return destination.country;
}

constexpr std::string_view key_name(const Product* /*kind*/) {
  return "part number";
}

constexpr std::string_view key_name(const Party* /*kind*/) {
  return "name or address";
}

constexpr std::string_view key_name(const Procedure* /*kind*/) {
  return "title";
}

constexpr std::string_view key_name(const Destination* /*kind*/) {
  return "country";
}

template<typename Entry>
CellKind cell_kind(const RegisterField<Entry>& field) {
  if (field.good == is_classification) {
    return CellKind::classification;
  }
  if (field.good == is_hs_code) {
    return CellKind::hs;
  }
  if (field.good == is_country) {
    return CellKind::country;
  }
  return std::visit(
      [](auto member) {
        using Value = std::remove_reference_t<decltype(std::declval<Entry&>().*member)>;
        if constexpr (std::is_same_v<Value, std::optional<double>>) {
          return CellKind::percent;
        } else if constexpr (std::is_same_v<Value, std::string> ||
                             std::is_same_v<Value, std::optional<bool>> ||
                             std::is_same_v<Value, double> || std::is_same_v<Value, bool>) {
          return CellKind::text;
        } else {
          return CellKind::list;
        }
      },
      field.member);
}

template<typename Entry>
class Importer {
public:
  Importer(const Table& table, const std::vector<ColumnUse>& map, const Register& held)
      : m_table(table),
        m_map(map) {
    note_ids(held.categories);
    note_ids(held.products);
    note_ids(held.parties);
    note_ids(held.procedures);
    note_ids(held.destinations);
    for (const Entry& entry : held.*EntryTraits<Entry>::list) {
      m_by_key.emplace(key_of(entry), &entry);
      m_by_id.emplace(entry.id, &entry);
    }
    for (const Category& category : held.categories) {
      m_categories.insert(category.id);
    }
  }

  Result<Imported<Entry>> run() {
    TRY(find_heading());
    for (std::size_t i = m_heading + 1; i < m_table.rows.size(); ++i) {
      read_row(m_table.rows[i]);
    }
    for (const auto& [what, count] : m_left_out) {
      m_result.remarks.push_back(fmt::format("{} ({} cell{})", what, count, count == 1 ? "" : "s"));
    }
    return std::move(m_result);
  }

private:
  struct Column {
    std::size_t index = 0;
    std::string heading;
    const RegisterField<Entry>* field = nullptr;
  };

  template<typename Other>
  void note_ids(const std::vector<Other>& entries) {
    for (const Other& entry : entries) {
      m_ids.insert(entry.id);
    }
  }

  static const RegisterField<Entry>* field_named(std::string_view key) {
    const auto& fields = register_fields<Entry>();
    const auto found = std::find_if(
        fields.begin(), fields.end(), [&](const auto& field) { return field.key == key; });
    return found == fields.end() ? nullptr : &*found;
  }

  /// The field that a heading means by itself.
  static const RegisterField<Entry>* field_of(const std::string& heading) {
    const std::string key = name_key(heading);
    if (key.empty()) {
      return nullptr;
    }
    for (const auto& field : register_fields<Entry>()) {
      if (name_key(field.key) == key) {
        return &field;
      }
    }
    for (const ColumnNames& column : column_names(static_cast<const Entry*>(nullptr))) {
      for (const std::string_view name : column.names) {
        if (name_key(name) == key) {
          return field_named(column.field);
        }
      }
    }
    return nullptr;
  }

  std::vector<Column> columns_of(const TableRow& row) const {
    std::vector<Column> columns;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string heading = folded_widths(row.cells[i]);
      const auto mapped = std::find_if(m_map.begin(), m_map.end(), [&](const ColumnUse& use) {
        return name_key(use.column) == name_key(heading);
      });
      const auto* field = mapped != m_map.end() ? field_named(mapped->field) : field_of(heading);
      if (!heading.empty()) {
        columns.push_back({i, heading, field});
      }
    }
    return columns;
  }

  Result<void> find_heading() {
    for (const ColumnUse& use : m_map) {
      if (field_named(use.field) == nullptr) {
        std::vector<std::string_view> keys;
        for (const auto& field : register_fields<Entry>()) {
          keys.push_back(field.key);
        }
        return fail(ErrorKind::usage,
                    fmt::format("--map \"{}={}\": there is no field '{}' (one of {})",
                                use.column,
                                use.field,
                                use.field,
                                fmt::join(keys, ", ")));
      }
    }
    constexpr std::size_t rows_looked_at = 30;
    std::size_t most = 0;
    for (std::size_t i = 0; i < std::min(m_table.rows.size(), rows_looked_at); ++i) {
      auto columns = columns_of(m_table.rows[i]);
      const auto known = static_cast<std::size_t>(std::count_if(
          columns.begin(), columns.end(), [](const Column& column) { return column.field; }));
      if (known > most) {
        most = known;
        m_heading = i;
        m_columns = std::move(columns);
      }
    }
    for (const ColumnUse& use : m_map) {
      const bool there = std::any_of(m_columns.begin(), m_columns.end(), [&](const Column& column) {
        return name_key(column.heading) == name_key(use.column);
      });
      if (!there) {
        return fail(ErrorKind::usage, fmt::format("--map: there is no column '{}'", use.column));
      }
    }
    const bool has_key = std::any_of(m_columns.begin(), m_columns.end(), [](const Column& column) {
      return column.field != nullptr && is_key(*column.field);
    });
    if (!has_key) {
      return fail(
          ErrorKind::malformed,
          fmt::format("no column of {} was found (a column may be named by --map "
                      "\"COLUMN={}\"; the first row holds: {})",
                      key_name(static_cast<const Entry*>(nullptr)),
                      key_field(),
                      m_table.rows.empty()
                          ? "nothing"
                          : fmt::format("{}", fmt::join(m_table.rows.front().cells, " | "))));
    }
    settle_columns();
    return {};
  }

  /// A single value is taken from its first column; free text and lists from all.
  void settle_columns() {
    std::set<const RegisterField<Entry>*> taken;
    for (Column& column : m_columns) {
      const auto* field = column.field;
      const bool many =
          field != nullptr &&
          (cell_kind(*field) == CellKind::list ||
           (field->good == nullptr && field->key != "id" && cell_kind(*field) == CellKind::text));
      if (field == nullptr || (!taken.insert(field).second && !many)) {
        m_result.unused.push_back(column.heading);
        column.field = nullptr;
      } else {
        m_result.columns.push_back({column.heading, std::string(field->key)});
        m_has_id = m_has_id || field->key == "id";
      }
    }
    std::erase_if(m_columns, [](const Column& column) { return column.field == nullptr; });
  }

  static bool is_key(const RegisterField<Entry>& field) {
    return field.key == key_field() ||
           (std::is_same_v<Entry, Party> && (field.key == "address" || field.key == "aliases"));
  }

  static constexpr std::string_view key_field() {
    if constexpr (std::is_same_v<Entry, Product>) {
      return "part_number";
    } else if constexpr (std::is_same_v<Entry, Party>) {
      return "names";
    } else if constexpr (std::is_same_v<Entry, Procedure>) {
      return "title";
    } else {
      return "country";
    }
  }

  void read_row(const TableRow& row) {
    std::string reasons;
    const auto refuse = [&](const std::string& reason) {
      reasons += (reasons.empty() ? "" : "; ") + reason;
    };
    std::map<const RegisterField<Entry>*, std::vector<std::string>> texts;
    bool empty = true;
    for (const Column& column : m_columns) {
      const std::string& cell = column.index < row.cells.size() ? row.cells[column.index] : m_none;
      auto values = cell_values(cell, cell_kind(*column.field), m_left_out);
      if (!values) {
        refuse(fmt::format("column '{}': {}", column.heading, values.error().message));
        continue;
      }
      for (std::string& value : *values) {
        empty = false;
        if (column.field->key == "parameters") {
          value = parameter_text(column.heading, value);
        } else if (column.field->key == "id") {
          value = kebab(value);
        }
        texts[column.field].push_back(std::move(value));
      }
      texts[column.field]; // also without a value: it empties the field
    }
    if (empty && reasons.empty()) {
      return;
    }
    Entry entry;
    for (auto& [field, values] : texts) {
      if (cell_kind(*field) == CellKind::text && values.size() > 1) {
        values = {fmt::format("{}", fmt::join(values, " "))};
      }
      if (const auto set = set_field(entry, *field, values); !set) {
        const auto column =
            std::find_if(m_columns.begin(), m_columns.end(), [wanted = field](const auto& each) {
              return each.field == wanted;
            });
        refuse(fmt::format("column '{}': {}", column->heading, set.error().message));
      }
    }
    check(entry, refuse);
    const std::string key = m_has_id && !entry.id.empty() ? entry.id : key_of(entry);
    if (reasons.empty()) {
      const auto [first, fresh] = m_rows.emplace(key, row.number);
      if (!fresh) {
        refuse(fmt::format("{} is in row {} already", key, first->second));
      }
    }
    if (!reasons.empty()) {
      m_result.refused.push_back({row.number, reasons});
      return;
    }
    take(std::move(entry), texts);
  }

  template<typename Refuse>
  void check(const Entry& entry, const Refuse& refuse) const {
    if (key_of(entry).empty()) {
      refuse(fmt::format("no {}", key_name(static_cast<const Entry*>(nullptr))));
    } else if (const auto idle = idle_reason(entry); !idle.empty()) {
      refuse(idle);
    }
    if constexpr (std::is_same_v<Entry, Product>) {
      for (const std::string& category : entry.categories) {
        if (m_categories.count(category) == 0) {
          refuse(fmt::format("category \"{}\" is not in the register", category));
        }
      }
    }
  }

  const Entry* held_as(const Entry& entry) const {
    if (m_has_id && !entry.id.empty()) {
      const auto found = m_by_id.find(entry.id);
      return found == m_by_id.end() ? nullptr : found->second;
    }
    const auto found = m_by_key.find(key_of(entry));
    return found == m_by_key.end() ? nullptr : found->second;
  }

  void take(Entry entry,
            const std::map<const RegisterField<Entry>*, std::vector<std::string>>& texts) {
    const Entry* const before = held_as(entry);
    if (before == nullptr) {
      entry.id = fresh_id(entry);
      m_result.added.push_back(entry);
    } else {
      Entry merged = *before;
      for (const auto& [field, values] : texts) {
        if (field->key != "id") {
          std::visit([&](auto member) { merged.*member = entry.*member; }, field->member);
        }
      }
      entry = std::move(merged);
      if (!(entry == *before)) {
        m_result.changed.push_back(entry);
      }
    }
    m_result.entries.push_back(std::move(entry));
  }

  /// Names in other scripts give no id by themselves: a few digits of a hash then stand in.
  std::string fresh_id(const Entry& entry) {
    const auto kind = to_string(EntryTraits<Entry>::kind);
    std::string id = entry.id.empty() ? kebab(key_of(entry)) : entry.id;
    if (id.empty()) {
      id = fmt::format("{}-{}", kind, to_hex(sha256(key_of(entry))).substr(0, 8));
    }
    std::string free = id;
    for (int i = 2; !m_ids.insert(free).second; ++i) {
      free = fmt::format("{}-{}", id, i);
    }
    return free;
  }

  const Table& m_table;
  const std::vector<ColumnUse>& m_map;
  std::size_t m_heading = 0;
  std::vector<Column> m_columns;
  bool m_has_id = false;
  std::set<std::string> m_ids;
  std::set<std::string> m_categories;
  std::map<std::string, const Entry*> m_by_key;
  std::map<std::string, const Entry*> m_by_id;
  std::map<std::string, int> m_rows; ///< by key
  std::map<std::string, int> m_left_out;
  Imported<Entry> m_result;
  const std::string m_none;
};

} // namespace

Result<ColumnUse> parse_column_use(std::string_view text) {
  const auto sign = text.rfind('=');
  const auto column = trimmed(text.substr(0, sign));
  const auto field =
      sign == std::string_view::npos ? std::string_view{} : trimmed(text.substr(sign + 1));
  if (column.empty() || field.empty()) {
    return fail(
        ErrorKind::usage,
        fmt::format("--map \"{}\" is no column and field, e.g. \"Part No.=part_number\"", text));
  }
  return ColumnUse{std::string(column), std::string(field)};
}

template<typename Entry>
Result<Imported<Entry>>
import_entries(const Table& table, const std::vector<ColumnUse>& map, const Register& held) {
  return Importer<Entry>(table, map, held).run();
}

template Result<Imported<Product>>
import_entries(const Table&, const std::vector<ColumnUse>&, const Register&);
template Result<Imported<Party>>
import_entries(const Table&, const std::vector<ColumnUse>&, const Register&);
template Result<Imported<Procedure>>
import_entries(const Table&, const std::vector<ColumnUse>&, const Register&);
template Result<Imported<Destination>>
import_entries(const Table&, const std::vector<ColumnUse>&, const Register&);

} // namespace regtrail::parse
