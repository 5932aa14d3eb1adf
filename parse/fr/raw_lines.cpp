#include "parse/fr/raw_lines.hpp"

#include "model/characters.hpp"
#include "parse/encoding.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace regtrail::parse {
namespace {

bool is_tag_start(char c) {
  return is_alpha(c) || c == '/' || c == '!';
}

/// The text inside PRE with its tags left out: <INF> and <SUP> become _ and ^.
std::string without_markup(std::string_view bytes) {
  const std::size_t pre = bytes.find("<pre>");
  if (pre != std::string_view::npos) {
    const std::size_t end = bytes.find("</pre>", pre);
    bytes = bytes.substr(pre + 5, end == std::string_view::npos ? end : end - pre - 5);
  }
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = bytes[at] == '<' && at + 1 < bytes.size() && is_tag_start(bytes[at + 1])
                                ? bytes.find('>', at)
                                : std::string_view::npos;
    if (end == std::string_view::npos) {
      text.push_back(bytes[at]);
      ++at;
      continue;
    }
    const std::string_view tag = bytes.substr(at + 1, end - at - 1);
    text += tag == "INF" ? "_" : tag == "SUP" ? "^" : "";
    at = end + 1;
  }
  return decode_references(text);
}

/// ``quoted'' as “quoted”.
void with_quotes(std::string& text) {
  for (const auto& [from, to] :
       {std::pair{std::string_view("``"), std::string_view("\xE2\x80\x9C")},
        std::pair{std::string_view("''"), std::string_view("\xE2\x80\x9D")}}) {
    std::string out;
    std::size_t at = 0;
    for (std::size_t found = text.find(from); found != std::string::npos;
         found = text.find(from, at)) {
      out.append(text, at, found - at);
      out += to;
      at = found + from.size();
    }
    out.append(text, at);
    text = std::move(out);
  }
}

/// "Sec.  52.2270" as "Sec. 52.2270".
std::string folded(std::string_view line) {
  std::string out;
  for (const char c : line) {
    if (c != ' ' || (!out.empty() && out.back() != ' ')) {
      out.push_back(c);
    }
  }
  return out;
}

/// The number of "[[Page 18994]]", 0 for other lines.
int page_mark(std::string_view line) {
  constexpr std::string_view mark = "[[Page ";
  int page = 0;
  if (line.starts_with(mark)) {
    const std::string_view digits = line.substr(mark.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), page);
  }
  return page;
}

/// Appends a line; a word parted at a hyphen or slash is one again.
void join(std::string& text, std::string_view line) {
  const bool parted = text.size() > 1 && (text.back() == '-' || text.back() == '/') &&
                      is_alpha(text[text.size() - 2]) && is_alpha(line.front());
  if (!text.empty() && !parted) {
    text.push_back(' ');
  }
  text += line;
}

} // namespace

std::vector<RawParagraph> read_raw_paragraphs(std::string_view bytes) {
  std::string text = without_markup(utf8_with_windows_1252(bytes));
  with_quotes(text);
  std::vector<RawParagraph> paragraphs;
  RawParagraph open;
  int page = 0;
  bool bullet = false;
  const auto close = [&] {
    if (!open.text.empty()) {
      paragraphs.push_back(std::exchange(open, {}));
    }
  };
  bool after_row = false;
  bool over_page = false; // a paragraph goes on behind a page mark
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view raw = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::string_view line = trimmed(raw);
    if (const int number = page_mark(line); number != 0) {
      page = number;
      over_page = true;
      continue;
    }
    if (line.empty()) {
      if (!over_page && !(open.text.empty())) {
        const std::size_t next = rest.find_first_not_of(" \r\n");
        over_page = next != std::string_view::npos && rest.substr(next).starts_with("[[Page ");
        if (!over_page) {
          close();
        }
      }
      continue;
    }
    const bool indented = raw.starts_with("  ");
    if (over_page &&
        (indented || open.text.empty() || open.text.ends_with('.') || open.text.ends_with(':'))) {
      close();
    }
    over_page = false;
    if (line == "0") {
      close();
      bullet = true;
      continue;
    }
    // rows of dashes and asterisks and the stamp at the end are paragraphs of their own
    const bool alone = line.find_first_not_of("-") == std::string_view::npos ||
                       line.find_first_not_of("* ") == std::string_view::npos ||
                       line.starts_with("[FR Doc.");
    const bool bracketed = open.text.starts_with('[') && open.text.ends_with(']');
    if (indented || alone || after_row || bracketed) {
      close();
    }
    after_row = alone && !line.starts_with('[');
    if (open.text.empty()) {
      open.page = page;
      open.bullet = std::exchange(bullet, false);
    }
    join(open.text, folded(line));
  }
  close();
  return paragraphs;
}

} // namespace regtrail::parse
