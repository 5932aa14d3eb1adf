#include "model/characters.hpp"
#include "model/date.hpp"
#include "parse/table.hpp"
#include "parse/zip_internal.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>

namespace regtrail::parse {

namespace {

constexpr int most_columns = 16384; ///< of a sheet of Excel
constexpr int most_rows = 1048576;

/// How a number is shown.
struct NumberForm {
  bool date = false;
  bool percent = false;
  std::size_t digits = 0; ///< "0000": at least so many
};

/// Without the prefix of its namespace, which some programs write.
std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) {
  return node.find_child([&](const pugi::xml_node& child) { return local_name(child) == name; });
}

/// "_x000D_" stands for a character that XML cannot hold.
std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t at = text.find("_x");
    out += text.substr(0, at);
    if (at == std::string_view::npos) {
      break;
    }
    text.remove_prefix(at);
    unsigned code = 0;
    const bool escape =
        text.size() >= 7 && text[6] == '_' &&
        std::from_chars(text.data() + 2, text.data() + 6, code, 16).ptr == text.data() + 6;
    if (escape && code < 0x80U) {
      out += static_cast<char>(code);
    } else {
      out += text.substr(0, escape ? 7 : 2);
    }
    text.remove_prefix(escape ? 7 : 2);
  }
  return out;
}

/// The text of <si> or <is>: its runs, without readings (rPh).
std::string rich_text(const pugi::xml_node& node) {
  std::string text;
  for (const auto& child : node.children()) {
    if (local_name(child) == "t") {
      text += child.text().get();
    } else if (local_name(child) == "r") {
      text += child_of(child, "t").text().get();
    }
  }
  return unescaped(text);
}

NumberForm form_of(std::string_view code) {
  NumberForm form;
  const auto section = code.substr(0, code.find(';'));
  if (!section.empty() && section.find_first_not_of('0') == std::string_view::npos) {
    form.digits = section.size();
    return form;
  }
  char quote = '\0';
  for (std::size_t i = 0; i < section.size(); ++i) {
    const char c = section[i];
    if (quote != '\0') {
      quote = c == quote ? '\0' : quote;
    } else if (c == '"') {
      quote = '"';
    } else if (c == '[') {
      quote = ']'; // a colour, a locale or a condition
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '%') {
      form.percent = true;
    } else if (std::string_view("yYdDmMhH").find(c) != std::string_view::npos) {
      form.date = true;
    }
  }
  return form;
}

NumberForm built_in_form(int id) {
  NumberForm form;
  form.percent = id == 9 || id == 10;
  form.date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
              (id >= 50 && id <= 58);
  return form;
}

/// Of each style of a cell (cellXfs).
std::vector<NumberForm> forms_of(const pugi::xml_node& style_sheet) {
  std::map<int, NumberForm> own;
  for (const auto& format : child_of(style_sheet, "numFmts").children()) {
    own[format.attribute("numFmtId").as_int()] = form_of(format.attribute("formatCode").value());
  }
  std::vector<NumberForm> forms;
  for (const auto& style : child_of(style_sheet, "cellXfs").children()) {
    const int id = style.attribute("numFmtId").as_int();
    const auto found = own.find(id);
    forms.push_back(found == own.end() ? built_in_form(id) : found->second);
  }
  return forms;
}

/// Day 1 is January 1, 1900, and there is a February 29, 1900, that never was.
std::string date_text(double serial, bool since_1904) {
  const auto days = static_cast<int>(std::floor(serial));
  if (days < 1 || days > 2958465) {
    return fmt::format("{}", serial);
  }
  const auto epoch = since_1904 ? Date::parse("1904-01-01") : Date::parse("1899-12-30");
  return (*epoch + std::chrono::days(!since_1904 && days < 60 ? days + 1 : days)).to_string();
}

