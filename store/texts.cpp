// Units and their texts: what stands in an answer, and reading it again.
#include "model/citation.hpp"
#include "store/impl_internal.hpp"
#include "store/json_columns_internal.hpp"

#include <fmt/format.h>

namespace regtrail::store {

namespace {

/// Units that were stored last are at hand for the comparison that follows, and one of which a node
/// was asked for is for the next.
constexpr std::size_t recent_limit = std::size_t{6} << 20U; // of bytes as received

constexpr std::string_view text_columns =
    "SELECT id, unit, raw, ranges, sha256, digest, published, normalised FROM texts ";

TextRow text_of(const Query& row) {
  return {row.integer(0),
          row.integer(1),
          row.integer(2),
          row.text(3),
          row.sha(4),
          row.text(5),
          row.hash(6),
          row.hash(7)};
}

/// Appends everything of the tree that its hashes leave out as well: labels and positions.
void append(std::string& out, const Node& node) {
  out += fmt::format("\n{} {} {} {} {}\n",
                     to_string(node.kind),
                     node.ordinal,
                     node.designator.size(),
                     node.label.size(),
                     node.children.size());
  out += node.designator;
  out += node.label;
  out += node.text;
  for (const Node& child : node.children) {
    append(out, child);
  }
}

/// Of tree, notes and problems; equal for units that are equal but for their bytes.
std::string digest_of(const Unit& unit) {
  std::string all = unit.id.to_string();
  all += unit.reserved ? "\nreserved" : "\n";
  append(all, unit.root);
  all += to_json(unit.notes);
  for (const NotUnderstood& problem : unit.not_understood) {
    all += fmt::format("\n{}\n{}\n{}", problem.at.to_string(), problem.what, problem.text);
  }
  return to_hex(sha256(all));
}

void put_days(Database& db, std::int64_t text, const std::vector<TextDay>& days) {
  int position = 0;
  for (const TextDay& day : days) {
    db.run("INSERT INTO text_days (text, position, at, day, kind, words, place) "
           "VALUES (?, ?, ?, ?, ?, ?, ?)",
           text,
           ++position,
           day.entry.at,
           day.entry.day,
           to_string(day.entry.kind),
           day.entry.words,
           day.text);
  }
}

} // namespace

Citation unit_citation_of(const std::string& text, const std::string& title) {
  auto unit = Citation::parse(text, title);
  return unit && unit->steps().empty() ? *std::move(unit) : Citation::appendix(title, text);
}

std::int64_t Archive::Impl::unit_id(const Citation& unit, const PartDate& date) {
  const std::string citation = unit.to_string();
  if (const auto known = unit_ids.find(citation); known != unit_ids.end()) {
    return known->second;
  }
  db.run("INSERT INTO units (citation, title, part) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
         citation,
         date.title,
         date.part);
  return known_unit(unit).value();
}

std::optional<std::int64_t> Archive::Impl::known_unit(const Citation& unit) {
  const std::string citation = unit.to_string();
  if (const auto known = unit_ids.find(citation); known != unit_ids.end()) {
    return known->second;
  }
  Query query = db.query("SELECT id FROM units WHERE citation = ?", citation);
  if (!query.next()) {
    return std::nullopt;
  }
  unit_ids.emplace(citation, query.integer(0));
  return query.integer(0);
}

Citation Archive::Impl::unit_citation(std::int64_t unit) {
  Query query = db.query("SELECT citation, title FROM units WHERE id = ?", unit);
  if (!query.next()) {
    throw Damage(fmt::format("no unit number {}, though something refers to it", unit));
  }
  return unit_citation_of(query.text(0), query.text(1));
}

TextRow Archive::Impl::text(std::int64_t id) {
  static const std::string by_id = fmt::format("{}WHERE id = ?", text_columns);
  Query query = db.query(by_id, id);
  if (!query.next()) {
    throw Damage(fmt::format("no text number {}, though something refers to it", id));
  }
  return text_of(query);
}

std::vector<NotUnderstood> Archive::Impl::problems_of(std::int64_t text) {
  std::vector<NotUnderstood> problems;
  Query query =
      db.query("SELECT at, what, words FROM not_understood WHERE text = ? ORDER BY position", text);
  while (query.next()) {
    problems.push_back({query.citation(0), query.text(1), query.text(2)});
  }
  return problems;
}

Unit Archive::Impl::load(const TextRow& row) {
  if (const auto recent = recent_units.find(row.id); recent != recent_units.end()) {
    return recent->second;
  }
  const Citation id = unit_citation(row.unit);
  if (!reader) {
    throw std::logic_error("an archive without a reader was asked for a text");
  }
  auto unit =
      reader(*bodies.get(body_of(row.raw)), id, from_json<std::vector<ByteRange>>(row.ranges));
  if (!unit) {
    throw Damage(fmt::format(
        "a text of '{}' that cannot be read ({})", id.to_string(), unit.error().message));
  }
  unit->raw = row.sha256;
  unit->ranges.clear();
  unit->not_understood = problems_of(row.id);
  return *std::move(unit);
}

const Unit& Archive::Impl::recent(std::int64_t id) {
  if (const auto found = recent_units.find(id); found != recent_units.end()) {
    return found->second;
  }
  const TextRow row = text(id);
  return remember(id, load(row), from_json<std::vector<ByteRange>>(row.ranges));
}

const Unit&
Archive::Impl::remember(std::int64_t id, Unit unit, const std::vector<ByteRange>& ranges) {
  std::size_t size = 0;
  for (const ByteRange& range : ranges) {
    size += range.length;
  }
  if (recent_bytes + size > recent_limit) {
    recent_units.clear();
    recent_bytes = 0;
  }
  recent_bytes += size;
  Unit& kept = recent_units.insert_or_assign(id, std::move(unit)).first->second;
  kept.ranges.clear();
  return kept;
}

std::int64_t Archive::Impl::put_text(std::int64_t unit_row,
                                     RawId raw,
                                     const Unit& unit,
                                     const TextDayReader& days) {
  const std::string digest = digest_of(unit);
  std::optional<std::int64_t> known;
  {
    // The same text as other bytes is another row: an answer is shown with its own digest.
    Query query = db.query("SELECT id FROM texts WHERE unit = ? AND digest = ? AND sha256 = ?",
                           unit_row,
                           digest,
                           unit.raw);
    if (query.next()) {
      known = query.integer(0);
    }
  }
  if (!known) {
    db.run("INSERT INTO texts (unit, raw, ranges, sha256, digest, published, normalised, reserved, "
           "rows, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           unit_row,
           raw,
           to_json(unit.ranges),
           unit.raw,
           digest,
           unit.root.published,
           unit.root.normalised,
           unit.reserved,
           static_cast<std::int64_t>(count_list_rows(unit.root)),
           to_json(unit.notes));
    known = db.last_row();
    int position = 0;
    for (const NotUnderstood& problem : unit.not_understood) {
      db.run("INSERT INTO not_understood (text, position, at, what, words) VALUES (?, ?, ?, ?, ?)",
             *known,
             ++position,
             problem.at,
             problem.what,
             problem.text);
    }
    if (days) {
      put_days(db, *known, days(unit));
    }
    remember(*known, unit, unit.ranges);
    return *known;
  }
  // Where it was read from may have become unreadable.
  db.run("UPDATE texts SET raw = ?2, ranges = ?3 WHERE id = ?1 AND raw <> ?2 AND EXISTS (SELECT 1 "
         "FROM raw_records r JOIN raw_bodies b ON b.id = r.body WHERE r.id = texts.raw AND "
         "b.damaged IS NOT NULL)",
         *known,
         raw,
         to_json(unit.ranges));
  return *known;
}

} // namespace regtrail::store
