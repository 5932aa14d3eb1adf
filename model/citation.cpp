#include "model/citation.hpp"

#include "model/citation_internal.hpp"
#include "model/supplement.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace regtrail {

using namespace citation_detail;

bool is_eccn(std::string_view text) {
  return text.size() == 5 && is_digit(text[0]) && text[1] >= 'A' && text[1] <= 'E' &&
         is_digit(text[2]) && is_digit(text[3]) && is_digit(text[4]);
}

Citation Citation::part(std::string title, std::string part) {
  Citation citation;
  citation.m_kind = CitationKind::part;
  citation.m_title = std::move(title);
  citation.m_name = std::move(part);
  return citation;
}

Citation Citation::section(std::string title, std::string number) {
  Citation citation;
  citation.m_kind = CitationKind::section;
  citation.m_title = std::move(title);
  citation.m_name = std::move(number);
  return citation;
}

Citation Citation::appendix(std::string title, std::string identifier) {
  Citation citation;
  citation.m_kind = CitationKind::appendix;
  citation.m_title = std::move(title);
  citation.m_name = std::move(identifier);
  return citation;
}

Citation Citation::eccn(std::string eccn) {
  Citation citation;
  citation.m_kind = CitationKind::eccn;
  citation.m_title = "15";
  citation.m_name = std::move(eccn);
  return citation;
}

Citation Citation::fr_page(std::string volume, std::string page) {
  Citation citation;
  citation.m_kind = CitationKind::fr_page;
  citation.m_volume = std::move(volume);
  citation.m_name = std::move(page);
  return citation;
}

Citation Citation::fr_document(std::string number) {
  Citation citation;
  citation.m_kind = CitationKind::fr_document;
  citation.m_name = std::move(number);
  return citation;
}

Citation Citation::executive_order(std::string number) {
  Citation citation;
  citation.m_kind = CitationKind::executive_order;
  citation.m_name = std::move(number);
  return citation;
}

std::string Citation::to_string() const {
  std::string out;
  bool glue = false; // paragraphs and items follow without " / "
  switch (m_kind) {
  case CitationKind::part:
    out = m_title.empty() ? fmt::format("Part {}", m_name)
                          : fmt::format("{} CFR Part {}", m_title, m_name);
    break;
  case CitationKind::section:
    out = m_title.empty() ? m_name : fmt::format("{} CFR {}", m_title, m_name);
    glue = true;
    break;
  case CitationKind::appendix:
    out = m_name;
    break;
  case CitationKind::eccn:
    out = "ECCN " + m_name;
    glue = true;
    break;
  case CitationKind::fr_page:
    out = fmt::format("{} FR {}", m_volume, m_name);
    break;
  case CitationKind::fr_document:
    out = m_name;
    break;
  case CitationKind::executive_order:
    out = "EO " + m_name;
    break;
  }
  for (const Step& step : m_steps) {
    if (step.kind == Step::Kind::named || !glue) {
      out += separator;
    } else if (step.kind == Step::Kind::item) {
      out += '.';
    }
    out += rendered(step);
    glue = step.kind != Step::Kind::named;
  }
  return m_name.empty() ? std::string() : out;
}

std::string Citation::part_number() const {
  switch (m_kind) {
  case CitationKind::part:
    return m_name;
  case CitationKind::section:
    return m_name.substr(0, m_name.find('.'));
  case CitationKind::eccn:
    return "774";
  case CitationKind::appendix: {
    const std::string low = lowered(m_name);
    const std::size_t at = low.rfind("part ");
    return at == std::string::npos ? std::string() : m_name.substr(at + 5);
  }
  default:
    return {};
  }
}

Citation Citation::unit() const {
  if (m_kind == CitationKind::eccn) {
    return appendix(m_title, std::string(commerce_control_list));
  }
  Citation unit = *this;
  unit.m_steps.clear();
  return unit;
}

Citation Citation::parent() const {
  if (m_steps.empty()) {
    return {};
  }
  Citation parent = *this;
  parent.m_steps.pop_back();
  return parent;
}

Citation Citation::child(Step step) const& {
  return Citation(*this).child(std::move(step));
}

Citation Citation::child(Step step) && {
  if (m_kind == CitationKind::appendix && m_steps.empty() && m_name == commerce_control_list &&
      step.kind == Step::Kind::named && is_eccn(step.name)) {
    return eccn(with_occurrence(step.name, step.occurrence));
  }
  m_steps.push_back(std::move(step));
  return std::move(*this);
}

bool Citation::is_within(const Citation& other) const {
  if (other.empty()) {
    return false;
  }
  if (other.m_kind == CitationKind::part && other.m_steps.empty()) {
    return is_cfr(m_kind) && part_number() == other.m_name &&
           (m_kind == CitationKind::appendix || m_title == other.m_title);
  }
  if (!is_cfr(m_kind) || !is_cfr(other.m_kind)) {
    return *this == other;
  }
  if (!(unit() == other.unit())) {
    return false;
  }
  const std::vector<Step> mine = steps_below_unit(*this);
  const std::vector<Step> theirs = steps_below_unit(other);
  return mine.size() >= theirs.size() &&
         std::equal(theirs.begin(), theirs.end(), mine.begin(), [](const Step& a, const Step& b) {
           return lowered(normalise(rendered(a))) == lowered(normalise(rendered(b)));
         });
}

} // namespace regtrail
