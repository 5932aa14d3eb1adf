#include "notify/delivery/mail_words.hpp"

#include "notify/render/headline.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <algorithm>
#include <array>

namespace regtrail::delivery {

namespace {

constexpr std::array<std::string_view, 12> months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekdays{
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 7> weekdays_ja{"日", "月", "火", "水", "木", "金", "土"};

std::chrono::year_month_day parts_of(Date day) {
  return std::chrono::year_month_day(day.days());
}

std::size_t weekday_of(Date day) {
  return std::chrono::weekday(day.days()).c_encoding();
}

unsigned month_of(Date day) {
  return static_cast<unsigned>(parts_of(day).month());
}

unsigned day_of(Date day) {
  return static_cast<unsigned>(parts_of(day).day());
}

std::string_view month_word(Date day) {
  return months[month_of(day) - 1];
}

} // namespace

Speaker::Speaker(render::Language language, Timestamp now) : m_language(language), m_now(now) {}

std::chrono::hours Speaker::offset() const {
  // Japan has no daylight saving time; English readers get UTC.
  return std::chrono::hours(is_japanese() ? 9 : 0);
}

std::string Speaker::place(const Citation& at) const {
  return (*this)(render::place_words(at));
}

Date Speaker::today() const {
  return date_of(m_now + offset());
}

std::string Speaker::day(Date day) const {
  const bool same_year = day.year() == today().year();
  return is_japanese() ? fmt::format("{}{}月{}日",
                                     same_year ? "" : std::to_string(day.year()) + "年",
                                     month_of(day),
                                     day_of(day))
                       : fmt::format("{} {}{}",
                                     month_word(day),
                                     day_of(day),
                                     same_year ? "" : ", " + std::to_string(day.year()));
}

std::string Speaker::weekday(Date day) const {
  const std::string words = (*this)(render::day_words(day));
  return is_japanese() ? fmt::format("{}（{}）", words, weekdays_ja[weekday_of(day)])
                       : fmt::format("{}, {}", weekdays[weekday_of(day)], words);
}

std::string Speaker::short_weekday(Date day) const {
  return is_japanese()
             ? fmt::format("{}（{}）", this->day(day), weekdays_ja[weekday_of(day)])
             : fmt::format("{} {}", weekdays[weekday_of(day)].substr(0, 3), this->day(day));
}

std::string Speaker::slashed(Date day) const {
  return is_japanese() ? fmt::format("{}/{}", month_of(day), day_of(day))
                       : fmt::format("{} {}", month_word(day), day_of(day));
}

std::string Speaker::instant(Timestamp when) const {
  const Timestamp local = when + offset();
  const std::string clock = to_string(local).substr(11, 5);
  const std::string_view hours = clock;
  return is_japanese() ? fmt::format("{} {}（日本時間）",
                                     day(date_of(local)),
                                     hours.substr(hours.front() == '0' ? 1 : 0))
                       : fmt::format("{}, {} (UTC)", day(date_of(local)), clock);
}

std::string Speaker::list(const std::vector<std::string>& parts) const {
  return render::joined(parts, is_japanese() ? say::comma.ja : say::comma.en);
}

std::string Speaker::first_of(std::vector<std::string> parts, std::size_t shown) const {
  if (parts.size() > shown) {
    const std::size_t rest = parts.size() - shown;
    parts.resize(shown);
    parts.push_back((*this)(say::more, rest));
  }
  return list(parts);
}

std::string Speaker::cut(const std::string& text, int columns) const {
  if (!is_japanese() || render::display_width(text) <= columns) {
    return render::excerpt(text, columns);
  }
  // No character has more than four bytes.
  std::string out = render::one_line(
      render::first_bytes(text, 4 * static_cast<std::size_t>(std::max(columns, 0))));
  while (!out.empty() && render::display_width(out) > columns - 2) {
    out.resize(render::first_bytes(out, out.size() - 1).size());
  }
  return out + "…";
}

std::string Speaker::capital(std::string text) const {
  if (!is_japanese() && !text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - ('a' - 'A'));
  }
  return text;
}

std::string Speaker::sentences(const std::vector<std::string>& parts) const {
  return render::joined(parts, is_japanese() ? "" : " ");
}

std::string severity_label(int severity, render::Language language) {
  std::string word = render::severity_word(severity, language);
  if (language == render::Language::en) {
    word.front() = static_cast<char>(word.front() - ('a' - 'A'));
  }
  return word;
}

} // namespace regtrail::delivery
