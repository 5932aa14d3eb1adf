#include "model/characters.hpp"
#include "parse/icu_text_internal.hpp"
#include "parse/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace regtrail::parse {

namespace {

using Bytes = std::string_view;

struct Decoded {
  std::string text; ///< UTF-8
  std::string_view encoding;
};

/// Every other byte of ASCII in UTF-16 is NUL.
bool looks_like_utf_16(Bytes bytes, std::size_t zero_at) {
  const auto sample = std::min<std::size_t>(bytes.size() & ~std::size_t{1}, 512);
  std::size_t zeros = 0;
  for (std::size_t i = zero_at; i < sample; i += 2) {
    zeros += bytes[i] == '\0' ? 1 : 0;
  }
  return sample >= 4 && zeros * 4 >= sample / 2;
}

/// Text in Japanese has many bytes from 0x80 to 0x9F, the first bytes of kana and of most kanji;
/// text in Windows-1252 has hardly any. Half-width kana stand in runs, accented letters alone.
bool looks_like_cp932(Bytes bytes) {
  std::size_t low = 0;
  std::size_t high = 0;
  std::size_t in_runs = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < 0x80U) {
      continue;
    }
    ++(byte < 0xa0U ? low : high);
    const bool neighbour =
        (i > 0 && static_cast<unsigned char>(bytes[i - 1]) >= 0xa0U) ||
        (i + 1 < bytes.size() && static_cast<unsigned char>(bytes[i + 1]) >= 0xa0U);
    in_runs += neighbour ? 1 : 0;
  }
  return low * 5 >= low + high || in_runs * 2 >= low + high;
}

Result<Decoded> decode(Bytes bytes, const std::string& source_name) {
  if (bytes.starts_with("\xef\xbb\xbf")) {
    bytes.remove_prefix(3);
    if (auto text = to_utf8(bytes, "UTF-8")) {
      return Decoded{std::move(*text), "UTF-8"};
    }
    return fail(ErrorKind::malformed,
                fmt::format("'{}' says that it is UTF-8 and is not; save it again", source_name));
  }

  struct Guess {
    const char* converter;
    std::string_view name;
    bool likely;
  };

  const bool little = bytes.starts_with("\xff\xfe");
  const bool big = bytes.starts_with("\xfe\xff");
  const Bytes body = little || big ? bytes.substr(2) : bytes;
  const std::array guesses{
      Guess{"UTF-16LE", "UTF-16", little || looks_like_utf_16(bytes, 1)},
      Guess{"UTF-16BE", "UTF-16", big || looks_like_utf_16(bytes, 0)},
      Guess{"UTF-8", "UTF-8", true},
      Guess{"windows-31j", "CP932", looks_like_cp932(bytes)},
      Guess{"windows-1252", "Windows-1252", true},
  };
  for (const Guess& guess : guesses) {
    if (guess.likely) {
      if (auto text = to_utf8(body, guess.converter)) {
        return Decoded{std::move(*text), guess.name};
      }
    }
  }
  return fail(ErrorKind::malformed,
              fmt::format("'{}' is no text in UTF-8, UTF-16, CP932 or Windows-1252; save it as "
                          "\"CSV UTF-8\" or as .xlsx",
                          source_name));
}

/// The separator that stands most often in the first row, outside quotes; of equals the one that is
/// rarer in prose.
char separator_of(std::string_view text) {
  std::array<std::size_t, 3> counts{};
  constexpr std::string_view separators = "\t;,";
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == '\n' &&
               std::any_of(counts.begin(), counts.end(), [](auto count) { return count > 0; })) {
      break;
    } else if (const auto which = separators.find(c); !quoted && which != std::string_view::npos) {
      ++counts[which];
    }
  }
  return separators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) -
                                             counts.begin())];
}

std::string_view name_of(char separator) {
  return separator == ',' ? "commas" : separator == ';' ? "semicolons" : "tabs";
}

class CsvReader {
public:
  CsvReader(std::string_view text, char separator) : m_text(text), m_separator(separator) {}

  /// The number of the row whose quotes do not end, or 0.
  int read(std::vector<TableRow>& rows) {
    while (m_at < m_text.size()) {
      TableRow row;
      row.number = ++m_number;
      do {
        if (!read_cell(row.cells.emplace_back())) {
          return row.number;
        }
      } while (take(m_separator));
      take('\r');
      take('\n');
      const bool empty = std::all_of(row.cells.begin(), row.cells.end(), [](const auto& cell) {
        return trimmed(cell).empty();
      });
      if (!empty) {
        rows.push_back(std::move(row));
      }
    }
    return 0;
  }

private:
  bool take(char c) {
    const bool there = m_at < m_text.size() && m_text[m_at] == c;
    m_at += there ? 1 : 0;
    return there;
  }

  bool read_cell(std::string& cell) {
    if (take('"')) {
      while (true) {
        const std::size_t quote = m_text.find('"', m_at);
        if (quote == std::string_view::npos) {
          return false;
        }
        cell += m_text.substr(m_at, quote - m_at);
        m_at = quote + 1;
        if (!take('"')) {
          break;
        }
        cell += '"';
      }
    }
    // Behind the closing quote nothing should stand; what does is kept.
    const std::string ends{m_separator, '\r', '\n'};
    const std::size_t end = std::min(m_text.find_first_of(ends, m_at), m_text.size());
    cell += m_text.substr(m_at, end - m_at);
    m_at = end;
    return true;
  }

  std::string_view m_text;
  char m_separator;
  std::size_t m_at = 0;
  int m_number = 0;
};

} // namespace

Result<Table> read_csv(std::string_view bytes, const std::string& source_name) {
  TRY_ASSIGN(const auto decoded, decode(bytes, source_name));
  std::string_view text = decoded.text;
  char separator = separator_of(text);
  // The line by which Excel is told the separator.
  if (text.starts_with("sep=") && text.size() > 4) {
    separator = text[4];
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  Table table;
  table.form = fmt::format("CSV in {}, parted by {}", decoded.encoding, name_of(separator));
  if (const int row = CsvReader(text, separator).read(table.rows); row != 0) {
    return fail(ErrorKind::malformed,
                fmt::format("'{}' row {}: a quote is opened and never closed", source_name, row));
  }
  return table;
}

Result<Table>
read_table(std::string_view bytes, std::string_view sheet, const std::string& source_name) {
  if (bytes.starts_with("PK\x03\x04")) {
    return read_xlsx(bytes, sheet, source_name);
  }
  if (bytes.starts_with("\xd0\xcf\x11\xe0")) {
    return fail(ErrorKind::malformed,
                fmt::format("'{}' is an old .xls or is protected by a password; save it as .xlsx "
                            "without a password, or as CSV",
                            source_name));
  }
  if (!sheet.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is no workbook: --sheet is for .xlsx files", source_name));
  }
  return read_csv(bytes, source_name);
}

} // namespace regtrail::parse
