#include "notify/delivery/mail_links.hpp"

#include "model/supplement.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::delivery {

namespace {

constexpr std::string_view ecfr = "https://www.ecfr.gov/";

std::string with_blanks_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == ' ' ? std::string("%20") : std::string(1, c);
  }
  return out;
}

/// "title-15/section-744.23#p-744.23(a)(5)",
/// "title-15/part-774/appendix-Supplement%20No.%201%20to%20Part%20774#:~:text=3B001"
std::string path_of(const Citation& at) {
  const std::string title = "title-" + (at.title().empty() ? "15" : at.title());
  switch (at.kind()) {
  case CitationKind::section: {
    std::string anchor;
    for (const Step& step : at.steps()) {
      if (step.kind != Step::Kind::paragraph) {
        break;
      }
      anchor += step.name;
    }
    return fmt::format("{}/section-{}{}",
                       title,
                       at.name(),
                       anchor.empty() ? "" : fmt::format("#p-{}{}", at.name(), anchor));
  }
  case CitationKind::eccn:
    return fmt::format("{}/part-774/appendix-{}#:~:text={}",
                       title,
                       with_blanks_encoded(commerce_control_list),
                       at.name());
  case CitationKind::appendix:
    return fmt::format(
        "{}/part-{}/appendix-{}", title, at.part_number(), with_blanks_encoded(at.name()));
  default:
    return fmt::format("{}/part-{}", title, at.part_number());
  }
}

} // namespace

std::string document_url(const Document& document) {
  return document.type == DocumentType::measure
             ? document.text_url
             : "https://www.federalregister.gov/d/" + document.number;
}

std::string pdf_url(const Document& document) {
  if (document.type == DocumentType::measure || !document.published || document.on_inspection) {
    return "";
  }
  return fmt::format("https://www.govinfo.gov/content/pkg/FR-{}/pdf/{}.pdf",
                     document.published->to_string(),
                     document.number);
}

std::string citation_url(const std::string& citation) {
  std::string path = citation;
  std::replace(path.begin(), path.end(), ' ', '-');
  return "https://www.federalregister.gov/citation/" + path;
}

std::string compare_url(const Citation& at, Date before, Date after) {
  return fmt::format(
      "{}compare/{}/to/{}/{}", ecfr, after.to_string(), before.to_string(), path_of(at));
}

std::string text_url(const Citation& at, std::optional<Date> on) {
  return fmt::format("{}{}/{}", ecfr, on ? "on/" + on->to_string() : "current", path_of(at));
}

} // namespace regtrail::delivery
