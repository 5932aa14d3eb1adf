#include "parse/fr/json_document.hpp"

#include "federal_register/document_dates.hpp"
#include "federal_register/order_notes.hpp"
#include "model/agency.hpp"
#include "model/text.hpp"
#include "parse/json_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace regtrail::parse {

using nlohmann::json;

namespace {

/// White space of any kind and length is one blank.
std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return trimmed(out);
}

/// "E8-4768" as we write it: the service takes and gives other dashes, its CSV a blank in front.
std::string document_number(std::string_view text) {
  std::string number = normalise(text);
  number.erase(std::remove(number.begin(), number.end(), ' '), number.end());
  return number;
}

/// "C1-2026-03111", "R1-...", of 2000 to 2009 also "C8-4768".
bool is_printers_correction(std::string_view number) {
  const std::size_t dash = number.find('-');
  return dash != std::string_view::npos && dash >= 2 && (number[0] == 'C' || number[0] == 'R') &&
         number.find_first_not_of("0123456789", 1) == dash;
}

DocumentType type_of(std::string_view word, std::string_view number) {
  if (is_printers_correction(number)) {
    return DocumentType::correction;
  }
  constexpr std::array<std::pair<std::string_view, DocumentType>, 10> types = {{
      {"Rule", DocumentType::rule},
      {"RULE", DocumentType::rule},
      {"Proposed Rule", DocumentType::proposed_rule},
      {"PRORULE", DocumentType::proposed_rule},
      {"Notice", DocumentType::notice},
      {"NOTICE", DocumentType::notice},
      {"Sunshine Act Document", DocumentType::notice},
      {"Presidential Document", DocumentType::presidential},
      {"PRESDOCU", DocumentType::presidential},
      {"Correction", DocumentType::correction},
  }};
  for (const auto& [name, type] : types) {
    if (name == word) {
      return type;
    }
  }
  return DocumentType::other;
}

std::optional<int> number_in(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && value > 0 ? std::optional(value) : std::nullopt;
}

/// Looks at members and remembers the first that is of a kind it cannot be.
class Members {
public:
  explicit Members(const json& object) : m_object(object) {}

  /// A string or a number; null and absent are "".
  std::string text(const char* key) {
    const auto found = m_object.find(key);
    if (found != m_object.end() && (found->is_object() || found->is_array())) {
      complain(key, fmt::format("is {}, not text", found->type_name()));
      return {};
    }
    return text_of(m_object, key);
  }

  std::string line(const char* key) { return on_one_line(text(key)); }

  /// The members of a list; null and absent are empty, objects that stand for nothing too.
  std::vector<const json*> list(const char* key) {
    std::vector<const json*> items;
    const auto found = m_object.find(key);
    if (found == m_object.end() || found->is_null() || (found->is_object() && found->empty())) {
      return items;
    }
    if (!found->is_array()) {
      complain(key, fmt::format("is {}, not a list", found->type_name()));
      return items;
    }
    for (const json& item : *found) {
      items.push_back(&item);
    }
    return items;
  }

  std::vector<std::string> lines(const char* key) {
    std::vector<std::string> texts;
    for (const json* item : list(key)) {
      if (item->is_string()) {
        if (auto text = on_one_line(item->get_ref<const std::string&>()); !text.empty()) {
          texts.push_back(std::move(text));
        }
      } else if (!item->is_null()) {
        complain(key, fmt::format("holds {}, not text", item->type_name()));
      }
    }
    return texts;
  }

  /// A day; what is none is `left_out`.
  std::optional<Date> date(const char* key) {
    const std::string written = trimmed(text(key));
    if (written.empty()) {
      return std::nullopt;
    }
    const auto day = date_of_key(m_object, key);
    if (!day) {
      leave_out(key, "is no date", written);
    }
    return day;
  }

  /// A volume or a page; 0 unknown.
  int count(const char* key) {
    const std::string written = trimmed(text(key));
    if (written.empty()) {
      return 0;
    }
    const auto number = number_in(written);
    if (!number) {
      leave_out(key, "is no number", written);
    }
    return number.value_or(0);
  }

