// Limits and days in words: "less than 300 ms", "300 ms 未満".
#include "model/characters.hpp"
#include "notify/render/headline_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace regtrail::render {

namespace {

/// A limit as typed changes print it: "<= 45 nm", "5 nm or better", "1 to 5 nm", "10^19 atoms".
struct Limit {
  std::string_view sign; ///< "<", "<=", ">", ">=", "=", "better", "to"
  std::string number;
  std::string upper; ///< of a range
  std::string unit;
  std::optional<double> value;
};

struct Unit {
  std::string_view printed;
  std::string_view en;
  std::string_view ja;
};

constexpr std::array units{Unit{"milliseconds", "ms", "ms"},
                           Unit{"millisecond", "ms", "ms"},
                           Unit{"microseconds", "\u00b5s", "\u00b5s"},
                           Unit{"nanoseconds", "ns", "ns"},
                           Unit{"seconds", "s", "秒"},
                           Unit{"second", "s", "秒"},
                           Unit{"minute", "min", "分"},
                           Unit{"hour", "h", "時間"},
                           Unit{"minutes", "minutes", "分"},
                           Unit{"hours", "hours", "時間"},
                           Unit{"days", "days", "日"},
                           Unit{"day", "days", "日"},
                           Unit{"calendar days", "calendar days", "暦日"},
                           Unit{"week", "weeks", "週間"},
                           Unit{"weeks", "weeks", "週間"},
                           Unit{"month", "months", "か月"},
                           Unit{"months", "months", "か月"},
                           Unit{"year", "years", "年"},
                           Unit{"years", "years", "年"},
                           Unit{"nanometers", "nm", "nm"},
                           Unit{"micrometers", "\u00b5m", "\u00b5m"},
                           Unit{"microns", "\u00b5m", "\u00b5m"},
                           Unit{"millimeters", "mm", "mm"},
                           Unit{"millimeter", "mm", "mm"},
                           Unit{"square millimeter", "mm^2", "mm^2"},
                           Unit{"square centimeter", "cm^2", "cm^2"},
                           Unit{"centimeters", "cm", "cm"},
                           Unit{"meters", "m", "m"},
                           Unit{"kilometers", "km", "km"},
                           Unit{"grams", "g", "g"},
                           Unit{"kilograms", "kg", "kg"},
                           Unit{"liters", "liters", "リットル"},
                           Unit{"gigabytes", "GB", "GB"},
                           Unit{"percent", "%", "%"},
                           Unit{"elements", "elements", "素子"},
                           Unit{"terminals", "terminals", "端子"}};

constexpr std::array superscripts{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

/// "10^19" as "10¹⁹", "cm^2" as "cm²".
std::string with_superscripts(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '^') {
      out += text[i];
      continue;
    }
    if (i + 1 < text.size() && text[i + 1] == '-') {
      out += "⁻";
      ++i;
    }
    while (i + 1 < text.size() && is_digit(text[i + 1])) {
      out += superscripts.at(static_cast<std::size_t>(text[++i] - '0'));
    }
  }
  return out;
}

bool is_number_part(char c) {
  return is_digit(c) || c == '.' || c == ',' || c == '^' || c == '-' || c == '+';
}

/// The number at the front of `text`, which is taken off: "5 × 10^-6", "1,000".
std::string take_number(std::string_view& text) {
  constexpr std::string_view times = " \u00d7 10^";
  std::size_t end = 0;
  while (end < text.size() && is_number_part(text[end])) {
    ++end;
  }
  if (end > 0 && text.substr(end).starts_with(times)) {
    end += times.size();
    while (end < text.size() && is_number_part(text[end])) {
      ++end;
    }
  }
  std::string number(text.substr(0, end));
  text.remove_prefix(end);
  return number;
}

std::optional<double> plain_value(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), ','), text.end());
  double value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  return read.ptr == end && !text.empty() ? std::optional(value) : std::nullopt;
}

std::optional<double> value_of(const std::string& number) {
  constexpr std::string_view times = " \u00d7 ";
  if (const std::size_t at = number.find(times); at != std::string::npos) {
    const auto front = plain_value(number.substr(0, at));
    const auto power = value_of(number.substr(at + times.size()));
    return front && power ? std::optional(*front * *power) : std::nullopt;
  }
  if (const std::size_t at = number.find('^'); at != std::string::npos) {
    const auto base = plain_value(number.substr(0, at));
    const auto power = plain_value(number.substr(at + 1));
    return base && power ? std::optional(std::pow(*base, *power)) : std::nullopt;
  }
  return plain_value(number);
}

std::optional<Limit> read_limit(std::string_view text) {
  constexpr std::array<std::string_view, 5> signs{"<=", ">=", "<", ">", "="};
  constexpr std::string_view better = " or better";
  Limit limit;
  for (const std::string_view sign : signs) {
    if (text.starts_with(sign)) {
      limit.sign = sign;
      text = trimmed(text.substr(sign.size()));
      break;
    }
  }
  if (limit.sign.empty() && text.ends_with(better)) {
    limit.sign = "better";
    text.remove_suffix(better.size());
  }
  limit.number = take_number(text);
  if (limit.sign.empty() && text.starts_with(" to ")) {
    limit.sign = "to";
    text.remove_prefix(4);
    limit.upper = take_number(text);
  }
  if (limit.number.empty() || limit.sign.empty()) {
    return std::nullopt;
  }
  limit.unit = trimmed(text);
  limit.value = value_of(limit.number);
  return limit;
}

const Unit* find_unit(std::string_view printed) {
  const auto found = std::find_if(
      units.begin(), units.end(), [&](const Unit& each) { return each.printed == printed; });
  return found == units.end() ? nullptr : &*found;
}

