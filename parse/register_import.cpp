#include "parse/register_import.hpp"

#include "model/characters.hpp"
#include "model/digest.hpp"
#include "parse/icu_text_internal.hpp"
#include "parse/register_cells_internal.hpp"
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

/// The usual names of a field's column, beside its key.
struct ColumnNames {
  std::string_view field;
  std::vector<std::string_view> names;
};

const std::vector<ColumnNames>& column_names(const Product* /*kind*/) {
  static const std::vector<ColumnNames> names{
      {"part_number",
       {"part no",    "p/n",        "item number",  "item no",  "item code",    "material number",
        "material",   "model",      "model number", "model no", "product code", "product number",
        "sku",        "品番",       "型番",         "型式",     "形式",         "製品番号",
        "製品コード", "商品コード", "品目コード",   "品目番号", "部品番号",     "製品型番",
        "製品型式"}},
      {"description_en",
       {"description",
        "item description",
        "product name",
        "item name",
        "name",
        "english name",
        "品名(英)",
        "英文品名",
        "品名英語",
        "英語品名",
        "英語名"}},
      {"description_ja",
       {"japanese name",
        "japanese description",
        "品名",
        "製品名",
        "商品名",
        "品目名",
        "名称",
        "品名(日)",
        "和文品名",
        "品名(和)",
        "日本語品名",
        "日本語名"}},
      {"eccn",
       {"us eccn",
        "eccn number",
        "export classification",
        "classification",
        "該非判定",
        "該非",
        "該非判定結果",
        "判定結果",
        "ECCN番号",
        "米国ECCN",
        "EAR該非判定",
        "EAR分類",
        "輸出規制分類番号"}},
      {"hs",
       {"hs code",
        "hts",
        "hts code",
        "tariff code",
        "commodity code",
        "HSコード",
        "HS番号",
        "税番",
        "統計品目番号",
        "関税番号"}},
      {"origin", {"country of origin", "coo", "原産国", "原産地", "原産国名", "製造国"}},
      {"us_content",
       {"us content %",
        "u.s. content percent",
        "de minimis",
        "米国成分",
        "米国成分比率",
        "米国原産比率",
        "米国含有率",
        "米国組込比率",
        "組込比率"}},
      {"us_ics", {"contains us ics", "us chips", "米国製IC", "米国製半導体", "米国IC"}},
      {"us_technology", {"made with us technology", "米国技術", "米国技術使用"}},
      {"parameters",
       {"parameter", "specification", "specifications", "specs", "仕様", "スペック", "パラメータ"}},
      {"destinations",
       {"destination",
        "destination countries",
        "ship to",
        "ship-to country",
        "export to",
        "仕向地",
        "仕向国",
        "仕向け地",
        "出荷先国",
        "輸出先",
        "輸出先国"}},
      {"categories", {"category", "分類", "カテゴリ"}},
      {"terms", {"keywords", "キーワード"}},
      {"note", {"notes", "remarks", "comment", "comments", "備考", "摘要"}},
  };
  return names;
}

const std::vector<ColumnNames>& column_names(const Party* /*kind*/) {
  static const std::vector<ColumnNames> names{
      {"id",
       {"code",
        "customer code",
        "customer no",
        "customer number",
        "vendor code",
        "partner code",
        "supplier code",
        "コード",
        "取引先コード",
        "得意先コード",
        "顧客コード",
        "仕入先コード"}},
      {"names",
       {"name",         "company",  "company name",  "customer",       "customer name", "partner",
        "partner name", "supplier", "supplier name", "vendor",         "vendor name",   "party",
        "english name", "取引先",   "取引先名",      "取引先名称",     "得意先名",      "顧客名",
        "仕入先名",     "会社名",   "社名",          "商号",           "名称",          "英文名",
        "英文社名",     "英語名",   "取引先名(英)",  "取引先名(英文)", "会社名(英文)"}},
      {"aliases",
       {"alias",
        "aka",
        "a.k.a.",
        "also known as",
        "former name",
        "別名",
        "略称",
        "通称",
        "旧社名"}},
      {"country",
       {"country name",
        "country code",
        "country/region",
        "国",
        "国名",
        "国コード",
        "所在国",
        "国・地域"}},
      {"address",
       {"address 1",
        "address 2",
        "street",
        "city",
        "住所",
        "住所1",
        "住所2",
        "所在地",
        "本社所在地",
        "英文住所"}},
      {"owners",
       {"owner",
        "parent",
        "parent company",
        "shareholder",
        "shareholders",
        "親会社",
        "株主",
        "出資者"}},
      {"note", {"notes", "remarks", "comment", "備考", "摘要"}},
  };
  return names;
}

const std::vector<ColumnNames>& column_names(const Procedure* /*kind*/) {
  static const std::vector<ColumnNames> names{
      {"title", {"document", "procedure", "文書名", "規程名", "手順書名", "名称"}},
      {"citations", {"citation", "basis", "根拠条文", "条文", "引用条文"}},
      {"note", {"notes", "remarks", "備考"}},
  };
  return names;
}

const std::vector<ColumnNames>& column_names(const Destination* /*kind*/) {
  static const std::vector<ColumnNames> names{
      {"country",
       {"country name",
        "country code",
        "destination",
        "国",
        "国名",
        "国コード",
        "仕向地",
        "仕向国"}},
      {"note", {"notes", "remarks", "備考"}},
  };
  return names;
}

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
        const auto column = std::find_if(m_columns.begin(), m_columns.end(), [&](const auto& each) {
          return each.field == field;
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
