// An archive in memory that is given the texts of a part date by date, as outlines.
#pragma once

#include "diff/tree/tree_diff.hpp"
#include "store/archive.hpp"
#include "tests/support/outline.hpp"
#include "tests/support/stored/stored_units.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::query::testing {

class DatedLaw {
public:
  explicit DatedLaw(std::string part = "744") : m_part(std::move(part)) {}

  /// The text of a day, and what changed since the day given before.
  void on(const char* day, std::string_view text) { put(day, text, Transitions::stored); }

  /// The same when a date in between is missing: nothing is known of how it came.
  void after_a_gap(const char* day, std::string_view text) { put(day, text, Transitions::missing); }

  /// Puts a cause on every change given from now on.
  void caused_by(const Cause& cause) { m_cause = cause; }

  [[nodiscard]] store::Archive& archive() { return m_archive; }

private:
  enum class Transitions { stored, missing };

  void put(const char* day, std::string_view text, Transitions transitions) {
    const Date date = *Date::parse(day);
    const std::vector<Unit> units = tests::outline(text);
    REQUIRE(m_archive.plan_dates(15, m_part, {date}));
    REQUIRE(tests::put_units(m_archive, {15, m_part, date}, units, *parse_timestamp(day)));
    if (m_last && transitions == Transitions::stored) {
      store::Transition transition;
      transition.part = m_part;
      transition.before = *m_last;
      transition.after = date;
      transition.diff = diff::diff_units(m_units, units, {{}, {"", date, {}}});
      for (Change& change : transition.diff.changes) {
        if (m_cause) {
          change.causes.push_back(*m_cause);
        }
      }
      REQUIRE(m_archive.put_transition(transition, *parse_timestamp(day)));
    }
    m_units = units;
    m_last = date;
  }

  std::string m_part;
  store::Archive m_archive = store::Archive::in_memory(tests::stored_unit_reader()).value();
  std::vector<Unit> m_units;
  std::optional<Date> m_last;
  std::optional<Cause> m_cause;
};

using Lines = std::vector<std::string>;

inline constexpr const char* long_a =
    "this paragraph says that nobody may ship the described things "
    "without a license from the bureau";
inline constexpr const char* edited_a =
    "this paragraph says that nobody may sell the described things "
    "without a license from the bureau";
inline constexpr const char* edited_b =
    "another paragraph about reports that exporters owe to the office "
    "within ninety days of shipment";
inline constexpr const char* long_b =
    "another paragraph about reports that exporters owe to the office "
    "within thirty days of shipment";
inline constexpr const char* long_c = "a third paragraph that sets out how the office reviews such "
                                      "applications for the listed parties";

inline std::string section(const std::vector<std::string>& paragraphs,
                           const char* number = "744.1") {
  std::string text = std::string(number) + "\n  heading: Scope of these rules\n";
  for (const std::string& paragraph : paragraphs) {
    text += "  " + paragraph + "\n";
  }
  return text;
}

inline std::string text(const char* designator, const char* words) {
  return fmt::format("({}) {}", designator, words);
}

} // namespace regtrail::query::testing
