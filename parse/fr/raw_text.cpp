// Raw text of one document (".htm", ".txt"), for those that have no XML.
#include "ear/text_date.hpp"
#include "federal_register/document_dates.hpp"
#include "federal_register/instruction.hpp"
#include "federal_register/printed_days.hpp"
#include "parse/fr/corrections.hpp"
#include "parse/fr/filing_text.hpp"
#include "parse/fr/headings.hpp"
#include "parse/fr/raw_lines.hpp"
#include "parse/fr/set_out.hpp"
#include "parse/fr_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace regtrail::parse {
namespace {

constexpr std::array<std::string_view, 8> caption_words = {"AGENCY:",
                                                           "ACTION:",
                                                           "SUMMARY:",
                                                           "DATES:",
                                                           "EFFECTIVE DATE:",
                                                           "ADDRESSES:",
                                                           "FOR FURTHER INFORMATION CONTACT:",
                                                           "SUPPLEMENTARY INFORMATION:"};

std::string_view caption_of(std::string_view text) {
  for (const std::string_view caption : caption_words) {
    if (text.starts_with(caption)) {
      return caption;
    }
  }
  return {};
}

std::string_view behind(std::string_view text, std::size_t at) {
  return text.substr(std::min(text.find_first_not_of(' ', at), text.size()));
}

int number_behind(std::string_view text, std::string_view words) {
  const std::size_t at = text.find(words);
  int number = 0;
  if (at != std::string_view::npos) {
    const std::string_view digits = text.substr(at + words.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
  }
  return number;
}

bool is_rule(std::string_view text) {
  return text.size() > 3 && text.find_first_not_of('-') == std::string_view::npos;
}

bool is_upper_case(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// "744" of "PART 744--CONTROL POLICY".
std::string part_heading(std::string_view text) {
  constexpr std::string_view word = "PART ";
  if (!text.starts_with(word)) {
    return {};
  }
  const std::string_view rest = text.substr(word.size());
  const std::size_t end = rest.find_first_not_of("0123456789");
  return end != 0 && end != std::string_view::npos && rest.substr(end).starts_with("--")
             ? std::string(rest.substr(0, end))
             : std::string();
}

/// "1. The authority citation": numbered as an instruction.
bool is_numbered(std::string_view text) {
  const std::size_t end = text.find_first_not_of("0123456789");
  return end != 0 && end < 4 && text.substr(end).starts_with(". ");
}

class RawReader {
public:
  explicit RawReader(const FrOptions& options) : m_options(options) {
    m_document.has_text = true;
    m_document.volume = options.volume;
    m_document.published = options.published;
  }

  Result<Document> run(std::string_view bytes) {
    const std::vector<RawParagraph> paragraphs = read_raw_paragraphs(bytes);
    m_bullets = std::any_of(
        paragraphs.begin(), paragraphs.end(), [](const RawParagraph& one) { return one.bullet; });
    for (std::size_t i = 0; i < paragraphs.size() && m_first_part.empty(); ++i) {
      m_first_part = part_heading(paragraphs[i].text);
    }
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
      paragraph(paragraphs, i);
    }
    if (m_document.number.empty() && m_document.title.empty()) {
      return fail(ErrorKind::malformed,
                  fmt::format("cannot parse '{}': expected the text of a Federal Register "
                              "document, found neither number nor title",
                              m_options.source_name));
    }
    finish();
    return std::move(m_document);
  }

private:
  enum class Zone { header, titles, captions, text, amendments };

  void paragraph(const std::vector<RawParagraph>& all, std::size_t i) {
    const RawParagraph& one = all[i];
    m_page = one.page != 0 ? one.page : m_page;
    const std::string_view text = one.text;
    if (is_rule(text)) {
      m_zone = m_zone == Zone::header ? Zone::titles : m_zone;
      return;
    }
    if (text.starts_with("[FR Doc.")) {
      const Filing filing = read_filing(text);
      m_document.number = filing.number;
      m_document.filed = filing.filed;
      return;
    }
    if (m_zone == Zone::header) {
      header(text);
      return;
    }
    if (text.starts_with("BILLING CODE")) {
      return;
    }
    if (const std::string_view caption = caption_of(text);
        !caption.empty() && m_zone != Zone::amendments) {
      m_zone = caption.starts_with("SUPPLEMENTARY") ? Zone::text : Zone::captions;
      m_caption = caption;
      captioned(behind(text, caption.size()));
      return;
    }
    switch (m_zone) {
    case Zone::titles:
      title(text);
      return;
    case Zone::captions:
      captioned(text);
      return;
    case Zone::text:
    case Zone::amendments:
    case Zone::header:
      break;
    }
    running(all, i);
  }

  /// "[Federal Register Volume 70, Number 69 (Tuesday, April 12, 2005)]" and the lines below it,
  /// which are one paragraph where no blank line parts them.
  void header(std::string_view text) {
    if (const int volume = number_behind(text, "Volume "); volume != 0) {
      m_document.volume = volume;
    }
    if (const auto dates = ear::find_dates(text); !dates.empty() && !m_document.published) {
      m_document.published = dates.front().date;
    }
    for (const auto& [words, type] :
         {std::pair{std::string_view("[Proposed Rules]"), DocumentType::proposed_rule},
          std::pair{std::string_view("[Rules and Regulations]"), DocumentType::rule},
          std::pair{std::string_view("[Notices]"), DocumentType::notice},
          std::pair{std::string_view("[Presidential Documents]"), DocumentType::presidential}}) {
      m_document.type = text.find(words) != std::string_view::npos ? type : m_document.type;
    }
    for (const std::string_view words : {"[Pages ", "[Page "}) {
      if (const int page = number_behind(text, words); page != 0) {
        m_document.start_page = page;
        const std::size_t dash = text.find('-', text.find(words));
        m_document.end_page =
            std::max(number_behind(text.substr(std::min(dash, text.size())), "-"), page);
        m_page = page;
        break;
      }
    }
    if (const std::size_t at = text.find("[FR Doc No"); at != std::string_view::npos) {
      m_document.number = read_filing(text.substr(at)).number;
    }
  }

  void title(std::string_view text) {
    if (is_cfr_heading(text)) {
      for (CfrPart& part : read_cfr_heading(text)) {
        m_document.cfr.push_back(std::move(part));
      }
    } else if (text.starts_with('[')) {
      std::string line(text);
      for (std::size_t at = line.find("--"); at != std::string::npos; at = line.find("--", at)) {
        line.erase(at, 1); // an en dash of print
      }
      m_document.dockets = read_dockets(line);
    } else if (text.starts_with("RIN")) {
      m_document.rins = read_rins(text);
    } else if (m_document.title.empty() && m_document.cfr.empty() && m_document.dockets.empty() &&
               (is_upper_case(text) || !m_document.agencies.empty()) &&
               m_document.agencies.size() < 2) {
      m_document.agencies.emplace_back(text);
    } else {
      m_document.title += m_document.title.empty() ? "" : " ";
      m_document.title += text;
    }
  }

  void captioned(std::string_view text) {
    std::string* field = m_caption == "ACTION:"    ? &m_document.action
                         : m_caption == "SUMMARY:" ? &m_document.abstract
                         : m_caption == "DATES:" || m_caption == "EFFECTIVE DATE:"
                             ? &m_document.dates_text
                             : nullptr;
    if (field != nullptr) {
      *field += field->empty() ? "" : "\n";
      *field += text;
    } else if (m_caption != "AGENCY:") {
      body(text);
    }
  }

  void running(const std::vector<RawParagraph>& all, std::size_t i) {
    const std::string_view text = all[i].text;
    if (text.starts_with("Dated: ") || text.starts_with("Issued ")) {
      if (const auto dates = ear::find_dates(text); !dates.empty()) {
        m_document.signed_on = dates.front().date;
      }
    }
    if (std::string part = part_heading(text); !part.empty()) {
      m_zone = Zone::amendments;
      m_context.part = std::move(part);
      m_context.title = title_of(m_context.part);
      return;
    }
    const bool numbered = m_zone == Zone::amendments && !m_bullets && is_numbered(text);
    if (all[i].bullet || numbered) {
      m_zone = Zone::amendments;
      instruction(all, i);
    } else if (m_zone != Zone::amendments) {
      body(text);
    }
  }

  void instruction(const std::vector<RawParagraph>& all, std::size_t i) {
    std::vector<std::string> following;
    for (std::size_t k = i + 1; k < all.size() && !all[k].bullet; ++k) {
      const std::string_view text = all[k].text;
      if (text.starts_with("Sec. ")) {
        const std::string_view rest = behind(text, 4);
        following.push_back("\xC2\xA7 " + std::string(rest.substr(0, rest.find(' '))));
      } else if (std::string name = appendix_of_heading(text, m_context.part); !name.empty()) {
        following.push_back(std::move(name));
      } else if (!m_bullets && is_numbered(text)) {
        break;
      }
    }
    if (m_context.part.empty()) {
      m_context.part =
          m_first_part; // "40 CFR part 52 is amended as follows:" stands before its own
    }
    if (m_context.title.empty()) {
      m_context.title = title_of(m_context.part);
    }
    Instruction one =
        federal_register::read_instruction(with_section_signs(all[i].text), m_context, following);
    one.page = m_page;
    one.title = one.title.empty() ? m_context.title : one.title;
    one.part = one.part.empty() ? m_context.part : one.part;
    m_document.instructions.push_back(std::move(one));
  }

  /// "Sec. 52.2270", "Sec. Sec. 1.1 and 1.2" as the signs that print has.
  static std::string with_section_signs(std::string_view text) {
    std::string out;
    constexpr std::string_view word = "Sec. ";
    while (!text.empty()) {
      const std::size_t at = text.find(word);
      out += text.substr(0, at);
      if (at == std::string_view::npos) {
        break;
      }
      text.remove_prefix(at + word.size());
      out += "\xC2\xA7";
      out += text.starts_with(word) ? "" : " ";
    }
    return out;
  }

  [[nodiscard]] std::string title_of(std::string_view part) const {
    for (const CfrPart& known : m_document.cfr) {
      if (known.part == part) {
        return known.title;
      }
    }
    return m_document.cfr.empty() ? std::string() : m_document.cfr.front().title;
  }

  void body(std::string_view text) {
    m_document.body += m_document.body.empty() ? "" : "\n";
    m_document.body += text;
  }

  void finish() {
    // Without docket and parts nothing shows where the agency's lines end.
    if (m_document.title.empty() && m_document.agencies.size() > 1) {
      m_document.title = std::move(m_document.agencies.back());
      m_document.agencies.pop_back();
    }
    if (is_printers_number(m_document.number)) {
      m_document.type = DocumentType::correction;
    }
    for (const Instruction& instruction : m_document.instructions) {
      if (!instruction.title.empty() && !instruction.part.empty()) {
        m_document.cfr.push_back({instruction.title, instruction.part});
      }
    }
    std::sort(m_document.cfr.begin(), m_document.cfr.end());
    m_document.cfr.erase(std::unique(m_document.cfr.begin(), m_document.cfr.end()),
                         m_document.cfr.end());
    read_corrections(m_document, {});
    federal_register::apply(federal_register::read_document_dates(
                                m_document.dates_text, {m_document.published, m_document.filed}),
                            m_document);
    federal_register::add_savings_clauses(m_document);
    m_document.not_understood.emplace_back("read from raw text: no text set out");
  }

  const FrOptions& m_options;
  Document m_document;
  Zone m_zone = Zone::header;
  std::string_view m_caption;
  std::string m_first_part; ///< of the headings
  bool m_bullets = false;
  int m_page = 0;
  federal_register::InstructionContext m_context;
};

} // namespace

bool is_fr_raw_text(std::string_view bytes) {
  constexpr std::size_t front = 4096;
  bytes = bytes.substr(0, front);
  return is_filing_text(bytes) ||
         bytes.find("[Federal Register Volume ") != std::string_view::npos ||
         bytes.find("[Federal Register: ") != std::string_view::npos;
}

Result<Document> parse_fr_raw_text(std::string_view bytes, const FrOptions& options) {
  if (bytes.size() > options.limits.max_unit_bytes) {
    return fail(ErrorKind::too_large,
                fmt::format("'{}' is larger than {} bytes",
                            options.source_name,
                            options.limits.max_unit_bytes));
  }
  return RawReader(options).run(is_filing_text(bytes) ? raw_text_of_filing(bytes)
                                                      : std::string(bytes));
}

} // namespace regtrail::parse
