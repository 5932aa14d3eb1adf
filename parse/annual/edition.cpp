#include "parse/annual/edition.hpp"

#include "ear/text_date.hpp"
#include "parse/ecfr/inline_text.hpp"

#include <algorithm>

namespace regtrail::parse {
namespace {

std::string digits_behind(std::string_view text, std::string_view word) {
  const std::size_t at = text.find(word);
  if (at == std::string_view::npos) {
    return {};
  }
  const std::size_t from = at + word.size();
  const std::size_t to = text.find_first_not_of("0123456789", from);
  return std::string(text.substr(from, std::min(to, text.size()) - from));
}

void fill(std::string& field, std::string value) {
  if (field.empty()) {
    field = std::move(value);
  }
}

void fill(std::optional<Date>& field, const Result<Date>& value) {
  if (!field && value) {
    field = *value;
  }
}

std::string text_of_child(const pugi::xml_node& element, const char* name) {
  return resolve_inline(element.child(name)).text;
}

void read_fdsys(const pugi::xml_node& fdsys, CfrEdition& edition) {
  const auto text = [&](const char* name) { return text_of_child(fdsys, name); };
  fill(edition.title, text("CFRTITLE"));
  fill(edition.volume, text("VOL"));
  fill(edition.revised, Date::parse(text("DATE")));
  fill(edition.text_as_of, Date::parse(text("ORIGINALDATE")));
  edition.cover_only = edition.cover_only || text("COVERONLY") == "true";
}

void read_title_page(const pugi::xml_node& page, CfrEdition& edition) {
  fill(edition.title, digits_behind(text_of_child(page, "TITLENUM"), "Title "));
  for (const char* const name : {"REVISED", "DATE"}) {
    const auto dates = ear::find_dates(text_of_child(page, name));
    if (!dates.empty() && !edition.revised) {
      edition.revised = dates.front().date;
    }
  }
}

} // namespace

void read_front(const pugi::xml_node& element, CfrEdition& edition) {
  const std::string_view name = element.name();
  if (name == "FDSYS") {
    read_fdsys(element, edition);
  } else if (name == "TITLEPG") {
    read_title_page(element, edition);
  } else {
    const std::string heading = resolve_inline(element).text;
    fill(edition.title, digits_behind(heading, "Title "));
    fill(edition.volume, digits_behind(heading, "Volume "));
  }
  if (!edition.text_as_of) {
    edition.text_as_of = edition.revised;
  }
}

std::string title_in_name(std::string_view source_name) {
  const std::string_view file = source_name.substr(source_name.find_last_of('/') + 1);
  return file.starts_with("CFR-") ? digits_behind(file, "-title") : std::string{};
}

} // namespace regtrail::parse
