#include "federal_register/order_mention_internal.hpp"
#include "model/scan.hpp"

namespace regtrail::federal_register {

namespace {

constexpr std::size_t max_title = 400;

/// "(Establishing the National Space Council)" behind an order and its date.
void skip_title(std::string_view text, std::size_t& pos) {
  const std::size_t open = skip_blanks(text, pos);
  if (open >= text.size() || text[open] != '(') {
    return;
  }
  int depth = 0;
  for (std::size_t i = open; i < text.size() && i - open < max_title; ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0) {
      // "(a)" is a designator, "(in part)" no title.
      if (i - open > 4 && !has_at(text, open, "(in part")) {
        pos = i + 1;
      }
      return;
    }
  }
}

bool read_name(std::string_view text, std::size_t& pos) {
  for (const std::string_view name :
       {"executive orders", "executive order", "e.o.s", "e.o.", "eos", "eo"}) {
    if (has_word_at(text, pos, name)) {
      std::size_t at = skip_blanks(text, pos + name.size());
      if (has_word_at(text, at, "no.") || has_word_at(text, at, "nos.")) {
        at = skip_blanks(text, at + (text[at + 2] == '.' ? 3U : 4U));
      }
      pos = at;
      return true;
    }
  }
  return false;
}

std::size_t skip_word(std::string_view text, std::size_t pos) {
  while (pos < text.size() && is_alpha(text[pos])) {
    ++pos;
  }
  return pos;
}

/// The date and the title behind a number.
void skip_rest(std::string_view text, std::size_t& pos) {
  skip_order_date(text, pos);
  skip_title(text, pos);
}

} // namespace

std::optional<std::string> read_order_number(std::string_view text, std::size_t& pos) {
  std::size_t at = pos;
  while (at < text.size() && is_digit(text[at])) {
    ++at;
  }
  std::string digits(text.substr(pos, at - pos));
  if (digits.size() == 1 || digits.size() == 2) {
    if (at + 3 < text.size() && text[at] == ',' && is_digit(text[at + 1]) &&
        is_digit(text[at + 2]) && is_digit(text[at + 3])) {
      digits += text.substr(at + 1, 3);
      at += 4;
    }
  }
  const bool plausible = digits.size() >= 3 && digits.size() <= 5;
  // But "14319-Preventing" is a number and a dash.
  if (plausible && at + 1 < text.size() && text[at] == '-' && is_upper(text[at + 1]) &&
      (at + 2 == text.size() || !is_alnum(text[at + 2]))) {
    digits += text.substr(at, 2);
    at += 2;
  }
  const bool glued = at < text.size() && is_alnum(text[at]);
  if (!plausible || glued || (pos > 0 && is_alnum(text[pos - 1]))) {
    return std::nullopt;
  }
  pos = at;
  return digits;
}

bool skip_order_date(std::string_view text, std::size_t& pos) {
  std::size_t at = skip_blanks(text, pos);
  if (at < text.size() && text[at] == ',') {
    at = skip_blanks(text, at + 1);
  }
  if (has_word_at(text, at, "of")) {
    at = skip_blanks(text, at + 2);
  } else if (has_word_at(text, at, "dated")) {
    at = skip_blanks(text, at + 5);
  }
  const std::size_t month = at;
  at = skip_word(text, at);
  if (at - month < 3 || !is_upper(text[month])) {
    return false;
  }
  at += at < text.size() && text[at] == '.' ? 1U : 0U;
  at = skip_blanks(text, at);
  if (!read_int(text, at)) {
    return false;
  }
  at = skip_blanks(text, at + (at < text.size() && text[at] == ',' ? 1U : 0U));
  const std::size_t year = at;
  if (!read_int(text, at) || at - year != 4) {
    return false;
  }
  pos = at;
  return true;
}

std::vector<OrderMention> read_orders(std::string_view text, std::size_t& pos) {
  std::vector<OrderMention> mentions;
  std::size_t at = pos;
  if (!read_name(text, at)) {
    return mentions;
  }
  auto number = read_order_number(text, at);
  if (!number) {
    return mentions;
  }
  skip_rest(text, at);
  mentions.push_back({*number, pos, at});
  // "Executive Orders 13563 of January 18, 2011, 13609, and 13610"
  while (true) {
    std::size_t next = skip_blanks(text, at);
    const bool comma = next < text.size() && text[next] == ',';
    next = skip_blanks(text, next + (comma ? 1U : 0U));
    bool joined = comma;
    for (const std::string_view word : {"and", "or"}) {
      if (has_word_at(text, next, word)) {
        next = skip_blanks(text, next + word.size());
        joined = true;
      }
    }
    const std::size_t begin = next;
    number = joined ? read_order_number(text, next) : std::nullopt;
    // A year, a page or the number of a section would be as short as four digits here.
    if (!number || number->size() < 5 || has_at(text, next, " u.s.c") ||
        has_at(text, next, " fr")) {
      break;
    }
    skip_rest(text, next);
    mentions.push_back({*number, begin, next});
    at = next;
  }
  pos = at;
  return mentions;
}

} // namespace regtrail::federal_register
