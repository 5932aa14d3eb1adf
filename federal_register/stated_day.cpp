#include "ear/text_date.hpp"
#include "federal_register/stated_day_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace regtrail::federal_register {

namespace {

constexpr std::size_t none = std::string_view::npos;

constexpr std::string_view months =
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec";

constexpr std::string_view own_document =
    "this rule|this final rule|this interim final rule|this document|this action|this notice";

/// Longer words do not belong to one day.
constexpr std::size_t longest_phrase = 120;

class Finder {
public:
  Finder(std::string_view text, const DatesContext& context)
      : m_text(text),
        m_context(context),
        m_printed(ear::find_dates(text)) {}

  std::vector<StatedDay> run() {
    auto printed = m_printed.begin();
    for (std::size_t i = 0; i < m_text.size();) {
      while (printed != m_printed.end() && printed->begin < i) {
        ++printed;
      }
      if (printed != m_printed.end() && printed->begin == i) {
        m_days.push_back({printed->date, printed->begin, printed->end, true, false});
        i = printed->end;
        continue;
      }
      const bool begins_word = is_alnum(m_text[i]) && (i == 0 || !is_alnum(m_text[i - 1]));
      const auto day = m_text[i] == '[' ? inserted(i) : begins_word ? at_word(i) : std::nullopt;
      if (day) {
        m_days.push_back(*day);
      }
      i = day ? day->end : i + 1;
    }
    return std::move(m_days);
  }

private:
  std::optional<StatedDay> at_word(std::size_t begin) const {
    for (const auto reader : {&Finder::counted,
                              &Finder::with_an_act,
                              &Finder::immediately,
                              &Finder::first_day,
                              &Finder::misprinted}) {
      if (auto day = (this->*reader)(begin)) {
        return day;
      }
    }
    return std::nullopt;
  }

  /// Advances `pos` over one of `words` and the blanks behind it.
  bool take(std::size_t& pos, std::string_view words) const {
    return any_phrase(words, [&](std::string_view word) {
      if (!has_word_at(m_text, pos, word)) {
        return false;
      }
      pos = skip_blanks(m_text, pos + word.size());
      return true;
    });
  }

  [[nodiscard]] std::size_t without_blanks(std::size_t end) const {
    while (end > 0 && m_text[end - 1] == ' ') {
      --end;
    }
    return end;
  }

  /// To the end of the clause, dates in it whole.
  [[nodiscard]] std::size_t clause_end(std::size_t from) const {
    std::size_t end = from;
    while (end < m_text.size() && end - from < longest_phrase) {
      const auto inside =
          std::find_if(m_printed.begin(), m_printed.end(), [&](const ear::TextDate& date) {
            return date.begin <= end && end < date.end;
          });
      if (inside != m_printed.end()) {
        end = inside->end;
        continue;
      }
      const char c = m_text[end];
      const bool stop = c == '.' && (end + 1 == m_text.size() || m_text[end + 1] == ' ');
      if (c == ',' || c == ';' || c == ']' || c == '(' || stop) {
        break;
      }
      ++end;
    }
    return without_blanks(end);
  }

  /// "publication", "filing for public inspection" at `at`, to `end` with what belongs to them.
  /// The inner nullopt: of another document, or a day that is not known.
  std::optional<std::optional<Date>> act(std::size_t at, std::size_t& end) const {
    take(at, "the");
    while (take(at, "date|day") && take(at, "of")) {
    }
    take(at, "its|this rule's|the rule's");
    std::optional<Date> date;
    if (take(at, "publication")) {
      date = m_context.published;
      end = without_blanks(at);
      if (take(at, "of")) {
        if (!take(at, own_document)) {
          end = clause_end(at); // "of a document announcing ..."
          return std::optional<Date>();
        }
        end = without_blanks(at);
      }
      if (take(at, "in the federal register|in the register")) {
        end = without_blanks(at);
      }
    } else if (take(at, "filing|public inspection|public display|display")) {
      date = m_context.filed;
      end = without_blanks(at);
      if (take(at,
               "for public inspection at the office of the federal register|for public inspection|"
               "for public display|with the office of the federal register|"
               "at the office of the federal register|with the federal register")) {
        end = without_blanks(at);
      }
    } else {
      return std::nullopt;
    }
    return date;
  }

