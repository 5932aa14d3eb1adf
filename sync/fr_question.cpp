#include "sync/fr_question.hpp"

#include "fetch/url.hpp"
#include "model/agency.hpp"
#include "model/characters.hpp"
#include "model/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace regtrail::sync {
namespace {

constexpr std::string_view bureau = "industry-and-security-bureau";

int number_in(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// "91 FR 60100" at the end of the path.
void read_page(std::string_view path, FrQuestion& question) {
  constexpr std::string_view folder = "/documents/";
  constexpr std::string_view series = " FR ";
  const std::size_t at = path.rfind(folder);
  const std::size_t middle = path.find(series);
  if (at != std::string_view::npos && middle != std::string_view::npos && middle > at) {
    question.volume = number_in(path.substr(at + folder.size()));
    question.page = number_in(path.substr(middle + series.size()));
  }
}

/// "730-774", "850".
void read_parts(const std::string& text, fetch::FrCfr& cfr) {
  cfr.first_part = number_in(text);
  const std::size_t dash = text.find('-');
  cfr.last_part = dash == std::string::npos ? cfr.first_part : number_in(text.substr(dash + 1));
}

bool covers(const fetch::FrCfr& asked, const CfrPart& part) {
  const int number = number_in(part.part);
  return number_in(part.title) == asked.title &&
         (asked.first_part == 0 || (number >= asked.first_part && number <= asked.last_part));
}

/// "energy-department" of "Energy Department".
std::string slug_of(std::string_view agency) {
  std::string slug;
  for (const char c : lowered(agency)) {
    if (is_alnum(c)) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  return slug.ends_with('-') ? slug.substr(0, slug.size() - 1) : slug;
}

bool is_of(const Document& document, const std::string& slug) {
  return std::any_of(
      document.agencies.begin(), document.agencies.end(), [&](const std::string& agency) {
        return slug_of(agency) == slug || is_same_agency(agency, slug);
      });
}

std::optional<Date> day_of(const std::string& text) {
  const auto date = Date::parse(text);
  return date ? std::optional(*date) : std::nullopt;
}

} // namespace

FrQuestion fr_question_of(std::string_view url) {
  FrQuestion question;
  const auto parsed = fetch::Url::parse(url);
  if (!parsed) {
    return question;
  }
  for (const auto& [key, value] : fetch::query_pairs(parsed->query())) {
    if (key == "conditions[agencies][]") {
      question.agencies.push_back(value);
    } else if (key == "conditions[type][]") {
      question.types.push_back(value);
    } else if (key == "conditions[cfr][title]") {
      question.cfr = question.cfr.value_or(fetch::FrCfr{});
      question.cfr->title = number_in(value);
    } else if (key == "conditions[cfr][part]") {
      question.cfr = question.cfr.value_or(fetch::FrCfr{});
      read_parts(value, *question.cfr);
    } else if (key == "conditions[publication_date][gte]") {
      question.from = day_of(value);
    } else if (key == "conditions[publication_date][lte]") {
      question.until = day_of(value);
    }
  }
  read_page(fetch::percent_decode(parsed->path()), question);
  return question;
}

FrQuestion fr_question_of(const fetch::FrSearch& search) {
  FrQuestion question;
  question.agencies = search.agencies;
  for (const DocumentType type : search.types) {
    question.types.emplace_back(fetch::type_code(type));
  }
  question.cfr = search.cfr;
  return question;
}

std::string why_foreign(const FrQuestion& question, const Document& document) {
  const bool of_bureau = question.agencies == std::vector{std::string(bureau)};
  if (of_bureau && !document.agencies.empty() && !is_of_bis(document)) {
    return fmt::format("is of {}", fmt::join(document.agencies, ", "));
  }
  const std::string_view type = fetch::type_code(document.type);
  if (!question.types.empty() && !type.empty() &&
      std::find(question.types.begin(), question.types.end(), type) == question.types.end()) {
    return fmt::format("is a {}", to_string(document.type));
  }
  const auto& parts = document.cfr;
  if (question.cfr && !parts.empty() &&
      std::none_of(parts.begin(), parts.end(), [&](const CfrPart& part) {
        return covers(*question.cfr, part);
      })) {
    return fmt::format("concerns {} CFR Part {}", parts.front().title, parts.front().part);
  }
  const std::optional<Date> published = document.published;
  if (published && ((question.from && *published < *question.from) ||
                    (question.until && *published > *question.until))) {
    return fmt::format("was published on {}", published->to_string());
  }
  const int last = std::max(document.start_page, document.end_page);
  if (question.page != 0 && document.volume != 0 && document.start_page != 0 &&
      (document.volume != question.volume || question.page < document.start_page ||
       question.page > last)) {
    return fmt::format("stands on {} FR {}", document.volume, document.start_page);
  }
  return {};
}

bool is_asked_for(const FrQuestion& question, const Document& document) {
  const bool of_agency =
      question.agencies.empty() || document.agencies.empty() ||
      std::any_of(question.agencies.begin(), question.agencies.end(), [&](const std::string& slug) {
        return is_of(document, slug);
      });
  return of_agency && why_foreign(question, document).empty();
}

bool is_of_filing(std::string_view url) {
  return url.find("/public-inspection/") != std::string_view::npos;
}

bool is_of_bis(const Document& document) {
  return std::any_of(
      document.agencies.begin(), document.agencies.end(), [](const std::string& agency) {
        return agency.find("Industry and Security") != std::string::npos ||
               agency.find("INDUSTRY AND SECURITY") != std::string::npos;
      });
}

} // namespace regtrail::sync
