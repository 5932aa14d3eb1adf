// Documents of the Federal Register, measures entered by hand, and how they relate.
#include "store/document_records_internal.hpp"
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace regtrail::store {

namespace {

constexpr std::string_view document_columns =
    "SELECT d.metadata_raw, d.text_raw, d.detail, d.content FROM documents d ";

int number_in(const std::string& text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Stands for the day of what is delayed without a date: after every day that is asked for.
const Date some_day(9999, 12, 31);

/// Publication, and every day on which all or a part of it takes effect or ends.
std::set<Date> dates_of(const Document& document) {
  std::set<Date> dates(document.effective.begin(), document.effective.end());
  const auto add = [&](std::optional<Date> date) {
    if (date) {
      dates.insert(*date);
    }
  };
  add(document.published);
  for (const DatedClause& clause : document.clauses) {
    if (clause.kind == DatedClause::Kind::effective) {
      dates.insert(clause.date);
    }
  }
  for (const Instruction& instruction : document.instructions) {
    add(instruction.effective);
    add(instruction.until);
    if (instruction.indefinite) {
      dates.insert(some_day);
    }
  }
  return dates;
}

/// The parts that it names, and those that its instructions amend though it does not name them.
std::set<CfrPart> parts_of(const Document& document) {
  std::set<CfrPart> parts(document.cfr.begin(), document.cfr.end());
  for (const Instruction& instruction : document.instructions) {
    if (!instruction.part.empty()) {
      parts.insert({instruction.title, instruction.part});
    }
  }
  return parts;
}

void put_relation(
    Database& db, std::int64_t document, int inferred, std::size_t position, const Relation& each) {
  const bool is_page = each.target.kind() == CitationKind::fr_page;
  db.run(
      "INSERT INTO relations (document, inferred, position, kind, target, volume, page, in_part, "
      "source, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      document,
      inferred,
      static_cast<std::int64_t>(position),
      static_cast<int>(each.kind),
      each.target.to_string(),
      is_page ? number_in(each.target.volume()) : 0,
      is_page ? number_in(each.target.name()) : 0,
      each.in_part ? 1 : 0,
      each.source,
      each.words);
}

/// The tables by which a document is looked up.
void put_keys(Database& db, std::int64_t id, const Document& document) {
  for (const char* sql : {"DELETE FROM document_parts WHERE document = ?",
                          "DELETE FROM document_dates WHERE document = ?",
                          "DELETE FROM document_rins WHERE document = ?",
                          "DELETE FROM relations WHERE document = ? AND NOT inferred"}) {
    db.run(sql, id);
  }
  for (const CfrPart& part : parts_of(document)) {
    db.run("INSERT INTO document_parts (title, part, document) VALUES (?, ?, ?)",
           part.title,
           part.part,
           id);
  }
  for (const Date date : dates_of(document)) {
    db.run("INSERT INTO document_dates (date, document) VALUES (?, ?)", date, id);
  }
  for (const std::string& rin : std::set(document.rins.begin(), document.rins.end())) {
    db.run("INSERT INTO document_rins (rin, document) VALUES (?, ?)", rin, id);
  }
  for (std::size_t i = 0; i < document.relations.size(); ++i) {
    put_relation(db, id, 0, i, document.relations[i]);
  }
}

std::optional<std::int64_t> document_id(Database& db, const std::string& number) {
  Query query = db.query("SELECT id FROM documents WHERE number = ?", number);
  return query.next() ? std::optional(query.integer(0)) : std::nullopt;
}

RelationKind kind_of(int word) {
  if (word < 0 || word > static_cast<int>(RelationKind::cited_by)) {
    throw Damage("a relation of unknown kind");
  }
  return static_cast<RelationKind>(word);
}

Citation target_of(const std::string& text, int volume, int page) {
  if (volume > 0) {
    return Citation::fr_page(std::to_string(volume), std::to_string(page));
  }
  constexpr std::string_view order = "EO ";
  if (text.starts_with(order)) {
    return Citation::executive_order(text.substr(order.size()));
  }
  // A measure is about places of the law.
  const auto place = Citation::parse(text);
  return place && place->kind() <= CitationKind::eccn ? *place : Citation::fr_document(text);
}

} // namespace

Result<bool> Archive::put_document(const StoredDocument& stored) {
  Impl& impl = *m_impl;
  return impl.write("store a document in", [&] {
    Database& db = impl.db;
    const Document& document = stored.document;
    if (document.number.empty()) {
      refuse(ErrorKind::malformed, "a document without a number cannot be stored");
    }
    const std::string detail = pack_document_detail(document);
    const std::string content = pack_document_content(document);
    const Sha256 digest = sha256(detail + content);
    {
      Query known = db.query("SELECT 1 FROM documents WHERE number = ? AND digest = ? AND "
                             "metadata_raw IS ? AND text_raw IS ?",
                             document.number,
                             digest,
                             stored.metadata_raw,
                             stored.text_raw);
      if (known.next()) {
        return false;
      }
    }
    if (const auto replaced = document_id(db, document.number)) {
      impl.unindex_document(*replaced);
    }
    const auto unread =
        std::count_if(document.instructions.begin(),
                      document.instructions.end(),
                      [](const Instruction& instruction) { return !instruction.understood; });
    const std::string squeezed_detail = impl.squeeze(detail);
    const std::string squeezed_content = impl.squeeze(content);
    db.run(
        "INSERT INTO documents (number, type, volume, start_page, end_page, published, "
        "executive_order, on_inspection, metadata_raw, text_raw, unread, digest, detail, content) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET "
        "type = excluded.type, volume = excluded.volume, start_page = excluded.start_page, "
        "end_page = excluded.end_page, published = excluded.published, executive_order = "
        "excluded.executive_order, on_inspection = excluded.on_inspection, metadata_raw = "
        "excluded.metadata_raw, text_raw = excluded.text_raw, unread = excluded.unread, digest = "
        "excluded.digest, "
        "detail = excluded.detail, content = excluded.content",
        document.number,
        static_cast<int>(document.type),
        document.volume,
        document.start_page,
        document.end_page,
        document.published,
        document.executive_order,
        document.on_inspection ? 1 : 0,
        stored.metadata_raw,
        stored.text_raw,
        static_cast<std::int64_t>(unread),
        digest,
        Blob{squeezed_detail},
        Blob{squeezed_content});
    put_keys(db, document_id(db, document.number).value(), document);
    return true;
  });
}

Result<void> Archive::remove_document(const std::string& number) {
  Impl& impl = *m_impl;
  return impl.write("remove a document from", [&] {
    const auto id = document_id(impl.db, number);
    if (!id) {
      return;
    }
    impl.unindex_document(*id);
    impl.db.run("DELETE FROM documents WHERE id = ?", *id);
  });
}

std::vector<StoredDocument> Archive::Impl::documents(const DocumentQuery& query) {
  static const std::string all = fmt::format(
      "{}WHERE (?1 IS NULL OR d.id IN (SELECT document FROM document_parts WHERE title = ?1 AND "
      "part = ?2)) AND ((?3 IS NULL AND ?4 IS NULL) OR d.id IN (SELECT document FROM "
      "document_dates WHERE date BETWEEN ifnull(?3, -10000000) AND ifnull(?4, 10000000))) "
      "AND (?5 IS NULL OR d.published >= ?5) AND (?6 IS NULL OR d.published <= ?6) "
      "AND (?7 IS NULL OR d.type = ?7) AND (?8 = '' OR d.id IN (SELECT document FROM "
      "document_rins WHERE rin = ?8)) ORDER BY d.published IS NULL, d.published, d.number "
      "LIMIT ?9",
      document_columns);
  std::vector<StoredDocument> found;
  Query select =
      db.query(all,
               query.part ? std::optional(query.part->title) : std::nullopt,
               query.part ? std::optional(query.part->part) : std::nullopt,
               query.since,
               query.until,
               query.published_since,
               query.published_until,
               query.type ? std::optional(static_cast<std::int64_t>(*query.type)) : std::nullopt,
               query.rin,
               query.limit > 0 ? query.limit : -1);
  while (select.next()) {
    found.push_back(read_document(select, query.content));
  }
  return found;
}

StoredDocument Archive::Impl::read_document(const Query& row, DocumentContent content) {
  StoredDocument stored;
  stored.metadata_raw = row.maybe_integer(0);
  stored.text_raw = row.maybe_integer(1);
  stored.document = unpack_document_detail(unsqueeze(row.blob(2)));
  if (content == DocumentContent::whole) {
    unpack_document_content(unsqueeze(row.blob(3)), stored.document);
  }
  return stored;
}

Result<std::vector<StoredDocument>> Archive::documents(const DocumentQuery& query) {
  Impl& impl = *m_impl;
  return impl.read("read documents from", [&] { return impl.documents(query); });
}

Result<std::vector<StoredDocument>> Archive::find_documents(const Citation& id,
                                                            DocumentContent content) {
  static const std::string by_number = fmt::format("{}WHERE d.number = ?", document_columns);
  static const std::string by_order = fmt::format(
      "{}WHERE d.executive_order = ?1 AND ?1 <> '' ORDER BY d.number", document_columns);
  static const std::string by_page =
      fmt::format("{}WHERE d.volume = ?1 AND d.start_page <= ?2 AND "
                  "max(d.end_page, d.start_page) >= ?2 ORDER BY d.start_page, d.number",
                  document_columns);
  Impl& impl = *m_impl;
  return impl.read("read documents from", [&] {
    std::vector<StoredDocument> found;
    const auto collect = [&](Query select) {
      while (select.next()) {
        found.push_back(impl.read_document(select, content));
      }
    };
    if (id.kind() == CitationKind::fr_document) {
      collect(impl.db.query(by_number, id.name()));
    } else if (id.kind() == CitationKind::executive_order) {
      collect(impl.db.query(by_order, id.name()));
    } else if (id.kind() == CitationKind::fr_page) {
      collect(impl.db.query(by_page, number_in(id.volume()), number_in(id.name())));
    }
    return found;
  });
}

Result<void> Archive::replace_inferred_relations(
    const std::vector<std::pair<std::string, Relation>>& relations) {
  Impl& impl = *m_impl;
  return impl.write("store relations in", [&] {
    using Key = std::tuple<std::int64_t, std::size_t>;
    std::map<Key, Relation> wanted;
    std::map<std::int64_t, std::size_t> count;
    for (const auto& [number, relation] : relations) {
      if (const auto id = document_id(impl.db, number)) {
        wanted.emplace(Key{*id, count[*id]++}, relation);
      }
    }
    std::map<Key, Relation> stored;
    {
      Query query = impl.db.query("SELECT document, position, kind, target, volume, page, in_part, "
                                  "source, words FROM relations WHERE inferred");
      while (query.next()) {
        stored.emplace(Key{query.integer(0), static_cast<std::size_t>(query.integer(1))},
                       Relation{kind_of(query.small(2)),
                                target_of(query.text(3), query.small(4), query.small(5)),
                                query.integer(6) != 0,
                                query.text(7),
                                query.text(8)});
      }
    }
    if (stored == wanted) {
      return;
    }
    impl.db.run("DELETE FROM relations WHERE inferred");
    for (const auto& [key, relation] : wanted) {
      put_relation(impl.db, std::get<0>(key), 1, std::get<1>(key), relation);
    }
  });
}

std::vector<Relation> Archive::Impl::relations_of(const std::string& number) {
  std::vector<Relation> found;
  const auto add = [&](Relation relation) {
    const bool known = std::any_of(found.begin(), found.end(), [&](const Relation& other) {
      return other.kind == relation.kind && other.target == relation.target;
    });
    if (!known) {
      found.push_back(std::move(relation));
    }
  };
  {
    Query own = db.query("SELECT r.kind, r.target, r.volume, r.page, r.in_part, r.source, r.words "
                         "FROM documents d JOIN relations r ON r.document = d.id "
                         "WHERE d.number = ? ORDER BY r.inferred, r.position",
                         number);
    while (own.next()) {
      add({kind_of(own.small(0)),
           target_of(own.text(1), own.small(2), own.small(3)),
           own.integer(4) != 0,
           own.text(5),
           own.text(6)});
    }
  }
  // An order is named by its number, as people know it.
  Query others = db.query(
      "SELECT o.number, o.executive_order, r.kind, r.in_part, r.source, r.words FROM documents d "
      "JOIN relations r ON (r.volume = 0 AND (r.target = d.number OR (d.executive_order <> '' AND "
      "r.target = 'EO ' || d.executive_order))) OR (r.volume > 0 AND r.volume = d.volume AND "
      "r.page BETWEEN d.start_page AND max(d.start_page, d.end_page)) "
      "JOIN documents o ON o.id = r.document WHERE d.number = ?1 AND o.number <> ?1 "
      "ORDER BY o.published, o.number, r.inferred, r.position",
      number);
  while (others.next()) {
    const std::string order = others.text(1);
    add({inverse(kind_of(others.small(2))),
         order.empty() ? Citation::fr_document(others.text(0)) : Citation::executive_order(order),
         others.integer(3) != 0,
         others.text(4),
         others.text(5)});
  }
  return found;
}

Result<std::vector<Relation>> Archive::relations_of(const std::string& number) {
  Impl& impl = *m_impl;
  return impl.read("read relations from", [&] { return impl.relations_of(number); });
}

} // namespace regtrail::store
