#include "ear/threshold.hpp"
#include "model/cfr_pattern.hpp"
#include "model/characters.hpp"
#include "model/citation.hpp"
#include "model/date.hpp"
#include "parse/register_fields.hpp"
#include "parse/register_values_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <type_traits>
#include <unicode/uloc.h>

namespace regtrail::parse {

bool is_kebab_case(std::string_view id) {
  if (id.empty() || id.front() == '-' || id.back() == '-' ||
      id.find("--") != std::string_view::npos) {
    return false;
  }
  return std::all_of(
      id.begin(), id.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_eccn_prefix(std::string_view text) {
  if (!is_eccn(text.substr(0, 5))) {
    return false;
  }
  text.remove_prefix(5);
  while (!text.empty()) {
    if (text.front() != '.') {
      return false;
    }
    text.remove_prefix(1);
    const auto step = text.substr(0, text.find('.'));
    if (!(step.size() == 1 && is_lower(step[0])) && !(all_digits(step) && step.size() <= 2)) {
      return false;
    }
    text.remove_prefix(step.size());
  }
  return true;
}

bool is_classification(std::string_view text) {
  return text == "EAR99" || text == "NOCLASS" || is_eccn_prefix(text);
}

bool is_hs_heading(std::string_view text) {
  std::size_t expected = 4;
  while (true) {
    const auto digits = text.substr(0, text.find('.'));
    if (!all_digits(digits) || digits.size() != expected) {
      return false;
    }
    if (digits.size() == text.size()) {
      return true;
    }
    text.remove_prefix(digits.size() + 1);
    expected = 2;
  }
}

bool is_hs_code(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), is_digit);
  return digits >= 4 && digits <= 10 && is_digit(text.front()) && is_digit(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
}

bool is_cfr_place(std::string_view text) {
  return parse_cfr_pattern(text).has_value();
}

bool is_place(std::string_view text) {
  if (is_cfr_place(text) || is_eccn_prefix(text)) {
    return true;
  }
  const auto citation = Citation::parse(text);
  return citation && !citation->part_number().empty();
}

bool is_term(std::string_view text) {
  return !trimmed(text).empty();
}

bool is_searched_type(std::string_view text) {
  return text == "rule" || text == "proposed_rule" || text == "notice" || text == "presidential";
}

bool is_title_or_part(std::string_view text) {
  const auto pattern = parse_cfr_pattern(text);
  return pattern && pattern->place.empty() && pattern->first_part == pattern->last_part;
}

bool is_page_address(std::string_view text) {
  constexpr std::string_view secure = "https://";
  constexpr std::string_view loopback = "http://127.0.0.1";
  const bool printable =
      std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  return printable &&
         (text.starts_with(loopback) ||
          (text.starts_with(secure) && text.size() > secure.size() && text[secure.size()] != '/'));
}

bool is_page_form(std::string_view text) {
  return text.empty() || text == "text" || text == "links";
}

bool is_day(std::string_view text) {
  return Date::parse(text).has_value();
}

bool is_evidence(std::string_view text) {
  return text.empty() || text == "ecfr" || text == "partial" || text == "gk" || text == "user";
}

bool is_country(std::string_view text) {
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    if (text == *code) {
      return true;
    }
  }
  return false;
}

bool is_percent(double value) {
  return value >= 0.0 && value <= 100.0;
}

std::optional<double> read_number(std::string_view text) {
  text = trimmed(text, "%");
  if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  std::string digits(text);
  // Commas only as marks of thousands.
  for (std::size_t comma = digits.find(','); comma != std::string::npos;
       comma = digits.find(',', comma)) {
    std::size_t end = comma + 1;
    while (end < digits.size() && is_digit(digits[end])) {
      ++end;
    }
    if (comma == 0 || end - comma != 4) {
      return std::nullopt;
    }
    digits.erase(comma, 1);
  }
  double value = 0.0;
  const char* const last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, value);
  if (error != std::errc{} || end != last || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::string to_string(const Owner& owner) {
  return owner.percent ? fmt::format("{} {}%", owner.name, *owner.percent) : owner.name;
}

Owner parse_owner(std::string_view text) {
  text = trimmed(text);
  const auto body = trimmed(text, ")");
  if (body.ends_with('%')) {
    const auto blank = body.find_last_of(" (");
    const auto percent =
        blank == std::string_view::npos ? std::nullopt : read_number(body.substr(blank + 1));
    if (percent && is_percent(*percent)) {
      return {std::string(trimmed(body.substr(0, blank), "(")), percent};
    }
  }
  return {std::string(text), {}};
}

namespace {

/// "400" and "ms" of "400ms"; an empty number where the word is no number with a unit.
std::pair<std::string_view, std::string_view> number_and_unit(std::string_view word) {
  const auto end = word.find_first_not_of("+-0123456789.,");
  const auto number = word.substr(0, end);
  const auto unit = end == std::string_view::npos ? std::string_view{} : word.substr(end);
  const bool has_digits = std::any_of(unit.begin(), unit.end(), is_digit);
  if (has_digits || number.find_first_of("0123456789") == std::string_view::npos) {
    return {};
  }
  return {number, unit};
}

} // namespace

Parameter parse_parameter(std::string_view text) {
  text = trimmed(text);
  std::size_t at = text.find(' ');
  while (at != std::string_view::npos) {
    const auto begin = text.find_first_not_of(' ', at);
    const auto end = std::min(text.find(' ', begin), text.size());
    auto [number, unit] = number_and_unit(text.substr(begin, end - begin));
    auto value = read_number(number);
    if (!value) { // "1e-9"
      number = text.substr(begin, end - begin);
      unit = {};
      value = read_number(number);
    }
    if (value && !number.ends_with('%')) {
      auto rest = trimmed(text.substr(end));
      const auto scale_word = unit.empty() ? rest.substr(0, rest.find(' ')) : "";
      if (const auto scale = ear::scale_of(scale_word)) { // "25 billion transistors"
        value = *value * *scale;
        number = {number.data(), scale_word.data() + scale_word.size()};
        rest = trimmed(rest.substr(scale_word.size()));
      }
      Parameter parameter;
      parameter.name = trimmed(text.substr(0, at), ":=");
      parameter.value = value;
      parameter.text = number;
      parameter.unit = unit;
      if (!rest.empty()) {
        parameter.unit += (unit.empty() ? "" : " ") + std::string(rest);
      }
      return parameter;
    }
    at = end == text.size() ? std::string_view::npos : end;
  }
  Parameter parameter;
  parameter.text = text;
  return parameter;
}

std::string to_string(const Parameter& parameter) {
  std::string text = parameter.name;
  for (const std::string& part : {parameter.text, parameter.unit}) {
    if (!part.empty()) {
      text += (text.empty() ? "" : " ") + part;
    }
  }
  return text;
}

namespace {

std::optional<bool> read_flag(std::string_view text) {
  const std::string word = lowered(trimmed(text));
  for (const std::string_view yes : {"true", "yes", "y", "1", "有", "あり", "有り", "○", "〇"}) {
    if (word == yes) {
      return true;
    }
  }
  for (const std::string_view no : {"false", "no", "n", "0", "無", "なし", "無し", "×"}) {
    if (word == no) {
      return false;
    }
  }
  return std::nullopt;
}

/// Assigns one value of one kind of field.
template<typename Entry>
class FieldSetter {
public:
  FieldSetter(Entry& entry,
              const RegisterField<Entry>& field,
              const std::vector<std::string>& texts)
      : m_entry(entry),
        m_field(field) {
    for (const std::string& text : texts) {
      if (is_term(text)) {
        m_texts.emplace_back(trimmed(text));
      }
    }
  }

  Result<void> set() {
    for (const std::string& text : m_texts) {
      if (m_field.good != nullptr && !m_field.good(text)) {
        return refused(text, m_field.wrong);
      }
    }
    return std::visit([&](auto member) { return assign(m_entry.*member); }, m_field.member);
  }

private:
  Result<void> refused(std::string_view text, std::string_view why) const {
    return fail(ErrorKind::usage, fmt::format("{} \"{}\" is {}", m_field.key, text, why));
  }

  /// The only text, "" for none.
  Result<std::string> single() const {
    if (m_texts.size() > 1) {
      return fail(ErrorKind::usage, fmt::format("{} holds one value only", m_field.key));
    }
    return m_texts.empty() ? std::string() : m_texts.front();
  }

  Result<void> assign(std::string& value) {
    TRY_ASSIGN(value, single());
    return {};
  }

  Result<void> assign(std::vector<std::string>& values) {
    values = m_texts;
    return {};
  }

  Result<void> assign(double& value) {
    TRY_ASSIGN(const auto text, single());
    const auto number = read_number(text);
    if (!number || *number < 0.0 || *number > 1.0) {
      return refused(text, "no number from 0 to 1");
    }
    value = *number;
    return {};
  }

  Result<void> assign(std::optional<double>& value) {
    TRY_ASSIGN(const auto text, single());
    value = read_number(text);
    if (!text.empty() && (!value || !is_percent(*value))) {
      return refused(text, "no percentage (0 to 100)");
    }
    return {};
  }

  Result<void> assign(bool& value) {
    std::optional<bool> read;
    TRY(assign(read));
    value = read.value_or(false);
    return {};
  }

  Result<void> assign(std::optional<bool>& value) {
    TRY_ASSIGN(const auto text, single());
    value = read_flag(text);
    if (!text.empty() && !value) {
      return refused(text, "neither yes nor no");
    }
    return {};
  }

  Result<void> assign(std::vector<Parameter>& values) {
    values.clear();
    std::transform(m_texts.begin(), m_texts.end(), std::back_inserter(values), parse_parameter);
    return {};
  }

  Result<void> assign(std::vector<Owner>& values) {
    values.clear();
    std::transform(m_texts.begin(), m_texts.end(), std::back_inserter(values), parse_owner);
    return {};
  }

  Entry& m_entry;
  const RegisterField<Entry>& m_field;
  std::vector<std::string> m_texts;
};

std::vector<std::string> texts_of(const std::string& value) {
  return value.empty() ? std::vector<std::string>{} : std::vector{value};
}

const std::vector<std::string>& texts_of(const std::vector<std::string>& values) {
  return values;
}

std::vector<std::string> texts_of(double value) {
  return {fmt::format("{}", value)};
}

std::vector<std::string> texts_of(bool value) {
  return {value ? "yes" : "no"};
}

template<typename Value>
std::vector<std::string> texts_of(const std::optional<Value>& value) {
  return value ? texts_of(*value) : std::vector<std::string>{};
}

template<typename Value>
std::vector<std::string> texts_of(const std::vector<Value>& values) {
  std::vector<std::string> texts;
  std::transform(values.begin(), values.end(), std::back_inserter(texts), [](const Value& value) {
    return to_string(value);
  });
  return texts;
}

} // namespace

template<typename Entry>
Result<void>
set_field(Entry& entry, const RegisterField<Entry>& field, const std::vector<std::string>& texts) {
  return FieldSetter<Entry>(entry, field, texts).set();
}

template<typename Entry>
std::vector<std::string> field_texts(const Entry& entry, const RegisterField<Entry>& field) {
  return std::visit(
      [&](auto member) -> std::vector<std::string> { return texts_of(entry.*member); },
      field.member);
}

#define REGTRAIL_ENTRY_(Entry)                                                                     \
  template Result<void> set_field(                                                                 \
      Entry&, const RegisterField<Entry>&, const std::vector<std::string>&);                       \
  template std::vector<std::string> field_texts(const Entry&, const RegisterField<Entry>&);
REGTRAIL_ENTRY_(Category)
REGTRAIL_ENTRY_(Product)
REGTRAIL_ENTRY_(Party)
REGTRAIL_ENTRY_(Procedure)
REGTRAIL_ENTRY_(Destination)
REGTRAIL_ENTRY_(Watch)
#undef REGTRAIL_ENTRY_

} // namespace regtrail::parse
