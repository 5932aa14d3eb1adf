// All derived rows as text.
#include "model/text.hpp"
#include "model/utf8.hpp"
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <array>

namespace regtrail::store {

namespace {

/// One kind of line: its first word and the columns behind it, in a fixed order, without keys of
/// rows.
struct Export {
  std::string_view word;
  std::string_view sql;
};

constexpr std::array exports = {
    Export{"date",
           "SELECT title, part, issue_date, seen, kept_because FROM issue_dates ORDER BY 1, 2, 3"},
    Export{"date_unit",
           "SELECT i.title, i.part, i.issue_date, i.position, u.citation, t.digest, t.sha256 FROM "
           "issue_units i JOIN texts t ON t.id = i.text JOIN units u ON u.id = t.unit "
           "ORDER BY 1, 2, 3, 4"},
    Export{"text",
           "SELECT DISTINCT u.citation, t.digest, t.sha256, t.published, t.normalised, t.reserved, "
           "t.rows, t.notes FROM texts t JOIN units u ON u.id = t.unit JOIN issue_units i "
           "ON i.text = t.id ORDER BY 1, 2, 3"},
    Export{"not_understood",
           "SELECT DISTINCT u.citation, t.digest, p.position, p.at, p.what, p.words FROM "
           "not_understood p JOIN texts t ON t.id = p.text JOIN units u ON u.id = t.unit "
           "JOIN issue_units i ON i.text = t.id ORDER BY 1, 2, 3"},
    Export{
        "text_day",
        "SELECT DISTINCT u.citation, t.digest, d.position, d.at, d.day, d.kind, d.words, d.place "
        "FROM text_days d JOIN texts t ON t.id = d.text JOIN units u ON u.id = t.unit "
        "JOIN issue_units i ON i.text = t.id ORDER BY 1, 2, 3"},
    Export{"version",
           "SELECT u.citation, v.from_date, v.until_date, t.digest, t.sha256, v.first_seen, "
           "v.baseline, v.known_from, v.known_until FROM versions v JOIN units u ON u.id = v.unit "
           "JOIN texts t ON t.id = v.text ORDER BY 1, 2, 8, 3"},
    Export{"transition",
           "SELECT title, part, before_date, after_date, before_sha256, after_sha256, known_from, "
           "known_until FROM transitions ORDER BY 1, 2, 4, 3, 7"},
    Export{"change",
           "SELECT t.title, t.part, t.before_date, t.after_date, c.position, c.change, c.kind, "
           "c.node_kind, c.at, c.was, c.before, c.after, c.words, c.typed, c.replacement, "
           "c.known_from, c.known_until, c.divided_into FROM changes c JOIN transitions t ON t.id "
           "= c.transition "
           "ORDER BY 1, 2, 4, 3, 16, 5"},
    Export{"cause",
           "SELECT c.change, k.position, k.document, k.citation, k.confidence, k.evidence, "
           "k.instruction FROM causes k JOIN changes c ON c.id = k.change WHERE c.known_until IS "
           "NULL ORDER BY 1, c.position, 2"},
    Export{"hit",
           "SELECT c.change, h.position, h.hit, h.entry, h.category, h.score, h.severity, h.near, "
           "h.reasons FROM hits h JOIN changes c ON c.id = h.change WHERE c.known_until IS NULL "
           "ORDER BY 1, c.position, 2"},
    Export{"document_hit",
           "SELECT d.number, h.position, h.hit, h.entry, h.category, h.score, h.severity, h.near, "
           "h.reasons FROM document_hits h JOIN documents d ON d.id = h.document ORDER BY 1, 2"},
    Export{
        "note",
        "SELECT t.title, t.part, t.after_date, n.position, n.at, n.field, n.before, n.after FROM "
        "note_changes n JOIN transitions t ON t.id = n.transition WHERE t.known_until IS NULL "
        "ORDER BY 1, 2, 3, 4"},
    Export{"status",
           "SELECT t.title, t.part, t.after_date, e.position, e.at, e.extent, e.event, e.date, "
           "e.until FROM "
           "status_events e JOIN transitions t ON t.id = e.transition WHERE t.known_until IS NULL "
           "ORDER BY 1, 2, 3, 4"},
    Export{"comparison_problem",
           "SELECT t.title, t.part, t.after_date, p.position, p.at, p.what, p.words FROM "
           "comparison_problems p JOIN transitions t ON t.id = p.transition WHERE t.known_until IS "
           "NULL ORDER BY 1, 2, 3, 4"},
    Export{
        "document",
        "SELECT number, type, subtype, action, title, abstract, agencies, volume, start_page, "
        "end_page, published, filed, signed_on, effective, compliance, applicable, comments_close, "
        "dates_text, clauses, unread_dates, rins, dockets, cfr, executive_order, order_notes, "
        "deadlines, "
        "editorial_notes, not_understood, body, text_url, raw_text_url, on_inspection, withdrawn, "
        "has_text FROM documents "
        "ORDER BY 1"},
    Export{
        "instruction",
        "SELECT d.number, i.position, i.ordinal, i.text, i.page, i.title, i.part, i.understood, "
        "i.reason, i.effective, i.until, i.indefinite, i.operations, i.set_out FROM instructions "
        "i JOIN documents d ON d.id = i.document ORDER BY 1, 2"},
    Export{
        "relation",
        "SELECT d.number, r.inferred, r.position, r.kind, r.target, r.in_part, r.source, r.words "
        "FROM relations r JOIN documents d ON d.id = r.document ORDER BY 1, 2, 3"},
};

/// One field of a line: \n and \t, and \xHH for each byte of what printable() leaves out or
/// replaces.
void append_escaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::string_view character = text.substr(0, decode_utf8(text, 0).length);
    text.remove_prefix(character.size());
    if (character == "\\") {
      out += "\\\\";
    } else if (character == "\n") {
      out += "\\n";
    } else if (character == "\t") {
      out += "\\t";
    } else if ((character[0] >= ' ' && character[0] <= '~') || printable(character) == character) {
      out += character;
    } else {
      for (const char byte : character) {
        out += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
      }
    }
  }
}

} // namespace

Result<std::string> Archive::export_derived() {
  Impl& impl = *m_impl;
  return impl.read("export", [&] {
    std::string out;
    for (const Export& each : exports) {
      Query query = impl.db.query(each.sql);
      while (query.next()) {
        out += each.word;
        for (int i = 0; i < query.columns(); ++i) {
          out += '\t';
          append_escaped(out, query.is_null(i) ? "-" : query.text(i));
        }
        out += '\n';
      }
    }
    return out;
  });
}

} // namespace regtrail::store