  /// "30 days", "thirty (30) calendar days", "1 month"; 0 for other units than whole days.
  std::optional<int> count(std::size_t& pos) const {
    std::size_t at = pos;
    std::optional<int> number = read_int(m_text, at);
    if (!number) {
      while (at < m_text.size() && (is_alpha(m_text[at]) || m_text[at] == '-')) {
        ++at;
      }
      const std::string_view word = m_text.substr(pos, at - pos);
      at = skip_blanks(m_text, at);
      std::size_t digits = at + 1;
      if (at < m_text.size() && m_text[at] == '(') {
        number = read_int(m_text, digits);
        at = number && digits < m_text.size() && m_text[digits] == ')' ? digits + 1 : at;
      } else {
        number = spelt(word);
      }
    }
    if (!number) {
      return std::nullopt;
    }
    at = skip_blanks(m_text, at);
    const bool of_work = take(at, "business|working|federal business");
    take(at, "calendar|full");
    int days = 0;
    if (take(at, "days|day")) {
      days = of_work ? 0 : *number;
    } else if (take(at, "weeks|week")) {
      days = 7 * *number;
    } else if (!take(at, "months|month|years|year")) {
      return std::nullopt;
    }
    pos = at;
    return days;
  }

  static std::optional<int> spelt(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, int>, 12> numbers = {{{"one", 1},
                                                                           {"two", 2},
                                                                           {"three", 3},
                                                                           {"six", 6},
                                                                           {"seven", 7},
                                                                           {"ten", 10},
                                                                           {"fifteen", 15},
                                                                           {"thirty", 30},
                                                                           {"forty-five", 45},
                                                                           {"sixty", 60},
                                                                           {"ninety", 90},
                                                                           {"twelve", 12}}};
    for (const auto& [name, number] : numbers) {
      if (word.size() == name.size() && has_at(word, 0, name)) {
        return number;
      }
    }
    return std::nullopt;
  }

  /// "30 days after publication in the Federal Register"
  std::optional<StatedDay> counted(std::size_t begin) const {
    std::size_t at = begin;
    const auto days = count(at);
    if (!days || !take(at, "after|from|following|of|beyond")) {
      return std::nullopt;
    }
    std::size_t end = at;
    const auto from = act(at, end);
    if (!from) {
      return StatedDay{std::nullopt, begin, clause_end(at), false, false};
    }
    std::optional<Date> date;
    if (*from && *days > 0) {
      date = **from + std::chrono::days(*days);
    }
    return StatedDay{date, begin, end, false, false};
  }

  /// "upon publication", "on the date of filing for public inspection"
  std::optional<StatedDay> with_an_act(std::size_t begin) const {
    std::size_t at = begin;
    take(at, "immediately");
    const bool preposition = take(at, "on|upon|as of|at|with");
    if (!preposition && !has_word_at(m_text, at, "the date of") &&
        !has_word_at(m_text, at, "date of")) {
      return std::nullopt;
    }
    const std::string_view front = trimmed(m_text.substr(0, begin));
    if (any_phrase("after|before|from|following|since|than|until", [&](std::string_view word) {
          return front.size() >= word.size() && has_at(front, front.size() - word.size(), word);
        })) {
      return std::nullopt;
    }
    std::size_t end = at;
    const auto date = act(at, end);
    return date ? std::optional(StatedDay{*date, begin, end, false, false}) : std::nullopt;
  }

  /// "effective immediately"
  std::optional<StatedDay> immediately(std::size_t begin) const {
    constexpr std::string_view word = "immediately";
    constexpr std::string_view effective = "effective";
    const std::string_view front = trimmed(m_text.substr(0, begin));
    const bool said = front.size() >= effective.size() &&
                      has_at(front, front.size() - effective.size(), effective);
    if (!said || !has_word_at(m_text, begin, word)) {
      return std::nullopt;
    }
    return StatedDay{m_context.published, begin, begin + word.size(), false, false};
  }