  void complain(const char* key, const std::string& what) {
    if (m_trouble.empty()) {
      m_trouble = fmt::format("'{}' {}", key, what);
    }
  }

  void leave_out(const char* key, std::string_view what, std::string_view written) {
    left_out.push_back(fmt::format("'{}' {}: '{}'", key, what, printable(written.substr(0, 100))));
  }

  [[nodiscard]] const std::string& trouble() const { return m_trouble; }

  std::vector<std::string> left_out;

private:
  const json& m_object;
  std::string m_trouble;
};

Result<Document> finish(Document document, Members& members) {
  if (!members.trouble().empty()) {
    return fail(ErrorKind::malformed,
                fmt::format("document '{}': {}", printable(document.number), members.trouble()));
  }
  document.not_understood.insert(
      document.not_understood.end(), members.left_out.begin(), members.left_out.end());
  return document;
}

/// A document is kept under its number and found by its day.
Result<void> check_identity(const Document& document, Members& members) {
  if (document.number.empty()) {
    return fail(ErrorKind::malformed, "no 'document_number'");
  }
  if (!members.left_out.empty()) { // only the day was read so far
    return fail(
        ErrorKind::malformed,
        fmt::format("document '{}': {}", printable(document.number), members.left_out.front()));
  }
  return {};
}

/// Department and bureau both, by their common names where they have been matched.
std::vector<std::string> agencies_of(Members& members) {
  std::vector<std::string> names;
  for (const json* agency : members.list("agencies")) {
    if (!agency->is_object()) {
      members.complain("agencies", fmt::format("holds {}, not an agency", agency->type_name()));
      break;
    }
    Members one(*agency);
    std::string name = one.line("name");
    if (name.empty()) {
      name = one.line("raw_name");
    }
    if (!name.empty()) {
      unite_agencies(names, {name});
    }
  }
  return names;
}

/// References to a chapter only have no part.
std::vector<CfrPart> parts_of(Members& members) {
  std::vector<CfrPart> parts;
  for (const json* reference : members.list("cfr_references")) {
    if (!reference->is_object()) {
      members.complain("cfr_references",
                       fmt::format("holds {}, not a reference", reference->type_name()));
      break;
    }
    Members one(*reference);
    CfrPart part{one.line("title"), one.line("part")};
    if (!one.trouble().empty()) {
      members.complain("cfr_references", "holds a reference whose " + one.trouble());
    } else if (!part.title.empty() && !part.part.empty()) {
      parts.push_back(std::move(part));
    }
  }
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return parts;
}

/// "2024-28270" out of ".../api/v1/documents/2024-28270?publication_date=2024-12-05".
std::string number_in_url(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t slash = url.rfind('/');
  std::string_view last = slash == std::string_view::npos ? url : url.substr(slash + 1);
  if (last.ends_with(".json")) {
    last.remove_suffix(5);
  }
  return document_number(last);
}

void add_corrections(Document& document, Members& members) {
  const auto relate = [&](RelationKind kind, std::string_view url) {
    if (std::string number = number_in_url(url); !number.empty()) {
      document.relations.push_back(
          {kind, Citation::fr_document(std::move(number)), false, "metadata", ""});
    }
  };
  if (const std::string corrected = members.line("correction_of"); !corrected.empty()) {
    relate(RelationKind::corrects, corrected);
  }
  for (const std::string& correction : members.lines("corrections")) {
    relate(RelationKind::corrected_by, correction);
  }
}

void add_order(Document& document, Members& members) {
  document.executive_order = members.line("executive_order_number");
  if (document.executive_order.empty() && document.subtype == "Executive Order") {
    document.executive_order = members.line("presidential_document_number");
  }
  document.order_notes = trimmed(members.text("executive_order_notes"));
  if (document.order_notes.empty()) {
    document.order_notes = trimmed(members.text("disposition_notes"));
  }
  const auto notes =
      federal_register::read_order_notes(document.order_notes, document.executive_order);
  document.relations.insert(
      document.relations.end(), notes.relations.begin(), notes.relations.end());
  for (const std::string& words : notes.not_understood) {
    document.not_understood.push_back(fmt::format("note on the order: '{}'", printable(words)));
  }
}

