// Digests that the tests of mails share. The law in them is invented.
#pragma once

#include "notify/delivery/digest.hpp"
#include "tests/notify/samples.hpp"

#include <fmt/format.h>

#include <sstream>
#include <string>
#include <vector>

namespace regtrail::test {

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Lines and runs of blanks as one blank, in Japanese as none, so that wrapping does not matter.
inline std::string flat(const std::string& text, render::Language language = render::Language::en) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank || (language == render::Language::en && !out.empty() && out.back() != ' ')) {
      out += blank ? ' ' : c;
    }
  }
  return out;
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

inline std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

inline Hit hit(const std::string& id, const std::string& category, int severity, double score) {
  Hit out;
  out.id = id;
  out.category = category;
  out.severity = severity;
  out.score = score;
  out.reasons = {{Signal::ear_term, "logic circuits", "15 CFR 744.23", 0.9}};
  return out;
}

inline store::StoredChange stored(const Change& change, std::vector<Hit> hits) {
  store::StoredChange out;
  out.change = change;
  out.part = "744";
  out.before_date = Date(2026, 6, 2);
  out.after_date = Date(2026, 8, 13);
  out.hits = std::move(hits);
  return out;
}

inline Category category(const std::string& id, const std::string& en, const std::string& ja) {
  Category out;
  out.id = id;
  out.label_en = en;
  out.label_ja = ja;
  return out;
}

inline SourceStatus source(const std::string& name) {
  SourceStatus out;
  out.source = name;
  out.health = Health::healthy;
  out.valid_through = Date(2026, 9, 1);
  out.last_success = parse_timestamp("2026-09-01T22:27:00Z").value();
  return out;
}

/// Three categories, all watched, both sources read, no hit yet.
inline delivery::DigestInput quiet(render::Language language) {
  delivery::DigestInput out;
  out.subscriber.name = "kato";
  out.subscriber.to = "kato@example.co.jp";
  out.subscriber.language = language;
  out.categories.categories = {category("etch", "Etchers", "エッチング装置"),
                               category("valves", "Vacuum valves", "真空バルブ"),
                               category("optics", "Optics", "レンズ・光学")};
  out.now = parse_timestamp("2026-09-01T22:30:11Z").value();
  out.status.sources = {source("ecfr"), source("federal-register")};
  for (const Category& each : out.categories.categories) {
    out.watches.push_back({EntryKind::category, each.id, {}, Date(2026, 9, 1)});
  }
  out.days.emplace();
  out.parts = {"744", "774"};
  return out;
}

/// A paragraph with another limit and one that is new, by a rule that is not held.
inline delivery::DigestInput input(render::Language language) {
  delivery::DigestInput out = quiet(language);
  const DiffResult diff = test::section_diff();
  out.changes.push_back(stored(diff.changes[1], {hit("h3", "etch", 4, 0.7)}));
  out.changes.push_back(
      stored(diff.changes[0], {hit("h1", "valves", 5, 0.92), hit("h2", "etch", 4, 0.7)}));
  out.changes[0].change.id = "fedcba9876543210fedcba9876543210";
  return out;
}

/// Rows that a rule adds to the Entity List.
inline delivery::DigestInput additions(render::Language language, int rows) {
  delivery::DigestInput out = quiet(language);
  for (int i = 0; i < rows; ++i) {
    const std::string name = fmt::format("Example {:03} Instruments Co., Ltd.", i);
    Change row = test::change_of(
        ChangeKind::added,
        "Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / " + name,
        {{'+', name + " No. 8 Example Road, Wuhan, China.\nFor all items subject to the EAR."}});
    row.id = fmt::format("{:032}", i);
    row.typed = {{TypedChangeType::entity, "party", "", name, Direction::tightened, ""}};
    row.causes = {{"", "91 FR 100", 0.6, {CauseEvidence::cita, CauseEvidence::document_not_held}}};
    out.changes.push_back(stored(row, {hit(fmt::format("a{}", i), "etch", 5, 0.6)}));
    EntityRecord& record = out.parties[row.id];
    record.name = name;
    record.review_policy = i % 2 == 0 ? "Presumption of denial" : "Case-by-case review";
    record.aliases = {"=Example " + std::to_string(i)};
  }
  return out;
}

/// A final rule as an item of its own.
inline delivery::ItemNews rule_news(const std::string& number, DocumentType type, StepKind step) {
  delivery::ItemNews out;
  out.item.id = number;
  Document rule;
  rule.number = number;
  rule.type = type;
  rule.title = "Controls on Example Goods";
  rule.volume = 91;
  rule.start_page = 60123;
  rule.published = Date(2026, 8, 28);
  rule.has_text = true;
  out.item.rule = rule;
  out.item.severity = 4;
  out.item.hits = {hit("d" + number, "valves", 4, 0.9)};
  out.item.hits[0].reasons[0].at = number;
  out.steps = {{step, Date(2026, 8, 28), number, {}}};
  out.item.steps = out.steps;
  return out;
}

} // namespace regtrail::test
