#include "federal_register/order_text.hpp"
#include "federal_register/sentence_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <chrono>
#include <optional>

namespace regtrail::federal_register {

namespace {

std::optional<int> spelled(std::string_view word) {
  int value = -1;
  const auto is_next = [&](std::string_view each) {
    ++value;
    return each == word;
  };
  if (any_phrase("zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
                 "fourteen|fifteen|sixteen|seventeen|eighteen|nineteen",
                 is_next)) {
    return value;
  }
  value = 1;
  if (any_phrase("twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety", is_next)) {
    return 10 * value;
  }
  return std::nullopt;
}

std::string_view word_at(std::string_view text, std::size_t pos) {
  std::size_t end = pos;
  while (end < text.size() && is_alpha(text[end])) {
    ++end;
  }
  return text.substr(pos, end - pos);
}

/// "one hundred and eighty", "forty-five"
std::optional<int> read_spelled(std::string_view text, std::size_t& pos) {
  std::optional<int> value;
  std::size_t at = pos;
  for (int words = 0; words < 6; ++words) {
    const std::size_t begin = skip_blanks(text, at < text.size() && text[at] == '-' ? at + 1 : at);
    const std::string word = lowered(word_at(text, begin));
    const auto part = spelled(word);
    if (part) {
      value = value.value_or(0) + *part;
    } else if (word == "hundred" && value) {
      value = *value * 100;
    } else if (word != "and" || !value) {
      break;
    }
    at = begin + word.size();
    if (word != "and") {
      pos = at;
    }
  }
  return value;
}

/// "90", "sixty (60)"
std::optional<int> read_count(std::string_view text, std::size_t& pos) {
  auto value = read_int(text, pos);
  if (!value) {
    value = read_spelled(text, pos);
  }
  std::size_t at = skip_blanks(text, pos);
  if (value && at < text.size() && text[at] == '(') {
    ++at;
    const auto again = read_int(text, at);
    if (again && at < text.size() && text[at] == ')') {
      value = again;
      pos = at + 1;
    }
  }
  return value && *value > 0 && *value <= 3660 ? value : std::nullopt;
}

bool skip_word(std::string_view text, std::size_t& pos, std::string_view word) {
  const std::size_t at = skip_blanks(text, pos);
  if (!has_word_at(text, at, word)) {
    return false;
  }
  pos = at + word.size();
  return true;
}

bool skip_any(std::string_view text, std::size_t& pos, std::string_view words) {
  return any_phrase(words, [&](std::string_view word) { return skip_word(text, pos, word); });
}

enum class Unit { days, weeks, months, years };

std::optional<Unit> read_unit(std::string_view text, std::size_t& pos) {
  skip_word(text, pos, "calendar");
  return skip_any(text, pos, "days|day")       ? std::optional(Unit::days)
         : skip_any(text, pos, "weeks|week")   ? std::optional(Unit::weeks)
         : skip_any(text, pos, "months|month") ? std::optional(Unit::months)
         : skip_any(text, pos, "years|year")   ? std::optional(Unit::years)
                                               : std::nullopt;
}

/// "of the date of this order", "after the issuance of this memorandum", "of this order".
bool read_anchor(std::string_view text, std::size_t& pos) {
  if (!skip_any(text, pos, "of|after|from|following")) {
    return false;
  }
  skip_word(text, pos, "the");
  if (!skip_any(text,
                pos,
                "date of issuance of|date of the issuance of|date of signing of|"
                "date of the signing of|date of|date on which|issuance of|signing of")) {
    skip_word(text, pos, "date"); // "the date this order is signed"
  }
  return skip_word(text, pos, "this") &&
         skip_any(text, pos, "executive order|order|memorandum|proclamation|directive|notice");
}

Date after(Date from, int count, Unit unit) {
  if (unit == Unit::days || unit == Unit::weeks) {
    return from + std::chrono::days(unit == Unit::weeks ? 7 * count : count);
  }
  std::chrono::year_month_day day{from.days()};
  day += std::chrono::months(unit == Unit::years ? 12 * count : count);
  if (!day.ok()) {
    day = day.year() / day.month() / std::chrono::last;
  }
  return Date(std::chrono::sys_days{day});
}

/// A deadline whose lead word stands at `pos`; advances it.
std::optional<Date> read_deadline(std::string_view text, std::size_t& pos, Date signed_on) {
  std::size_t at = pos;
  if (!skip_any(text, at, "within|not later than|no later than|not more than")) {
    return std::nullopt;
  }
  at = skip_blanks(text, at);
  const auto count = read_count(text, at);
  const auto unit = count ? read_unit(text, at) : std::nullopt;
  if (!unit || !read_anchor(text, at)) {
    return std::nullopt;
  }
  pos = at;
  return after(signed_on, *count, *unit);
}

} // namespace

std::vector<Deadline> find_deadlines(std::string_view body, Date signed_on) {
  std::vector<Deadline> deadlines;
  for (const std::string_view paragraph : split(body, '\n')) {
    const Folded folded(paragraph);
    const std::string text = without_quotations(folded.text());
    for (const Span& sentence : sentences(text)) {
      for (std::size_t i = sentence.begin; i < sentence.end;) {
        const char c = to_lower(text[i]);
        const std::size_t begin = i;
        const bool starts = (c == 'w' || c == 'n') && (i == 0 || !is_alnum(text[i - 1]));
        const auto date = starts ? read_deadline(text, i, signed_on) : std::nullopt;
        if (!date) {
          ++i;
          continue;
        }
        // A long sentence is shown from a little before the words that matter.
        const std::size_t far = 200;
        const std::size_t from = begin - sentence.begin > far ? begin : sentence.begin;
        deadlines.push_back(
            {static_cast<int>((*date - signed_on).count()),
             *date,
             excerpt(paragraph, {folded.original_begin(from), folded.original_end(sentence.end)})});
      }
    }
  }
  return deadlines;
}

} // namespace regtrail::federal_register
