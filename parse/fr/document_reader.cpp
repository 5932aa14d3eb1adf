#include "parse/fr/document_reader.hpp"

#include "ear/text_date.hpp"
#include "federal_register/correction_text.hpp"
#include "federal_register/document_dates.hpp"
#include "federal_register/order_notes.hpp"
#include "federal_register/order_text.hpp"
#include "federal_register/printed_days.hpp"
#include "parse/ecfr/inline_text.hpp"
#include "parse/ecfr/tree_builder.hpp"
#include "parse/fr/amendments.hpp"
#include "parse/fr/body_text.hpp"
#include "parse/fr/corrections.hpp"
#include "parse/fr/headings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace regtrail::parse {
namespace {

/// Beyond any document; each is compared with all before it.
constexpr std::size_t most_in_list = 500;
constexpr std::size_t longest_heading = 4096;

template<typename Value>
void append(std::vector<Value>& into, std::vector<Value> from) {
  for (Value& value : from) {
    if (into.size() < most_in_list && std::find(into.begin(), into.end(), value) == into.end()) {
      into.push_back(std::move(value));
    }
  }
}

std::string text_of(const pugi::xml_node& element) {
  return resolve_inline(element).text;
}

/// The text of a short line.
std::string heading_of(const pugi::xml_node& element) {
  return std::string(cut_text(text_of(element), longest_heading));
}

std::optional<Date> first_date(std::string_view text) {
  const auto dates = ear::find_dates(text);
  return dates.empty() ? std::nullopt : std::optional(dates.front().date);
}

DocumentType type_of(std::string_view element) {
  if (element == "RULE") {
    return DocumentType::rule;
  }
  if (element == "PRORULE") {
    return DocumentType::proposed_rule;
  }
  if (element == "NOTICE") {
    return DocumentType::notice;
  }
  return element == "CORRECT" ? DocumentType::correction : DocumentType::presidential;
}

struct PresidentialKind {
  std::string_view element;
  std::string_view subtype;
};

constexpr std::array presidential_kinds = {
    PresidentialKind{"EXECORD", "Executive Order"},
    PresidentialKind{"PROCLA", "Proclamation"},
    PresidentialKind{"DETERM", "Determination"},
    PresidentialKind{"PRMEMO", "Memorandum"},
    PresidentialKind{"PRNOTICE", "Notice"},
    PresidentialKind{"PRORDER", "Presidential Order"},
};

/// "Issued on February 7, 2024.": the signature of documents without a DATED line.
bool is_dated_line(std::string_view text) {
  constexpr std::size_t longest = 200;
  return text.size() < longest && (text.starts_with("Issued") || text.starts_with("Dated") ||
                                   text.starts_with("Signed") || text.starts_with("Done"));
}

class DocumentReader {
public:
  DocumentReader(const FrIssue& issue, const FrPages& pages) : m_issue(issue), m_pages(pages) {}

  Document run(const pugi::xml_node& root) {
    m_document.type = type_of(root.name());
    m_document.has_text = true;
    m_document.volume = m_issue.volume;
    m_document.published = m_issue.date;
    m_document.start_page = m_pages.first;
    m_document.end_page = std::max(m_pages.last, m_pages.first);
    if (m_document.type == DocumentType::presidential) {
      presidential(root);
    } else {
      document(root);
    }
    finish();
    return std::move(m_document);
  }

private:
  void document(const pugi::xml_node& root) {
    for (const pugi::xml_node child : root.children()) {
      const std::string_view name = child.name();
      if (name == "PREAMB") {
        preamble(child);
      } else if (name == "SUPLINF") {
        supplement(child);
      } else if (name == "FRDOC") {
        filing(text_of(child));
      } else if (child.type() == pugi::node_element) {
        running(child);
      }
    }
    m_amendments.finish();
  }

  void preamble(const pugi::xml_node& element) {
    for (const pugi::xml_node child : element.children()) {
      if (child.type() == pugi::node_element && !field(child, child.name())) {
        running(child);
      }
    }
  }

