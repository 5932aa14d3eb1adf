#include "fetch/robots.hpp"

#include "model/characters.hpp"

#include <optional>

namespace regtrail::fetch {

namespace {

constexpr std::size_t most_bytes = std::size_t{500} << 10U;

struct Line {
  std::string key;
  std::string_view value;
};

std::optional<Line> read_line(std::string_view text) {
  text = trimmed(text.substr(0, text.find('#')));
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  return Line{lowered(trimmed(text.substr(0, colon))), trimmed(text.substr(colon + 1))};
}

int hex_digit(char c) {
  return is_digit(c)            ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

/// The form in which pattern and target are compared: %XX in capitals, but for characters that need
/// none, and bytes beyond ASCII as %XX.
std::string compared(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "-._~";
  std::string out;
  const auto add_encoded = [&](unsigned char byte) {
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 0x0FU];
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool encoded = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                         hex_digit(text[i + 2]) >= 0;
    const int value = encoded ? hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]) : 0;
    const char c = encoded ? static_cast<char>(value) : text[i];
    if (encoded && !is_alnum(c) && plain.find(c) == std::string_view::npos) {
      add_encoded(static_cast<unsigned char>(value));
    } else if (!encoded && static_cast<unsigned char>(c) >= 0x80) {
      add_encoded(static_cast<unsigned char>(c));
    } else {
      out += c;
    }
    i += encoded ? 2 : 0;
  }
  return out;
}

/// The whole of `target` or its beginning. Without recursion: the last "*" is tried again further
/// on, which is enough for patterns of one kind of wildcard.
bool matches(std::string_view pattern, std::string_view target) {
  const bool to_end = pattern.ends_with('$');
  std::string whole(to_end ? pattern.substr(0, pattern.size() - 1) : pattern);
  whole += to_end ? "" : "*";
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string::npos;
  std::size_t behind = 0; // in `target`, where the characters for the star begin
  while (t < target.size()) {
    if (p < whole.size() && whole[p] == '*') {
      star = p++;
      behind = t;
    } else if (p < whole.size() && whole[p] == target[t]) {
      ++p;
      ++t;
    } else if (star != std::string::npos) {
      p = star + 1;
      t = ++behind;
    } else {
      return false;
    }
  }
  return whole.find_first_not_of('*', p) == std::string::npos;
}

} // namespace

RobotsRules RobotsRules::parse(std::string_view text, std::string_view token) {
  text = text.substr(0, most_bytes);
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  const std::string own = lowered(token);
  RobotsRules named;
  RobotsRules of_all;
  bool is_named = false;
  bool named_for_us = false; // the group that is read
  bool named_for_all = false;
  bool begun = true; // the group has rules; another name begins a new one
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    const auto line = read_line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line) {
      continue;
    }
    if (line->key == "user-agent") {
      if (begun) {
        named_for_us = named_for_all = begun = false;
      }
      // "regtrail/1.0" names the program too
      const std::string name = lowered(line->value.substr(0, line->value.find_first_of("/ ")));
      named_for_us = named_for_us || name == own;
      named_for_all = named_for_all || name == "*";
      is_named = is_named || name == own;
    } else if (line->key == "allow" || line->key == "disallow") {
      begun = true;
      if (line->value.empty()) {
        continue; // forbids nothing
      }
      const Rule rule{compared(line->value), line->key == "allow"};
      if (named_for_us) {
        named.m_rules.push_back(rule);
      }
      if (named_for_all) {
        of_all.m_rules.push_back(rule);
      }
    }
  }
  return is_named ? named : of_all;
}

bool RobotsRules::allows(std::string_view target) const {
  const std::string asked = compared(target);
  const Rule* best = nullptr;
  for (const Rule& rule : m_rules) {
    const bool longer = best == nullptr || rule.pattern.size() > best->pattern.size() ||
                        (rule.pattern.size() == best->pattern.size() && rule.allow);
    if (longer && matches(rule.pattern, asked)) {
      best = &rule;
    }
  }
  return best == nullptr || best->allow;
}

} // namespace regtrail::fetch
