// PDF to paragraphs, by poppler.
#include "model/characters.hpp"
#include "model/text.hpp"
#include "parse/page/internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>
#include <set>
#include <string>
#include <vector>

namespace regtrail::parse {
namespace {

constexpr std::size_t max_bytes = std::size_t{64} << 20U;
constexpr int max_pages = 2000;
constexpr std::size_t max_text = std::size_t{16} << 20U;
constexpr std::size_t margin_lines = 2; ///< at either end of a page where its running heads stand
/// A line shorter than this part of the page's longest ends a paragraph.
constexpr double full_line = 0.75;
// In heights of a line.
constexpr double room_between = 0.6; ///< more of it between two lines parts paragraphs
constexpr double other_size = 0.15;  ///< letters that differ by more are those of a heading

using Lines = std::vector<std::string>;

std::string utf8_of(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
}

/// The lines of a page in reading order, an empty one where there is room for one between two, and
/// where letters get larger or smaller.
Lines lines_of(const poppler::page& sheet) {
  Lines lines;
  poppler::rectf last;
  for (const poppler::text_box& word : sheet.text_list()) {
    const poppler::rectf box = word.bbox();
    const double height = std::max(box.height(), 1.0);
    const bool same_line = !lines.empty() && box.left() >= last.left() &&
                           std::abs(box.bottom() - last.bottom()) < height / 2;
    if (!same_line) {
      const bool parted = box.top() - last.bottom() > room_between * height ||
                          std::abs(box.height() - last.height()) > other_size * height;
      if (!lines.empty() && parted) {
        lines.emplace_back();
      }
      lines.emplace_back();
    }
    lines.back() += (lines.back().empty() ? "" : " ") + page::one_line(utf8_of(word.text()));
    last = box;
  }
  return lines;
}

/// A line with its numbers made alike: "Page # of #".
std::string shape_of(const std::string& line) {
  std::string shape;
  for (const char c : line) {
    if (!is_digit(c)) {
      shape += c;
    } else if (shape.empty() || shape.back() != '#') {
      shape += '#';
    }
  }
  return shape;
}

/// The lines of a page that may be running heads or page numbers: the first and the last ones.
std::vector<std::size_t> margins_of(const Lines& lines) {
  std::vector<std::size_t> filled;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].empty()) {
      filled.push_back(i);
    }
  }
  const std::size_t shown = filled.size() < 3 * margin_lines ? 1 : margin_lines;
  std::vector<std::size_t> margins;
  for (std::size_t i = 0; i < filled.size(); ++i) {
    if (i < shown || i + shown >= filled.size()) {
      margins.push_back(filled[i]);
    }
  }
  return margins;
}

/// Takes out what stands at the end of most pages.
void drop_running_heads(std::vector<Lines>& pages) {
  std::map<std::string, std::size_t> pages_with;
  for (const Lines& lines : pages) {
    std::set<std::string> shapes;
    for (const std::size_t i : margins_of(lines)) {
      shapes.insert(shape_of(lines[i]));
    }
    for (const std::string& shape : shapes) {
      ++pages_with[shape];
    }
  }
  for (Lines& lines : pages) {
    for (const std::size_t i : margins_of(lines)) {
      const std::size_t count = pages_with[shape_of(lines[i])];
      if (count > 1 && count * 2 > pages.size()) {
        lines[i].clear();
      }
    }
    while (!lines.empty() && lines.back().empty()) {
      lines.pop_back();
    }
    lines.erase(lines.begin(),
                std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
                  return !line.empty();
                }));
  }
}

bool begins_item(std::string_view line) {
  for (const std::string_view mark : {"\u2022", "\u25aa", "\u25cf", "\u2013 ", "- ", "* "}) {
    if (line.starts_with(mark)) {
      return true;
    }
  }
  const std::size_t end = line.find_first_of(".)");
  const std::string_view number = trimmed(line.substr(0, end), "(");
  return end != std::string_view::npos && end < 5 && end + 1 < line.size() &&
         line[end + 1] == ' ' &&
         (all_digits(number) || (number.size() == 1 && is_alpha(number[0])));
}

bool ends_sentence(std::string_view line) {
  line = trimmed(line, "\"')");
  return !line.empty() && std::string_view(".:;?!").find(line.back()) != std::string_view::npos;
}

