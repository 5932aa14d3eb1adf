#include "model/characters.hpp"
#include "model/text.hpp"
#include "parse/icu_text_internal.hpp"
#include "parse/register_cells_internal.hpp"
#include "parse/register_values_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace regtrail::parse {

namespace {

template<std::size_t Size>
bool is_one_of(std::string_view word, const std::array<std::string_view, Size>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 14> marks_of_nothing{
    "-", "--", "‐", "–", "—", "―", "ー", "n/a", "none", "nil", "なし", "無し", "不明", "unknown"};

constexpr std::array<std::string_view, 8> spreadsheet_errors{
    "#REF!", "#VALUE!", "#N/A", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"};

constexpr std::array<std::string_view, 6> japanese_judgments{
    "該当", "非該当", "対象外", "リスト規制該当", "リスト規制非該当", "該当せず"};

/// Parts of a list. Where a cell has line breaks, these part it and nothing else.
std::vector<std::string> parts_of(std::string_view text, std::string_view separators) {
  if (text.find('\n') != std::string_view::npos) {
    separators = "\n";
  }
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find_first_of(separators);
    if (const auto part = trimmed(text.substr(0, end)); !part.empty()) {
      parts.emplace_back(part);
    }
    if (end == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(end + 1);
  }
}

/// "5a991b1", "ECCN 5A991.B.1", "5A991 b 1" -> "5A991.b.1"; anything else as it is.
std::string classification(std::string_view text) {
  std::string folded = lowered(text);
  std::erase_if(folded, [](char c) { return is_blank(c) || c == '-'; });
  if (folded == "ear99" || folded == "noclass") {
    return folded == "ear99" ? "EAR99" : "NOCLASS";
  }
  std::string_view rest = folded;
  if (rest.starts_with("eccn")) {
    rest = trimmed(rest.substr(4), ":.");
  }
  if (rest.size() < 5 || (rest.size() > 5 && is_digit(rest[5]))) {
    return std::string(text);
  }
  std::string eccn(rest.substr(0, 5));
  if (eccn[1] >= 'a' && eccn[1] <= 'e') {
    eccn[1] = static_cast<char>(eccn[1] - 'a' + 'A');
  }
  // "b1" and "(b)(1)" are b.1.
  bool fresh = true;
  for (std::size_t i = 5; i < rest.size(); ++i) {
    const char c = rest[i];
    if (!is_alnum(c)) {
      fresh = true;
      continue;
    }
    const bool joins = !fresh && is_digit(c) == is_digit(rest[i - 1]);
    eccn += joins ? std::string(1, c) : std::string(".") + c;
    fresh = false;
  }
  return is_eccn_prefix(eccn) ? eccn : std::string(text);
}

/// "8481-80-019", "8481.80.019" and "848180019" are one code.
std::string hs_code(std::string_view text) {
  std::string code(text);
  std::erase_if(code, is_blank);
  std::replace(code.begin(), code.end(), '-', '.');
  return code;
}

Result<std::string> country(std::string_view text) {
  if (text == "NA") {
    return fail(
        ErrorKind::usage,
        "\"NA\" may be Namibia or 'not available' (write Namibia, or leave the cell empty)");
  }
  const auto code = country_code(text);
  if (!code) {
    return fail(
        ErrorKind::usage,
        fmt::format("\"{}\" is no country (a name in English or Japanese, or a code as JP)", text));
  }
  return *code;
}

/// "0.125" may be a share or a percentage.
Result<std::string> percent(const std::string& text) {
  const auto value = read_number(text);
  if (value && *value > 0.0 && *value < 1.0 && !text.ends_with('%')) {
    return fail(
        ErrorKind::usage,
        fmt::format(
            "\"{}\" may be {:g}% or {:g}% (write it with its %)", text, *value, *value * 100.0));
  }
  return text;
}

/// A number that a spreadsheet saved in a form from which it cannot be had again: "1.23457E+11".
bool is_shortened_number(std::string_view text) {
  const auto exponent = text.find("E+");
  return exponent != std::string_view::npos && exponent > 0 &&
         all_digits(text.substr(exponent + 2)) &&
         text.substr(0, exponent).find_first_not_of("0123456789.") == std::string_view::npos;
}

} // namespace

Result<std::vector<std::string>>
cell_values(std::string_view cell, CellKind kind, std::map<std::string, int>& left_out) {
  // What to_csv() puts before signs that a spreadsheet would read as a formula.
  if (cell.size() > 1 && cell.front() == '\'' && std::string_view("=+-@").find(cell[1]) < 4) {
    cell.remove_prefix(1);
  }
  const std::string folded = folded_widths(cell);
  if (folded.empty() || is_one_of(lowered(folded), marks_of_nothing)) {
    return std::vector<std::string>{};
  }
  if (is_one_of(folded, spreadsheet_errors)) {
    return fail(ErrorKind::usage, fmt::format("\"{}\" is an error of the spreadsheet", folded));
  }
  if (is_shortened_number(folded)) {
    return fail(ErrorKind::usage,
                fmt::format("\"{}\" was shortened by a spreadsheet (give the column the form Text)",
                            folded));
  }
  if (kind == CellKind::text) {
    return std::vector{std::string(trimmed(cell))};
  }
  if (kind == CellKind::list) {
    return parts_of(cell, ";\n");
  }
  if (kind == CellKind::percent) {
    TRY_ASSIGN(auto text, percent(folded));
    return std::vector{std::move(text)};
  }
  // The Japanese comma and middle dot are no single bytes.
  std::string separated = folded;
  for (const std::string_view mark : {"、", "・", "，"}) {
    for (std::size_t at = separated.find(mark); at != std::string::npos;
         at = separated.find(mark, at)) {
      separated.replace(at, mark.size(), ";");
    }
  }
  // "Korea, Republic of" is one country.
  if (kind == CellKind::country && country_code(separated)) {
    TRY_ASSIGN(auto code, country(separated));
    return std::vector{std::move(code)};
  }
  std::vector<std::string> values;
  for (const std::string& part : parts_of(separated, ",;/|\n")) {
    if (kind == CellKind::country) {
      TRY_ASSIGN(auto code, country(part));
      values.push_back(std::move(code));
    } else if (kind == CellKind::hs) {
      values.push_back(hs_code(part));
    } else if (is_one_of(part, japanese_judgments)) {
      ++left_out[fmt::format("'{}', a judgment under Japanese law, is no ECCN", part)];
    } else {
      values.push_back(classification(part));
    }
  }
  return values;
}

std::string parameter_text(const std::string& heading, const std::string& cell) {
  const std::string name = folded_widths(heading);
  const std::string figure = folded_widths(cell);
  if (!read_number(figure)) {
    return cell;
  }
  const auto open = name.find_last_of("([");
  if (open == std::string::npos) {
    return fmt::format("{} {}", name, figure);
  }
  const auto unit = trimmed(std::string_view(name).substr(open), "()[] ");
  return normalise(
      fmt::format("{} {} {}", trimmed(std::string_view(name).substr(0, open)), figure, unit));
}

std::string kebab(std::string_view text) {
  std::string id;
  for (const char c : lowered(folded_widths(text))) {
    if (is_lower(c) || is_digit(c)) {
      id += c;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  while (id.ends_with('-')) {
    id.pop_back();
  }
  return id;
}

} // namespace regtrail::parse