std::string number_text(std::string_view text, const NumberForm& form, bool since_1904) {
  double value = 0.0;
  const char* const last = text.data() + text.size();
  const auto read = std::from_chars(text.data(), last, value);
  if (read.ec != std::errc{} || read.ptr != last) {
    return std::string(text);
  }
  if (form.date) {
    return date_text(value, since_1904);
  }
  if (form.percent) {
    return fmt::format("{:.10g}%", value * 100.0);
  }
  if (form.digits > 0 && value >= 0.0 && value < 1e15 && value == std::floor(value)) {
    return fmt::format("{:0{}.0f}", value, form.digits);
  }
  // What Excel shows; it stores 17 digits, "0.29999999999999999".
  return fmt::format("{:.15g}", value);
}

/// "BC12" -> 55; nullopt without letters.
std::optional<int> column_of(std::string_view reference) {
  int column = 0;
  for (const char c : reference) {
    if (!is_upper(c)) {
      break;
    }
    column = column * 26 + (c - 'A' + 1);
    if (column > most_columns) {
      return std::nullopt;
    }
  }
  return column > 0 ? std::optional(column) : std::nullopt;
}

class Workbook {
public:
  Workbook(std::map<std::string, std::string> members, std::string source_name)
      : m_members(std::move(members)),
        m_source(std::move(source_name)) {}

  Result<Table> read(std::string_view sheet) {
    pugi::xml_document book;
    TRY(load(book, "xl/workbook.xml"));
    const auto root = book.document_element();
    m_since_1904 = child_of(root, "workbookPr").attribute("date1904").as_bool();
    TRY_ASSIGN(const auto chosen, sheet_of(root, sheet));
    TRY_ASSIGN(const auto path, path_of(chosen));
    TRY(read_strings());
    if (m_members.count("xl/styles.xml") != 0) {
      pugi::xml_document styles;
      TRY(load(styles, "xl/styles.xml"));
      m_forms = forms_of(styles.document_element());
    }
    pugi::xml_document cells;
    TRY(load(cells, path));
    Table table;
    table.form = fmt::format("sheet '{}'", chosen.attribute("name").value());
    TRY(read_rows(child_of(cells.document_element(), "sheetData"), table));
    return table;
  }

private:
  [[nodiscard]] tl::unexpected<Error> malformed(const std::string& what) const {
    return fail(ErrorKind::malformed,
                fmt::format("'{}' is no .xlsx workbook: {}; save it again as .xlsx or CSV",
                            m_source,
                            what));
  }

  Result<void> load(pugi::xml_document& document, const std::string& name) const {
    const auto found = m_members.find(name);
    if (found == m_members.end()) {
      return malformed(fmt::format("it has no {}", name));
    }
    if (found->second.find("<!DOCTYPE") != std::string::npos) {
      return malformed(fmt::format("{} has a DOCTYPE", name));
    }
    const auto read = document.load_buffer(found->second.data(),
                                           found->second.size(),
                                           pugi::parse_default | pugi::parse_ws_pcdata_single,
                                           pugi::encoding_auto);
    if (!read) {
      return malformed(fmt::format("{}: {}", name, read.description()));
    }
    return {};
  }

  [[nodiscard]] Result<pugi::xml_node> sheet_of(const pugi::xml_node& root,
                                                std::string_view wanted) const {
    const auto sheets = child_of(root, "sheets");
    std::string names;
    for (const auto& sheet : sheets.children()) {
      const std::string_view name = sheet.attribute("name").value();
      if (wanted.empty() || name == wanted) {
        return sheet;
      }
      names += fmt::format("{}'{}'", names.empty() ? "" : ", ", name);
    }
    if (names.empty()) {
      return malformed("it has no sheets");
    }
    return fail(ErrorKind::usage,
                fmt::format("'{}' has no sheet '{}'; it has {}", m_source, wanted, names));
  }