  /// True for an element of the preamble that is a field of the document.
  bool field(const pugi::xml_node& element, std::string_view name) {
    if (name == "AGENCY" || name == "SUBAGY") {
      std::string text = heading_of(element);
      if (is_cfr_heading(text)) {
        append(m_document.cfr, read_cfr_heading(text)); // has been published so
      } else if (!text.empty()) {
        append(m_document.agencies, {std::move(text)});
      }
    } else if (name == "CFR") {
      append(m_document.cfr, read_cfr_heading(heading_of(element)));
    } else if (name == "DEPDOC") {
      append(m_document.dockets, read_dockets(heading_of(element)));
    } else if (name == "RIN") {
      append(m_document.rins, read_rins(heading_of(element)));
    } else if (name == "SUBJECT") {
      subject(text_of(element));
    } else if (name == "ACT") {
      m_document.action = caption_text(element);
    } else if (name == "SUM") {
      m_document.abstract = caption_text(element);
    } else if (name == "DATES" || name == "EFFDATE") {
      m_document.dates_text += m_document.dates_text.empty() ? "" : "\n";
      m_document.dates_text += caption_text(element);
    } else {
      return name == "AGY" || name == "PRTPAGE";
    }
    return true;
  }

  void subject(std::string text) {
    // the agency has been published as a first subject, beside an empty AGENCY
    if (m_document.agencies.empty() && m_document.title.empty() &&
        (text.starts_with("DEPARTMENT OF ") || text.ends_with(" AGENCY") ||
         text.ends_with(" COMMISSION"))) {
      m_document.agencies.push_back(std::move(text));
    } else if (m_document.title.empty()) {
      m_document.title = std::move(text);
    } else {
      m_body.add_line(text);
    }
  }

  void supplement(const pugi::xml_node& element) {
    for (const pugi::xml_node child : element.children()) {
      if (child.type() == pugi::node_element) {
        running(child);
      }
    }
  }

  /// Amendments, the signature, or running text.
  void running(const pugi::xml_node& element) {
    const std::string_view name = element.name();
    if (name == "FRDOC") {
      filing(text_of(element));
      return;
    }
    if (name == "SIG" && !m_document.signed_on) {
      m_document.signed_on = first_date(text_of(element.child("DATED")));
      const std::string line = m_document.signed_on ? std::string() : text_of(m_last_paragraph);
      if (is_dated_line(line)) {
        m_document.signed_on = first_date(line);
      }
    }
    if (name == "REGTEXT") {
      corrected_sections(element);
    }
    if (m_amendments.take(element)) {
      return;
    }
    m_body.add(element);
    if (name == "P") {
      m_last_paragraph = element;
    }
  }

  void presidential(const pugi::xml_node& root) {
    m_document.agencies = {"Executive Office of the President"};
    for (const pugi::xml_node kind : root.children()) {
      const std::string_view name = kind.name();
      const auto* known =
          std::find_if(presidential_kinds.begin(),
                       presidential_kinds.end(),
                       [&](const PresidentialKind& one) { return one.element == name; });
      if (known != presidential_kinds.end()) {
        m_document.subtype = known->subtype;
      }
      std::string stamp;
      for (const pugi::xml_node child : kind.children()) {
        if (child.type() == pugi::node_element) {
          presidential_line(child, child.name(), stamp);
        }
      }
      if (!stamp.empty()) {
        filing(stamp);
      }
    }
  }

  void presidential_line(const pugi::xml_node& element, std::string_view name, std::string& stamp) {
    if (name == "EXECORDR" || name == "PROC" || name == "DETNO" || name == "MEMO" ||
        name == "PNOTICE" || name == "PRORDER") {
      running_title(text_of(element));
    } else if (name == "DATE") {
      if (!m_document.signed_on) {
        m_document.signed_on = first_date(text_of(element));
      }
    } else if (name == "HD" && m_document.title.empty()) {
      m_document.title = text_of(element);
    } else if (name == "FRDOC" || name == "FILED") {
      stamp += stamp.empty() ? "" : " ";
      stamp += text_of(element);
    } else if (name == "NOPRINTEONOTES") {
      m_document.order_notes += m_document.order_notes.empty() ? "" : "\n";
      m_document.order_notes += text_of(element);
    } else if (name != "TITLE3" && name != "PRES" && name != "PLACE" && name != "NOPRINTSUBJECT") {
      m_body.add(element);
    }
  }