/// "gigabytes per second per square millimeter" as "GB/s/mm^2", where all of it is known.
std::string abbreviated(std::string_view unit) {
  constexpr std::string_view per = " per ";
  std::string out;
  for (std::string_view rest = unit; !rest.empty();) {
    const std::size_t end = std::min(rest.find(per), rest.size());
    const Unit* known = find_unit(rest.substr(0, end));
    if (known == nullptr) {
      return std::string(unit);
    }
    out += (out.empty() ? "" : "/") + std::string(known->en);
    rest.remove_prefix(std::min(end + per.size(), rest.size()));
  }
  return out;
}

Headline unit_words(const std::string& unit) {
  if (const Unit* known = find_unit(unit)) {
    return {std::string(known->en), std::string(known->ja)};
  }
  return {abbreviated(unit), abbreviated(unit)};
}

bool is_latin(const std::string& unit) {
  return !unit.empty() && (is_alpha(unit[0]) || unit.starts_with("\u00b5"));
}

/// A number with its unit: "500 ms", "25%", "200:1", "25日".
Headline amount(const std::string& number, const std::string& unit) {
  const Headline words = unit_words(unit);
  const auto joint = [](const std::string& each) { return is_latin(each) ? " " : ""; };
  return {with_superscripts(number + joint(words.en) + words.en),
          with_superscripts(number + joint(words.ja) + words.ja)};
}

Headline limit_words(const Limit& limit) {
  if (limit.sign == "to") {
    const Headline upper = amount(limit.upper, limit.unit);
    const std::string lower = with_superscripts(limit.number);
    return {fmt::format("{} to {}", lower, upper.en), fmt::format("{}～{}", lower, upper.ja)};
  }
  const Headline plain = amount(limit.number, limit.unit);

  struct Form {
    std::string_view sign;
    std::string_view en;
    std::string_view ja;
  };

  constexpr std::array forms{Form{"<", "less than {}", "未満"},
                             Form{"<=", "{} or less", "以下"},
                             Form{">", "more than {}", "超"},
                             Form{">=", "{} or more", "以上"},
                             Form{"better", "{} or better", "またはより優れた値"}};
  for (const Form& form : forms) {
    if (limit.sign == form.sign) {
      return {
          fmt::format(fmt::runtime(form.en), plain.en),
          fmt::format("{}{}{}", plain.ja, is_latin(unit_words(limit.unit).ja) ? " " : "", form.ja)};
    }
  }
  return plain;
}

bool is_period(const Limit& limit) {
  const std::string unit = lowered(limit.unit);
  return std::any_of(units.begin(), units.end(), [&](const Unit& each) {
    return unit == each.printed && (each.ja == "日" || each.ja == "暦日" || each.ja == "週間" ||
                                    each.ja == "か月" || each.ja == "年");
  });
}

Headline both_limits(const Limit& before, const Limit& after, Direction direction) {
  const Headline from = limit_words(before);
  const Headline to = limit_words(after);
  const bool single = before.sign == after.sign && before.sign != "to" &&
                      unit_words(before.unit).en == unit_words(after.unit).en && before.value &&
                      after.value && *before.value != *after.value;
  if (!single) {
    const bool same = direction == Direction::neutral && before.unit != after.unit;
    return {fmt::format("limit {} from {} to {}", same ? "restated" : "changed", from.en, to.en),
            fmt::format("しきい値が{}から{}に{}", from.ja, to.ja, same ? "表記変更" : "変更")};
  }
  const bool up = *after.value > *before.value;
  const bool period = is_period(before);
  const std::string_view verb =
      period ? (up ? "lengthened" : "shortened") : (up ? "raised" : "lowered");
  const std::string_view verb_ja = period ? (up ? "延長" : "短縮") : (up ? "引き上げ" : "引き下げ");
  const bool percent = unit_words(after.unit).en == "%" || after.unit.starts_with(':');
  const std::string number =
      percent ? amount(before.number, before.unit).en : with_superscripts(before.number);
  return {fmt::format("{} {} from {} to {}",
                      period ? "period" : "limit",
                      verb,
                      number,
                      amount(after.number, after.unit).en),
          fmt::format("{}が{}から{}に{}", period ? "期間" : "しきい値", from.ja, to.ja, verb_ja)};
}

} // namespace

Headline limit_change(const TypedChange& typed) {
  const auto before = read_limit(typed.before);
  const auto after = read_limit(typed.after);
  if (before && after) {
    return both_limits(*before, *after, typed.direction);
  }
  if (after && typed.before.empty()) {
    const Headline words = limit_words(*after);
    return {fmt::format("limit added: {}", words.en),
            fmt::format("しきい値（{}）を追加", words.ja)};
  }
  if (before && typed.after.empty()) {
    const Headline words = limit_words(*before);
    return {fmt::format("limit dropped: {}", words.en),
            fmt::format("しきい値（{}）を削除", words.ja)};
  }
  return {"limit changed", "しきい値の変更"};
}

Headline day_words(Date day) {
  constexpr std::array months{"January",
                              "February",
                              "March",
                              "April",
                              "May",
                              "June",
                              "July",
                              "August",
                              "September",
                              "October",
                              "November",
                              "December"};
  const std::chrono::year_month_day ymd(day.days());
  const auto month = static_cast<unsigned>(ymd.month());
  const auto number = static_cast<unsigned>(ymd.day());
  return {fmt::format("{} {}, {}", months.at(month - 1), number, day.year()),
          fmt::format("{}年{}月{}日", day.year(), month, number)};
}

} // namespace regtrail::render