/// The paragraph of dates says more than the service extracts, and says it right (docs/sources.md):
/// its one date stands only where the paragraph has none and does not call it something else.
void add_dates(Document& document, Members& members) {
  document.dates_text = members.line("dates");
  auto dates = federal_register::read_document_dates(document.dates_text,
                                                     {document.published, std::nullopt});
  document.clauses = std::move(dates.clauses);
  document.effective = std::move(dates.effective);
  document.compliance = std::move(dates.compliance);
  document.applicable = std::move(dates.applicable);
  document.unread_dates = std::move(dates.unread);
  const auto extracted = members.date("effective_on");
  const auto is_something_else = [&](const DatedClause& each) { return each.date == *extracted; };
  const auto is_unread = [](const UnreadDate& each) {
    return each.kind == DatedClause::Kind::effective || each.kind == DatedClause::Kind::other;
  };
  if (extracted && document.effective.empty() && !dates.indefinite &&
      std::none_of(document.clauses.begin(), document.clauses.end(), is_something_else) &&
      std::none_of(document.unread_dates.begin(), document.unread_dates.end(), is_unread)) {
    document.effective.push_back(*extracted);
  }
  document.comments_close = members.date("comments_close_on");
  if (!document.comments_close) {
    document.comments_close = dates.comments_close;
  }
}

/// Volume and pages, from "91 FR 9741" where they do not stand alone.
void add_pages(Document& document, Members& members) {
  document.volume = members.count("volume");
  document.start_page = members.count("start_page");
  document.end_page = members.count("end_page");
  if (document.volume == 0 || document.start_page == 0) {
    const auto cited = Citation::parse(members.line("citation"));
    if (cited && cited->kind() == CitationKind::fr_page) {
      document.volume = number_in(cited->volume()).value_or(0);
      document.start_page = number_in(cited->name()).value_or(0);
    }
  }
  if (document.end_page != 0 && document.end_page < document.start_page) {
    members.leave_out("end_page", "is before the start page", std::to_string(document.end_page));
    document.end_page = document.start_page;
  }
}

} // namespace

Result<Document> fr_document_of(const json& object) {
  Members members(object);
  Document document;
  document.number = document_number(members.text("document_number"));
  document.published = members.date("publication_date");
  TRY(check_identity(document, members));
  document.type = type_of(members.line("type"), document.number);
  document.subtype = members.line("subtype");
  document.action = members.line("action");
  document.title = members.line("title");
  if (document.title == "[No title available]") {
    document.title.clear();
  }
  document.abstract = members.line("abstract");
  document.agencies = agencies_of(members);
  add_pages(document, members);
  document.signed_on = members.date("signing_date");
  add_dates(document, members);
  document.rins = members.lines("regulation_id_numbers");
  document.dockets = members.lines("docket_ids");
  document.cfr = parts_of(members);
  add_order(document, members);
  add_corrections(document, members);
  document.text_url = members.line("full_text_xml_url");
  document.raw_text_url = members.line("raw_text_url");
  return finish(std::move(document), members);
}

Result<Document> fr_inspection_document_of(const json& object) {
  Members members(object);
  Document document;
  document.number = document_number(members.text("document_number"));
  document.published = members.date("publication_date");
  TRY(check_identity(document, members));
  document.withdrawn = !document.published;
  document.on_inspection = !document.withdrawn;
  document.type = type_of(members.line("type"), document.number);
  document.title = members.line("title");
  if (document.title.empty()) {
    document.title = members.line("subject_1");
  }
  document.agencies = agencies_of(members);
  document.filed = members.date("filed_at");
  document.dockets = members.lines("docket_numbers");
  if (auto note = members.line("editorial_note"); !note.empty()) {
    document.editorial_notes.push_back(std::move(note));
  }
  document.raw_text_url = members.line("raw_text_url");
  return finish(std::move(document), members);
}

} // namespace regtrail::parse
