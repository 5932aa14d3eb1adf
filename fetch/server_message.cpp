#include "fetch/server_message_internal.hpp"
#include "model/characters.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace regtrail::fetch {

namespace {

constexpr std::size_t scanned = 4096;
constexpr std::size_t quoted = 200;
constexpr std::string_view blanks = " \t\r\n";

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(blanks)));
}

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  return text.starts_with(byte_order_mark) ? text.substr(byte_order_mark.size()) : text;
}

/// The inside of a JSON string; `text` begins after the opening quote.
std::string json_string(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    ++i;
    if (text[i] == 'u') {
      out += '\\';
    }
    out += std::string_view("nrt").find(text[i]) == std::string_view::npos ? text[i] : ' ';
  }
  return out;
}

std::optional<std::string> json_message(std::string_view body) {
  constexpr std::array<std::string_view, 3> keys{"\"error\"", "\"errors\"", "\"message\""};
  for (const std::string_view key : keys) {
    const std::size_t at = body.find(key);
    if (at == std::string_view::npos) {
      continue;
    }
    std::string_view rest = body.substr(at + key.size());
    skip_blanks(rest);
    if (rest.empty() || rest.front() != ':') {
      continue;
    }
    rest.remove_prefix(1);
    skip_blanks(rest);
    if (!rest.empty() && rest.front() == '"') {
      return json_string(rest.substr(1));
    }
    return std::string(rest);
  }
  return std::nullopt;
}

std::optional<std::string> element_text(std::string_view body, std::string_view start_tag) {
  const std::size_t at = lowered(body).find(start_tag);
  if (at == std::string::npos) {
    return std::nullopt;
  }
  const std::string_view inside = body.substr(at + start_tag.size());
  return std::string(inside.substr(0, inside.find('<')));
}

std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (blanks.find(c) == std::string_view::npos) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') {
    out.pop_back();
  }
  if (out.size() <= quoted) {
    return out;
  }
  std::size_t end = quoted;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return out.substr(0, end) + "...";
}

} // namespace

std::string server_message(std::string_view body) {
  const std::string_view head = without_mark(body).substr(0, scanned);
  if (begins_like_html(head)) {
    return on_one_line(element_text(head, "<title>").value_or(""));
  }
  if (const auto message = json_message(head)) {
    return on_one_line(*message);
  }
  return on_one_line(element_text(head, "<message>").value_or(std::string(head)));
}

bool begins_like_html(std::string_view body) {
  const std::string head = lowered(without_mark(body).substr(0, scanned));
  std::string_view rest = head;
  skip_blanks(rest);
  while (rest.starts_with("<?") || rest.starts_with("<!--")) {
    const std::string_view close = rest[1] == '?' ? "?>" : "-->";
    const std::size_t end = rest.find(close);
    if (end == std::string_view::npos) {
      return false;
    }
    rest.remove_prefix(end + close.size());
    skip_blanks(rest);
  }
  if (constexpr std::string_view root = "<html"; rest.starts_with(root)) {
    return rest.size() > root.size() &&
           (blanks.find(rest[root.size()]) != std::string_view::npos || rest[root.size()] == '>');
  }
  constexpr std::string_view doctype = "<!doctype";
  if (!rest.starts_with(doctype)) {
    return false;
  }
  rest.remove_prefix(doctype.size());
  skip_blanks(rest);
  return rest.starts_with("html");
}

} // namespace regtrail::fetch
