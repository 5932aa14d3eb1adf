#include "fetch/ascii_internal.hpp"
#include "fetch/server_message_internal.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace regtrail::fetch {

namespace {

constexpr std::size_t scanned = 4096;
constexpr std::size_t quoted = 200;
constexpr std::string_view blanks = " \t\r\n";

bool same_ignoring_case(char left, char right) {
  return ascii_lower(left) == ascii_lower(right);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), same_ignoring_case);
}

std::size_t find_ignoring_case(std::string_view text, std::string_view wanted) {
  const auto* found =
      std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), same_ignoring_case);
  return found == text.end() ? std::string_view::npos
                             : static_cast<std::size_t>(found - text.begin());
}

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(blanks)));
}

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark) {
    text.remove_prefix(byte_order_mark.size());
  }
  return text;
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
    if (text[i] == 'n' || text[i] == 'r' || text[i] == 't') {
      out += ' ';
    } else if (text[i] == 'u') {
      out += "\\u";
    } else {
      out += text[i];
    }
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
  const std::size_t at = find_ignoring_case(body, start_tag);
  if (at == std::string_view::npos) {
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
  if (const auto words = json_message(head)) {
    return on_one_line(*words);
  }
  return on_one_line(element_text(head, "<message>").value_or(std::string(head)));
}

bool begins_like_html(std::string_view body) {
  std::string_view rest = without_mark(body).substr(0, scanned);
  skip_blanks(rest);
  while (starts_with_ignoring_case(rest, "<?") || starts_with_ignoring_case(rest, "<!--")) {
    const std::string_view close = rest[1] == '?' ? "?>" : "-->";
    const std::size_t end = rest.find(close);
    if (end == std::string_view::npos) {
      return false;
    }
    rest.remove_prefix(end + close.size());
    skip_blanks(rest);
  }
  constexpr std::string_view root = "<html";
  if (starts_with_ignoring_case(rest, root)) {
    return rest.size() > root.size() &&
           (blanks.find(rest[root.size()]) != std::string_view::npos || rest[root.size()] == '>');
  }
  if (!starts_with_ignoring_case(rest, "<!doctype")) {
    return false;
  }
  rest.remove_prefix(std::string_view("<!doctype").size());
  skip_blanks(rest);
  return starts_with_ignoring_case(rest, "html");
}

} // namespace regtrail::fetch