  /// "Executive Order 14407 of May 29, 2026"
  void running_title(std::string_view text) {
    if (const auto date = first_date(text)) {
      m_document.signed_on = date;
    }
    constexpr std::string_view order = "Executive Order ";
    if (text.starts_with(order)) {
      text.remove_prefix(order.size());
      m_document.executive_order = text.substr(0, text.find(' '));
    }
  }

  void filing(std::string_view line) {
    Filing filing = read_filing(line);
    if (m_document.number.empty()) {
      m_document.number = std::move(filing.number);
      m_document.filed = filing.filed;
    } else if (!filing.number.empty() && filing.number != m_document.number) {
      m_document.not_understood.push_back(
          fmt::format("a second document number, '{}'", filing.number));
    }
  }

  void finish() {
    if (m_document.number.empty()) {
      m_document.not_understood.emplace_back("no FR document number is printed");
    }
    if (is_printers_number(m_document.number)) {
      m_document.type = DocumentType::correction;
    }
    dates();
    std::sort(m_document.cfr.begin(), m_document.cfr.end());
    m_document.cfr.erase(std::unique(m_document.cfr.begin(), m_document.cfr.end()),
                         m_document.cfr.end());
    for (std::string& note : m_body.editorial_notes()) {
      m_document.editorial_notes.push_back(std::move(note));
    }
    m_document.body = m_body.finish();
    federal_register::add_savings_clauses(m_document);
    read_corrections(m_document, m_corrected);
    if (m_document.type == DocumentType::presidential) {
      order();
    }
  }

  /// The section under whose heading, "§ 744.23 [Corrected]", each AMDPAR of a REGTEXT stands.
  void corrected_sections(const pugi::xml_node& regtext) {
    const std::string title = regtext.attribute("TITLE").as_string("15");
    Citation place;
    for (const pugi::xml_node child : regtext.children()) {
      const std::string_view name = child.name();
      if (name == "SECTION") {
        place = federal_register::corrected_place(
            text_of(child.child("SECTNO")) + " " + text_of(child.child("SUBJECT")), title);
      } else if (name == "AMDPAR" && !place.empty()) {
        m_corrected[text_of(child)] = place;
      }
    }
  }

  /// What an order says of others, from its notes and in its own words, and by when.
  void order() {
    const std::string& own = m_document.executive_order;
    auto notes = federal_register::read_order_notes(m_document.order_notes, own);
    m_document.relations = std::move(notes.relations);
    append(m_document.not_understood, std::move(notes.not_understood));
    append(m_document.relations, federal_register::find_order_relations(m_document.body, own));
    if (m_document.signed_on) {
      m_document.deadlines =
          federal_register::find_deadlines(m_document.body, *m_document.signed_on);
    }
  }

  void dates() {
    federal_register::apply(federal_register::read_document_dates(
                                m_document.dates_text, {m_document.published, m_document.filed}),
                            m_document);
    const bool final_rule = m_document.type == DocumentType::rule &&
                            m_document.action.starts_with("Final rule") &&
                            m_document.dates_text.empty();
    if (final_rule && m_document.effective.empty() && m_document.published) {
      m_document.effective.push_back(*m_document.published);
      m_document.not_understood.emplace_back(
          "no effective date is printed, the day of publication is taken");
    }
  }

  const FrIssue& m_issue;
  Document m_document;
  const FrPages& m_pages;
  BodyText m_body;
  Amendments m_amendments{m_document, m_pages};
  CorrectedSections m_corrected;
  pugi::xml_node m_last_paragraph; ///< of running text
};

} // namespace

Document read_document(const pugi::xml_node& element, const FrIssue& issue, const FrPages& pages) {
  return DocumentReader(issue, pages).run(element);
}

} // namespace regtrail::parse