/// The words with a hyphen that stand within lines: of these a line's end is no sign of a division.
std::set<std::string> hyphened_words(const std::vector<Lines>& pages) {
  std::set<std::string> words;
  for (const Lines& lines : pages) {
    for (const std::string& line : lines) {
      for (std::size_t at = line.find('-'); at != std::string::npos; at = line.find('-', at + 1)) {
        std::size_t begin = at;
        std::size_t end = at + 1;
        while (begin > 0 && is_alnum(line[begin - 1])) {
          --begin;
        }
        while (end < line.size() && is_alnum(line[end])) {
          ++end;
        }
        words.insert(lowered(std::string_view(line).substr(begin, end - begin)));
      }
    }
  }
  return words;
}

class Paragraphs {
public:
  Paragraphs(Page& page, std::set<std::string> hyphened)
      : m_page(page),
        m_hyphened(std::move(hyphened)) {}

  void add_page(const Lines& lines) {
    std::size_t longest = 0;
    for (const std::string& line : lines) {
      longest = std::max(longest, line.size());
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string& line = lines[i];
      // a paragraph goes on over the end of a page in the middle of a sentence
      const bool goes_on = i > 0 ? !m_ended : !ends_sentence(m_text) && is_lower(line.front());
      if (line.empty() || !goes_on || begins_item(line)) {
        end();
      }
      append(line);
      m_ended = !line.ends_with('-') &&
                static_cast<double>(line.size()) < full_line * static_cast<double>(longest);
    }
  }

  void end() {
    const bool item = begins_item(m_text);
    page::append(
        m_page,
        {item ? PageBlock::Kind::item : PageBlock::Kind::paragraph, page::one_line(m_text), {}});
    m_text.clear();
    m_ended = false;
  }

private:
  void append(const std::string& line) {
    const bool divided = m_text.size() > 1 && m_text.back() == '-' &&
                         is_alpha(m_text[m_text.size() - 2]) && !line.empty() &&
                         is_lower(line.front());
    if (!divided) {
      m_text += (m_text.empty() ? "" : " ") + line;
      return;
    }
    const std::size_t begin = m_text.find_last_of(" (\"") + 1; // 0 where there is none
    std::size_t end = 0;
    while (end < line.size() && is_alnum(line[end])) {
      ++end;
    }
    if (!m_hyphened.contains(lowered(m_text.substr(begin) + line.substr(0, end)))) {
      m_text.pop_back();
    }
    m_text += line;
  }

  Page& m_page;
  std::set<std::string> m_hyphened;
  std::string m_text;
  bool m_ended = false; ///< the last line was short
};

/// What poppler has to say of broken files goes nowhere: whether it reads them is what counts.
void ignore(const std::string& /*message*/, void* /*closure*/) {}

} // namespace

Result<Page> read_page_pdf(std::string_view bytes, const std::string& source_name) {
  const auto refuse = [&](ErrorKind kind, std::string_view why) {
    return fail(kind, fmt::format("'{}' {}", printable(source_name), why));
  };
  if (bytes.size() > max_bytes) {
    return refuse(ErrorKind::too_large, fmt::format("is larger than {} bytes", max_bytes));
  }
  poppler::set_debug_error_function(&ignore, nullptr);
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) {
    return refuse(ErrorKind::malformed, "is a PDF that cannot be read: it is cut or broken");
  }
  if (document->is_locked()) {
    return refuse(ErrorKind::malformed, "is a PDF that opens with a password only");
  }
  if (document->pages() > max_pages) {
    return refuse(ErrorKind::too_large, fmt::format("has more than {} pages", max_pages));
  }
  std::vector<Lines> pages;
  std::size_t size = 0;
  for (int i = 0; i < document->pages(); ++i) {
    const std::unique_ptr<poppler::page> sheet(document->create_page(i));
    if (!sheet) {
      return refuse(ErrorKind::malformed, fmt::format("is a PDF whose page {} is broken", i + 1));
    }
    pages.push_back(lines_of(*sheet));
    for (const std::string& line : pages.back()) {
      size += line.size();
    }
    if (size > max_text) {
      return refuse(ErrorKind::too_large, fmt::format("has more than {} bytes of text", max_text));
    }
  }
  drop_running_heads(pages);
  Page page;
  page.title = page::one_line(utf8_of(document->get_title()));
  Paragraphs paragraphs(page, hyphened_words(pages));
  for (const Lines& lines : pages) {
    paragraphs.add_page(lines);
  }
  paragraphs.end();
  if (page.title.empty() && !page.blocks.empty()) {
    page.title = page.blocks.front().text;
  }
  return page;
}

} // namespace regtrail::parse