  /// "on the first day of the month following February 20, 2026"
  std::optional<StatedDay> first_day(std::size_t begin) const {
    std::size_t at = begin;
    take(at, "on|beginning on|upon");
    take(at, "the");
    if (!take(at, "first|second|third|last|next|1st|15th|fifteenth")) {
      return std::nullopt;
    }
    const auto date = std::find_if(
        m_printed.begin(), m_printed.end(), [&](const auto& each) { return each.begin >= at; });
    if (date == m_printed.end() || date->begin - begin > longest_phrase) {
      return std::nullopt;
    }
    const std::string_view between = trimmed(m_text.substr(at, date->begin - at));
    const auto ends_with = [&](std::string_view word) {
      return between.size() >= word.size() && has_at(between, between.size() - word.size(), word);
    };
    const auto has = [&](std::string_view unit) { return find_word(between, unit) != none; };
    if (!any_phrase("following|after|that follows|from", ends_with) ||
        !any_phrase("day|days|month|week|quarter|year|monday", has)) {
      return std::nullopt;
    }
    return StatedDay{std::nullopt, begin, date->end, false, false};
  }

  /// A month with its day and year that is no day of the calendar, or with one of them only:
  /// "February 31, 2026", "31 February 2026", "February 2026", "May 1", "2/31/2026".
  std::optional<StatedDay> misprinted(std::size_t begin) const {
    std::size_t at = begin;
    const auto first = read_int(m_text, at);
    if (first && at < m_text.size() && m_text[at] == '/') {
      return slashed(begin);
    }
    at = first ? skip_blanks(m_text, at) : at;
    if (!month(at)) {
      return std::nullopt;
    }
    std::size_t end = without_blanks(at);
    const auto number = read_int(m_text, at);
    if (!number) {
      return std::nullopt;
    }
    constexpr int earliest_year = 1000;
    end = at;
    if (first || *number >= earliest_year) {
      const bool is_year = *number >= earliest_year;
      return is_year ? std::optional(StatedDay{std::nullopt, begin, end, false, !first})
                     : std::nullopt;
    }
    std::size_t year_at = skip_blanks(m_text, at);
    const bool mark = year_at < m_text.size() && (m_text[year_at] == ',' || m_text[year_at] == '.');
    year_at = mark ? skip_blanks(m_text, year_at + 1) : year_at;
    const auto year = read_int(m_text, year_at);
    if (year && *year >= earliest_year) {
      return StatedDay{std::nullopt, begin, year_at, false, false};
    }
    return StatedDay{std::nullopt, begin, end, false, true};
  }

  /// "February ": in capitals, since "may" is a verb.
  bool month(std::size_t& pos) const {
    if (pos >= m_text.size() || is_lower(m_text[pos]) || !is_alpha(m_text[pos])) {
      return false;
    }
    return any_phrase(months, [&](std::string_view name) {
      std::size_t at = pos;
      if (!take(at, name)) {
        return false;
      }
      pos = at < m_text.size() && m_text[at] == '.' ? skip_blanks(m_text, at + 1) : at;
      return true;
    });
  }

  std::optional<StatedDay> slashed(std::size_t begin) const {
    std::size_t at = begin;
    int slashes = 0;
    while (at < m_text.size() && (is_digit(m_text[at]) || m_text[at] == '/')) {
      slashes += m_text[at] == '/' ? 1 : 0;
      ++at;
    }
    constexpr std::size_t shortest = 8; // "2/31/2026", "2/31/26"
    return slashes == 2 && at - begin + 1 >= shortest
               ? std::optional(StatedDay{std::nullopt, begin, at, false, false})
               : std::nullopt;
  }

  /// "[INSERT DATE 30 DAYS AFTER PUBLICATION IN THE FEDERAL REGISTER]" in what is on file.
  std::optional<StatedDay> inserted(std::size_t begin) const {
    const std::size_t length = m_text.substr(begin, longest_phrase).find(']');
    const std::size_t end = begin + length;
    std::size_t at = skip_blanks(m_text, begin + 1);
    if (length == none || !take(at, "insert")) {
      return std::nullopt;
    }
    StatedDay day{std::nullopt, begin, end + 1, false, false};
    for (; at < end; ++at) {
      if (is_alnum(m_text[at]) && !is_alnum(m_text[at - 1])) {
        const auto inner = has_word_at(m_text, at, "date of") ? with_an_act(at) : counted(at);
        if (inner && inner->end <= end) {
          day.date = inner->date;
          break;
        }
      }
    }
    return day;
  }

  std::string_view m_text;
  const DatesContext& m_context;
  std::vector<ear::TextDate> m_printed;
  std::vector<StatedDay> m_days;
};

} // namespace

std::vector<StatedDay> find_stated_days(std::string_view text, const DatesContext& context) {
  return Finder(text, context).run();
}

} // namespace regtrail::federal_register