  /// The member that holds a sheet, by the workbook's relationships.
  [[nodiscard]] Result<std::string> path_of(const pugi::xml_node& sheet) const {
    std::string_view id;
    for (const auto& attribute : sheet.attributes()) {
      if (std::string_view(attribute.name()).ends_with(":id")) {
        id = attribute.value();
      }
    }
    pugi::xml_document relations;
    TRY(load(relations, "xl/_rels/workbook.xml.rels"));
    for (const auto& relation : relations.document_element().children()) {
      if (relation.attribute("Id").value() == id) {
        const std::string target = relation.attribute("Target").value();
        return target.starts_with('/') ? target.substr(1) : "xl/" + target;
      }
    }
    return malformed(fmt::format("sheet '{}' is nowhere", sheet.attribute("name").value()));
  }

  Result<void> read_strings() {
    if (m_members.count("xl/sharedStrings.xml") == 0) {
      return {};
    }
    pugi::xml_document strings;
    TRY(load(strings, "xl/sharedStrings.xml"));
    for (const auto& item : strings.document_element().children()) {
      m_strings.push_back(rich_text(item));
    }
    return {};
  }

  Result<void> read_rows(const pugi::xml_node& data, Table& table) const {
    int number = 0;
    for (const auto& row : data.children()) {
      number = row.attribute("r").as_int(number + 1);
      if (number < 1 || number > most_rows) {
        return malformed(fmt::format("there is no row {}", number));
      }
      TableRow read;
      read.number = number;
      bool holds_text = false;
      for (const auto& cell : row.children()) {
        const auto column = column_of(cell.attribute("r").value())
                                .value_or(static_cast<int>(read.cells.size()) + 1);
        if (column > most_columns) {
          return malformed(fmt::format("row {} has too many cells", number));
        }
        const auto index = static_cast<std::size_t>(column) - 1;
        if (read.cells.size() <= index) {
          read.cells.resize(index + 1);
        }
        read.cells[index] = cell_text(cell);
        holds_text = holds_text || !trimmed(read.cells[index]).empty();
      }
      if (holds_text) {
        table.rows.push_back(std::move(read));
      }
    }
    return {};
  }

  [[nodiscard]] std::string cell_text(const pugi::xml_node& cell) const {
    const std::string_view type = cell.attribute("t").value();
    if (type == "inlineStr") {
      return rich_text(child_of(cell, "is"));
    }
    const std::string_view value = child_of(cell, "v").text().get();
    if (type == "s") {
      std::size_t index = 0;
      const auto read = std::from_chars(value.data(), value.data() + value.size(), index);
      return read.ec == std::errc{} && index < m_strings.size() ? m_strings[index] : "";
    }
    if (type == "b") {
      return value == "1" ? "TRUE" : "FALSE";
    }
    if (type == "d") {
      return std::string(value.substr(0, value.find('T')));
    }
    if (type.empty() || type == "n") {
      const auto style = static_cast<std::size_t>(cell.attribute("s").as_uint());
      return value.empty() ? ""
                           : number_text(value,
                                         style < m_forms.size() ? m_forms[style] : NumberForm{},
                                         m_since_1904);
    }
    return unescaped(value); // "str", "e"
  }

  std::map<std::string, std::string> m_members;
  std::string m_source;
  std::vector<std::string> m_strings;
  std::vector<NumberForm> m_forms;
  bool m_since_1904 = false;
};

bool is_read(std::string_view name) {
  return name == "xl/workbook.xml" || name == "xl/_rels/workbook.xml.rels" ||
         name == "xl/sharedStrings.xml" || name == "xl/styles.xml" ||
         (name.starts_with("xl/worksheets/") && name.ends_with(".xml"));
}

} // namespace

Result<Table>
read_xlsx(std::string_view bytes, std::string_view sheet, const std::string& source_name) {
  TRY_ASSIGN(auto members, unzip(bytes, is_read, source_name));
  return Workbook(std::move(members), source_name).read(sheet);
}

} // namespace regtrail::parse
