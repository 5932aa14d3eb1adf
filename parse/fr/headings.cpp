#include "parse/fr/headings.hpp"

#include "model/characters.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace regtrail::parse {
namespace {

std::string_view digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) {
    ++end;
  }
  return text.substr(at, end - at);
}

int value_of(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// Where the title of the next "15 CFR" in `text` begins; npos for none.
std::size_t find_title(std::string_view text, std::size_t from) {
  std::size_t at = text.find(" CFR", from);
  while (at != std::string_view::npos) {
    std::size_t begin = at;
    while (begin > from && is_digit(text[begin - 1])) {
      --begin;
    }
    if (at - begin == 1 || at - begin == 2) {
      return begin;
    }
    at = text.find(" CFR", at + 1);
  }
  return at;
}

/// The numbers of parts in `list`: "734, 740, and 744", "120-130", "1024 through 1026".
void read_parts(std::string_view list, const std::string& title, std::vector<CfrPart>& parts) {
  bool range = false;
  std::size_t at = 0;
  while (at < list.size()) {
    if (!is_digit(list[at])) {
      range = range || list[at] == '-' || list.substr(at).starts_with("through ") ||
              list.substr(at).starts_with("to ");
      range = range && list[at] != ',';
      ++at;
      continue;
    }
    const std::string_view number = digits_at(list, at);
    constexpr int longest_range = 200;
    const int to = value_of(number);
    int next = range && !parts.empty() ? value_of(parts.back().part) + 1 : to;
    for (; next < to && to - next < longest_range; ++next) {
      parts.push_back({title, std::to_string(next)});
    }
    parts.push_back({title, std::string(number)});
    range = false;
    at += number.size();
    while (at < list.size() && (is_lower(list[at]) || list[at] == '.') && list[at - 1] != ' ') {
      ++at; // "1926a", "744.11": the rest of the number is none of our business
    }
    at += at < list.size() && list[at - 1] == '.' ? digits_at(list, at).size() : 0U;
  }
}

} // namespace

std::vector<CfrPart> read_cfr_heading(std::string_view heading) {
  const std::string text = normalise(heading);
  std::vector<CfrPart> parts;
  std::size_t begin = find_title(text, 0);
  while (begin != std::string::npos) {
    const std::string title(digits_at(text, begin));
    const std::size_t list = begin + title.size() + 4;
    const std::size_t end = find_title(text, list);
    const std::string_view rest =
        std::string_view(text).substr(list, end == std::string::npos ? end : end - list);
    const std::size_t word = std::min(rest.find("art"), rest.find("ART"));
    if (word != std::string_view::npos) {
      read_parts(rest.substr(word), title, parts);
    }
    begin = end;
  }
  return parts;
}

bool is_cfr_heading(std::string_view line) {
  const std::string text = normalise(line);
  return !text.empty() && is_digit(text.front()) && find_title(text, 0) == 0;
}

std::vector<std::string> read_rins(std::string_view line) {
  const std::string text = normalise(line);
  std::vector<std::string> rins;
  for (std::size_t at = text.find('-'); at != std::string::npos; at = text.find('-', at + 1)) {
    if (at < 4 || at + 5 > text.size() || digits_at(text, at - 4).size() != 4 ||
        (at > 4 && is_digit(text[at - 5])) || !is_upper(text[at + 1]) || !is_upper(text[at + 2]) ||
        digits_at(text, at + 3).size() != 2) {
      continue;
    }
    std::string rin = text.substr(at - 4, 9);
    if (std::find(rins.begin(), rins.end(), rin) == rins.end()) {
      rins.push_back(std::move(rin));
    }
  }
  return rins;
}

std::vector<std::string> read_dockets(std::string_view line) {
  const std::string text = normalise(line);
  std::vector<std::string> dockets;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(";]"), rest.size());
    const std::string_view docket = trimmed(rest.substr(0, end), "[].,");
    if (!docket.empty()) {
      dockets.emplace_back(docket);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return dockets;
}

Filing read_filing(std::string_view line) {
  const std::string text = normalise(line);
  Filing filing;
  std::size_t at = text.find("Doc");
  if (at == std::string::npos) {
    return filing;
  }
  at = std::min(text.find_first_of(" .:", at), text.size());
  for (const std::string_view filler : {"No:", "No."}) {
    const std::size_t from = std::min(text.find_first_not_of(" .:", at), text.size());
    at = std::string_view(text).substr(from).starts_with(filler) ? from + filler.size() : from;
  }
  const std::size_t begin = std::min(text.find_first_not_of(' ', at), text.size());
  const std::size_t end = std::min(text.find_first_of(" ;,]", begin), text.size());
  filing.number = text.substr(begin, end - begin);
  // "Filed 2-8-24; 2:00 pm": print has lost the word before
  for (std::size_t dash = text.find('-', end); dash != std::string::npos;
       dash = text.find('-', dash + 1)) {
    std::size_t from = dash;
    while (from > end && is_digit(text[from - 1])) {
      --from;
    }
    const std::string_view month = digits_at(text, from);
    const std::string_view day = digits_at(text, dash + 1);
    const std::size_t second = dash + 1 + day.size();
    const std::string_view year =
        second < text.size() && text[second] == '-' ? digits_at(text, second + 1) : "";
    if (month.empty() || month.size() > 2 || day.empty() || day.size() > 2 ||
        (year.size() != 2 && year.size() != 4)) {
      continue;
    }
    const int number = value_of(year);
    const std::chrono::year_month_day date{
        std::chrono::year{year.size() == 4 ? number : number + (number < 70 ? 2000 : 1900)},
        std::chrono::month{static_cast<unsigned>(value_of(month))},
        std::chrono::day{static_cast<unsigned>(value_of(day))}};
    if (date.ok()) {
      filing.filed = Date(std::chrono::sys_days(date));
      break;
    }
  }
  return filing;
}

bool is_printers_number(std::string_view number) {
  return number.size() > 3 && (number[0] == 'C' || number[0] == 'R') && is_digit(number[1]) &&
         number[2] == '-';
}

} // namespace regtrail::parse
