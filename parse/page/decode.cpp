// The charset of a page.
#include "model/characters.hpp"
#include "model/text.hpp"
#include "model/utf8.hpp"
#include "parse/encoding.hpp"
#include "parse/icu_text_internal.hpp"
#include "parse/page/internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace regtrail::parse::page {
namespace {

/// Where a declaration may stand (HTML, "determining the character encoding"), generously.
constexpr std::size_t declaration_within = 4096;

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid) {
      return false;
    }
    at += point.length;
  }
  return true;
}

/// The value behind `key` ("charset=") in lower case; "" where there is none.
std::string value_of(std::string_view text, std::string_view key) {
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos) {
    return {};
  }
  std::string_view value = text.substr(at + key.size());
  value = trimmed(value.substr(0, value.find('>')), "\"'= ");
  return std::string(value.substr(0, value.find_first_of("\"' ;/?\t\r\n")));
}

/// The charset that a meta element or the XML declaration names, in lower case.
std::string declared(std::string_view bytes) {
  const std::string head = lowered(bytes.substr(0, declaration_within));
  if (head.starts_with("<?xml")) {
    const std::string named = value_of(head.substr(0, head.find("?>")), "encoding");
    if (!named.empty()) {
      return named;
    }
  }
  for (std::size_t at = head.find("<meta"); at != std::string::npos;
       at = head.find("<meta", at + 1)) {
    const std::string named =
        value_of(std::string_view(head).substr(at, head.find('>', at) - at), "charset");
    if (!named.empty()) {
      return named;
    }
  }
  return {};
}

/// The names that stand for another charset on the web (WHATWG, Encoding).
const char* converter_of(const std::string& charset) {
  static constexpr std::array latin{
      "iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"};
  if (std::find(latin.begin(), latin.end(), charset) != latin.end()) {
    return "windows-1252";
  }
  static constexpr std::array kanji{"shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"};
  return std::find(kanji.begin(), kanji.end(), charset) != kanji.end() ? "windows-31j"
                                                                       : charset.c_str();
}

/// Control characters, NUL among them, are blanks: libxml2 would end there.
std::string without_controls(std::string text) {
  std::replace_if(
      text.begin(),
      text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; },
      ' ');
  return text;
}

Decoded as_utf8(std::string_view bytes, std::vector<std::string> notes, std::string_view says) {
  if (is_utf8(bytes)) {
    return {without_controls(std::string(bytes)), std::move(notes)};
  }
  notes.push_back(
      fmt::format("the page {} and is not UTF-8; what is not was read as Windows-1252", says));
  return {without_controls(utf8_with_windows_1252(bytes)), std::move(notes)};
}

} // namespace

Decoded decode_html(std::string_view bytes) {
  constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(utf8_mark)) {
    return as_utf8(bytes.substr(utf8_mark.size()), {}, "is marked as UTF-8");
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    if (auto text = to_utf8(bytes, "UTF-16")) {
      return {without_controls(std::move(*text)), {}};
    }
  }
  const std::string charset = declared(bytes);
  if (charset.empty()) {
    return as_utf8(bytes, {}, "declares no charset");
  }
  if (charset == "utf-8" || charset == "utf8") {
    return as_utf8(bytes, {}, "declares UTF-8");
  }
  if (auto text = to_utf8(bytes, converter_of(charset))) {
    return {without_controls(std::move(*text)), {}};
  }
  return as_utf8(bytes,
                 {fmt::format("the page declares the charset '{}', which is not known or not its "
                              "own; it was read as UTF-8",
                              printable(charset))},
                 "was read as UTF-8");
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const char32_t c = point.valid ? point.value : U'\xFFFD';
    if (c <= 0x20 || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
        c == 0x2029 || c == 0x202F || c == 0x205F) {
      blank = true;
    } else if (c != 0xAD && c != 0x200B && c != 0x200C && c != 0x200D && c != 0x2060 &&
               c != 0xFEFF) {
      if (blank && !out.empty()) {
        out += ' ';
      }
      blank = false;
      out += text.substr(at, point.length);
    }
    at += point.length;
  }
  return out;
}

void append(Page& page, PageBlock block) {
  if (block.text.empty()) {
    return;
  }
  if (block.kind != PageBlock::Kind::heading && !page.blocks.empty()) {
    const PageBlock& last = page.blocks.back();
    block.heading = last.kind == PageBlock::Kind::heading ? last.text : last.heading;
  }
  page.blocks.push_back(std::move(block));
}

} // namespace regtrail::parse::page
